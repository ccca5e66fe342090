using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.LmaIpv4Parts;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors that check requests for IPv4 wrongly, or find no session for them: RFC 5844, Section 3.1.2.1.</summary>
internal static class LmaIpv4RequestDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Presence(), .. Services(), .. Sessions()];

    private static IEnumerable<Deviation> Presence() =>
        [
            OfIpv4(
                "lma-ipv4-alone-unchecked",
                "accepts a request for IPv4 alone without a Handoff Indicator",
                "rfc5844-3.1.2.1-d1",
                rules =>
                    rules with
                    {
                        ProxyBindingUpdate = rules.ProxyBindingUpdate.Only(
                            "HandoffIndicatorPresent",
                            request => request.HomeNetworkPrefixes.Count > 0
                        ),
                    }
            ),
            OfIpv4(
                "lma-ipv4-prefix-required",
                "rejects a request for IPv4 alone if the mobile node may have prefixes, too",
                "rfc5844-3.1.2.1-k2",
                rules => rules with { ProxyBindingUpdate = rules.ProxyBindingUpdate.Replacing("HomeNetworkPrefixPresent", PrefixRequired) }
            ) with
            {
                WhyMany = "it serves nobody with IPv4 alone who may have both",
            },
            OfIpv4(
                "lma-ipv4-nothing-requested",
                "accepts a request with neither a Home Network Prefix nor an IPv4 home address",
                "rfc5844-3.1.2.1-k4",
                rules => rules with { ProxyBindingUpdate = rules.ProxyBindingUpdate.Without("HomeNetworkPrefixPresent") }
            ),
            OfIpv4(
                "lma-ipv4-draft-one-request",
                "rejects a request for several IPv4 home addresses, although the draft allows it",
                "ipv4-draft-04-3.1.2.1-k1",
                rules =>
                    rules.Ipv4Admission.Has("OneAddressRequested")
                        ? rules
                        : rules with
                        {
                            Ipv4Admission = rules.Ipv4Admission.InsertingBefore(
                                "Ipv4ServiceAuthorized",
                                new("RFC 5844 3.1.2.1 b4", "OneAddressRequested", OneAddressRequested)
                            ),
                        }
            ) with
            {
                WhyMany = "each of the statements is about a request with several addresses",
            },
        ];

    private static IEnumerable<Deviation> Services() =>
        [
            Admits(
                "lma-ipv6-of-any-profile",
                "gives IPv6 to a mobile node whose profile allows IPv4 alone",
                "rfc5844-3.1.2.1-k5a",
                "Ipv6ServiceAuthorized",
                request => request.Anchor.Settings.Ipv4 is { Ipv6RoutingEnabled: false }
            ),
            Admits(
                "lma-ipv6-unrouted",
                "gives IPv6 to a mobile node, although IPv6 is not routed in the home network",
                "rfc5844-3.1.2.1-k5b",
                "Ipv6ServiceAuthorized",
                request => request.Policy?.IpVersions == IpVersions.Ipv4
            ),
            Admits(
                "lma-ipv4-of-any-profile",
                "gives IPv4 to a mobile node whose profile allows IPv6 alone",
                "rfc5844-3.1.2.1-k6a",
                "Ipv4ServiceAuthorized",
                request => request.Anchor.Settings.Ipv4 is { Ipv4RoutingEnabled: false }
            ),
            Admits(
                "lma-ipv4-unrouted",
                "gives IPv4 to a mobile node, although IPv4 is not routed in the home network",
                "rfc5844-3.1.2.1-k6b",
                "Ipv4ServiceAuthorized",
                request => request.Policy?.IpVersions == IpVersions.Ipv6
            ),
            Admits(
                "lma-ipv4-several-requests",
                "accepts a request for several IPv4 home addresses",
                "rfc5844-3.1.2.1-k7",
                "OneAddressRequested",
                _ => false
            ),
        ];

    private static IEnumerable<Deviation> Sessions() =>
        [
            OfIpv4(
                "lma-ipv4-any-address-anew",
                "opens a session for a request that names the prefixes of one and asks for any IPv4 home address",
                "rfc5844-3.1.2.1-k9a",
                rules =>
                    rules with
                    {
                        LifetimeExtension = rules.LifetimeExtension.BeforeUpdate("Anew", NamesPrefixesAlone, (entry, of) => entry.Anew(of)),
                        AfterHandoff = rules.AfterHandoff.BeforeUpdate("Anew", NamesPrefixesAlone, (entry, of) => entry.Anew(of)),
                    }
            ) with
            {
                WhyMany = "each of the statements is about a session that such a request must keep",
            },
            OfIpv4(
                "lma-ipv4-interface-unsearched",
                "opens a session for a request for IPv4 alone, although its interface has one",
                "rfc5844-3.1.2.1-k9b",
                rules =>
                    rules with
                    {
                        LookupByLinkLayerIdentifier = rules.LookupByLinkLayerIdentifier.InsertingBefore(
                            "EntryOfInterface",
                            new("RFC 5844 3.1.2.1 b5", "Ipv4Unsearched", NewSessionForIpv4Alone)
                        ),
                    }
            ) with
            {
                WhyMany = "every request that leaves the choice of the address opens a session",
            },
            OfIpv4(
                "lma-ipv4-only-session-unsearched",
                "opens a session for a request for IPv4 alone without an interface, although the mobile node has one",
                "rfc5844-3.1.2.1-k9c",
                rules =>
                    rules with
                    {
                        LookupByMobileNodeIdentifier = rules.LookupByMobileNodeIdentifier.InsertingBefore(
                            "OnlyEntryOfMobileNode",
                            new("RFC 5844 3.1.2.1 b5", "Ipv4Unsearched", NewSessionForIpv4Alone)
                        ),
                    }
            ),
            OfIpv4(
                "lma-ipv4-no-prefixes-beside",
                "gives no prefix to a new session that gets an IPv4 home address",
                "rfc5844-3.1.2.1-k13",
                rules =>
                    rules with
                    {
                        InitialRegistration = rules.InitialRegistration.InsertingBefore(
                            "Ipv4Assignment",
                            new("5.3.2(1)", "NoPrefixesBeside", NoPrefixesBeside)
                        ),
                    }
            ),
            OfIpv4(
                "lma-ipv4-added-with-other-prefixes",
                "gives other prefixes to a session to which it adds an IPv4 home address",
                "rfc5844-3.1.2.1-k17",
                rules =>
                    rules with
                    {
                        LifetimeExtension = rules.LifetimeExtension.BeforeUpdate(
                            "OtherPrefixes",
                            request => request is { FoundBinding.Ipv4HomeAddresses.Count: 0, AssignedIpv4.Count: > 0 },
                            (entry, of) => entry.WithOtherPrefixes(of)
                        ),
                    }
            ),
        ];

    /// <summary>The fault is a check that applies to some requests only.</summary>
    private static Deviation Admits(
        string name,
        string description,
        string statement,
        string rule,
        Func<RegistrationRequest, bool> applies
    ) => OfIpv4(name, description, statement, rules => rules with { Ipv4Admission = rules.Ipv4Admission.Only(rule, applies) });

    private static RuleOutcome PrefixRequired(RegistrationRequest request) =>
        request is { HomeNetworkPrefixes.Count: 0, Ipv4Requests.Count: 0 }
        || (request.HomeNetworkPrefixes.Count == 0 && request.Policy is { IpVersions: IpVersions.Both })
            ? request.Reject(BindingStatus.MISSING_HOME_NETWORK_PREFIX_OPTION)
            : RuleOutcome.Continue;

    private static RuleOutcome OneAddressRequested(RegistrationRequest request) =>
        request.Ipv4Requests.Count > 1
            ? request.Reject(BindingStatus.MULTIPLE_IPV4_HOME_ADDRESS_ASSIGNMENT_NOT_SUPPORTED)
            : RuleOutcome.Continue;

    private static bool NamesPrefixesAlone(RegistrationRequest request) =>
        request.LeavesIpv4Choice() && request.HomeNetworkPrefixes.Any(prefix => !prefix.IsAllZero) && request.Entry.HasIpv4();

    private static RuleOutcome NewSessionForIpv4Alone(BindingCacheLookup lookup) =>
        lookup.Request.IsForIpv4Alone() && !lookup.Request.IsDeRegistration
            ? lookup.Decide(new LookupOutcome.NewSession())
            : RuleOutcome.Continue;

    private static RuleOutcome NoPrefixesBeside(RegistrationRequest request)
    {
        if (request.Ipv4Requests.Count > 0)
        {
            request.AssignedPrefixes = [];
        }
        return RuleOutcome.Continue;
    }
}
