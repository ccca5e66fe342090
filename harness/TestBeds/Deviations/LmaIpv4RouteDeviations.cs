using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using static Conformance.TestBeds.Deviations.LmaIpv4Parts;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors that announce the routes of IPv4 home addresses wrongly: RFC 5844, Section 3.1.3.</summary>
internal static class LmaIpv4RouteDeviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        OfIpv4(
            "lma-ipv4-route-unannounced",
            "announces no route for IPv4",
            "rfc5844-3.1.3-k1",
            rules =>
                rules with
                {
                    InitialRegistration = rules.InitialRegistration.Without("HomeNetworkAnnounced"),
                    LifetimeExtension = rules.LifetimeExtension.Without("HomeNetworkAnnounced"),
                    AfterHandoff = rules.AfterHandoff.Without("HomeNetworkAnnounced"),
                }
        ),
        OfIpv4(
            "lma-ipv4-route-withdrawn-with-any-session",
            "withdraws the route for IPv4 when a session with IPv4 ends, although another one goes on",
            "rfc5844-3.1.3-k1",
            rules =>
                rules with
                {
                    EndOfSession = rules.EndOfSession.Replacing(
                        "HomeNetworkWithdrawn",
                        ending => ending.Entry.HasIpv4() ? Withdrawn(ending.Anchor) : RuleOutcome.Continue
                    ),
                    DeRegistration = rules.DeRegistration.InsertingBefore(
                        "DeletionDelayed",
                        new(
                            "RFC 5844 3.1.3",
                            "Withdrawn",
                            request => request.Entry.HasIpv4() ? Withdrawn(request.Anchor) : RuleOutcome.Continue
                        )
                    ),
                }
        ),
        OfIpv4(
            "lma-ipv4-route-withdrawn-by-handoff",
            "withdraws the route for IPv4 when a session moves",
            "rfc5844-3.1.3-k1",
            rules =>
                rules with
                {
                    AfterHandoff = rules.AfterHandoff.Instead(
                        "HomeNetworkAnnounced",
                        request => request.Entry.HasIpv4(),
                        request => Withdrawn(request.Anchor)
                    ),
                }
        ),
        OfIpv4(
            "lma-ipv4-route-withdrawn-by-refresh",
            "withdraws the route for IPv4 when a session is refreshed",
            "rfc5844-3.1.3-k1",
            rules =>
                rules with
                {
                    LifetimeExtension = rules.LifetimeExtension.Instead(
                        "HomeNetworkAnnounced",
                        request => request.Entry.HasIpv4(),
                        request => Withdrawn(request.Anchor)
                    ),
                }
        ),
    ];

    private static RuleOutcome Withdrawn(AnchorState anchor)
    {
        if (anchor.Settings is { AnnounceRoutes: true, Ipv4.HomeNetwork: var network })
        {
            anchor.Actions.Add(new RoleAction.WithdrawRoute(network));
        }
        return RuleOutcome.Continue;
    }
}
