using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5845, Section 6.1. Words: the GRE Key Identifier.</summary>
public sealed class GreKeyKind() : MobilityOptionKind("GRE Key", Type, ("Reserved", 16), ("GRE Key Identifier", 32))
{
    public const int Type = 33;

    public override bool IsIn(WireEdition edition) => edition.KnowsGreKey;

    public override (int Multiple, int Offset) Alignment(int length) => (4, 0);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [new GreKeyOption((uint)OptionWords.Number(words, int.MaxValue))];
}
