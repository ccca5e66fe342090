using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// RFC 5844, Section 3.4.1, and RFC 2131, Section 4.3: the DHCP server of a MAG. It has no addresses of its own, but those that the LMA
/// assigns, so that it needs no leases: a mobile node has its address for as long as it is registered.
/// </summary>
internal static class DhcpServerRules
{
    public static RuleList<DhcpExchange> Default { get; } =
        new(
            new("RFC 5844 3.4", "Identity", Identity),
            new("RFC 2131 4.3.2", "ForThisServer", ForThisServer),
            new("RFC 5844 3.4.1", "OtherAddressRefused", OtherAddressRefused),
            new("RFC 5844 3.4.1", "Offered", Offered),
            new("RFC 5844 3.4.1", "Acknowledged", Acknowledged),
            new("RFC 2131 4.3.5", "Informed", Informed),
            new("RFC 2131 4.3.3", "Declined", Declined),
            new("RFC 2131 4.3", "NothingToAnswer", NothingToAnswer),
            new("RFC 2131 4.3.1", "NextServer", NextServer),
            new("RFC 5844 3.4.1", "ServerIdentifier", ServerIdentifier),
            new("RFC 2131 4.3.1", "LeaseTime", LeaseTime),
            new("RFC 5844 3.4.3", "SubnetMask", SubnetMask),
            new("RFC 5844 3.4.3", "Router", Router),
            new("RFC 5844 3.4.3", "InterfaceMtu", InterfaceMtu),
            new("RFC 2131 4.1", "Sent", Sent)
        );

    /// <summary>Without a registration, the server has the fixed address, or else the one by which the client knows it.</summary>
    private static RuleOutcome Identity(DhcpExchange exchange)
    {
        var known = exchange.Gateway.Settings.Ipv4?.FixedDHCPServerId ?? IPAddress.Any;
        exchange.Source = exchange.DhcpAddress ?? (known.Equals(IPAddress.Any) ? exchange.Server : known);
        return exchange.Source is null ? exchange.Drop("Identity", "the server has no address") : RuleOutcome.Continue;
    }

    private static RuleOutcome ForThisServer(DhcpExchange exchange) =>
        exchange.Server is { } server && !server.Equals(exchange.Source)
            ? exchange.Drop("OtherServer", $"it is for the server {server}")
            : RuleOutcome.Continue;

    private static RuleOutcome OtherAddressRefused(DhcpExchange exchange)
    {
        if (
            exchange.Request.Type == DhcpMessageType.Request
            && !(exchange.RequestedAddress is { } asked && exchange.Ipv4?.Has(asked) == true)
        )
        {
            exchange.AnswerType = DhcpMessageType.Nak;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Offered(DhcpExchange exchange)
    {
        if (exchange is { Request.Type: DhcpMessageType.Discover, Ipv4: { } assigned })
        {
            exchange.AnswerType = DhcpMessageType.Offer;
            exchange.YourAddress = assigned.HomeAddress.Address;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Acknowledged(DhcpExchange exchange)
    {
        if (exchange is { Request.Type: DhcpMessageType.Request, AnswerType: null, RequestedAddress: { } address })
        {
            exchange.AnswerType = DhcpMessageType.Ack;
            exchange.YourAddress = address;
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The client has an address already: it gets the other parameters, and no lease.</summary>
    private static RuleOutcome Informed(DhcpExchange exchange)
    {
        if (exchange.Request.Type == DhcpMessageType.Inform)
        {
            exchange.AnswerType = DhcpMessageType.Ack;
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The LMA has no other address for the mobile node.</summary>
    private static RuleOutcome Declined(DhcpExchange exchange)
    {
        if (exchange.Request.Type == DhcpMessageType.Decline)
        {
            exchange.Drop("AddressDeclined", $"another node uses {exchange.RequestedAddress}");
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome NothingToAnswer(DhcpExchange exchange) =>
        exchange.AnswerType is null ? RuleOutcome.Stop : RuleOutcome.Continue;

    private static RuleOutcome NextServer(DhcpExchange exchange)
    {
        if (HasParameters(exchange) && exchange.Source is { } server)
        {
            exchange.ServerAddress = server;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ServerIdentifier(DhcpExchange exchange)
    {
        if (exchange.Source is { } server)
        {
            exchange.AnswerOptions.Add(new DhcpServerIdentifierOption(server));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LeaseTime(DhcpExchange exchange)
    {
        if (HasParameters(exchange) && exchange is { Request.Type: not DhcpMessageType.Inform, Gateway.Settings.Ipv4.LeaseTime: var time })
        {
            exchange.AnswerOptions.Add(new DhcpLeaseTimeOption((uint)time.TotalSeconds));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SubnetMask(DhcpExchange exchange)
    {
        if (HasParameters(exchange) && exchange.Ipv4 is { } assigned)
        {
            exchange.AnswerOptions.Add(new DhcpSubnetMaskOption(assigned.HomeAddress.PrefixLength));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Router(DhcpExchange exchange)
    {
        if (HasParameters(exchange) && exchange.Ipv4?.DefaultRouter is { } router)
        {
            exchange.AnswerOptions.Add(new DhcpRouterOption(router));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The MTU of the tunnel, or of the access link if that is smaller.</summary>
    private static RuleOutcome InterfaceMtu(DhcpExchange exchange)
    {
        if (HasParameters(exchange) && exchange.Attachment is { } attachment)
        {
            exchange.AnswerOptions.Add(new DhcpInterfaceMtuOption((ushort)TunnelMtu.OfIpv4(exchange.Gateway, attachment)));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Sent(DhcpExchange exchange)
    {
        exchange.Answer();
        return RuleOutcome.Continue;
    }

    private static bool HasParameters(DhcpExchange exchange) => exchange.AnswerType is DhcpMessageType.Offer or DhcpMessageType.Ack;
}
