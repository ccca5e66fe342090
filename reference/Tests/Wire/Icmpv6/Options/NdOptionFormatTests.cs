using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Base class: the tests that every neighbour discovery option must pass.</summary>
public abstract class NdOptionFormatTests : FormatTests<NdOption>
{
    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out NdOption? value,
        [NotNullWhen(false)] out WireError? error
    ) => NdOption.TryParse(octets, out value, out error);

    protected override int Write(NdOption value, Span<byte> destination) => value.Write(destination);
}
