using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Base class: the tests that every mobility option must pass.</summary>
public abstract class MobilityOptionFormatTests : FormatTests<MobilityOption>
{
    protected virtual WireEdition Edition => WireEdition.Default;

    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out MobilityOption? value,
        [NotNullWhen(false)] out WireError? error
    ) => MobilityOption.TryParse(octets, Edition, out value, out error);

    protected override int Write(MobilityOption value, Span<byte> destination) => value.Write(destination);
}
