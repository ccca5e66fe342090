using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Local mobility anchors that wait wrongly for a de-registration if the handoff state is unknown, or confuse the sessions of one mobile
/// node afterwards: RFC 5213, Sections 5.2, 5.4, 5.4.1 and 9.1.
/// </summary>
internal static class LmaDoubtDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Waits(), .. SecondSessions()];

    private static IEnumerable<Deviation> Waits() =>
        [
            Patience(
                "lma-half-the-wait",
                "waits for a de-registration only half as long as it is configured to",
                "rfc5213-9.1-k5",
                0.5
            ) with
            {
                WhyMany = "the wait is a rule for each kind of look-up, a variable and its default",
            },
            Patience("lma-too-patient", "waits for a de-registration twice as long as it is configured to", "rfc5213-5.4.1.2-k10", 2) with
            {
                WhyMany = "the two lookups have the same wait, and what the new session must and must not have follows it",
            },
            Deviation.OfLma(
                "lma-answers-at-the-end-of-the-wait",
                "notes a de-registration for which a request waits, and considers the request when the wait ends",
                "rfc5213-5.4.1.2-k9",
                rules => WhenDeRegistered(rules, KeepWaiting)
            ),
            Deviation.OfLma(
                "lma-any-de-registration-ends-the-wait",
                "considers the requests that wait for a de-registration when any session is de-registered",
                "rfc5213-5.4.1.2-k9",
                rules => WhenDeRegistered(rules, EndAllWaits)
            ),
        ];

    private static IEnumerable<Deviation> SecondSessions() =>
        [
            Deviation.OfLma(
                "lma-doubt-shares-a-prefix",
                "gives the new session after a wait one of the prefixes of the first",
                "rfc5213-5.2-k1",
                rules => WithAssignment(rules, "PrefixesAvailable", FirstPrefixShared)
            ),
            Deviation.OfLma(
                "lma-doubt-drops-the-first",
                "removes the routes of the first session for the new session after a wait",
                "rfc5213-5.4-k1",
                rules => WithAssignment(rules, "TunnelEstablished", OthersDropped)
            ),
            Deviation.OfLma(
                "lma-own-prefix-again",
                "gives a session the prefixes of another session of the same mobile node, if the request names them",
                "rfc5213-5.4.1.1-k7",
                rules =>
                    rules with
                    {
                        InitialRegistration = rules.InitialRegistration.Replacing(
                            "PrefixesAuthorized",
                            OwnPrefixesTaken(rules.InitialRegistration.First(rule => rule.Name == "PrefixesAuthorized"))
                        ),
                    }
            ),
            Deviation.OfLma(
                "lma-refuses-and-moves",
                "moves the route of a session to the MAG whose request for its prefixes it refuses",
                "rfc5213-5.4-k1",
                rules => WithAssignment(rules, "PrefixesAuthorized", RoutesMoved)
            ),
        ];

    private static Deviation Patience(string name, string description, string statement, double factor) =>
        Deviation.InLma(
            name,
            description,
            statement,
            lma =>
                lma with
                {
                    Changes = Changes.To<LocalMobilityAnchorSettings>(settings =>
                        settings with
                        {
                            MaxDelayBeforeNewBCEAssign = settings.MaxDelayBeforeNewBCEAssign * factor,
                        }
                    ),
                }
        );

    private static LocalMobilityAnchorRules WhenDeRegistered(LocalMobilityAnchorRules rules, Action<RegistrationRequest> change) =>
        rules with
        {
            DeRegistration = rules.DeRegistration.InsertingBefore(
                "Accepted",
                new(
                    "5.4.1.2(4)",
                    "Waiting",
                    request =>
                    {
                        change(request);
                        return RuleOutcome.Continue;
                    }
                )
            ),
        };

    private static LocalMobilityAnchorRules WithAssignment(
        LocalMobilityAnchorRules rules,
        string before,
        Action<RegistrationRequest> change
    ) =>
        rules with
        {
            InitialRegistration = rules.InitialRegistration.InsertingBefore(
                before,
                new(
                    "5.3.2",
                    "SecondSession",
                    request =>
                    {
                        change(request);
                        return RuleOutcome.Continue;
                    }
                )
            ),
        };

    /// <summary>Lets the requests wait for a session that there is not.</summary>
    private static void KeepWaiting(RegistrationRequest request)
    {
        foreach (var (key, waiting) in request.Anchor.Waiting.ToList())
        {
            request.Anchor.Waiting[key] = waiting with { Session = request.Anchor.Bindings.NewSession() };
        }
    }

    private static void EndAllWaits(RegistrationRequest request)
    {
        foreach (var key in request.Anchor.Waiting.Keys)
        {
            request.Anchor.Deadlines.Set(new AnchorDeadline.EndOfWait(key), request.Now.Monotonic);
        }
    }

    private static void FirstPrefixShared(RegistrationRequest request)
    {
        if (request.HasWaited && Others(request) is [var other, ..])
        {
            request.AssignedPrefixes = [other.Binding.HomeNetworkPrefixes[0], .. request.AssignedPrefixes.Skip(1)];
        }
    }

    private static void OthersDropped(RegistrationRequest request)
    {
        if (request is { HasWaited: true, Entry: { } entry })
        {
            foreach (var other in LmaParts.OtherSessions(request.Anchor, entry))
            {
                request.Anchor.Forwarding.RemoveRoutes(other.Session);
            }
        }
    }

    private static Func<RegistrationRequest, RuleOutcome> OwnPrefixesTaken(NamedRule<RegistrationRequest> authorized) =>
        request =>
        {
            if (!Others(request).Any(other => other.Binding.HomeNetworkPrefixes.Intersect(request.HomeNetworkPrefixes).Any()))
            {
                return authorized.Apply(request);
            }

            request.AssignedPrefixes = request.HomeNetworkPrefixes;
            return RuleOutcome.Continue;
        };

    private static void RoutesMoved(RegistrationRequest request)
    {
        foreach (var other in Others(request))
        {
            var tunnel = request.Ipv4Tunnel ?? new Tunnel(request.Anchor.Settings.Address, request.ProxyCareOfAddress);
            var routes = request
                .HomeNetworkPrefixes.Intersect(other.Binding.HomeNetworkPrefixes)
                .Select(prefix => new Route(prefix, new RouteTarget.IntoTunnel(tunnel)))
                .ToList();
            if (routes.Count > 0)
            {
                request.Anchor.Forwarding.UseTunnel(other.Session, tunnel);
                request.Anchor.Forwarding.RemoveRoutes(other.Session, keep: routes);
                request.Anchor.Forwarding.AddRoutes(other.Session, routes);
            }
        }
    }

    private static IReadOnlyList<BindingCacheEntry> Others(RegistrationRequest request) =>
        request.MobileNode is { } mobileNode ? request.Anchor.Bindings.Of(mobileNode) : [];
}
