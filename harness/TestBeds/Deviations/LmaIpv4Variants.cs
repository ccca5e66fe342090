using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.LmaIpv4Parts;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors with IPv4 support whose rare behaviour RFC 5844 and its drafts allow.</summary>
internal static class LmaIpv4Variants
{
    private const byte InvalidAddress = (byte)Ipv4HomeAddressReplyStatus.InvalidIpv4Address,
        DynamicNotAvailable = (byte)Ipv4HomeAddressReplyStatus.DynamicAssignmentNotAvailable;

    /// <summary>The prefix length from which on a pool is small.</summary>
    private const int SmallPool = 28;

    private static readonly IPAddress _otherRouter = IPAddress.Parse("198.18.255.254");

    public static IReadOnlyList<LegalVariant> All { get; } = [.. Assignments(), .. Answers(), .. Sessions(), .. Servers()];

    private static IEnumerable<LegalVariant> Assignments() =>
        [
            Of(
                "lma-ipv4-from-the-top",
                "chooses IPv4 home addresses from the end of the pool",
                rules =>
                    rules with
                    {
                        Ipv4Assignment = rules.Ipv4Assignment.Instead("AddressAllocated", HasNoAddressesOfItsOwn, FromTheTop),
                    }
            ),
            Lma(
                "lma-ipv4-other-router",
                "has a default router at the end of its home network",
                lma =>
                    lma with
                    {
                        Changes = Ipv4(ipv4 => ipv4 with { DefaultRouter = _otherRouter }),
                        Provision = ixit =>
                            ixit with
                            {
                                Ipv4 = ixit.Ipv4 is { } network ? network with { DefaultRouter = _otherRouter } : null,
                            },
                    }
            ),
            Lma(
                "lma-ipv4-relays-announced",
                "tells gateways that they are DHCP relays, instead of leaving the option out",
                lma => lma with { Changes = Ipv4(ipv4 => ipv4 with { GatewayActsAsDhcpServer = ipv4.GatewayActsAsDhcpServer ?? false }) }
            ),
            Of(
                "lma-ipv4-several-addresses",
                "gives every mobile node two IPv4 home addresses, where the edition allows it and the pool is not small",
                rules =>
                    rules with
                    {
                        Ipv4Assignment = rules.Ipv4Assignment.Instead(
                            "AddressAllocated",
                            request => HasNoAddressesOfItsOwn(request) && !HasSmallPool(request),
                            AtMostTwo
                        ),
                    }
            ),
        ];

    private static IEnumerable<LegalVariant> Answers() =>
        [
            Of(
                "lma-ipv4-other-nodes-155",
                "refuses an IPv4 home address of another mobile node as it refuses a prefix of one",
                rules =>
                    rules with
                    {
                        LookupByIpv4HomeAddress = rules.LookupByIpv4HomeAddress.Replacing(
                            "AddressOfOtherMobileNodeRejected",
                            RefusedAsPrefix
                        ),
                    }
            ),
            Of(
                "lma-ipv4-foreign-132",
                "refuses an IPv4 address of no subnet of its own with the status for another home subnet",
                rules =>
                    rules with
                    {
                        Ipv4Assignment = rules.Ipv4Assignment.InsertingBefore(
                            "AddressAuthorized",
                            new("RFC 5844 3.1.2.2 b2", "NotHomeSubnet", NotHomeSubnet)
                        ),
                    }
            ),
            Of(
                "lma-ipv4-one-answer",
                "answers a rejected request for several IPv4 home addresses with one option, where the draft does not ask for each",
                rules =>
                    rules.Ipv4Admission.Has("OneAddressRequested")
                        ? rules.EditingReplies((draft, option) => draft.IsRejection && option != draft.Ipv4Options[0] ? null : option)
                        : rules
            ),
            Of(
                "lma-ipv4-other-reply-status",
                "gives other failures than the unspecified one in the option for IPv4, where none is specified",
                rules => rules.EditingReplies(OtherStatus)
            ),
            Of(
                "lma-ipv4-released-as-zero",
                "answers a de-registration of the IPv4 home address alone with 0.0.0.0",
                rules => rules.EditingReplies(ReleasedAsZero)
            ),
            Of(
                "lma-ipv4-before-ipv6",
                "checks whether a mobile node may use IPv4 before it checks IPv6",
                rules => rules with { Ipv4Admission = rules.Ipv4Admission.Swapping("Ipv6ServiceAuthorized", "Ipv4ServiceAuthorized") }
            ),
            Lma(
                "lma-ipv4-options-last",
                "writes the options for IPv4 behind all others",
                lma =>
                    lma with
                    {
                        Output = () =>
                            new OptionFilter(options => [.. options.Where(option => !IsOfIpv4(option)), .. options.Where(IsOfIpv4)]),
                    }
            ),
        ];

