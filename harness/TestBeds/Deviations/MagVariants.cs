using System.Net;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Statements;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways with rare behaviour that RFC 5213 allows.</summary>
public static class MagVariants
{
    private const string MagTag = "MAG";

    /// <summary>The address that a MAG uses towards every mobile node and tells the LMA.</summary>
    private static readonly IPAddress _ownAddress = IPAddress.Parse("fe80::5213:1");

    public static IReadOnlyList<LegalVariant> All { get; } =
    [.. Timers(), .. Updates(), .. Detection(), .. Surroundings(), .. MagIpv4Variants.All, .. MagTransportVariants.All];

    private static IEnumerable<LegalVariant> Timers() =>
        [
            OfSettings("mag-late-refresh", "extends a binding after 80% of its lifetime", settings => settings with { RefreshAt = 0.8 }),
            OfSettings(
                "mag-slow-timers",
                "has retransmission timers that run 5% slow",
                settings =>
                    settings with
                    {
                        InitialBindackTimeout = settings.InitialBindackTimeout * 1.05,
                        MaxBindackTimeout = settings.MaxBindackTimeout * 1.05,
                    }
            ),
            OfRules(
                "mag-first-time-out-2-s",
                "repeats an unanswered registration for the first time after 2 s",
                rules => rules with { Retransmission = rules.Retransmission.Replacing("InitialTimeout", TwoSeconds) }
            ),
            OfSettings(
                "mag-long-lifetime",
                "requests the longest possible lifetime",
                settings => settings with { RequestedLifetime = TimeSpan.FromSeconds(4 * ushort.MaxValue) }
            ),
            LegalVariant.Of(
                "mag-reports-drops",
                "reports packets out of the tunnel that are for none of its links as Destination Unreachable to the other end (RFC 2473)",
                mag =>
                    mag with
                    {
                        Changes = Changes.To<ForwardingRules>(rules =>
                            MagForwardingDeviations.Reporting(rules, new PacketError.AddressUnreachable())
                        ),
                    }
            ),
            LegalVariant.Of(
                "mag-clock-an-hour-off",
                "has a clock that is an hour fast",
                mag =>
                    mag with
                    {
                        Changes = Changes.To<MobileAccessGatewayRules>(rules =>
                            rules with
                            {
                                Construction = rules.Construction.InsertingBefore(
                                    "SequenceNumber",
                                    new("6.9.1.1(6)", "AnHourLater", draft => IsGiven(draft) ? RuleOutcome.Continue : AnHourLater(draft))
                                ),
                            }
                        ),
                        Disclaims = ["synchronized-clock", "mobile-node-generated-timestamp"],
                    }
            ) with
            {
                Roles = [MagTag],
            },
        ];

