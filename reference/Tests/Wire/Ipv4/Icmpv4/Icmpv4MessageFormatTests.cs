using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Base class: the tests that every ICMPv4 message must pass.</summary>
public abstract class Icmpv4MessageFormatTests : FormatTests<Icmpv4Message>
{
    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out Icmpv4Message? value,
        [NotNullWhen(false)] out WireError? error
    ) => Icmpv4Message.TryParse(octets, out value, out error);

    protected override int Write(Icmpv4Message value, Span<byte> destination) => value.Write(destination);
}
