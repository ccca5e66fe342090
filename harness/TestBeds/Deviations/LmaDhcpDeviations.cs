using System.Net;
using System.Runtime.CompilerServices;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.LmaIpv4Parts;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors whose DHCP server is wrong: RFC 5844, Sections 3.4.2 and 3.4.3, and draft -02, Section 3.1.</summary>
internal static class LmaDhcpDeviations
{
    private const byte OtherLength = 25;
    private const ushort MtuOfTheLink = 1_500;

    /// <summary>An address of the home network that no session has.</summary>
    private static readonly IPAddress _ofNobody = IPAddress.Parse("198.18.99.99");

    /// <summary>The address that the first client of an LMA was offered.</summary>
    private static readonly ConditionalWeakTable<AnchorState, IPAddress> _firstClients = [];

    private static readonly IPAddress _otherRouter = IPAddress.Parse("198.18.0.254");

    public static IReadOnlyList<Deviation> All { get; } = [.. Addresses(), .. Parameters()];

    private static IEnumerable<Deviation> Addresses() =>
        [
            Serves(
                "lma-dhcp-own-pool",
                "offers an address that the relay agent has not named",
                "rfc5844-3.4.2-d5",
                server => server.InsertingBefore("NothingToAnswer", new("RFC 5844 3.4.2", "OwnPool", OfferOfNobody))
            ),
            Serves(
                "lma-dhcp-address-of-another-client",
                "offers the address of the client that has come first, whatever the relay agent names",
                "rfc5844-3.4.2-d5",
                server => server.InsertingBefore("NothingToAnswer", new("RFC 5844 3.4.2", "FirstClient", AddressOfFirstClient))
            ),
            Serves(
                "lma-dhcp-any-address-confirmed",
                "confirms whatever address a client with a session asks for",
                "rfc5844-3.4.2-d9",
                server => server.Replacing("OtherAddressRefused", AnyAddressOfSession)
            ),
            Serves(
                "lma-dhcp-without-session",
                "leases an address to a client without a session, if the relay agent names it",
                "rfc5844-3.4.2-d9",
                server => server.InsertingBefore("OtherAddressRefused", new("RFC 5844 3.4.2", "WithoutSession", WithoutSession))
            ),
            Serves(
                "lma-dhcp-renewals-of-any-address",
                "renews whatever address a client sends from or names",
                "rfc5844-3.4.2-d9",
                server => server.InsertingBefore("OtherAddressRefused", new("RFC 5844 3.4.2", "AnyRenewal", AnyRenewal))
            ),
            Serves(
                "lma-dhcp-renewals-unanswered",
                "does not answer a renewal through the tunnel",
                "rfc5844-3.4.2-d9",
                server =>
                    server.InsertingBefore(
                        "AddressOfSession",
                        new("RFC 5844 3.4.2", "Unanswered", exchange => exchange.IsRelayed ? RuleOutcome.Continue : RuleOutcome.Stop)
                    )
            ),
            Serves(
                "lma-dhcp-rebinding-unanswered",
                "does not answer a DHCPREQUEST that names no server and comes through a relay agent",
                "rfc5844-3.4.2-d9",
                server => server.InsertingBefore("AddressOfSession", new("RFC 5844 3.4.2", "Unanswered", UnlessNamed))
            ),
            Assigns(
                "lma-dhcp-address-replaced",
                "assigns an address of its own to a mobile node that asks for the one that its DHCP server has given",
                "ipv4-draft-02-3.1-d3",
                assignment => assignment.Instead("AddressAuthorized", AsksForLease, Redrawn)
            ),
        ];

    private static IEnumerable<Deviation> Parameters() =>
        [
            Serves("lma-dhcp-no-mask", "offers an address without a mask", "rfc5844-3.4.3-k2a", server => server.Without("SubnetMask")),
            Serves("lma-dhcp-no-router", "offers an address without a router", "rfc5844-3.4.3-k2b", server => server.Without("Router")),
            Serves(
                "lma-dhcp-other-mask",
                "offers an address with another mask than that of the home network",
                "rfc5844-3.4.3-k3a",
                server => server.Replacing("SubnetMask", exchange => Add(exchange, new DhcpSubnetMaskOption(OtherLength)))
            ),
            Serves(
                "lma-dhcp-other-router",
                "offers an address with another router than the default router of the mobile node",
                "rfc5844-3.4.3-k3b",
                server => server.Replacing("Router", exchange => Add(exchange, new DhcpRouterOption(_otherRouter)))
            ),
            Serves("lma-dhcp-no-mtu", "offers an address without an MTU", "rfc5844-3.4.3-k4", server => server.Without("InterfaceMtu")),
            Serves(
                "lma-dhcp-mtu-of-the-link",
                "offers an address with the MTU of its link",
                "rfc5844-3.4.3-k6",
                server => server.Replacing("InterfaceMtu", exchange => Add(exchange, new DhcpInterfaceMtuOption(MtuOfTheLink)))
            ),
        ];

    private static Deviation Serves(
        string name,
        string description,
        string statement,
        Func<RuleList<AnchorDhcpExchange>, RuleList<AnchorDhcpExchange>> change
    ) => OfIpv4(name, description, statement, rules => rules with { DhcpServer = change(rules.DhcpServer) });

    private static RuleOutcome Add(AnchorDhcpExchange exchange, DhcpOption option)
    {
        if (exchange.AnswerType is DhcpMessageType.Offer or DhcpMessageType.Ack)
        {
            exchange.AnswerOptions.Add(option);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome OfferOfNobody(AnchorDhcpExchange exchange)
    {
        if (exchange.AnswerType == DhcpMessageType.Offer)
        {
            exchange.YourAddress = _ofNobody;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AddressOfFirstClient(AnchorDhcpExchange exchange)
    {
        if (exchange is { AnswerType: DhcpMessageType.Offer, Anchor: var anchor, Address: { } address })
        {
            exchange.YourAddress = _firstClients.GetValue(anchor, _ => address);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome UnlessNamed(AnchorDhcpExchange exchange) =>
        exchange is { IsRelayed: true, Request: { Type: DhcpMessageType.Request } request }
        && !request.Options.Has<DhcpServerIdentifierOption>()
            ? RuleOutcome.Stop
            : RuleOutcome.Continue;

    private static RuleOutcome AnyAddressOfSession(AnchorDhcpExchange exchange)
    {
        if (exchange.Request.Type == DhcpMessageType.Request)
        {
            (exchange.Address, exchange.AnswerType) = exchange.Address is null
                ? (null, DhcpMessageType.Nak)
                : (exchange.RequestedAddress, (DhcpMessageType?)null);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome WithoutSession(AnchorDhcpExchange exchange)
    {
        exchange.Address ??= exchange.Agent?.First<RemoteIdSubOption>()?.Address;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AnyRenewal(AnchorDhcpExchange exchange)
    {
        if (!exchange.Request.ClientAddress.Equals(IPAddress.Any))
        {
            exchange.Address = exchange.Request.ClientAddress;
        }
        return RuleOutcome.Continue;
    }

    private static bool AsksForLease(RegistrationRequest request) =>
        request.Anchor.Settings.Ipv4?.DhcpPool is { } pool && request.Ipv4Requests.Any(home => pool.Contains(home.Address));

    private static RuleOutcome Redrawn(RegistrationRequest request)
    {
        request.AssignIpv4(request.Anchor.Ipv4Addresses?.Draw(1) ?? []);
        return RuleOutcome.Continue;
    }
}
