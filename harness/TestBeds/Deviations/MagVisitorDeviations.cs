using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways that serve nodes without mobility service wrongly: RFC 5213, Sections 6.14 and 6.10.5.</summary>
internal static class MagVisitorDeviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        Deviation.OfMag(
            "mag-registers-visitors",
            "registers a node that is not entitled to the mobility service",
            "rfc5213-6.14-k1",
            rules => rules with { Detection = rules.Detection.Without("Entitled") }
        ) with
        {
            WhyMany = "each statement of the section is about what a node without mobility service gets",
        },
        Deviation.OfMag(
            "mag-visitors-in-the-tunnel",
            "tunnels the packets of a node with regular access to its LMA",
            "rfc5213-6.14-k3",
            rules => rules with { Routing = rules.Routing.Replacing("FromMobileNode", IntoTunnel) }
        ),
        Deviation.OfMag(
            "mag-visitors-get-a-home-prefix",
            "advertises a home network prefix to a node with regular access",
            "rfc5213-6.14-d1",
            rules =>
                rules with
                {
                    RouterAdvertisement = rules.RouterAdvertisement.InsertingBefore(
                        "HomeNetworkPrefixes",
                        new("6.14", "HomePrefix", HomePrefix)
                    ),
                }
        ) with
        {
            WhyMany = "each statement of the section is about what a node without mobility service gets",
        },
        Deviation.OfMag(
            "mag-visitors-get-the-prefix-of-another",
            "advertises the prefix of a mobile node on another link to a node with regular access",
            "rfc5213-6.14-d1",
            rules =>
                rules with
                {
                    RouterAdvertisement = rules.RouterAdvertisement.InsertingBefore(
                        "HomeNetworkPrefixes",
                        new("6.14", "PrefixOfAnother", PrefixOfAnother)
                    ),
                }
        ) with
        {
            WhyMany = "each statement is about what a node without mobility service gets, or about whose prefixes are advertised",
        },
        Deviation.OfMag(
            "mag-visitor-straight-to-mobile-node",
            "sends packets of a node with regular access straight to a mobile node, although local routing is not enabled",
            "rfc5213-6.10.5-k7",
            rules => rules with { Routing = rules.Routing.Without("FromRegularNode") }
        ),
        Deviation.Of(
            "mag-visitor-signalling-changed",
            "removes the Home Address option from the mobility signalling of the nodes on its links",
            "rfc5213-6.14-d2",
            mag => mag with { Output = () => new PacketRewriter((_, packet) => WithoutDestinationOptions(packet)) }
        ) with
        {
            Roles = ["MAG"],
        },
    ];

    private static RuleOutcome IntoTunnel(RoutingDraft draft)
    {
        var tunnel = draft.Gateway.TunnelOf(draft.Attachment);
        draft.Gateway.Forwarding.UseTunnel(draft.Attachment.Link, tunnel);
        var target = new RouteTarget.IntoTunnel(tunnel);
        draft.Routes.AddRange(draft.HomeNetworkPrefixes.Select(prefix => new Route(Ipv6Prefix.AllZero, target) { From = prefix }));
        return RuleOutcome.Continue;
    }

    /// <summary>A mobility message without the Destination Options header before it.</summary>
    private static Ipv6Packet WithoutDestinationOptions(Ipv6Packet packet)
    {
        var payload = packet.Payload.Span;
        if (packet.NextHeader != IpProtocol.DestinationOptions || payload.Length < 2 || payload[0] != IpProtocol.MobilityHeader)
        {
            return packet;
        }

        var length = (payload[1] + 1) * 8;
        return payload.Length > length ? packet with { NextHeader = payload[0], Payload = packet.Payload[length..] } : packet;
    }

    private static RuleOutcome PrefixOfAnother(RouterAdvertisementDraft draft) =>
        draft.Attachment is Attachment.Visiting && draft.Gateway.TryFind(new LinkId("link2"), out var other)
            ? MagAdvertisementDeviations.Advertise(draft, other.Prefixes)
            : RuleOutcome.Continue;

    private static RuleOutcome HomePrefix(RouterAdvertisementDraft draft) =>
        draft.Attachment is Attachment.Visiting
            ? MagAdvertisementDeviations.Advertise(draft, [Ipv6Prefix.Parse("2001:db8:8000:e::/64")])
            : RuleOutcome.Continue;
}
