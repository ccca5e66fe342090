using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>The tests of both formats of DHCPv6 messages.</summary>
public abstract class Dhcpv6MessageFormatTests : FormatTests<Dhcpv6Message>
{
    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out Dhcpv6Message? value,
        [NotNullWhen(false)] out WireError? error
    ) => Dhcpv6Message.TryParse(octets, out value, out error);

    protected override int Write(Dhcpv6Message value, Span<byte> destination) => value.Write(destination);
}
