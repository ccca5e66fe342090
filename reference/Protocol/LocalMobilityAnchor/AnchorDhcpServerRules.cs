using System.Net;
using Pmip.Protocol.Dhcp;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// RFC 5844, Sections 3.4.2 and 3.4.3, and RFC 2131, Section 4.3: the DHCP server of a local mobility anchor. A client has the IPv4 home
/// address of its session, which the relay agent names, for as long as the session has it. The server needs no leases for that.
/// </summary>
internal static class AnchorDhcpServerRules
{
    /// <summary>How long an offered address waits for the request of the client.</summary>
    private static readonly TimeSpan _offered = TimeSpan.FromSeconds(60);

    public static RuleList<AnchorDhcpExchange> Default { get; } =
        new(
            new("RFC 2131 4.3", "FromClient", FromClient),
            new("RFC 5107 4", "Identity", Identity),
            new("RFC 2131 4.3.2", "ForThisServer", ForThisServer),
            new("RFC 5844 3.4.2", "AddressOfSession", AddressOfSession),
            new("RFC 5844 3.4.2", "OtherAddressRefused", OtherAddressRefused),
            new("RFC 2131 4.3.1", "Offered", Offered),
            new("RFC 2131 4.3.2", "Acknowledged", Acknowledged),
            new("RFC 2131 4.3.5", "Informed", Informed),
            new("RFC 2131 4.3", "NothingToAnswer", NothingToAnswer),
            new("RFC 2131 4.3.1", "NextServer", NextServer),
            new("RFC 2131 4.3.1", "ServerIdentifier", ServerIdentifier),
            new("RFC 2131 4.3.1", "LeaseTime", LeaseTime),
            new("RFC 5844 3.4.3", "SubnetMask", SubnetMask),
            new("RFC 5844 3.4.3", "Router", Router),
            new("RFC 5844 3.4.3", "InterfaceMtu", InterfaceMtu),
            new("RFC 3046 2.2", "AgentInformationReturned", AgentInformationReturned),
            new("RFC 2131 4.1", "Sent", Sent)
        );

