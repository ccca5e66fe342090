using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>The tests of every neighbour discovery option.</summary>
public abstract class NdOptionFormatTests : FormatTests<NdOption>
{
    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out NdOption? value,
        [NotNullWhen(false)] out WireError? error
    ) => NdOption.TryParse(octets, out value, out error);

    protected override int Write(NdOption value, Span<byte> destination) => value.Write(destination);
}
