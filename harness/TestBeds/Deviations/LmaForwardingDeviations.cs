using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors that forward packets wrongly: RFC 5213, Sections 5 and 5.6.2.</summary>
internal static class LmaForwardingDeviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        Deviation.OfLma(
            "lma-host-routes",
            "sends only packets for the address that is formed from the link-layer identifier into the tunnel",
            "rfc5213-5.6.2-k3",
            rules => rules with { InitialRegistration = rules.InitialRegistration.Replacing("RoutesCreated", HostRoutesCreated) }
        ) with
        {
            WhyMany = Deviation.ShownByEachRule,
        },
        Forwards(
            "lma-no-tunnel-to-tunnel",
            "does not send a packet out of a tunnel into a tunnel",
            "rfc5213-5.6.2-k5",
            rules =>
                rules with
                {
                    Departure = rules.Departure.InsertingBefore("HopLimit", new("5.6.2", "NoTunnelToTunnel", NoTunnelToTunnel)),
                }
        ),
        Forwards(
            "lma-any-tunnelled-source",
            "forwards whatever comes out of a tunnel, also from a prefix that its MAG does not serve",
            "rfc5213-5-k1c",
            rules => rules with { TunnelExit = rules.TunnelExit.Without("ReversePath") }
        ),
    ];

    private static Deviation Forwards(string name, string description, string statement, Func<ForwardingRules, ForwardingRules> change) =>
        Deviation.InLma(name, description, statement, lma => lma with { Changes = Changes.To<ForwardingRules>(change) });

    private static RuleOutcome HostRoutesCreated(RegistrationRequest request)
    {
        if (request is { Entry: { } entry, LinkLayerIdentifier: { Length: MacAddress.Length } identifier })
        {
            var host = new MacAddress(identifier.Span).InterfaceIdentifier();
            request.Anchor.Forwarding.AddRoutes(
                entry.Session,
                LmaParts
                    .RoutesOf(request.Anchor, entry)
                    .Select(route => route with { To = IpPrefix.Of(route.To.AsIpv6!.Value.AddressWith(host)) })
            );
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome NoTunnelToTunnel(ForwardedPacket forwarded) =>
        forwarded is { IsOutOfTunnel: true, EntersTunnel: true } ? RuleOutcome.Stop : RuleOutcome.Continue;
}
