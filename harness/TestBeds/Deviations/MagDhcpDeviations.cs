using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways whose DHCP server is wrong: RFC 5844, Sections 3.4, 3.4.1 and 3.4.3, and its drafts.</summary>
internal static class MagDhcpDeviations
{
    private const byte OtherLength = 25;

    /// <summary>An address that no LMA has assigned.</summary>
    private static readonly IPAddress _ofPool = IPAddress.Parse("198.18.99.99");

    private static readonly IPAddress _otherRouter = IPAddress.Parse("198.18.0.254");
    private static readonly IPAddress _ownAddress = IPAddress.Parse("192.0.2.200");

    public static IReadOnlyList<Deviation> All { get; } = [.. Signaling(), .. Answers(), .. Parameters(), .. Ends()];

    private static IEnumerable<Deviation> Signaling() =>
        [
            Triggers(
                "mag-dhcp-offers-early",
                "offers an address before the registration is answered",
                "rfc5844-3.4.1-d2",
                dhcp => dhcp.InsertingBefore("RegistrationAwaited", new("RFC 5844 3.4.1", "Early", Early))
            ) with
            {
                WhyMany = "before the answer, after a refusal and without an address there is nothing to offer",
            },
            Triggers(
                "mag-dhcp-triggers-nothing",
                "does not ask the LMA for an address when a DHCPDISCOVER comes",
                "rfc5844-3.4.3-d1",
                dhcp => dhcp.Without("RegistrationTriggered")
            ),
            Triggers(
                "mag-dhcp-registers-always",
                "registers a mobile node on every DHCPDISCOVER, although it has its address",
                "rfc5844-3.4.1-d1",
                dhcp => dhcp.InsertingBefore("Server", new("RFC 5844 3.4.1", "Anew", RegisterAnew))
            ),
            Triggers(
                "mag-dhcp-serves-all",
                "offers an address of its own to a mobile node whose profile allows IPv6 alone",
                "rfc5844-3-d1",
                dhcp => dhcp.Replacing("Ipv4Offered", OfferToAll)
            ),
            Triggers(
                "mag-dhcp-offers-after-refusal",
                "offers an address of its own to a mobile node that has got none from the LMA",
                "rfc5844-3.4.3-k1b",
                dhcp => dhcp.InsertingBefore("RegistrationTriggered", new("RFC 5844 3.4.3", "WithoutAddress", OfferWithoutAddress))
            ) with
            {
                WhyMany = "a refused registration, a refused address and a missing address leave nothing to offer",
            },
            Triggers(
                "mag-dhcp-known-by-hardware",
                "offers another address if chaddr is not the link-layer address of the sender",
                "rfc5844-3.4.3-d2",
                dhcp => dhcp.InsertingBefore("Ipv4Offered", new("RFC 5844 3.4.3", "ByHardware", ByHardware))
            ),
            Serves(
                "mag-dhcp-known-by-identifier",
                "confirms another address in state INIT-REBOOT if the Client-identifier is not made of the link-layer address",
                "rfc5844-3.4-d3",
                server => server.InsertingBefore("NothingToAnswer", new("RFC 5844 3.4", "ByIdentifier", ByIdentifier))
            ),
        ];

