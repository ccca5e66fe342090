using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Protocol.Security;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Home agents with faults in the protection of packets in tunnels: RFC 5648, Section 9.3.2, and draft-ietf-monami6-multiplecoa-04,
/// Section 8.3.2.
/// </summary>
internal static class HaEspDeviations
{
    private const string Source = "mcoa-draft-04-8.3.2-k1",
        Acceptance = "rfc5648-9.3.2-d1",
        CareOfAddress = "rfc5648-9.3.2-d2";

    public static IReadOnlyList<Deviation> All { get; } =
    [
        HaParts.Any(
            "ha-esp-any-source",
            "forwards what comes under ESP, whichever address it comes from",
            Source,
            ha => ha with { Changes = Changes.To<ForwardingRules>(FromAnySource) }
        ),
        HaParts.Any(
            "ha-esp-first-source-alone",
            "accepts what comes under ESP from the care-of address that a mobile node has used first, and from no other",
            Acceptance,
            ha => ha with { Changes = Changes.To<SecurityRules>(FromFirstSource) }
        ),
        HaParts.Any(
            "ha-esp-payload-dropped",
            "forwards nothing that comes in a tunnel under ESP",
            Acceptance,
            ha => ha with { Changes = Changes.To<ForwardingRules>(FromNoSource) }
        ),
        HaParts.Any(
            "ha-esp-to-first-care-of-address",
            "sends what it protects to the care-of address that was registered first, even if others serve the flow or it is removed",
            CareOfAddress,
            ha => ha with { Changes = Changes.To<HomeAgentRules>(ToFirst).AndTo<ForwardingRules>(OutOfAll) }
        ),
        HaParts.Acting(
            "ha-esp-payload-in-clear",
            "sends the packets in its tunnels without protection, although it takes those from mobile nodes under ESP",
            CareOfAddress,
            InClear
        ),
    ];

    /// <summary>A home agent to which the source of ESP makes no difference, as RFC 5648 allows it.</summary>
    public static ForwardingRules FromAnySource(ForwardingRules rules)
    {
        var known = rules.TunnelExit.First(rule => rule.Name == "KnownTunnel");
        return OutOfAll(
            rules with
            {
                TunnelExit = rules.TunnelExit.Replacing(
                    known.Name,
                    packet => IsProtected(packet) ? RuleOutcome.Continue : known.Apply(packet)
                ),
            }
        );
    }

    private static bool IsProtected(TunnelledPacket packet) => packet.Tunnel.Mode == TunnelMode.EspTunnel;

    private static bool IsOfPeer(TunnelledPacket packet) => packet.Inner is { } inner && inner.Source.Equals(packet.Tunnel.ProtectedFor);

    private static ForwardingRules FromNoSource(ForwardingRules rules) =>
        rules with
        {
            TunnelExit = rules.TunnelExit.InsertingBefore(
                "KnownTunnel",
                new(
                    "deviation",
                    "NotProtected",
                    packet => IsProtected(packet) ? packet.Drop("NotProtected", "under ESP") : RuleOutcome.Continue
                )
            ),
        };

    /// <summary>The first address is that of the first message that is protected for the mobile node.</summary>
    private static SecurityRules FromFirstSource(SecurityRules rules)
    {
        var first = new Dictionary<IPAddress, IPAddress>();
        return rules with
        {
            Inbound = rules.Inbound.InsertingBefore(
                "OfItsMode",
                new(
                    "deviation",
                    "OfFirstSource",
                    received =>
                        received.State is not { Association: { } association }
                        || first.TryAdd(association.Peer, received.Source)
                        || association.Mode == EspMode.Transport
                        || first[association.Peer].Equals(received.Source)
                            ? RuleOutcome.Continue
                            : received.Discard("OfFirstSource", $"the mobile node is at {first[association.Peer]}")
                )
            ),
        };
    }

    /// <summary>The route of a protected home address leads into its first tunnel alone, which stays while there is any binding.</summary>
    private static HomeAgentRules ToFirst(HomeAgentRules rules)
    {
        var first = new Dictionary<IPAddress, IPAddress>();
        var tunnelled = rules.Forwarding.First(rule => rule.Name == "PacketsTunnelled");
        var released = rules.Forwarding.First(rule => rule.Name == "TunnelsReleased");
        return rules with
        {
            Forwarding = rules
                .Forwarding.Replacing(
                    tunnelled.Name,
                    change => FirstOf(change) is { } careOf ? Into(change, careOf) : tunnelled.Apply(change)
                )
                .Replacing(released.Name, change => FirstOf(change) is null ? released.Apply(change) : RuleOutcome.Continue),
        };

        IPAddress? FirstOf(HomeAddressChange change)
        {
            if (change.CareOfAddresses is not [var oldest, ..] || !change.Agent.Settings.ProtectedTunnels.Contains(change.Home))
            {
                first.Remove(change.Home);
                return null;
            }

            first.TryAdd(change.Home, oldest);
            return first[change.Home];
        }

        static RuleOutcome Into(HomeAddressChange change, IPAddress careOf) => HaParts.RouteOnly(change, HaParts.RouteInto(change, careOf));
    }

    /// <summary>What comes under ESP need not come by the route to its source.</summary>
    private static ForwardingRules OutOfAll(ForwardingRules rules)
    {
        var reverse = rules.TunnelExit.First(rule => rule.Name == "ReversePath");
        return rules with
        {
            TunnelExit = rules.TunnelExit.Replacing(
                reverse.Name,
                packet => IsProtected(packet) && IsOfPeer(packet) ? RuleOutcome.Continue : reverse.Apply(packet)
            ),
        };
    }

    /// <summary>Each tunnel exists without ESP, too, and is the first choice.</summary>
    private static IEnumerable<RoleAction> InClear(RoleAction action) =>
        action switch
        {
            RoleAction.AddTunnel({ Mode: TunnelMode.EspTunnel } tunnel) => [action, new RoleAction.AddTunnel(InClear(tunnel))],
            RoleAction.RemoveTunnel({ Mode: TunnelMode.EspTunnel } tunnel) => [action, new RoleAction.RemoveTunnel(InClear(tunnel))],
            RoleAction.AddRoute({ Target: RouteTarget.OneOf several } route) =>
            [
                new RoleAction.AddRoute(route with { Target = InClear(several) }),
            ],
            RoleAction.RemoveRoute({ Target: RouteTarget.OneOf several } route) =>
            [
                new RoleAction.RemoveRoute(route with { Target = InClear(several) }),
            ],
            _ => [action],
        };

    private static RouteTarget.OneOf InClear(RouteTarget.OneOf several) =>
        new([.. several.Tunnels.Select(InClear).Concat(several.Tunnels).Distinct()]) { HomeLink = several.HomeLink };

    private static Tunnel InClear(Tunnel tunnel) => new(tunnel.Local, tunnel.Remote);
}
