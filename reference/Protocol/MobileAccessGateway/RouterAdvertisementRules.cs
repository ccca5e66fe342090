using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>RFC 5213, Section 6.9.2, and Section 6.9.3: the MAG is the default router.</summary>
internal static class RouterAdvertisementRules
{
    // RFC 4861, Section 6.2.1: AdvCurHopLimit has its default. AdvDefaultLifetime has its maximum, because an advertisement is valid
    // until it is withdrawn or the link is torn down.
    private const byte CurHopLimit = 64;
    private const ushort RouterLifetimeSeconds = 9_000;

    public static RuleList<RouterAdvertisementDraft> Default { get; } =
        new(
            new("6.9.2(1)-(2)", "BindingRequired", BindingRequired),
            new("RFC 5844 3", "Ipv6Registered", Ipv6Registered),
            new("RFC 4862 5.4", "AddressConfirmed", AddressConfirmed),
            new("6.9.3", "DefaultRouter", DefaultRouter),
            new("6.9.1.2(15)", "SourceAddress", SourceAddress),
            new("RFC 4861 4.2", "SourceLinkLayerAddress", SourceLinkLayerAddress),
            new("6.9.2(3)", "Mtu", Mtu),
            new("6.4", "AddressConfiguration", AddressConfiguration),
            new("6.9.2(1)", "HomeNetworkPrefixes", HomeNetworkPrefixes),
            new("6.12", "WithdrawnPrefix", WithdrawnPrefix)
        );

    private static RuleOutcome BindingRequired(RouterAdvertisementDraft draft) =>
        draft.Attachment is { Binding: null } and not Attachment.Visiting ? RuleOutcome.Stop : RuleOutcome.Continue;

    private static RuleOutcome Ipv6Registered(RouterAdvertisementDraft draft) =>
        draft.Attachment.Binding is { IpVersions: IpVersions.Ipv4 } ? RuleOutcome.Stop : RuleOutcome.Continue;

    private static RuleOutcome AddressConfirmed(RouterAdvertisementDraft draft) =>
        draft.Gateway.IsTentative(draft.Attachment.Link) ? RuleOutcome.Stop : RuleOutcome.Continue;

    private static RuleOutcome DefaultRouter(RouterAdvertisementDraft draft)
    {
        draft.CurHopLimit = CurHopLimit;
        draft.RouterLifetimeSeconds = RouterLifetimeSeconds;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SourceAddress(RouterAdvertisementDraft draft)
    {
        draft.Source = draft.Gateway.LinkLocalAddressOn(draft.Attachment.Link);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SourceLinkLayerAddress(RouterAdvertisementDraft draft)
    {
        if (draft.Gateway.FindLink(draft.Attachment.Link) is { } link)
        {
            draft.Options.Add(new SourceLinkLayerAddressOption(draft.Gateway.Settings.LinkLayerAddressOn(link)));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>RFC 5213, Section 6.9.5: the MTU of the access link, if that is smaller than that of the tunnel.</summary>
    private static RuleOutcome Mtu(RouterAdvertisementDraft draft)
    {
        var accessMtu = draft.Gateway.FindLink(draft.Attachment.Link)?.Mtu ?? uint.MaxValue;
        var mode = draft.Gateway.TunnelOf(draft.Attachment).Mode;
        var tunnelMtu = draft.Attachment is Attachment.Visiting ? accessMtu : TunnelMtu.Over(draft.PathMtu, mode);
        draft.Options.Add(new MtuOption(Math.Min(tunnelMtu, accessMtu)));
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AddressConfiguration(RouterAdvertisementDraft draft)
    {
        draft.Flags = AddressConfigurationFlags.For(draft.Attachment.MobileNode, draft.Gateway.Settings);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome HomeNetworkPrefixes(RouterAdvertisementDraft draft)
    {
        var (valid, preferred) = draft.Attachment.MobileNode.PrefixLifetimes;
        foreach (var prefix in draft.Attachment.Prefixes)
        {
            if (prefix != draft.Withdrawn)
            {
                draft.Options.Add(draft.Flags.Information(prefix, (uint)valid.TotalSeconds, (uint)preferred.TotalSeconds));
            }
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome WithdrawnPrefix(RouterAdvertisementDraft draft)
    {
        if (draft.Withdrawn is { } prefix)
        {
            draft.Options.Add(draft.Flags.Information(prefix, valid: 0, preferred: 0));
        }
        return RuleOutcome.Continue;
    }
}
