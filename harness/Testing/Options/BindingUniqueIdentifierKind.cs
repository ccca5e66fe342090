using Conformance.Testing.Octets;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>
/// draft-ietf-monami6-multiplecoa-04, Section 4.1: the number depends on the edition. Words: the BID, with status 0 and no care-of
/// address; or the option data in hexadecimal.
/// </summary>
public sealed class BindingUniqueIdentifierKind()
    : MobilityOptionKind(
        "Binding Unique Identifier",
        Type,
        ("BID", 16),
        ("Status", 8),
        ("C", 1),
        ("O", 1),
        ("H", 1),
        ("Reserved", 5),
        ("Care-of Address", 0)
    )
{
    public const int Type = 35;

    /// <summary>The name in the edition that took the place of the draft, RFC 5648.</summary>
    public override string CommonName => "Binding Identifier";

    public override bool IsIn(WireEdition edition) => edition.BindingIdentifier == BindingIdentifierLayout.Draft04;

    public override int NumberIn(WireEdition edition) => edition.BindingUniqueIdentifierType;

    public override (int Multiple, int Offset) Alignment(int length) => length > 4 ? (8, 2) : (2, 0);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        BindingIdentity.Data(words) is { } data ? [new UnknownOption((byte)NumberIn(context.Edition), data)] : [Plain(words, context)];

    public override string Text(OptionOctets option) => BindingIdentity.TextOf(option);

    private BindingUniqueIdentifierOption Plain(string words, OptionContext context) =>
        new((ushort)OptionWords.Number(words, ushort.MaxValue), 0, Overwrite: false, HomeBinding: false, CareOfAddress: null)
        {
            OptionType = (byte)NumberIn(context.Edition),
        };
}
