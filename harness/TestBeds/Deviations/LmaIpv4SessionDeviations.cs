using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.LmaIpv4Parts;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors that assign or bind IPv4 home addresses wrongly: RFC 5844, Sections 3 and 3.1.2.2.</summary>
internal static class LmaIpv4SessionDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Choices(), .. Refusals(), .. Bindings(), .. Drafts()];

    private static IEnumerable<Deviation> Choices() =>
        [
            Assigns(
                "lma-ipv4-nothing-allocated",
                "accepts a request that leaves the choice of the IPv4 home address, and chooses none",
                "rfc5844-3.1.2.2-k1",
                assignment => assignment.Without("AddressAllocated").Without("AddressAvailable")
            ) with
            {
                WhyMany = "nobody has IPv4 who does not name the address",
            },
            Assigns(
                "lma-ipv4-one-address-for-all",
                "gives the same IPv4 home address to every mobile node",
                "rfc5844-3-d3",
                assignment => assignment.Instead("AddressAllocated", LeavesChoiceFreely, SameForAll)
            ) with
            {
                WhyMany = "of two mobile nodes with one address, one gets no packets",
            },
            Assigns(
                "lma-ipv4-one-address-per-node",
                "gives the same IPv4 home address to every interface of a mobile node",
                "rfc5844-3-d3",
                assignment => assignment.Instead("AddressAllocated", LeavesChoiceFreely, SameForNode)
            ),
            OfIpv4(
                "lma-ipv4-new-address-at-handoff",
                "gives a mobile node another IPv4 home address after a handoff",
                "rfc5844-3-d2",
                rules =>
                    rules with
                    {
                        AfterHandoff = rules.AfterHandoff.InsertingBefore(
                            "Ipv4Extension",
                            new("RFC 5844 3.1.2.4", "AddressForgotten", AddressForgotten)
                        ),
                    }
            ) with
            {
                WhyMany = "each of the statements is about another handoff after which the address must be the same",
            },
        ];

    private static IEnumerable<Deviation> Refusals() =>
        [
            Assigns(
                "lma-ipv4-foreign-address",
                "accepts a request for an IPv4 address outside its home network",
                "rfc5844-3.1.2.2-k2a",
                assignment => assignment.Instead("AddressAuthorized", IsForForeignAddress, AsRequested)
            ),
            OfIpv4(
                "lma-ipv4-address-of-another",
                "accepts a request for an IPv4 home address that the mobile node may not use",
                "rfc5844-3.1.2.2-k2b",
                rules =>
                    rules with
                    {
                        Ipv4Assignment = rules.Ipv4Assignment.Instead(
                            "AddressAuthorized",
                            request => !request.LeavesIpv4Choice() && !IsForForeignAddress(request),
                            AsRequested
                        ),
                        LookupByIpv4HomeAddress = rules.LookupByIpv4HomeAddress.Replacing("AddressOfOtherMobileNodeRejected", NoCandidate),
                    }
            ) with
            {
                WhyMany = "each of the statements is about another reason why the mobile node may not use the address",
            },
            OfIpv4(
                "lma-ipv4-refuses-with-another-status",
                "refuses an IPv4 home address with the status for a mobile node without IPv4",
                "rfc5844-3.1.2.2-k3",
                rules =>
                    rules with
                    {
                        Ipv4 = rules.Ipv4! with { NotAuthorizedForAddress = BindingStatus.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE },
                    }
            ),
            Edits(
                "lma-ipv4-refusal-unspecified",
                "does not say in the option that an IPv4 home address is prohibited",
                "rfc5844-3.1.2.2-k4",
                (_, option) => option.WithReply(home => home, status => status == Prohibited ? Unspecified : status)
            ),
            Assigns(
                "lma-ipv4-exhausted-in-silence",
                "accepts a request for IPv4 when it has no address left",
                "rfc5844-3.1.2.2-k5",
                assignment => assignment.Without("AddressAvailable")
            ),
            Edits(
                "lma-ipv4-exhausted-prohibited",
                "says in the option that IPv4 is prohibited when it has no address left",
                "rfc5844-3.1.2.2-k6",
                (draft, option) =>
                    draft.Status == BindingStatus.INSUFFICIENT_RESOURCES ? option.WithReply(home => home, _ => Prohibited) : option
            ),
        ];

    private static IEnumerable<Deviation> Bindings() =>
        [
            OfIpv4(
                "lma-ipv4-refreshed-anew",
                "opens a session when one with IPv4 is refreshed",
                "rfc5844-3.1.2.2-k7",
                rules =>
                    rules with
                    {
                        LifetimeExtension = rules.LifetimeExtension.BeforeUpdate(
                            "Anew",
                            request => request.Entry.HasIpv4(),
                            (entry, of) => entry.Anew(of)
                        ),
                    }
            ) with
            {
                WhyMany = "each of the statements is about a session that a refresh must keep",
            },
            OfIpv4(
                "lma-ipv4-handed-off-anew",
                "opens a session when one with both families is handed off",
                "rfc5844-3.1.2.2-d1",
                rules =>
                    rules with
                    {
                        AfterHandoff = rules.AfterHandoff.BeforeUpdate(
                            "Anew",
                            request => request is { HomeNetworkPrefixes.Count: > 0, Ipv4Requests.Count: > 0 } && request.Entry.HasIpv4(),
                            (entry, of) => entry.Anew(of)
                        ),
                    }
            ) with
            {
                WhyMany = "each of the statements is about a session that a handoff must keep",
            },
            OfIpv4(
                "lma-ipv4-left-behind",
                "leaves the IPv4 home address with the previous gateway when the prefix moves",
                "rfc5844-3.1.2.2-k8",
                rules =>
                    rules with
                    {
                        AfterHandoff = rules
                            .AfterHandoff.Only("PreviousTunnelReleased", request => request.HomeNetworkPrefixes.Count == 0)
                            .InsertingBefore("Accepted", new("RFC 5844 3.1.2.4 b3", "LeftBehind", LeftBehind)),
                    }
            ) with
            {
                WhyMany = "each of the statements says in another way that the address moves with the prefix",
            },
            OfIpv4(
                "lma-ipv4-session-apart",
                "ends only the prefixes of a session that is de-registered as a whole",
                "rfc5844-3.1.2.2-k8",
                rules =>
                    rules with
                    {
                        DeRegistration = rules.DeRegistration.InsertingBefore(
                            "DeletionDelayed",
                            new("RFC 5844 3.1.2.5", "PrefixesOnly", PrefixesOnly)
                        ),
                    }
            ) with
            {
                WhyMany = "a session that does not end has none of the effects of its end",
            },
            Edits(
                "lma-ipv4-values-forgotten",
                "forgets the prefix length of the home network once the session is open",
                "rfc5844-3.1.2.2-k9",
                (draft, option) =>
                    draft is { IsRejection: false, Request.FoundBinding: not null }
                        ? option.WithReply(home => home with { PrefixLength = HostLength })
                        : option
            ),
            OfIpv4(
                "lma-ipv4-not-routed",
                "sends no packet for an IPv4 home address into the tunnel",
                "rfc5844-3.1.2.2-k11",
                rules => rules.WhenRouted("NotRouted", DropIpv4Routes)
            ) with
            {
                WhyMany = "each of the statements says when packets for the address must enter the tunnel",
            },
            OfIpv4(
                "lma-ipv4-status-1",
                "accepts a new session with IPv4 with status 1",
                "rfc5844-3.1.2.2-k12",
                rules => rules.AcceptingWith1(IsOfNewSession)
            ),
            OfIpv4(
                "lma-ipv4-families-part",
                "gives other prefixes to a session with both families after a handoff",
                "rfc5844-3-d4",
                rules =>
                    rules with
                    {
                        AfterHandoff = rules.AfterHandoff.BeforeUpdate(
                            "FamiliesPart",
                            request => request.Entry.HasIpv4(),
                            (entry, of) => entry.WithOtherPrefixes(of)
                        ),
                    }
            ) with
            {
                WhyMany = "each of the statements is about prefixes that a handoff must keep",
            },
        ];

    private static IEnumerable<Deviation> Drafts() =>
        [
            OfIpv4(
                "lma-ipv4-draft-first-route-only",
                "routes only the first of several IPv4 home addresses of a session",
                "ipv4-draft-04-3.1.2.2-k11",
                rules => rules.WhenRouted("FirstRouteOnly", FirstRouteOnly)
            ),
            Edits(
                "lma-ipv4-draft-one-answer",
                "answers several requests for IPv4 home addresses with one option when it rejects",
                "ipv4-draft-04-3.1.2.6-k5a",
                (draft, option) => draft.IsRejection && option != draft.Ipv4Options[0] ? null : option
            ),
            Edits(
                "lma-ipv4-draft-first-address-only",
                "names only the first of several IPv4 home addresses of a session",
                "ipv4-draft-04-3.1.2.6-k6",
                (draft, option) => !draft.IsRejection && option.IsReply() && option != draft.Ipv4Options[0] ? null : option
            ),
            Edits(
                "lma-ipv4-draft-no-answer-without-option",
                "rejects a request without an IPv4 option and a prefix without an option for IPv4",
                "ipv4-draft-02-3.3.2-k22",
                (draft, option) => draft.Request.Ipv4Requests.Count == 0 ? null : option
            ),
        ];

    private const byte HostLength = 32,
        Unspecified = (byte)Ipv4HomeAddressReplyStatus.ReasonUnspecified,
        Prohibited = (byte)Ipv4HomeAddressReplyStatus.AdministrativelyProhibited;

    /// <summary>The rules in which acceptance has the status 1 for some requests with IPv4.</summary>
    public static LocalMobilityAnchorRules AcceptingWith1(this LocalMobilityAnchorRules rules, Func<AcknowledgementDraft, bool> applies) =>
        rules with
        {
            Acknowledgement = rules.Acknowledgement.InsertingBefore(
                "ProxyFlag",
                new(
                    "RFC 5844 3.1.2.2 b7",
                    "Status1",
                    draft =>
                    {
                        if (!draft.IsRejection && draft.Request.Ipv4Requests.Count > 0 && applies(draft))
                        {
                            draft.Status = BindingStatus.ACCEPTED_PREFIX_DISCOVERY_NECESSARY;
                        }
                        return RuleOutcome.Continue;
                    }
                )
            ),
        };

    private static bool IsOfNewSession(AcknowledgementDraft draft) => draft is { IsRejection: false, Request.FoundBinding: null };

    private static bool LeavesChoiceFreely(RegistrationRequest request) =>
        request.LeavesIpv4Choice() && request.Policy is not { Ipv4HomeAddresses.Count: > 0 };

    private static RuleOutcome SameForAll(RegistrationRequest request)
    {
        if (request.Anchor.Settings.Ipv4 is { DefaultRouter: var router })
        {
            var octets = router.GetAddressBytes();
            octets[^1]++;
            request.AssignIpv4([new IPAddress(octets)]);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SameForNode(RegistrationRequest request)
    {
        var other = request
            .Anchor.Bindings.Of(request.MobileNode!)
            .SelectMany(entry => entry.Binding.Ipv4HomeAddresses)
            .Select(home => home.Address)
            .FirstOrDefault();
        request.AssignIpv4(other is null ? request.Anchor.Ipv4Addresses?.Draw(1) ?? [] : [other]);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AddressForgotten(RegistrationRequest request)
    {
        if (request is { Ipv4Requests.Count: > 0, Entry: { } entry, Anchor.Ipv4Addresses: { } allocator } && entry.HasIpv4())
        {
            request.AssignIpv4(allocator.Draw(1));
            request.Entry = entry with { Binding = request.WithIpv4(entry.Binding) };
        }
        return RuleOutcome.Continue;
    }

    private static bool IsForForeignAddress(RegistrationRequest request) =>
        request.Anchor.Settings.Ipv4 is { } ipv4
        && request.Ipv4Requests.Any(home => !home.IsAllZero && !ipv4.HomeNetwork.Contains(home.Address));

    private static RuleOutcome AsRequested(RegistrationRequest request)
    {
        request.AssignIpv4(request.Ipv4Requests.Select(home => home.Address).Distinct());
        return RuleOutcome.Continue;
    }

    private static RuleOutcome NoCandidate(BindingCacheLookup lookup)
    {
        if (lookup.Candidate is { } entry && entry.Binding.MobileNode != lookup.MobileNode)
        {
            lookup.Candidate = null;
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The routes of the IPv4 home addresses lead to the previous gateway, as before.</summary>
    private static RuleOutcome LeftBehind(RegistrationRequest request)
    {
        if (request is { HomeNetworkPrefixes.Count: > 0, Entry: { } entry, FoundBinding: { } found })
        {
            DropIpv4Routes(request);
            request.Anchor.Forwarding.AddRoutes(entry.Session, Ipv4RoutesOf(request.Anchor, found));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome PrefixesOnly(RegistrationRequest request)
    {
        if (request.Entry is not { Binding: { HomeNetworkPrefixes.Count: > 0, Ipv4HomeAddresses.Count: > 0 } } entry)
        {
            return RuleOutcome.Continue;
        }

        request.Store(entry with { Binding = entry.Binding with { HomeNetworkPrefixes = [] } });
        request.Anchor.Forwarding.RemoveRoutes(entry.Session, keep: Ipv4RoutesOf(request.Anchor, entry.Binding));
        return request.Accept();
    }

    private static RuleOutcome FirstRouteOnly(RegistrationRequest request)
    {
        if (request.Entry is { } entry)
        {
            request.Anchor.Forwarding.RemoveRoutes(
                entry.Session,
                keep: LmaParts.RoutesOf(request.Anchor, entry).Concat(Ipv4RoutesOf(request.Anchor, entry.Binding).Take(1))
            );
        }
        return RuleOutcome.Continue;
    }
}
