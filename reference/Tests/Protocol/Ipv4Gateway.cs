using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>A mobile access gateway with IPv4 support; mobile nodes are of both IP versions unless a profile says otherwise.</summary>
internal sealed class Ipv4Gateway
{
    public static readonly IPAddress Home = IPAddress.Parse("198.18.0.4");
    public static readonly IPAddress OtherHome = IPAddress.Parse("198.18.0.5");
    public static readonly IPAddress Router = IPAddress.Parse("198.18.0.1");
    public static readonly IPAddress DhcpServer = IPAddress.Parse("198.51.100.67");
    public static readonly IpPrefix HomeNetwork = IpPrefix.Parse("198.18.0.0/16");
    public static readonly MobileNodeProfile Dual = new() { IdentifierPattern = "*", IpVersions = IpVersions.Both };
    public static readonly MobileNodeProfile Ipv4Only = Dual with { IpVersions = IpVersions.Ipv4 };
    public static readonly MobileNodeProfile Ipv6Only = Dual with { IpVersions = IpVersions.Ipv6 };

    private const uint Transaction = 0x5844;

    public Ipv4Gateway(
        MobileNodeProfile? profile = null,
        Func<Ipv4GatewaySettings, Ipv4GatewaySettings>? change = null,
        Func<MobileAccessGatewaySettings, MobileAccessGatewaySettings>? settings = null
    )
    {
        var ipv4 = new Ipv4GatewaySettings { DhcpServers = [DhcpServer] };
        var all = GatewayFixture.Settings with { Ipv4 = change?.Invoke(ipv4) ?? ipv4, Profiles = [profile ?? Dual] };
        Gateway = new GatewayFixture(settings?.Invoke(all) ?? all);
    }

    public GatewayFixture Gateway { get; }

    public BindingUpdate LastRequest => Gateway.LastRequest!;

    /// <summary>The mobile node sends a DHCP message, by broadcast unless it renews a lease.</summary>
    public IReadOnlyList<RoleAction> Send(
        DhcpMessageType type,
        IPAddress? client = null,
        IPAddress? server = null,
        IReadOnlyList<DhcpOption>? options = null,
        Func<DhcpMessage, DhcpMessage>? edit = null,
        LinkId? link = null
    )
    {
        var message = new DhcpMessage(
            DhcpOperation.BootRequest,
            Transaction,
            new DhcpOptionList([new DhcpMessageTypeOption(type), .. options ?? []])
        )
        {
            HardwareAddress = new OctetString(GatewayFixture.Mac1.ToArray()),
            ClientAddress = client ?? IPAddress.Any,
        };
        var path = new UdpPath(client ?? IPAddress.Any, UdpPort.DhcpClient, server ?? IPAddress.Broadcast, UdpPort.DhcpServer);
        return Gateway.Handle(
            new RoleInput.Udp(path, link ?? GatewayFixture.Link1, GatewayFixture.Mac1, (edit?.Invoke(message) ?? message).ToBytes())
        );
    }

    public IReadOnlyList<RoleAction> Discover() => Send(DhcpMessageType.Discover);

    public IReadOnlyList<RoleAction> Select(IPAddress? address = null, IPAddress? server = null) =>
        Send(
            DhcpMessageType.Request,
            options: [new DhcpRequestedAddressOption(address ?? Home), new DhcpServerIdentifierOption(server ?? Router)]
        );

    public IReadOnlyList<RoleAction> Reboot(IPAddress? address = null) =>
        Send(DhcpMessageType.Request, options: [new DhcpRequestedAddressOption(address ?? Home)]);

    public IReadOnlyList<RoleAction> Renew(IPAddress? server = null) => Send(DhcpMessageType.Request, Home, server ?? Router);

    /// <summary>A server answers the relay agent.</summary>
    public IReadOnlyList<RoleAction> FromServer(DhcpMessageType type, Func<DhcpMessage, DhcpMessage> edit, IPAddress? source = null)
    {
        var message = new DhcpMessage(DhcpOperation.BootReply, Transaction, [new DhcpMessageTypeOption(type)])
        {
            HardwareAddress = new OctetString(GatewayFixture.Mac1.ToArray()),
            RelayAddress = Router,
        };
        var path = new UdpPath(source ?? DhcpServer, UdpPort.DhcpServer, Router, UdpPort.DhcpServer);
        return Gateway.Handle(new RoleInput.Udp(path, RoleDriver.Core, null, edit(message).ToBytes()));
    }

    /// <summary>The LMA accepts the last registration, with the address that was asked for or else <see cref="Home"/>.</summary>
    /// <param name="ipv4">What it says of IPv4; null for an acceptance that makes the MAG a DHCP server.</param>
    public IReadOnlyList<RoleAction> Accept(
        IReadOnlyList<MobilityOption>? ipv4 = null,
        BindingStatus status = BindingStatus.ACCEPTED,
        bool actsAsServer = true
    )
    {
        var asked = LastRequest.Options.First<Ipv4HomeAddressRequestOption>()?.HomeAddress ?? IPAddress.Any;
        return Gateway.Answer(
            status,
            acknowledgement =>
                acknowledgement with
                {
                    Options = new MobilityOptionList([
                        .. acknowledgement.Options.Where(option => option is not (Ipv4HomeAddressRequestOption or Ipv4HomeAddressOption)),
                        .. ipv4 ?? Assigned(asked.Equals(IPAddress.Any) ? Home : asked, actsAsServer),
                    ]),
                }
        );
    }

    public IReadOnlyList<RoleAction> Reject(BindingStatus status) => Accept([], status);

    public static IReadOnlyList<MobilityOption> Assigned(IPAddress address, bool actsAsServer = true, IPAddress? router = null) =>
        [
            new Ipv4HomeAddressReplyOption(Ipv4HomeAddressReplyStatus.Success, HomeNetwork.Length, address),
            new Ipv4DefaultRouterAddressOption(router ?? Router),
            new Ipv4DhcpSupportModeOption(actsAsServer),
        ];

    /// <summary>Attaches the mobile node to the first link and registers it.</summary>
    public IReadOnlyList<RoleAction> Register(bool actsAsServer = true)
    {
        Gateway.Solicit().Messages<BindingUpdate>().Should().ContainSingle();
        return Accept(actsAsServer: actsAsServer);
    }

    public static Route Downstream(IPAddress address) => new(IpPrefix.Of(address), new RouteTarget.OnLink(GatewayFixture.Link1));

    public static Route Upstream(IPAddress address) =>
        new(IpPrefix.AllIpv4, new RouteTarget.IntoTunnel(GatewayFixture.TunnelToAnchor)) { From = IpPrefix.Of(address) };
}

/// <summary>Filters for DHCP messages in lists of actions.</summary>
internal static class DhcpActions
{
    public static IReadOnlyList<(RoleAction.SendUdp Action, DhcpMessage Message)> Dhcp(this IEnumerable<RoleAction> actions) =>
        [.. actions.OfType<RoleAction.SendUdp>().Select(action => (action, Parse(action)))];

    public static (RoleAction.SendUdp Action, DhcpMessage Message) OnlyDhcp(this IEnumerable<RoleAction> actions, DhcpMessageType type)
    {
        var only = actions.Dhcp().Should().ContainSingle().Which;
        only.Message.Type.Should().Be(type);
        return only;
    }

    private static DhcpMessage Parse(RoleAction.SendUdp action)
    {
        DhcpMessage.TryParse(action.Payload.Span, out var message, out var error).Should().BeTrue(error?.Detail);
        return message!;
    }
}