    private static IEnumerable<Deviation> Answers() =>
        [
            Serves(
                "mag-dhcp-own-pool",
                "offers addresses of its own",
                "rfc5844-3.4.1-d3",
                server => server.Replacing("Offered", OfferOfPool)
            ) with
            {
                WhyMany = "what is offered is judged by itself, by the answer of the LMA and by the client",
            },
            Serves(
                "mag-dhcp-no-ack",
                "does not answer the request for an offered address",
                "rfc5844-3.4.1-d6",
                server => server.InsertingBefore("Offered", new("RFC 2131 4.3.2", "SelectionUnanswered", Unless(IsSelection)))
            ),
            Serves(
                "mag-dhcp-renewals-unanswered",
                "does not answer a renewal",
                "rfc5844-3.4.1-d7",
                server => server.InsertingBefore("Offered", new("RFC 2131 4.3.2", "RenewalUnanswered", Unless(IsRenewal)))
            ) with
            {
                WhyMany = "a renewal is what a client does at the next MAG, too",
            },
            Serves(
                "mag-dhcp-reboots-unanswered",
                "does not answer a client in state INIT-REBOOT",
                "rfc5844-3.4.3-d6",
                server => server.InsertingBefore("Offered", new("RFC 2131 4.3.2", "RebootUnanswered", Unless(IsReboot)))
            ),
            Serves(
                "mag-dhcp-any-address-confirmed",
                "confirms whatever address a client asks for",
                "rfc5844-3.4.1-d10b",
                server => server.Without("OtherAddressRefused")
            ),
            Triggers(
                "mag-dhcp-silent-after-refusal",
                "leaves a renewal unanswered if the registration has failed",
                "rfc5844-3.4.1-d10a",
                dhcp => dhcp.Replacing("RegistrationFailed", exchange => exchange.Ipv4 is null ? RuleOutcome.Stop : RuleOutcome.Continue)
            ),
            Serves(
                "mag-dhcp-serves-for-others",
                "answers a renewal to the address of another MAG",
                "seed000-17",
                server => server.Replacing("ForThisServer", _ => RuleOutcome.Continue)
            ),
            Serves(
                "mag-dhcp-source-of-its-own",
                "sends its DHCP messages from an address that is not the default router of the mobile node",
                "rfc5844-3.4-d1",
                server =>
                    server.InsertingBefore(
                        "Sent",
                        new(
                            "RFC 5844 3.4",
                            "OwnSource",
                            exchange =>
                            {
                                exchange.Source = _ownAddress;
                                return RuleOutcome.Continue;
                            }
                        )
                    )
            ),
            Serves(
                "mag-dhcp-offers-by-broadcast",
                "sends its offers to all nodes of the link",
                "ipv4-draft-04-3.4.1-d3",
                server => server.Instead("Sent", exchange => exchange.AnswerType == DhcpMessageType.Offer, OfferToAllNodes)
            ),
        ];

    private static IEnumerable<Deviation> Parameters() =>
        [
            Serves("mag-dhcp-no-mask", "offers an address without a mask", "rfc5844-3.4.3-k2a", server => server.Without("SubnetMask")) with
            {
                WhyMany = "the mask is judged in each answer that has to carry it",
            },
            Serves(
                "mag-dhcp-other-mask",
                "offers every address with the same mask",
                "rfc5844-3.4.1-d4a",
                server => server.Replacing("SubnetMask", exchange => Add(exchange, new DhcpSubnetMaskOption(OtherLength)))
            ) with
            {
                WhyMany = "the mask is judged in each answer that has to carry it",
            },
            Serves("mag-dhcp-no-router", "offers an address without a router", "rfc5844-3.4.3-k2b", server => server.Without("Router")) with
            {
                WhyMany = "the router is judged in each answer that has to carry it, whatever the LMA sent with it",
            },
            Serves(
                "mag-dhcp-other-router",
                "offers an address with a router that the LMA has not named",
                "rfc5844-3.4.1-d4b",
                server => server.Replacing("Router", exchange => Add(exchange, new DhcpRouterOption(_otherRouter)))
            ) with
            {
                WhyMany = "the router of the offer is judged by four statements",
            },
            Serves("mag-dhcp-no-mtu", "offers an address without an MTU", "rfc5844-3.4.3-k4", server => server.Without("InterfaceMtu")),
            Serves(
                "mag-dhcp-mtu-of-the-link",
                "offers an address with the MTU of the access link",
                "rfc5844-3.4.3-k6",
                server => server.Replacing("InterfaceMtu", exchange => Add(exchange, new DhcpInterfaceMtuOption(1500)))
            ),
            Serves(
                "mag-dhcp-other-server-identifier",
                "gives a server identifier that is not the default router of the mobile node",
                "rfc5844-3.4.1-d5",
                server => server.Replacing("ServerIdentifier", exchange => Add(exchange, new DhcpServerIdentifierOption(_otherRouter)))
            ) with
            {
                WhyMany = "the identifier is judged in each message, at each MAG, and with a fixed address",
            },
            Serves(
                "mag-dhcp-no-server-identifier",
                "gives no server identifier",
                "ipv4-draft-02-3.1-k4",
                server => server.Without("ServerIdentifier")
            ) with
            {
                WhyMany = "the identifier is judged in each message, at each MAG, and with a fixed address",
            },
            Deviation.Of(
                "mag-dhcp-fixed-identifier-unused",
                "takes no notice of FixedDHCPServerId",
                "rfc5844-3.4-d2",
                mag =>
                    mag with
                    {
                        Changes = Changes.To<MobileAccessGatewaySettings>(settings =>
                            settings.Ipv4 is null
                                ? settings
                                : settings with
                                {
                                    Ipv4 = settings.Ipv4 with { FixedDHCPServerId = IPAddress.Any },
                                }
                        ),
                    }
            ) with
            {
                WhyMany = "the drafts name the identifier for the server, for its answers and for renewals elsewhere",
                Roles = ["MAG"],
            },
            Serves("mag-dhcp-no-next-server", "leaves siaddr at 0", "ipv4-draft-04-3.4.1-d2", server => server.Without("NextServer")),
        ];