    private static IEnumerable<LegalVariant> Updates() =>
        [
            LegalVariant.Of(
                "mag-ikev2",
                "begins IKEv2 with an LMA before its first message to it",
                mag => mag with { Claims = ["ikev2"], Around = (_, create) => new KeyExchangeRole(create()) }
            ) with
            {
                Roles = [MagTag],
            },
            Constructs(
                "mag-new-interface",
                "reports a first attachment as an attachment over a new interface",
                "HandoffStateUnknown",
                NewInterface
            ),
            LegalVariant.Of(
                "mag-sequence-numbers",
                "orders its messages by sequence numbers and sends no timestamps",
                mag =>
                    mag with
                    {
                        Changes = Changes.To<MobileAccessGatewaySettings>(settings =>
                            settings with
                            {
                                TimestampBasedApproachInUse = false,
                            }
                        ),
                        Claims = ["sequence-numbers-in-use"],
                        Disclaims = ["timestamp-option", "mobile-node-generated-timestamp"],
                    }
            ) with
            {
                // The operator cannot set MobileNodeGeneratedTimestampInUse.
                Unreached = ["TC-MAG-VAR-BV-10", "TC-MAG-VAR-BV-14"],
            },
            LegalVariant.Of(
                "mag-own-link-local-address",
                "chooses its link-local address and uploads it with the first registration of a mobile node",
                mag =>
                    mag with
                    {
                        Changes = Changes.To<MobileAccessGatewayRules>(rules =>
                            rules with
                            {
                                Construction = rules.Construction.Replacing("LinkLocalAddress", OwnAddress),
                            }
                        ),
                        Claims = ["own-link-local-address"],
                        Disclaims = ["anchor-link-local-address"],
                    }
            ),
            Constructs(
                "mag-keeps-link-local-address",
                "asks the LMA for a link-local address only while it has none on the link",
                "LinkLocalAddress",
                KeptAddress
            ),
            LegalVariant.Of(
                "mag-matches-by-identifier",
                "matches an acknowledgement to its request by the MN-Identifier alone",
                mag =>
                    mag with
                    {
                        Changes = Changes.To<MobileAccessGatewayRules>(rules =>
                            rules with
                            {
                                ProxyBindingAcknowledgement = rules.ProxyBindingAcknowledgement.Replacing(
                                    "MatchesRequest",
                                    MagAnswerDeviations.MatchesMobileNode
                                ),
                            }
                        ),
                        Claims = ["matches-by-identifier"],

                        // It cannot tell the answers for two interfaces of one mobile node from each other.
                        Provision = ixit => ixit with { Multihomed = null },
                    }
            ),
            OfRules(
                "mag-registers-anew",
                "registers a mobile node as a new one after the LMA has rejected an extension",
                rules =>
                    rules with
                    {
                        ProxyBindingAcknowledgement = rules.ProxyBindingAcknowledgement.InsertingBefore(
                            "ServiceDenied",
                            new("6.9.1.2(11)", "RegisteredAnew", RegisteredAnew)
                        ),
                    }
            ) with
            {
                // The drafts about IPv4 take the link down (draft -04, Section 3.4.1).
                Edition = Edition.Rfc5213,
            },
            LegalVariant.Of(
                "mag-destination-options",
                "sends its registrations with an option of an experimental type, whose data contain the number of the Home Address option",
                mag => mag with { Output = PacketRewriter.OfSignaling(WithExperimentalOption) }
            ),
        ];

    private static IEnumerable<LegalVariant> Detection() =>
        [
            Detects(
                "mag-notices-solicitations",
                "notices mobile nodes by Router Solicitations only",
                detected => detected.Message is RouterSolicitation,
                "notices-router-solicitation"
            ),
            Detects(
                "mag-notices-duplicate-address-detection",
                "notices mobile nodes by duplicate address detection only",
                detected => detected.Message is NeighborSolicitation,
                "notices-duplicate-address-detection"
            ),
            OnBoundLinks(
                Detects(
                    "mag-notices-carrier",
                    "notices mobile nodes by the carrier of their links only, which tells nothing of their link-layer addresses",
                    detected => detected.Message is null && detected.Dhcp is null,
                    "notices-link-up"
                )
            ) with
            {
                Roles = [MagTag],

                // Two: what is sent at link up cannot name a link-layer address. The others: each link has its own mobile node.
                Unreached =
                [
                    "TC-MAG-ATT-BV-10",
                    "TC-MAG-ACK-BI-01-c",
                    "TC-MAG-ADV-BV-04",
                    "TC-MAG-ADV-BV-10",
                    "TC-MAG-ADV-BV-12-a",
                    "TC-MAG-ADV-BV-12-b",
                    "TC-MAG-ADV-BV-17-a",
                    "TC-MAG-ADV-BV-17-b",
                    "TC-MAG-DHC-BV-04",
                    "TC-MAG-PRO-BV-09-a",
                    "TC-MAG-PRO-BV-09-b",
                    "TC-MAG-PRO-BV-10",
                    "TC-MAG-UNI-BV-02-a",
                    "TC-MAG-UNI-BV-02-b",
                ],
            },
        ];