    /// <summary>Draft -02, Section 3.1: the server chooses the address, and the MAG asks for it when the client has it.</summary>
    public static RuleOutcome AddressChosen(AnchorDhcpExchange exchange)
    {
        if (exchange is { Address: null, IsRelayed: true, Anchor.DhcpLeases: { } leases })
        {
            var (client, now) = (exchange.Request.HardwareAddress, exchange.Now.Monotonic);
            var isNew = exchange.Request.Type == DhcpMessageType.Discover;
            exchange.Address = leases.Of(client, now) ?? (isNew ? leases.FindFree(now) : null);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The address is kept for the client, for a short time until the client has accepted it.</summary>
    public static RuleOutcome Leased(AnchorDhcpExchange exchange)
    {
        if (
            exchange is { Address: { } address, Anchor: { DhcpLeases: { } leases, Settings.Ipv4: { DhcpPool: { } pool } ipv4 } }
            && pool.Contains(address)
        )
        {
            var time = exchange.AnswerType == DhcpMessageType.Ack ? ipv4.LeaseTime : _offered;
            leases.Give(address, exchange.Request.HardwareAddress, exchange.Now.Monotonic + time);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>A client that has no address, and no relay agent, is not one of a mobile node.</summary>
    private static RuleOutcome FromClient(AnchorDhcpExchange exchange) =>
        exchange.Request
            is { Operation: DhcpOperation.BootRequest, Type: DhcpMessageType.Discover or DhcpMessageType.Request or DhcpMessageType.Inform }
        && (exchange.IsRelayed || !exchange.Request.ClientAddress.Equals(IPAddress.Any))
            ? RuleOutcome.Continue
            : RuleOutcome.Stop;

    /// <summary>A relay agent may have its own address as the identifier of the server.</summary>
    private static RuleOutcome Identity(AnchorDhcpExchange exchange)
    {
        exchange.Server =
            exchange.Agent?.First<ServerIdentifierOverrideSubOption>()?.Address ?? exchange.Anchor.Settings.Ipv4?.DhcpServerAddress;
        return exchange.Server is null ? RuleOutcome.Stop : RuleOutcome.Continue;
    }

    private static RuleOutcome ForThisServer(AnchorDhcpExchange exchange) =>
        exchange.Request.Options.First<DhcpServerIdentifierOption>()?.Address is { } server
        && !server.Equals(exchange.Server)
        && !server.Equals(exchange.Anchor.Settings.Ipv4?.DhcpServerAddress)
            ? exchange.Drop("OtherServer", $"it is for the server {server}")
            : RuleOutcome.Continue;

    /// <summary>
    /// The relay agent names the address that the MAG has registered. A client that has its address already sends from it, through the
    /// tunnel.
    /// </summary>
    private static RuleOutcome AddressOfSession(AnchorDhcpExchange exchange)
    {
        var own = exchange.Request.ClientAddress;
        var named =
            exchange.IsRelayed ? exchange.Agent?.First<RemoteIdSubOption>()?.Address
            : own.Equals(exchange.Datagram.Path.Source) ? own
            : null;
        exchange.Address = named is not null && exchange.Anchor.Bindings.FindByIpv4(named) is BindingCacheEntry.Registered ? named : null;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome OtherAddressRefused(AnchorDhcpExchange exchange)
    {
        if (
            exchange.Request.Type == DhcpMessageType.Request
            && !(exchange is { RequestedAddress: { } asked, Address: { } assigned } && asked.Equals(assigned))
        )
        {
            exchange.AnswerType = DhcpMessageType.Nak;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Offered(AnchorDhcpExchange exchange)
    {
        if (exchange is { Request.Type: DhcpMessageType.Discover, Address: { } address })
        {
            exchange.AnswerType = DhcpMessageType.Offer;
            exchange.YourAddress = address;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Acknowledged(AnchorDhcpExchange exchange)
    {
        if (exchange is { Request.Type: DhcpMessageType.Request, AnswerType: null, Address: { } address })
        {
            exchange.AnswerType = DhcpMessageType.Ack;
            exchange.YourAddress = address;
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The client has an address already: it gets the other parameters, and no lease.</summary>
    private static RuleOutcome Informed(AnchorDhcpExchange exchange)
    {
        if (exchange is { Request.Type: DhcpMessageType.Inform, Address: not null })
        {
            exchange.AnswerType = DhcpMessageType.Ack;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome NothingToAnswer(AnchorDhcpExchange exchange) =>
        exchange.AnswerType is null ? exchange.Drop("NoSession", "no session has its address") : RuleOutcome.Continue;

    private static RuleOutcome NextServer(AnchorDhcpExchange exchange)
    {
        if (HasParameters(exchange) && exchange.Anchor.Settings.Ipv4?.DhcpServerAddress is { } own)
        {
            exchange.ServerAddress = own;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ServerIdentifier(AnchorDhcpExchange exchange)
    {
        if (exchange.Server is { } server)
        {
            exchange.AnswerOptions.Add(new DhcpServerIdentifierOption(server));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LeaseTime(AnchorDhcpExchange exchange)
    {
        if (HasParameters(exchange) && exchange is { Request.Type: not DhcpMessageType.Inform, Anchor.Settings.Ipv4.LeaseTime: var time })
        {
            exchange.AnswerOptions.Add(new DhcpLeaseTimeOption((uint)time.TotalSeconds));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SubnetMask(AnchorDhcpExchange exchange)
    {
        if (HasParameters(exchange) && exchange.Anchor.Settings.Ipv4 is { HomeNetwork.Length: var length })
        {
            exchange.AnswerOptions.Add(new DhcpSubnetMaskOption(length));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Router(AnchorDhcpExchange exchange)
    {
        if (HasParameters(exchange) && exchange.Anchor.Settings.Ipv4 is { DefaultRouter: var router })
        {
            exchange.AnswerOptions.Add(new DhcpRouterOption(router));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome InterfaceMtu(AnchorDhcpExchange exchange)
    {
        if (HasParameters(exchange) && exchange.Anchor.Settings.Ipv4 is { TunnelMtu: var mtu })
        {
            exchange.AnswerOptions.Add(new DhcpInterfaceMtuOption((ushort)(mtu + RoomLeft(exchange))));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>RFC 5844, Section 3.4.3: how much smaller than a header of IPv6 those of the session's tunnel are.</summary>
    private static int RoomLeft(AnchorDhcpExchange exchange) =>
        exchange.Address is { } address && exchange.Anchor.Bindings.FindByIpv4(address) is { Binding.Ipv4Tunnel.Mode: var mode }
            ? Ipv6Packet.HeaderLength - TunnelHeader.Of(mode).Overhead(new TunnelContent(IsIpv6: false))
            : 0;

    private static RuleOutcome AgentInformationReturned(AnchorDhcpExchange exchange)
    {
        if (exchange.Request.Options.First<DhcpRelayAgentInformationOption>() is { } information)
        {
            exchange.AnswerOptions.Add(information);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Through the relay agent, which a refusal makes broadcast, or else to the client itself.</summary>
    private static RuleOutcome Sent(AnchorDhcpExchange exchange)
    {
        var request = exchange.Request;
        if (exchange is not { AnswerType: { } type, Anchor: { Settings.Ipv4.DhcpServerAddress: { } own } anchor })
        {
            return RuleOutcome.Continue;
        }

        var (to, port) = exchange.IsRelayed ? (request.RelayAddress, UdpPort.DhcpServer) : (request.ClientAddress, UdpPort.DhcpClient);
        var answer = DhcpReply.To(request, type, exchange.AnswerOptions) with
        {
            YourAddress = exchange.YourAddress,
            ServerAddress = exchange.ServerAddress,
        };
        answer = type == DhcpMessageType.Nak && exchange.IsRelayed ? answer with { Broadcast = true } : answer;
        if (DhcpDatagram.TryWrite(answer, anchor.Actions, out var bytes))
        {
            anchor.Actions.Add(new RoleAction.SendUdp(new UdpPath(own, UdpPort.DhcpServer, to, port), Link: null, bytes));
        }
        return RuleOutcome.Continue;
    }

    private static bool HasParameters(AnchorDhcpExchange exchange) => exchange.AnswerType is DhcpMessageType.Offer or DhcpMessageType.Ack;
}
