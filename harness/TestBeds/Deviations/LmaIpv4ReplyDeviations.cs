using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.LmaIpv4Parts;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Local mobility anchors whose acknowledgements lack options of IPv4 or have wrong ones: RFC 5844, Sections 3.1.2.6 and 3.3.4.
/// </summary>
internal static class LmaIpv4ReplyDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Present(), .. Values(), .. Routers()];

    private static IEnumerable<Deviation> Present() =>
        [
            Replies(
                "lma-ipv4-answers-with-prefix",
                "puts a Home Network Prefix into the answer to a request for IPv4 alone",
                "rfc5844-3.1.2.6-k3",
                replies => replies.Replacing("PrefixesOnRequest", PrefixAlways)
            ),
            OfIpv4(
                "lma-ipv4-answers-another-gateway",
                "sends the answer to a request for both families to another MAG",
                "ipv4-draft-02-3.3.2-k20",
                rules =>
                    rules with
                    {
                        Acknowledgement = rules.Acknowledgement.Instead(
                            "DestinationAddress",
                            draft => draft.Request is { Ipv4Requests.Count: > 0, HomeNetworkPrefixes.Count: > 0, FoundBinding: null },
                            ToAnotherGateway
                        ),
                    }
            ),
            Edits(
                "lma-ipv4-bare-rejection",
                "rejects a request for IPv4 alone with no option of either family",
                "rfc5844-3.1.2.6-k4",
                (draft, option) => draft.IsRejection && draft.Request.IsForIpv4Alone() ? null : option
            ),
            Replies(
                "lma-ipv4-no-reply",
                "accepts a request for IPv4 without the option for it",
                "rfc5844-3.1.2.6-k5",
                replies => replies.Without("AssignedAddresses")
            ) with
            {
                WhyMany = "no peer knows the addresses",
            },
            Edits(
                "lma-ipv4-rejects-without-reply",
                "rejects a request for both families without an option for IPv4",
                "rfc5844-3.1.2.6-k6a",
                (draft, option) => draft.IsRejection && draft.Request.HomeNetworkPrefixes.Count > 0 ? null : option
            ),
        ];

    private static IEnumerable<Deviation> Values() =>
        [
            Edits(
                "lma-ipv4-rejects-with-zero-address",
                "clears the IPv4 home address of a request that it rejects",
                "rfc5844-3.1.2.6-k6b",
                (draft, option) => draft.IsRejection ? option.WithReply(home => home with { Address = IPAddress.Any }) : option
            ),
            Edits(
                "lma-ipv4-rejects-with-own-length",
                "puts the prefix length of its home network into a rejection",
                "rfc5844-3.1.2.6-k6b",
                (draft, option) =>
                    draft.IsRejection
                        ? option.WithReply(home => home with { PrefixLength = draft.Request.Anchor.Settings.Ipv4!.HomeNetwork.Length })
                        : option
            ),
            Edits(
                "lma-ipv4-rejection-success",
                "reports success in the option for IPv4 of a rejection",
                "rfc5844-3.1.2.6-d1",
                (draft, option) => draft.IsRejection ? option.WithReply(home => home, _ => 0) : option
            ),
            Edits(
                "lma-ipv4-answers-as-requested",
                "repeats 0.0.0.0 in the answer instead of the address that it assigns",
                "rfc5844-3.1.2.6-k7",
                (draft, option) =>
                    !draft.IsRejection && draft.Request.LeavesIpv4Choice()
                        ? option.WithReply(home => home with { Address = IPAddress.Any })
                        : option
            ) with
            {
                WhyMany = "no peer knows the addresses",
            },
            Edits(
                "lma-ipv4-host-prefix-length",
                "gives the prefix length of a host for an IPv4 home address",
                "rfc5844-3.1.2.6-k8",
                (draft, option) => draft.IsRejection ? option : option.WithReply(home => home with { PrefixLength = HostLength })
            ),
            Edits(
                "lma-ipv4-reply-status-1",
                "accepts a request for IPv4 with the status 1 in the option",
                "rfc5844-3.1.2.6-d2",
                (draft, option) => draft.IsRejection ? option : option.WithReply(home => home, _ => 1)
            ),
        ];

    private static IEnumerable<Deviation> Routers() =>
        [
            Edits(
                "lma-ipv4-no-router",
                "leaves the default router out of acknowledgements",
                "rfc5844-3.1.2.6-k9",
                (_, option) => option is Ipv4DefaultRouterAddressOption ? null : option
            ),
            Replies(
                "lma-ipv4-router-on-rejection",
                "names the default router in a rejection",
                "rfc5844-3.1.2.6-k10",
                replies =>
                    replies.Instead("DefaultRouter", draft => draft is { IsRejection: true, Request.Ipv4Requests.Count: > 0 }, Router)
            ),
            Edits(
                "lma-ipv4-router-by-gateway",
                "names another default router once a mobile node has moved",
                "rfc5844-3.1.2.6-k11",
                (draft, option) =>
                    option is Ipv4DefaultRouterAddressOption router
                    && draft.Request.FoundBinding is { ProxyCareOfAddress: var previous }
                    && !previous.Equals(draft.Request.ProxyCareOfAddress)
                        ? router with
                        {
                            Address = Next(router.Address),
                        }
                        : option
            ),
            Edits(
                "lma-ipv4-other-support-mode",
                "tells gateways the other DHCP support mode than that which is configured",
                "rfc5844-3.3.4-d1",
                (_, option) => option is Ipv4DhcpSupportModeOption mode ? new Ipv4DhcpSupportModeOption(!mode.ActsAsServer) : option
            ),
        ];

    private const byte HostLength = 32;

    private static RuleOutcome PrefixAlways(AcknowledgementDraft draft)
    {
        if (draft.Request.IsForIpv4Alone())
        {
            draft.HomeNetworkPrefixes = [Ipv6Prefix.AllZero];
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Router(AcknowledgementDraft draft)
    {
        if (draft.Request.Anchor.Settings.Ipv4 is { DefaultRouter: var router })
        {
            draft.Ipv4Options.Add(new Ipv4DefaultRouterAddressOption(router));
        }
        return RuleOutcome.Continue;
    }

    private static IPAddress Next(IPAddress address)
    {
        var octets = address.GetAddressBytes();
        octets[^1]++;
        return new IPAddress(octets);
    }

    private static RuleOutcome ToAnotherGateway(AcknowledgementDraft draft)
    {
        var gateways = draft.Request.Anchor.Settings.AuthorizedMobileAccessGateways;
        draft.Destination = gateways.FirstOrDefault(gateway => !gateway.Equals(draft.Request.Signal.Source)) ?? draft.Request.Signal.Source;
        return RuleOutcome.Continue;
    }
}