    private static IEnumerable<LegalVariant> Sessions() =>
        [
            Of(
                "lma-ipv4-refresh-releases",
                "releases the family that a refresh leaves out, as after a handoff",
                rules =>
                    rules.AfterHandoff.FirstOrDefault(rule => rule.Name == "FamilyLeftOut") is { } rule
                        ? rules with
                        {
                            LifetimeExtension = rules.LifetimeExtension.InsertingBefore("Ipv4Extension", rule),
                        }
                        : rules
            ),
            Of(
                "lma-ipv4-adds-no-prefixes",
                "adds no prefixes to a session that began with IPv4 alone",
                rules =>
                    rules with
                    {
                        LifetimeExtension = rules.LifetimeExtension.Only("Ipv4Extension", NeedsIpv4),
                        AfterHandoff = rules.AfterHandoff.Only("Ipv4Extension", NeedsIpv4),
                    }
            ),
        ];

    private static IEnumerable<LegalVariant> Servers() =>
        [
            Of(
                "lma-dhcp-silent-refusals",
                "does not answer a DHCPREQUEST for an address that the client may not have",
                rules =>
                    rules with
                    {
                        DhcpServer = rules.DhcpServer.InsertingBefore(
                            "NothingToAnswer",
                            new(
                                "RFC 2131 4.3.2",
                                "Silent",
                                exchange => exchange.AnswerType == DhcpMessageType.Nak ? RuleOutcome.Stop : RuleOutcome.Continue
                            )
                        ),
                    }
            ),
            Of(
                "lma-dhcp-next-server-unnamed",
                "leaves siaddr at 0",
                rules => rules with { DhcpServer = rules.DhcpServer.Without("NextServer") }
            ),
            Lma(
                "lma-dhcp-short-leases",
                "gives leases of a minute",
                lma => lma with { Changes = Ipv4(ipv4 => ipv4 with { LeaseTime = TimeSpan.FromMinutes(1) }) }
            ),
            Of(
                "lma-ipv4-announces-addresses",
                "announces a route for each IPv4 home address, where the edition allows it",
                rules =>
                    rules.LookupByIpv4HomeAddress.Has("OtherAddressSetRejected") || rules.Ipv4Reply.Has("DhcpSupportMode")
                        ? rules with
                        {
                            InitialRegistration = rules.InitialRegistration.Replacing("HomeNetworkAnnounced", AddressesAnnounced),
                            LifetimeExtension = rules.LifetimeExtension.Replacing("HomeNetworkAnnounced", AddressesAnnounced),
                            AfterHandoff = rules.AfterHandoff.Replacing("HomeNetworkAnnounced", AddressesAnnounced),
                            EndOfSession = rules.EndOfSession.Replacing("HomeNetworkWithdrawn", AddressesWithdrawn),
                        }
                        : rules
            ),
        ];

