using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Base class: the tests that every DHCP option must pass.</summary>
public abstract class DhcpOptionFormatTests : FormatTests<DhcpOption>
{
    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out DhcpOption? value,
        [NotNullWhen(false)] out WireError? error
    ) => DhcpOption.TryParse(octets, out value, out error);

    protected override int Write(DhcpOption value, Span<byte> destination) => value.Write(destination);
}
