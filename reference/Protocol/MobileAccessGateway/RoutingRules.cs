using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// The forwarding of a MAG, RFC 5213, Sections 6.10.3 and 6.10.5. Packets from an access link are forwarded by source prefix or
/// dropped.
/// </summary>
internal static class RoutingRules
{
    public static RuleList<RoutingDraft> Default { get; } =
        new(
            new("6.10.3", "BetweenMobileNodes", BetweenMobileNodes),
            new("6.10.5", "FromRegularNode", FromRegularNode),
            new("6.10.5", "ToMobileNode", ToMobileNode),
            new("6.10.5", "FromMobileNode", FromMobileNode),
            new("RFC 5844 3.2.4", "BetweenIpv4Nodes", BetweenIpv4Nodes),
            new("RFC 5844 3.2.4", "ToIpv4Node", ToIpv4Node),
            new("RFC 5844 3.2.4", "FromIpv4Node", FromIpv4Node),
            new("RFC 5844 3.4.2", "ToDhcpServers", ToDhcpServers)
        );

    private static RuleOutcome BetweenMobileNodes(RoutingDraft draft)
    {
        draft.Routes.AddRange(
            from other in draft.Gateway.Attachments
            where other.Link != draft.Attachment.Link && MayRoute(draft, other)
            from to in other.Prefixes
            from prefix in draft.HomeNetworkPrefixes
            select new Route(to, new RouteTarget.OnLink(other.Link)) { From = prefix }
        );
        return RuleOutcome.Continue;
    }

    /// <summary>Without local routing, packets of a regular node for a mobile node go to the LMA of that one.</summary>
    private static RuleOutcome FromRegularNode(RoutingDraft draft)
    {
        if (draft.Attachment is not Attachment.Visiting)
        {
            return RuleOutcome.Continue;
        }

        draft.Routes.AddRange(
            from other in draft.Gateway.Attachments
            where !MayRoute(draft, other)
            from to in other.Binding?.HomeNetworkPrefixes ?? []
            from prefix in draft.HomeNetworkPrefixes
            select new Route(to, new RouteTarget.IntoTunnel(draft.Gateway.TunnelOf(other))) { From = prefix }
        );
        return RuleOutcome.Continue;
    }

    private static RuleOutcome BetweenIpv4Nodes(RoutingDraft draft)
    {
        draft.Routes.AddRange(
            from other in draft.Gateway.Attachments
            where other.Link != draft.Attachment.Link && MayRoute(draft, other)
            from to in RoutingDraft.HostsOf(other.Binding?.Ipv4)
            from address in draft.Ipv4HomeAddresses
            select new Route(to, new RouteTarget.OnLink(other.Link)) { From = address }
        );
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ToIpv4Node(RoutingDraft draft)
    {
        var target = new RouteTarget.OnLink(draft.Attachment.Link);
        draft.Routes.AddRange(draft.Ipv4HomeAddresses.Select(address => new Route(address, target)));
        return RuleOutcome.Continue;
    }

    /// <summary>The source of a packet is an address of the mobile node, or the packet is dropped.</summary>
    private static RuleOutcome FromIpv4Node(RoutingDraft draft)
    {
        var target = new RouteTarget.IntoTunnel(draft.Gateway.TunnelOf(draft.Attachment));
        draft.Routes.AddRange(draft.Ipv4HomeAddresses.Select(address => new Route(IpPrefix.AllIpv4, target) { From = address }));
        return RuleOutcome.Continue;
    }

    /// <summary>The DHCP relay agent reaches the servers through the LMA, unless they reach the MAG by an address of its own.</summary>
    private static RuleOutcome ToDhcpServers(RoutingDraft draft)
    {
        if (draft is { Ipv4.ActsAsDhcpServer: false, Gateway.Settings.Ipv4.RelayAddress: null })
        {
            var target = new RouteTarget.IntoTunnel(draft.Gateway.TunnelOf(draft.Attachment));
            var servers = draft.Gateway.Settings.Ipv4?.DhcpServers ?? [];
            draft.Routes.AddRange(servers.Select(server => new Route(IpPrefix.Of(server), target)));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The policy is that of the sender, unless the sender is a regular node, which has none.</summary>
    private static bool MayRoute(RoutingDraft draft, Attachment addressee) =>
        draft.Gateway.RoutesLocally((draft.Attachment is Attachment.Visiting ? addressee : draft.Attachment).MobileNode);

    private static RuleOutcome ToMobileNode(RoutingDraft draft)
    {
        var target = new RouteTarget.OnLink(draft.Attachment.Link);
        draft.Routes.AddRange(draft.HomeNetworkPrefixes.Select(prefix => new Route(prefix, target)));
        return RuleOutcome.Continue;
    }

    private static RuleOutcome FromMobileNode(RoutingDraft draft)
    {
        RouteTarget target =
            draft.Attachment is Attachment.Visiting
                ? new RouteTarget.Transit()
                : new RouteTarget.IntoTunnel(draft.Gateway.TunnelOf(draft.Attachment));
        draft.Routes.AddRange(draft.HomeNetworkPrefixes.Select(prefix => new Route(Ipv6Prefix.AllZero, target) { From = prefix }));
        return RuleOutcome.Continue;
    }
}
