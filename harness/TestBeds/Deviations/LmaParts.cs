using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Parts of which deviating and unusual local mobility anchors are made.</summary>
internal static class LmaParts
{
    /// <summary>The unit of the Lifetime field (RFC 6275, Section 6.1.7).</summary>
    public static readonly TimeSpan LifetimeUnit = TimeSpan.FromSeconds(4);

    /// <summary>
    /// The rules with one more, which is applied to every accepted registration once it is stored, before its routes are set.
    /// </summary>
    public static LocalMobilityAnchorRules WhenStored(
        this LocalMobilityAnchorRules rules,
        string name,
        Func<RegistrationRequest, RuleOutcome> apply
    ) =>
        rules.WhenKept(name, apply) with
        {
            InitialRegistration = rules.InitialRegistration.InsertingBefore("TunnelEstablished", new("5.3.2(4)", name, apply)),
        };

    /// <summary>As <see cref="WhenStored"/>, but only for registrations of a session that there was before.</summary>
    public static LocalMobilityAnchorRules WhenKept(
        this LocalMobilityAnchorRules rules,
        string name,
        Func<RegistrationRequest, RuleOutcome> apply
    ) =>
        rules.WhenExtended(name, apply) with
        {
            AfterHandoff = rules.AfterHandoff.InsertingBefore("PreviousRoutesRemoved", new("5.3.4(1)", name, apply)),
        };

    /// <summary>As <see cref="WhenStored"/>, but only for registrations by the MAG that serves the session, or served it last.</summary>
    public static LocalMobilityAnchorRules WhenExtended(
        this LocalMobilityAnchorRules rules,
        string name,
        Func<RegistrationRequest, RuleOutcome> apply
    ) => rules with { LifetimeExtension = rules.LifetimeExtension.InsertingBefore("ForwardingResumed", new("5.3.3(1)", name, apply)) };

    /// <summary>The session of a request as the request has found it; null if it has found none.</summary>
    public static BindingCacheEntry? Found(this RegistrationRequest request) => (request.Target as LookupOutcome.Update)?.Entry;

    /// <summary>Stores the session of a request with other values.</summary>
    public static RuleOutcome Store(this RegistrationRequest request, BindingCacheEntry entry)
    {
        request.Entry = entry;
        request.Anchor.Put(entry);
        return RuleOutcome.Continue;
    }

    /// <summary>Stores another time at which the registered session of a request expires.</summary>
    public static RuleOutcome Expire(this RegistrationRequest request, Instant at) =>
        request.Entry is BindingCacheEntry.Registered registered ? request.Store(registered with { ExpiresAt = at }) : RuleOutcome.Continue;

    /// <summary>The routes of a session, into its tunnel, in the order of its prefixes.</summary>
    public static IReadOnlyList<Route> RoutesOf(AnchorState anchor, BindingCacheEntry entry) =>
        [
            .. entry.Binding.HomeNetworkPrefixes.Select(prefix => new Route(
                prefix,
                new RouteTarget.IntoTunnel(TunnelOf(anchor, entry.Binding))
            )),
        ];

    /// <summary>The tunnel of a session.</summary>
    public static Tunnel TunnelOf(AnchorState anchor, Binding binding) =>
        binding.Ipv4Tunnel ?? new Tunnel(anchor.Settings.Address, binding.ProxyCareOfAddress);

    /// <summary>Adds the route of the first prefix of a session only.</summary>
    public static RuleOutcome FirstRouteCreated(RegistrationRequest request)
    {
        if (request.Entry is { } entry)
        {
            request.Anchor.Forwarding.AddRoutes(entry.Session, RoutesOf(request.Anchor, entry).Take(1));
        }

        return RuleOutcome.Continue;
    }

    /// <summary>The other sessions of the mobile node of a session.</summary>
    public static IReadOnlyList<BindingCacheEntry> OtherSessions(AnchorState anchor, BindingCacheEntry entry) =>
        [.. anchor.Bindings.Of(entry.Binding.MobileNode).Where(other => other.Session != entry.Session)];

    /// <summary>Updates the only session of the mobile node.</summary>
    public static RuleOutcome OnlySession(BindingCacheLookup lookup) =>
        lookup.OnlySession is { } entry ? lookup.Decide(new LookupOutcome.Update(entry)) : RuleOutcome.Continue;

    /// <summary>Whether a request leaves the choice of the prefixes to the local mobility anchor.</summary>
    public static bool LeavesChoice(this RegistrationRequest request) => request.HomeNetworkPrefixes.Any(prefix => prefix.IsAllZero);
}