    private static RuleOutcome AddressesAnnounced(RegistrationRequest request)
    {
        if (request is { Anchor: { Settings.AnnounceRoutes: true } anchor, Entry.Binding.Ipv4HomeAddresses: var homes })
        {
            // The home network counts as announced, so that it is not.
            anchor.IsIpv4Announced = anchor.Bindings.HasIpv4;
            foreach (var home in homes)
            {
                anchor.Actions.Add(new RoleAction.AnnounceRoute(IpPrefix.Of(home.Address)));
            }
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AddressesWithdrawn(EndingSession ending)
    {
        ending.Anchor.IsIpv4Announced = ending.Anchor.Bindings.HasIpv4;
        foreach (var home in ending.Anchor.Settings.AnnounceRoutes ? ending.Entry.Binding.Ipv4HomeAddresses : [])
        {
            ending.Anchor.Actions.Add(new RoleAction.WithdrawRoute(IpPrefix.Of(home.Address)));
        }
        return RuleOutcome.Continue;
    }

    private static LegalVariant Of(string name, string description, Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> change) =>
        Lma(name, description, lma => lma with { Changes = Changes.To<LocalMobilityAnchorRules>(WithIpv4(change)) });

    private static LegalVariant Lma(string name, string description, Func<Implementation, Implementation> change) =>
        LegalVariant.Of(name, description, change) with
        {
            Roles = ["LMA"],
        };

    private static Changes Ipv4(Func<Ipv4AnchorSettings, Ipv4AnchorSettings> change) =>
        Changes.To<LocalMobilityAnchorSettings>(settings => settings with { Ipv4 = settings.Ipv4 is { } ipv4 ? change(ipv4) : null });

    private static bool HasNoAddressesOfItsOwn(RegistrationRequest request) =>
        request.LeavesIpv4Choice() && request.Policy is not { Ipv4HomeAddresses.Count: > 0 };

    private static bool HasSmallPool(RegistrationRequest request) => request.Anchor.Settings.Ipv4 is { AddressPool.Length: > SmallPool };

    private static RuleOutcome FromTheTop(RegistrationRequest request)
    {
        var count = Math.Min(request.Policy?.Ipv4AddressCount ?? 1, request.Anchor.Rules.Ipv4?.MaximumAddresses ?? 1);
        request.AssignIpv4(HighestFree(request).Take(count));
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AtMostTwo(RegistrationRequest request)
    {
        if (request.Anchor is { Rules.Ipv4: { } vocabulary, Ipv4Addresses: { } allocator })
        {
            request.AssignIpv4(allocator.Draw(Math.Min(2, vocabulary.MaximumAddresses)));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RefusedAsPrefix(BindingCacheLookup lookup) =>
        lookup.Candidate is { } entry && entry.Binding.MobileNode != lookup.MobileNode
            ? lookup.Decide(new LookupOutcome.Rejected(BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX))
            : RuleOutcome.Continue;

    private static RuleOutcome NotHomeSubnet(RegistrationRequest request) =>
        request.Anchor.Settings.Ipv4 is { HomeNetwork: var network }
        && request.Ipv4Requests.Any(home => !home.IsAllZero && !network.Contains(home.Address))
            ? request.Reject(BindingStatus.NOT_HOME_SUBNET)
            : RuleOutcome.Continue;

    /// <summary>RFC 5844, Section 3.1.2.2, names the status in the option for a refused address, and for the lack of addresses.</summary>
    private static MobilityOption OtherStatus(AcknowledgementDraft draft, MobilityOption option) =>
        !draft.IsRejection
        || draft.Status == BindingStatus.INSUFFICIENT_RESOURCES
        || draft.Request.Anchor.Rules.Ipv4!.NotAuthorizedForAddress == draft.Status
            ? option
            : option.WithReply(home => home, _ => draft.Request.LeavesIpv4Choice() ? DynamicNotAvailable : InvalidAddress);

    private static MobilityOption ReleasedAsZero(AcknowledgementDraft draft, MobilityOption option) =>
        draft is { IsRejection: false, Request: { IsDeRegistration: true, Entry: BindingCacheEntry.Registered } }
            ? option.WithReply(home => home with { Address = IPAddress.Any })
            : option;

    private static bool IsOfIpv4(MobilityOption option) =>
        option.IsReply() || option is Ipv4DefaultRouterAddressOption or Ipv4DhcpSupportModeOption;

    private static bool NeedsIpv4(RegistrationRequest request) => !request.Entry.HasIpv4();
}
