using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Base class: the tests that every ICMPv6 message must pass.</summary>
public abstract class Icmpv6MessageFormatTests : FormatTests<Icmpv6Message>
{
    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out Icmpv6Message? value,
        [NotNullWhen(false)] out WireError? error
    ) => Icmpv6Message.TryParse(octets, out value, out error);

    protected override int Write(Icmpv6Message value, Span<byte> destination) => value.Write(destination);
}
