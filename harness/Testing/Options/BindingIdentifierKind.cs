using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5648, Section 4.1. Words: the BID, with status 0 and no care-of address; or the option data in hexadecimal.</summary>
public sealed class BindingIdentifierKind()
    : MobilityOptionKind("Binding Identifier", Type, ("BID", 16), ("Status", 8), ("H", 1), ("Reserved", 7), ("Care-of Address", 0))
{
    public const int Type = 35;

    public override bool IsIn(WireEdition edition) => edition.BindingIdentifier == BindingIdentifierLayout.Rfc5648;

    public override (int Multiple, int Offset) Alignment(int length) => length > 4 ? (8, 2) : (2, 0);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        BindingIdentity.Data(words) is { } data ? [new UnknownOption((byte)NumberIn(context.Edition), data)] : [Plain(words)];

    public override string Text(OptionOctets option) => BindingIdentity.TextOf(option);

    public override string Words(OptionOctets option, INodeNames names) => BindingIdentity.WordsOf(option, names);

    private static BindingIdentifierOption Plain(string words) =>
        new((ushort)OptionWords.Number(words, ushort.MaxValue), 0, SimultaneousHomeAndForeign: false, CareOfAddress: null);
}
