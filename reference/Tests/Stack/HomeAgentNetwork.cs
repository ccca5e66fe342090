using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.Security;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>
/// A home agent between its home link and the core, where the care-of addresses of a mobile node and a correspondent are.
/// </summary>
internal sealed class HomeAgentNetwork
{
    public static readonly IPAddress Own = IPAddress.Parse("2001:db8:200::1");
    public static readonly IPAddress HomeAddress = IPAddress.Parse("2001:db8:200::5e00:1");
    public static readonly IPAddress LinkLocal = IPAddress.Parse("fe80::5e00:1");
    public static readonly IPAddress CareOf1 = IPAddress.Parse("2001:db8:100::5e1:1");
    public static readonly IPAddress CareOf2 = IPAddress.Parse("2001:db8:100::5e2:1");
    public static readonly IPAddress Peer = IPAddress.Parse("2001:db8:100::c1");
    public static readonly Tunnel Tunnel1 = new(Own, CareOf1);
    public static readonly Tunnel Tunnel2 = new(Own, CareOf2);
    public static readonly MacAddress HomeMac = Mac(0x22);
    public static readonly MacAddress CoreMac = Mac(0x21);

    /// <param name="security">The security associations of the home agent; null for none.</param>
    public HomeAgentNetwork(SecuritySettings? security = null)
    {
        var settings = new IpNodeSettings
        {
            Name = "HA",
            IsRouter = true,
            VerifyReversePathOfTunnels = true,
            ProcessesHomeAddressOption = true,
            Security = security ?? new SecuritySettings(),
            Interfaces =
            [
                new InterfaceSettings(Home, HomeMac) { Addresses = [new ConfiguredAddress(Own)] },
                new InterfaceSettings(Core, CoreMac) { Addresses = [new ConfiguredAddress(IPAddress.Parse("2001:db8:100::1"))] },
            ],
        };
        Node = Network.Add(settings, Role);
        Ask(
            new RoleAction.AddNeighbor(Core, Peer, Mac(0xc1)),
            new RoleAction.AddNeighbor(Core, CareOf1, Mac(0x31)),
            new RoleAction.AddNeighbor(Core, CareOf2, Mac(0x32)),
            new RoleAction.AddNeighbor(Home, HomeAddress, Mac(0x33)),
            new RoleAction.AddTunnel(Tunnel1),
            new RoleAction.AddTunnel(Tunnel2)
        );
    }

    public VirtualNetwork Network { get; } = new();

    public ScriptedRole Role { get; } = new();

    public IpNode Node { get; }

    public void Ask(params RoleAction[] actions)
    {
        Role.Ask(actions);
        Node.HandleTimeout(Network.Now);
        Network.Settle();
    }

    public static Route RouteTo(IpPrefix prefix, params Tunnel[] tunnels) => new(prefix, new RouteTarget.OneOf(tunnels));

    public static Route RouteInto(params Tunnel[] tunnels) => RouteTo(IpPrefix.Of(HomeAddress), tunnels);

    public void Bind(params Tunnel[] tunnels) => Ask(new RoleAction.AddRoute(RouteInto(tunnels)));

    /// <summary>Sends a packet from the correspondent; where it goes: the destinations of what the node sends.</summary>
    public IReadOnlyList<IPAddress> Receive(Ipv6Packet packet)
    {
        Network.Forget();
        Network.Inject("core", CoreMac, packet);
        return [.. Network.Ip("core").Concat(Network.Ip("home")).Select(sent => sent.Destination)];
    }

    /// <summary>Sends a packet of the mobile node through a tunnel.</summary>
    public IReadOnlyList<IPAddress> ReceiveThrough(Tunnel tunnel, Ipv6Packet inner) => Receive(Wrap(tunnel.Remote, tunnel.Local, inner));

    public static Ipv6Packet Datagram(IPAddress source, IPAddress destination, ushort from, ushort to) =>
        new(source, destination, Ipv4Protocol.Udp, new UdpDatagram(from, to, new byte[] { 1 }).ToBytes(source, destination));

    /// <summary>A packet of the correspondent of one of many flows.</summary>
    public static Ipv6Packet ToMobileNode(ushort flow, IPAddress? destination = null) =>
        Datagram(Peer, destination ?? HomeAddress, 5000, flow);

    public static Ipv6Packet FromMobileNode(ushort flow, IPAddress? source = null) => Datagram(source ?? HomeAddress, Peer, flow, 5000);
}
