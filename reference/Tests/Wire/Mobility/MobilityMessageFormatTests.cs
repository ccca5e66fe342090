using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Base class: the tests that every mobility message must pass.</summary>
public abstract class MobilityMessageFormatTests : FormatTests<MobilityMessage>
{
    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out MobilityMessage? value,
        [NotNullWhen(false)] out WireError? error
    ) => MobilityMessage.TryParse(octets, out value, out error);

    protected override int Write(MobilityMessage value, Span<byte> destination) => value.Write(destination);
}