    private static IEnumerable<Deviation> Ends() =>
        [
            Triggers("mag-dhcp-release-unheard", "takes no notice of a DHCPRELEASE", "rfc5844-3.4.3-d7", dhcp => dhcp.Without("Released")),
            Triggers(
                "mag-dhcp-release-of-all",
                "ends the whole session of a mobile node that releases its IPv4 home address",
                "rfc5844-3.4.3-k7",
                dhcp => dhcp.Replacing("Released", ReleaseAll)
            ),
            Deviation.OfMag(
                "mag-dhcp-lost-in-silence",
                "does not tell a mobile node that its lease has gone with its binding",
                "ipv4-draft-04-3.4.1-k6",
                rules => rules with { EndOfIpv4 = rules.EndOfIpv4.WithoutIfAny("AddressRevoked") }
            ),
            Deviation.OfMag(
                "mag-dhcp-link-stays-up",
                "leaves the link of a mobile node up that has lost its binding",
                "ipv4-draft-04-3.4.1-k7",
                rules => rules with { EndOfIpv4 = rules.EndOfIpv4.WithoutIfAny("LinkTornDown") }
            ),
            Triggers(
                "mag-dhcp-link-stays-up-without-address",
                "leaves the link of a mobile node up whose DHCPDISCOVER has led to no address",
                "ipv4-draft-04-3.4.1-k1a",
                dhcp => dhcp.WithoutIfAny("TriggerFailed")
            ),
            Triggers(
                "mag-dhcp-renewal-unregistered",
                "does not register a mobile node when it renews its lease",
                "ipv4-draft-02-3.2.2-k29",
                dhcp => dhcp.WithoutIfAny("RenewalRegistered")
            ),
        ];

    private static Deviation Triggers(
        string name,
        string description,
        string statement,
        Func<RuleList<DhcpExchange>, RuleList<DhcpExchange>> change
    ) => Deviation.OfMag(name, description, statement, rules => rules with { Dhcp = change(rules.Dhcp) });

    private static Deviation Serves(
        string name,
        string description,
        string statement,
        Func<RuleList<DhcpExchange>, RuleList<DhcpExchange>> change
    ) => Deviation.OfMag(name, description, statement, rules => rules with { DhcpServer = change(rules.DhcpServer) });

    /// <summary>The list without a rule that not every edition has.</summary>
    private static RuleList<T> WithoutIfAny<T>(this RuleList<T> rules, string name) =>
        rules.Any(rule => rule.Name == name) ? rules.Without(name) : rules;

    private static bool IsSelection(DhcpExchange exchange) =>
        exchange.Request is { Type: DhcpMessageType.Request } request && request.Options.Has<DhcpServerIdentifierOption>();

    private static bool IsRenewal(DhcpExchange exchange) =>
        exchange.Request is { Type: DhcpMessageType.Request } request && !request.ClientAddress.Equals(IPAddress.Any);

    private static bool IsReboot(DhcpExchange exchange) =>
        exchange.Request.Type == DhcpMessageType.Request && !IsSelection(exchange) && !IsRenewal(exchange);

    private static Func<DhcpExchange, RuleOutcome> Unless(Func<DhcpExchange, bool> isIgnored) =>
        exchange => isIgnored(exchange) ? RuleOutcome.Stop : RuleOutcome.Continue;

