using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 6275, Section 6.2.6. Words: the Home Nonce Index and the Care-of Nonce Index, <c>1, 2</c>.</summary>
public sealed class NonceIndicesKind() : MobilityOptionKind("Nonce Indices", Type, ("Home Nonce Index", 16), ("Care-of Nonce Index", 16))
{
    public const int Type = 4;

    public override (int Multiple, int Offset) Alignment(int length) => (2, 0);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        words.Split(',', StringSplitOptions.TrimEntries) is [var home, var careOf]
            ?
            [
                new NonceIndicesOption(
                    (ushort)OptionWords.Number(home, ushort.MaxValue),
                    (ushort)OptionWords.Number(careOf, ushort.MaxValue)
                ),
            ]
            : throw new ScenarioFaultException($"'{words}' is not a pair of nonce indices: say two numbers with a comma.");
}