    private static IEnumerable<LegalVariant> Surroundings() =>
        [
            OfRules(
                "mag-unicast-advertisements",
                "sends Router Advertisements to the mobile node's unicast address once it is known",
                rules =>
                    rules with
                    {
                        RouterAdvertisement = rules.RouterAdvertisement.InsertingBefore(
                            "HomeNetworkPrefixes",
                            new("RFC 4861 6.2.6", "Unicast", ToMobileNode)
                        ),
                    }
            ),
            LegalVariant.Of(
                "mag-busy",
                "keeps extending the binding of another mobile node, and advertises a prefix to that node on the same link",
                mag => mag with { Output = () => new OtherNodeFilter() }
            ) with
            {
                // In a whole domain, the LMA would assign an address to the other mobile node.
                Roles = ["MAG"],
            },
            OfRules(
                "mag-withdraws-prefixes",
                "withdraws the prefixes of a mobile node whose extension is rejected",
                rules =>
                    rules with
                    {
                        ProxyBindingAcknowledgement = rules.ProxyBindingAcknowledgement.InsertingBefore(
                            "ServiceDenied",
                            new("6.9.1.2(11)", "PrefixesWithdrawn", PrefixesWithdrawn)
                        ),
                    }
            ),
            LegalVariant.Of(
                "mag-withdraws-late",
                "waits 3 s before it withdraws a prefix, as after another advertisement to all nodes (RFC 4861, Section 6.2.6)",
                mag => mag with { Output = () => new DelayFilter(Withdraws, TimeSpan.FromSeconds(3)) }
            ),
            OfRules(
                "mag-takes-links-down-first",
                "takes the link to a mobile node that is still there down before it de-registers the mobile node",
                rules =>
                    rules with
                    {
                        StartOfDeRegistration = rules.StartOfDeRegistration.InsertingBefore(
                            "UpdatePending",
                            new("6.9.1.4 end (4)", "LinkTakenDown", LinkTakenDown)
                        ),
                        EndOfAttachment = rules.EndOfAttachment.Without("LastAdvertisement"),
                    }
            ),
            LegalVariant.Of(
                "mag-no-link-for-bookends",
                "has no access link that is only for bookends",
                mag => mag with { Changes = Changes.To<Domain>(domain => WithLinks(domain, link => link with { IsForBookends = false })) }
            ),
        ];

    private static LegalVariant OfSettings(
        string name,
        string description,
        Func<MobileAccessGatewaySettings, MobileAccessGatewaySettings> change
    ) => LegalVariant.Of(name, description, mag => mag with { Changes = Changes.To<MobileAccessGatewaySettings>(change) });

    private static LegalVariant OfRules(string name, string description, Func<MobileAccessGatewayRules, MobileAccessGatewayRules> change) =>
        LegalVariant.Of(name, description, mag => mag with { Changes = Changes.To<MobileAccessGatewayRules>(change) });

    private static LegalVariant Constructs(string name, string description, string replaced, Func<UpdateDraft, RuleOutcome> rule) =>
        OfRules(name, description, rules => rules with { Construction = rules.Construction.Replacing(replaced, rule) });

    /// <summary>A MAG that detects mobile nodes by some events only, and claims the kind of event that is left.</summary>
    private static LegalVariant Detects(string name, string description, Func<DetectionEvent, bool> detects, string claim) =>
        LegalVariant.Of(
            name,
            description,
            mag =>
                mag with
                {
                    Changes = Changes.To<MobileAccessGatewayRules>(rules =>
                        rules with
                        {
                            Detection = rules.Detection.Replacing(
                                "AnyEvent",
                                detected => detects(detected) || detected.Dhcp is not null ? RuleOutcome.Continue : RuleOutcome.Stop
                            ),
                        }
                    ),
                    Disclaims = ["notices-link-up", "notices-duplicate-address-detection", "notices-router-solicitation"],
                    Claims = [claim],
                }
        );

    /// <summary>The same variant in a domain in which every access link has an identity for whichever mobile node attaches to it.</summary>
    private static LegalVariant OnBoundLinks(LegalVariant variant) =>
        variant with
        {
            Implementation = variant.Implementation with
            {
                // A link with an identity of its own has no visitors, and no second mobile node.
                Disclaims = [.. variant.Implementation.Disclaims, "regular-access", "shared-link"],
                Changes = variant.Implementation.Changes.AndTo<Domain>(domain =>
                    domain.Tested is { Role: NodeRole.Mag }
                        ? WithLinks(
                            domain,
                            link =>
                                link.Kind == LinkKind.Access ? link with { BoundIdentity = $"{link.Port.Name}@dynamic.pmip.example" } : link
                        )
                        : domain
                ),

                // Each link has its own mobile node, so no mobile node has two interfaces, or a kind of its own.
                Provision = ixit => ixit with { Multihomed = null, Kinds = ["dynamic"] },
            },
        };

    private static Domain WithLinks(Domain domain, Func<DomainLink, DomainLink> change) =>
        domain with
        {
            Links = [.. domain.Links.Select(change)],
        };

    private static RuleOutcome TwoSeconds(UpdateTransmission transmission)
    {
        if (transmission.IsFirst)
        {
            transmission.Timeout = TimeSpan.FromSeconds(2);
        }

        return RuleOutcome.Continue;
    }

