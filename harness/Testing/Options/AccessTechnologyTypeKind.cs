using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5213, Section 8.5. A further word is <c>another</c>, than that of the access links.</summary>
public sealed class AccessTechnologyTypeKind()
    : ReservedAndValueKind(
        "Access Technology Type",
        Type,
        "ATT",
        value => new AccessTechnologyTypeOption((AccessTechnologyType)value),
        ["reserved", "virtual", "PPP", "IEEE 802.3", "IEEE 802.11a/b/g", "IEEE 802.16e"]
    )
{
    public const int Type = 24;

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        words == "another" ? [new AccessTechnologyTypeOption(AnotherThan(context.Ixit.AccessTechnologyType))] : base.Build(words, context);

    private static AccessTechnologyType AnotherThan(int type) =>
        type == (int)AccessTechnologyType.Ieee8023 ? AccessTechnologyType.Ieee80211 : AccessTechnologyType.Ieee8023;
}
