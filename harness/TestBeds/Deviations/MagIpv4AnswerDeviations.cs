using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.MagListDeviations;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways that misread what an LMA says of IPv4: RFC 5844, Sections 3.2.3.2, 3.2.3.3 and 3.3.</summary>
internal static class MagIpv4AnswerDeviations
{
    private const byte FirstRefusal = 128;

    /// <summary>The default router of most mobile nodes.</summary>
    private static readonly IPAddress _router = IPAddress.Parse("198.18.0.1");

    /// <summary>A prefix of the LMA that no mobile node has.</summary>
    private static readonly Ipv6Prefix _unassigned = Ipv6Prefix.Parse("2001:db8:8000:eeee::/64");

    private static readonly IPAddress _otherRouter = IPAddress.Parse("198.18.0.254");

    public static IReadOnlyList<Deviation> All { get; } = [.. Addresses(), .. Statuses(), .. Parameters(), .. Ends()];

    private static IEnumerable<Deviation> Addresses() =>
        [
            Grants(
                "mag-ipv4-status-unread",
                "uses an IPv4 home address whatever the Status of its option is",
                "rfc5844-3.2.3.2-k7",
                _ => true
            ) with
            {
                WhyMany = "each rule about a refused address is judged",
            },
            Grants(
                "mag-ipv4-status-128-granted",
                "takes Status 128 of an IPv4 home address for a grant",
                "rfc5844-3.3.2-d2",
                status => status <= FirstRefusal
            ),
            Grants(
                "mag-ipv4-unknown-status-granted",
                "takes a Status that it does not know for a grant",
                "rfc5844-3.3.2-d2",
                status => status < FirstRefusal || !Enum.IsDefined((Ipv4HomeAddressReplyStatus)status)
            ),
            Grants("mag-ipv4-status-0-alone-granted", "takes every Status but 0 for a refusal", "rfc5844-3.3.2-d2", status => status == 0),
            Answers(
                "mag-ipv4-all-or-none",
                "uses no IPv4 home address if the LMA refuses one of several",
                "ipv4-draft-04-3.2.3.2-k6",
                answer =>
                    answer.InsertingBefore(
                        "DefaultRouterAddress",
                        new(
                            "draft-04 3.2.3.2",
                            "AllOrNone",
                            received =>
                            {
                                received.Ipv4HomeAddresses = Replies(received).Any(reply => reply.Status >= FirstRefusal)
                                    ? []
                                    : received.Ipv4HomeAddresses;
                                return RuleOutcome.Continue;
                            }
                        )
                    )
            ),
            Answers(
                "mag-ipv4-without-an-answer",
                "forwards whatever comes from a mobile node if the LMA says nothing of the address that was asked for",
                "rfc5844-3.2.3.2-k6",
                answer => answer.InsertingBefore("EntryUpdated", new("RFC 5844 3.2.3.2", "AnySource", AnySourceWithoutAnswer))
            ) with
            {
                WhyMany = "each rule about an address that is not granted is judged",
            },
            Answers(
                "mag-ipv4-prefix-for-ipv4-alone",
                "serves a mobile node whose profile allows IPv4 alone with the prefix that the LMA names",
                "rfc5844-3-d1",
                answer => answer.Without("RequestedPrefixes")
            ),
            Deviation.OfMag(
                "mag-ipv4-only-advertised",
                "advertises a prefix to mobile nodes that are registered for IPv4 alone",
                "rfc5844-3-d1",
                rules =>
                    rules with
                    {
                        RouterAdvertisement = rules.RouterAdvertisement.Replacing(
                            "Ipv6Registered",
                            draft =>
                            {
                                if (draft.Attachment.Binding is { IpVersions: IpVersions.Ipv4 })
                                {
                                    draft.Options.Add(draft.Flags.Information(_unassigned, valid: 3_600, preferred: 3_600));
                                }
                                return RuleOutcome.Continue;
                            }
                        ),
                    }
            ),
        ];

    private static IEnumerable<Deviation> Statuses() =>
        [
            Answers(
                "mag-ipv4-status-170-forgotten",
                "asks for IPv4 again after NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE",
                "rfc5844-3.2.3.2-k2",
                answer => answer.Without("Ipv4Denied")
            ),
            Answers(
                "mag-ipv4-status-171-insists",
                "asks for the refused IPv4 home address again after NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS",
                "rfc5844-3.2.3.2-k3",
                answer =>
                    answer.Replacing(
                        "Ipv4HomeAddressDenied",
                        received =>
                            AskAgain(received, received.Acknowledgement.Status == BindingStatus.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS)
                    )
            ),
            Answers(
                "mag-ipv4-status-172-forgotten",
                "asks for prefixes again after NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE",
                "rfc5844-3.2.3.2-k5",
                answer =>
                    answer.Replacing(
                        "Ipv6Denied",
                        received =>
                            AskAgain(received, received.Acknowledgement.Status == BindingStatus.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE)
                    )
            ),
        ];

