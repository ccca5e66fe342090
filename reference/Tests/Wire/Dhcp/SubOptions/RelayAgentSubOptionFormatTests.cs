using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Base class: the tests that every relay agent sub-option must pass.</summary>
public abstract class RelayAgentSubOptionFormatTests : FormatTests<RelayAgentSubOption>
{
    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out RelayAgentSubOption? value,
        [NotNullWhen(false)] out WireError? error
    ) => RelayAgentSubOption.TryParse(octets, out value, out error);

    protected override int Write(RelayAgentSubOption value, Span<byte> destination) => value.Write(destination);
}
