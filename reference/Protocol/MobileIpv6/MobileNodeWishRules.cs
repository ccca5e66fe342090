namespace Pmip.Protocol.MobileIpv6;

/// <summary>Which bindings a mobile node wants to have: RFC 6275, Sections 11.5 and 11.7.2.</summary>
internal static class MobileNodeWishRules
{
    public static RuleList<MobileNodeWishes> Default { get; } =
        new(
            new("RFC 6275 11.7.1", "HomeAddressValid", HomeAddressValid),
            new("RFC 6275 11.5.5", "NoneAtHome", NoneAtHome),
            new("RFC 6275 11.7.3", "NoneRefused", NoneRefused),
            new("RFC 6275 11.5.4", "PrimaryCareOfAddress", PrimaryCareOfAddress)
        );

    /// <summary>RFC 6275, Section 11.5.5, and RFC 5648, Sections 5.5 and 5.6.</summary>
    public static MobileNodeAttachment Attachment(MobileNodeState node)
    {
        var (home, agent) = (node.HomeLink, node.HomeAgent);
        return home is null ? MobileNodeAttachment.Away
            : node.CareOf.Usable.Count == 0 ? MobileNodeAttachment.Home
            : node.Settings.AtHome switch
            {
                ReturnPolicy.ForeignOnly => MobileNodeAttachment.Away,
                ReturnPolicy.Simultaneous when agent is { UsesBindingIds: true, AllowsHomeBinding: true } => MobileNodeAttachment.Both,
                ReturnPolicy.Simultaneous when agent.UsesBindingIds => MobileNodeAttachment.Away,
                _ => MobileNodeAttachment.Home,
            };
    }

    private static RuleOutcome HomeAddressValid(MobileNodeWishes wishes) =>
        wishes.Node.IsHomeAddressLost ? RuleOutcome.Stop : RuleOutcome.Continue;

    private static RuleOutcome NoneAtHome(MobileNodeWishes wishes) =>
        wishes.Node.Attachment == MobileNodeAttachment.Home ? RuleOutcome.Stop : RuleOutcome.Continue;

    private static RuleOutcome NoneRefused(MobileNodeWishes wishes) => wishes.Peer.IsRefused ? RuleOutcome.Stop : RuleOutcome.Continue;

    private static RuleOutcome PrimaryCareOfAddress(MobileNodeWishes wishes)
    {
        if (!wishes.Peer.UsesBindingIds && wishes.Node.Primary is { } primary)
        {
            wishes.Wanted.Add(new MobileNodeWish(BindingId: null, primary, IsHome: false));
        }
        return RuleOutcome.Continue;
    }
}