    private static IEnumerable<Deviation> Parameters() =>
        [
            Answers(
                "mag-ipv4-one-router-for-all",
                "takes the same default router for all mobile nodes",
                "rfc5844-3.2.3.2-k14",
                answer =>
                    answer.Replacing(
                        "DefaultRouterAddress",
                        received =>
                        {
                            received.DefaultRouter = _router;
                            return RuleOutcome.Continue;
                        }
                    )
            ) with
            {
                WhyMany = "the router is judged in each answer, in ARP and as identifier of the server",
            },
            Answers(
                "mag-ipv4-router-reserved",
                "takes another default router than that of an option whose reserved field is not 0",
                "rfc5844-3.3.3-k3",
                answer => answer.InsertingBefore("DhcpSupportMode", new("RFC 5844 3.3.3", "ReservedFieldZero", OtherRouterIfReserved))
            ),
            Answers(
                "mag-dhcp-always-relayed",
                "relays the DHCP messages of mobile nodes although the LMA wants a server",
                "rfc5844-3.2.3.2-k18",
                answer => answer.Replacing("DhcpSupportMode", received => Serve(received, isServer: false))
            ) with
            {
                WhyMany = "without a server no rule of the server is kept",
            },
            Answers(
                "mag-dhcp-always-served",
                "answers the DHCP messages of mobile nodes itself although the LMA wants a relay agent",
                "rfc5844-3.2.3.2-k19a",
                answer => answer.Replacing("DhcpSupportMode", received => Serve(received, isServer: true))
            ) with
            {
                WhyMany = "a MAG that serves relays nothing, whatever the message is",
            },
            Answers(
                "mag-dhcp-served-unasked",
                "answers the DHCP messages of mobile nodes itself if the LMA does not say who does",
                "rfc5844-3.2.3.2-k19b",
                answer =>
                    answer.Replacing(
                        "DhcpSupportMode",
                        received =>
                            Serve(
                                received,
                                received.Acknowledgement.Options.First<Ipv4DhcpSupportModeOption>() is not { ActsAsServer: false }
                            )
                    )
            ) with
            {
                WhyMany = "without the relay none of its rules is kept",
            },
        ];

    private static IEnumerable<Deviation> Ends() =>
        [
            Answers(
                "mag-ipv4-kept-unextended",
                "goes on to use an IPv4 home address that the LMA does not extend",
                "rfc5844-3.2.3.3-k14a",
                answer => answer.InsertingBefore("DefaultRouterAddress", new("RFC 5844 3.2.3.3", "Kept", Kept))
            ),
            Deviation.OfMag(
                "mag-ipv4-refused-forwarded",
                "forwards whatever IPv4 packets come from a mobile node that it does not serve",
                "rfc5844-3.2.3.2-k1b",
                rules => rules with { EndOfService = rules.EndOfService.Replacing("TunnelReleased", ForwardedUnserved) }
            ) with
            {
                WhyMany = "after a refusal and after the lifetime a mobile node has no binding",
            },
            Deviation.OfMag(
                "mag-ipv4-survives-departure",
                "keeps the IPv4 routes of a mobile node that has left",
                "rfc5844-3.2.3.3-k1c",
                rules =>
                    rules with
                    {
                        EndOfAttachment = rules.EndOfAttachment.Replacing(
                            "RoutesRemoved",
                            ending =>
                            {
                                ending.Gateway.Forwarding.RemoveRoutes(
                                    ending.Attachment.Link,
                                    keep: RoutesOf(ending.Gateway, ending.Attachment)
                                );
                                RoutingDraft.UpdateLocalRoutes(ending.Gateway);
                                return RuleOutcome.Continue;
                            }
                        ),
                    }
            ),
            Deviation.OfMag(
                "mag-ipv4-survives-lifetime",
                "keeps the IPv4 routes of a mobile node when its lifetime ends without an answer",
                "rfc5844-3.2.3.3-k14b",
                rules =>
                    rules with
                    {
                        EndOfLifetime = rules.EndOfLifetime.InsertingBefore(
                            "ServiceEnded",
                            new(
                                "RFC 5844 3.2.3.3",
                                "Ipv4Kept",
                                expired =>
                                {
                                    Keep(expired.Gateway, expired.Attachment);
                                    return RuleOutcome.Continue;
                                }
                            )
                        ),
                    }
            ),
        ];

