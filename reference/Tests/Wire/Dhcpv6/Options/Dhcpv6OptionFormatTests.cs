using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Base class: the tests that every DHCPv6 option must pass.</summary>
public abstract class Dhcpv6OptionFormatTests : FormatTests<Dhcpv6Option>
{
    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out Dhcpv6Option? value,
        [NotNullWhen(false)] out WireError? error
    ) => Dhcpv6Option.TryParse(octets, out value, out error);

    protected override int Write(Dhcpv6Option value, Span<byte> destination) => value.Write(destination);
}