    /// <summary>The mobile node has given the time itself.</summary>
    private static bool IsGiven(UpdateDraft draft) =>
        draft.Gateway.Settings.MobileNodeGeneratedTimestampInUse && draft.Attachment.MobileNode.Timestamp is not null;

    internal static RuleOutcome AnHourLater(UpdateDraft draft)
    {
        if (!draft.Gateway.Settings.TimestampBasedApproachInUse)
        {
            return RuleOutcome.Continue;
        }

        var (time, last) = (Timestamp.FromUtc(draft.Now.Utc.AddHours(1)), draft.Gateway.LastTimestamp);
        draft.Timestamp = draft.Gateway.LastTimestamp = last >= time ? new Timestamp(last.Value + 1) : time;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome NewInterface(UpdateDraft draft)
    {
        draft.HandoffIndicator = draft.Attachment.MobileNode.Hint ?? HandoffIndicator.AttachmentOverNewInterface;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome OwnAddress(UpdateDraft draft)
    {
        if (draft.Gateway.Settings.FixedMAGLinkLocalAddressOnAllAccessLinks.Equals(IPAddress.IPv6Any))
        {
            draft.LinkLocalAddress = _ownAddress;
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome KeptAddress(UpdateDraft draft)
    {
        if (draft.Gateway.Settings.FixedMAGLinkLocalAddressOnAllAccessLinks.Equals(IPAddress.IPv6Any))
        {
            draft.LinkLocalAddress = draft.Gateway.LinkLocalAddressOn(draft.Attachment.Link) ?? IPAddress.IPv6Any;
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome RegisteredAnew(ReceivedAcknowledgement received)
    {
        if (received is { Acknowledgement.IsRejection: true, Attachment: Attachment.Extending })
        {
            received.RegisterAgainWith = [];
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome PrefixesWithdrawn(ReceivedAcknowledgement received)
    {
        if (
            received is { Acknowledgement.IsRejection: true, Attachment: Attachment.Extending { Link: var link, Registration: var ended } }
            && received.Gateway.LinkLocalAddressOn(link) is { } source
        )
        {
            received.Gateway.Actions.Send(source, Ipv6Multicast.AllNodes, link, Withdrawal(ended.HomeNetworkPrefixes));
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome LinkTakenDown(AttachmentEvent left)
    {
        var (gateway, attachment, _) = left;
        if (
            !gateway.DownLinks.Contains(attachment.Link)
            && attachment.Binding is { HomeNetworkPrefixes: var prefixes }
            && gateway.LinkLocalAddressOn(attachment.Link) is { } source
        )
        {
            gateway.Actions.Send(source, Ipv6Multicast.AllNodes, attachment.Link, Withdrawal(prefixes));
        }

        return RuleOutcome.Continue;
    }

    private static RouterAdvertisement Withdrawal(IEnumerable<Ipv6Prefix> prefixes) =>
        new(
            64,
            Managed: false,
            OtherConfig: false,
            RouterLifetimeSeconds: 0,
            ReachableTimeMilliseconds: 0,
            RetransTimerMilliseconds: 0,
            new NdOptionList([.. prefixes.Select(prefix => new PrefixInformationOption(prefix, OnLink: true, Autonomous: true, 0, 0))])
        );

    private static bool Withdraws(ReadOnlyMemory<byte> frame) =>
        PacketStack.Of(frame).Ip?.Upper
            is NeighborDiscoveryLayer { Type: NeighborDiscoveryLayer.RouterAdvertisement, Prefixes: var prefixes }
        && prefixes.Any(prefix => prefix.IsWithdrawn);

    private static RuleOutcome ToMobileNode(RouterAdvertisementDraft draft)
    {
        draft.Destination = draft.Attachment.MobileNode.LinkLocalAddresses.FirstOrDefault() ?? draft.Destination;
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// Adds a Destination Options header with an option that receivers skip (RFC 8200, Section 4.2; RFC 4727, Section 3.4).
    /// </summary>
    private static Ipv6Packet WithExperimentalOption(Ipv6Packet packet)
    {
        const byte ExperimentalOption = 0x1e;
        const byte HomeAddressOption = 0xc9;
        byte[] header = [packet.NextHeader, 0, ExperimentalOption, 4, 0, HomeAddressOption, 16, 0];
        return packet with { NextHeader = IpProtocol.DestinationOptions, Payload = (byte[])[.. header, .. packet.Payload.Span] };
    }
}