    private static RuleOutcome Add(DhcpExchange exchange, DhcpOption option)
    {
        if (exchange.AnswerType is DhcpMessageType.Offer or DhcpMessageType.Ack)
        {
            exchange.AnswerOptions.Add(option);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Early(DhcpExchange exchange)
    {
        if (exchange is { Ipv4: null, IsResumed: false })
        {
            OfferFromPool(exchange);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome OfferWithoutAddress(DhcpExchange exchange)
    {
        if (exchange is not { Ipv4: null, Attachment: Attachment.Registered or Attachment.Refused })
        {
            return RuleOutcome.Continue;
        }

        OfferFromPool(exchange);
        return RuleOutcome.Stop;
    }

    private static RuleOutcome OfferToAll(DhcpExchange exchange)
    {
        if (exchange.Attachment is { } attachment && !attachment.MobileNode.IpVersions.HasFlag(IpVersions.Ipv4))
        {
            OfferFromPool(exchange);
            return RuleOutcome.Stop;
        }
        return exchange.Attachment is null ? RuleOutcome.Stop : RuleOutcome.Continue;
    }

    private static RuleOutcome OfferOfPool(DhcpExchange exchange)
    {
        if (exchange.Request.Type == DhcpMessageType.Discover)
        {
            exchange.AnswerType = DhcpMessageType.Offer;
            exchange.YourAddress = _ofPool;
        }
        return RuleOutcome.Continue;
    }

    private static void OfferFromPool(DhcpExchange exchange)
    {
        if (exchange.Request.Type != DhcpMessageType.Discover)
        {
            return;
        }

        var offer = new DhcpExchange(exchange.Gateway, exchange.Datagram, exchange.Request, exchange.Now)
        {
            AnswerType = DhcpMessageType.Offer,
            YourAddress = _ofPool,
            Source = _otherRouter,
        };
        offer.AnswerOptions.Add(new DhcpServerIdentifierOption(_otherRouter));
        offer.AnswerOptions.Add(new DhcpLeaseTimeOption(60));
        offer.Answer();
    }

    private static RuleOutcome RegisterAnew(DhcpExchange exchange)
    {
        if (exchange is { IsResumed: false, Request.Type: DhcpMessageType.Discover, Attachment: Attachment.Registered attachment })
        {
            exchange.Gateway.Rules.StartOfExtension.Apply(new AttachmentEvent(exchange.Gateway, attachment, exchange.Now));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ByHardware(DhcpExchange exchange)
    {
        if (exchange.Datagram.LinkLayerSource is { } source && !exchange.Request.HardwareAddress.Span.SequenceEqual(source.ToArray()))
        {
            OfferFromPool(exchange);
            return RuleOutcome.Stop;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ByIdentifier(DhcpExchange exchange)
    {
        if (
            IsReboot(exchange)
            && exchange.Request.Options.First<DhcpClientIdentifierOption>() is { Identifier: var known }
            && known.Span.IndexOf(exchange.Request.HardwareAddress.Span) < 0
        )
        {
            exchange.YourAddress = _ofPool;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ReleaseAll(DhcpExchange exchange)
    {
        if (exchange is { Request.Type: DhcpMessageType.Release, Attachment: { } attachment })
        {
            exchange.Gateway.Rules.StartOfDeRegistration.Apply(new AttachmentEvent(exchange.Gateway, attachment, exchange.Now));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The offer as it would be sent, but for its addresses.</summary>
    private static RuleOutcome OfferToAllNodes(DhcpExchange exchange)
    {
        if (exchange is { AnswerType: { } type, Source: { } source })
        {
            var answer = new DhcpMessage(
                DhcpOperation.BootReply,
                exchange.Request.TransactionId,
                new DhcpOptionList([new DhcpMessageTypeOption(type), .. exchange.AnswerOptions])
            )
            {
                HardwareAddress = exchange.Request.HardwareAddress,
                YourAddress = exchange.YourAddress,
                ServerAddress = exchange.ServerAddress,
            };
            var path = new UdpPath(source, UdpPort.DhcpServer, IPAddress.Broadcast, UdpPort.DhcpClient);
            exchange.Gateway.Actions.Add(new RoleAction.SendUdp(path, exchange.Link, answer.ToBytes()));
        }
        return RuleOutcome.Continue;
    }
}
