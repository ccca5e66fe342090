using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The search for the session of a request, RFC 5213, Section 5.4.1. The search does not change the Binding Cache.</summary>
public sealed class BindingCacheLookup
{
    private BindingCacheLookup(RegistrationRequest request, MobileNodeIdentifierOption mobileNode)
    {
        Request = request;
        MobileNode = mobileNode;
        Sessions = request.Anchor.Bindings.Of(mobileNode);
    }

    public RegistrationRequest Request { get; }

    public MobileNodeIdentifierOption MobileNode { get; }

    /// <summary>All sessions of the mobile node.</summary>
    public IReadOnlyList<BindingCacheEntry> Sessions { get; }

    /// <summary>The mobile node's session, if it has exactly one.</summary>
    public BindingCacheEntry? OnlySession => Sessions.Count == 1 ? Sessions[0] : null;

    /// <summary>The entry that an earlier item of the section has found.</summary>
    public BindingCacheEntry? Candidate { get; set; }

    public LookupOutcome Outcome { get; set; } = new LookupOutcome.NewSession();

    /// <summary>
    /// Whether the request identifies the interface. An identifier of all zeros does not: the table of Section 5.4.1.2 requires
    /// another value, and an entry contains zeros if no identifier was given.
    /// </summary>
    public bool NamesInterface => Request.LinkLayerIdentifier is { IsAllZero: false };

    /// <summary>
    /// Applies the first of the three sections whose condition the request meets. RFC 5844, Section 3.1.2.7, is for a request without a
    /// prefix but with an IPv4 home address.
    /// </summary>
    public static LookupOutcome Run(RegistrationRequest request)
    {
        // Without an MN-Identifier no session can be found: the rule that requires the option was removed or is applied later.
        if (request.MobileNode is not { } mobileNode)
        {
            return new LookupOutcome.NewSession();
        }

        var lookup = new BindingCacheLookup(request, mobileNode);
        var rules = request.Anchor.Rules;
        if (NamesPrefix(request.HomeNetworkPrefixes))
        {
            rules.LookupByHomeNetworkPrefix.Apply(lookup);
        }
        else if (request.Ipv4Requests.Count > 0 && request.Ipv4Requests.Any(home => !home.IsAllZero))
        {
            rules.LookupByIpv4HomeAddress.Apply(lookup);
        }
        else if (lookup.NamesInterface)
        {
            rules.LookupByLinkLayerIdentifier.Apply(lookup);
        }
        else
        {
            rules.LookupByMobileNodeIdentifier.Apply(lookup);
        }
        return lookup.Outcome;
    }

    private static bool NamesPrefix(IReadOnlyList<Ipv6Prefix> prefixes)
    {
        for (var i = 0; i < prefixes.Count; i++)
        {
            if (!prefixes[i].IsAllZero)
            {
                return true;
            }
        }
        return false;
    }

    public RuleOutcome Decide(LookupOutcome outcome)
    {
        Outcome = outcome;
        return RuleOutcome.Stop;
    }

    /// <summary>The request updates <paramref name="entry"/>, now or after the MAG serving it has de-registered it.</summary>
    public RuleOutcome UpdateOnceDeRegistered(BindingCacheEntry entry)
    {
        // A de-registration does not wait for another one: it falls under "all other cases".
        if (Request.IsDeRegistration)
        {
            return RuleOutcome.Continue;
        }
        if (entry is BindingCacheEntry.PendingDeletion)
        {
            return Decide(new LookupOutcome.Update(entry));
        }

        var mayWait = Request.Anchor.Settings.WaitForDeregistrationOnUnknownHandoff && !Request.HasWaited;
        return Decide(mayWait ? new LookupOutcome.WaitForDeRegistration(entry) : new LookupOutcome.NewSession());
    }

    /// <summary>"All other cases" of each section: a new session.</summary>
    public static RuleOutcome OtherwiseNewSession(BindingCacheLookup lookup)
    {
        lookup.Outcome = new LookupOutcome.NewSession();
        return RuleOutcome.Continue;
    }

    /// <summary>The end of the last item of each section: a de-registration does not create a session.</summary>
    public static RuleOutcome DeRegistrationWithoutSessionIgnored(BindingCacheLookup lookup) =>
        lookup.Request.IsDeRegistration ? lookup.Decide(new LookupOutcome.Ignored()) : RuleOutcome.Continue;
}
