using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5568, Section 6.4.4, as RFC 5648 uses it. Words: the link-layer address of the mobile node.</summary>
public sealed class MobilityHeaderLinkLayerAddressKind()
    : MobilityOptionKind("Mobility Header Link-Layer Address", Type, ("Option-Code", 8), ("Link-Layer Address", 0))
{
    public const int Type = 7;

    public override bool IsIn(WireEdition edition) => edition.BindingIdentifier == BindingIdentifierLayout.Rfc5648;

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [new MobilityHeaderLinkLayerAddressOption(MobilityHeaderLinkLayerAddressOption.MobileNodeCode, OptionWords.OctetString(words))];
}