    private static Deviation Grants(string name, string description, string statement, Func<byte, bool> isGranted) =>
        Answers(
            name,
            description,
            statement,
            answer =>
                answer.InsertingBefore(
                    "DefaultRouterAddress",
                    new(
                        "RFC 5844 3.3.2",
                        "OtherGrants",
                        received =>
                        {
                            received.Ipv4HomeAddresses =
                                received.Attachment?.Request?.IpVersions.HasFlag(IpVersions.Ipv4) == true
                                    ? [.. Replies(received).Where(reply => isGranted(reply.Status)).Select(reply => reply.Address)]
                                    : [];
                            return RuleOutcome.Continue;
                        }
                    )
                )
        );

    private static IEnumerable<(byte Status, Ipv4HomeAddress Address)> Replies(ReceivedAcknowledgement received) =>
        received.Acknowledgement.Options.SelectMany<MobilityOption, (byte, Ipv4HomeAddress)>(option =>
            option switch
            {
                Ipv4HomeAddressReplyOption reply => [((byte)reply.Status, new Ipv4HomeAddress(reply.HomeAddress, reply.PrefixLength))],
                Ipv4AddressAcknowledgementOption acknowledged =>
                [
                    ((byte)acknowledged.Status, new Ipv4HomeAddress(acknowledged.HomeAddress, acknowledged.PrefixLength)),
                ],
                _ => [],
            }
        );

    /// <summary>Adds the IPv4 routes once more, outside of the books.</summary>
    private static void Keep(GatewayState gateway, Attachment attachment)
    {
        gateway.Actions.Add(new RoleAction.AddTunnel(gateway.TunnelOf(attachment)));
        gateway.Forwarding.UseTunnel(new LinkId($"{attachment.Link.Name} kept"), gateway.TunnelOf(attachment));
        gateway.Forwarding.AddRoutes(new LinkId($"{attachment.Link.Name} kept"), RoutesOf(gateway, attachment));
    }

    private static IEnumerable<Route> RoutesOf(GatewayState gateway, Attachment attachment)
    {
        var ipv4 = attachment switch
        {
            Attachment.DeRegistering leaving => leaving.Registration.Ipv4,
            _ => attachment.Binding?.Ipv4,
        };
        return RoutingDraft
            .HostsOf(ipv4)
            .SelectMany(address =>
                new[]
                {
                    new Route(address, new RouteTarget.OnLink(attachment.Link)),
                    new Route(IpPrefix.AllIpv4, new RouteTarget.IntoTunnel(gateway.TunnelOf(attachment))) { From = address },
                }
            );
    }

    private static RuleOutcome AnySourceWithoutAnswer(ReceivedAcknowledgement received)
    {
        if (received is { Ipv4: null, Attachment: { Request: { } request } attachment } && request.IpVersions.HasFlag(IpVersions.Ipv4))
        {
            var tunnel = new RouteTarget.IntoTunnel(received.Gateway.TunnelOf(attachment));
            received.Gateway.Forwarding.AddRoutes(attachment.Link, [new Route(IpPrefix.AllIpv4, tunnel) { From = IpPrefix.AllIpv4 }]);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ForwardedUnserved(DeniedService denied)
    {
        var (gateway, attachment, _) = denied;
        if (attachment.MobileNode.IpVersions.HasFlag(IpVersions.Ipv4))
        {
            gateway.Forwarding.UseTunnel(attachment.Link, gateway.TunnelOf(attachment));
            var tunnel = new RouteTarget.IntoTunnel(gateway.TunnelOf(attachment));
            gateway.Forwarding.AddRoutes(attachment.Link, [new Route(IpPrefix.AllIpv4, tunnel) { From = IpPrefix.AllIpv4 }]);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome OtherRouterIfReserved(ReceivedAcknowledgement received)
    {
        if (
            ReservedFields.AreSet(
                received.Signal.MobilityHeader,
                MobilityOptionType.Ipv4DefaultRouterAddress,
                [byte.MaxValue, byte.MaxValue]
            )
        )
        {
            received.DefaultRouter = _otherRouter;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AskAgain(ReceivedAcknowledgement received, bool isRefused)
    {
        if (isRefused && received.Attachment?.Request is { } request)
        {
            received.RegisterAgainWith = request.HomeNetworkPrefixes;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Serve(ReceivedAcknowledgement received, bool isServer)
    {
        received.ActsAsDhcpServer = isServer;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Kept(ReceivedAcknowledgement received)
    {
        if (received is { Ipv4HomeAddresses.Count: 0, Attachment.Binding.Ipv4: { } had })
        {
            received.Ipv4HomeAddresses = had.HomeAddresses;
        }
        return RuleOutcome.Continue;
    }
}
