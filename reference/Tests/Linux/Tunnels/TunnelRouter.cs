using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Linux.Tunnels;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Linux.Tunnels;

/// <summary>
/// A router with a tunnel, and a tester on both sides: on a host's link, and on the core with the other end of the tunnel.
/// <c>host -- access0 [router] core0 == remote -- correspondent</c>
/// </summary>
internal sealed class TunnelRouter : IDisposable
{
    internal const int PathMtu = 1500,
        TunnelMtu = 1460;

    internal static readonly IPAddress Local = IPAddress.Parse("2001:db8:100::1");
    internal static readonly IPAddress OtherLocal = IPAddress.Parse("2001:db8:100::2");
    internal static readonly IPAddress Remote = IPAddress.Parse("2001:db8:100::a1");
    internal static readonly IPAddress Stranger = IPAddress.Parse("2001:db8:100::bad");
    internal static readonly IPAddress Host = IPAddress.Parse("2001:db8:8000::2");
    internal static readonly IPAddress Correspondent = IPAddress.Parse("2001:db8:200::c");

    private static readonly IPAddress _accessAddress = IPAddress.Parse("2001:db8:8000::1");
    private static readonly IPNetwork _beyond = IPNetwork.Parse("2001:db8:200::/64");
    private static readonly MacAddress _routerMac = MacAddress.Parse("02:5e:00:00:00:01");
    private static readonly MacAddress _testerMac = MacAddress.Parse("02:5e:00:00:00:02");

    private readonly NetworkNamespace _tester = NetworkNamespace.CreateAnonymous();
    private readonly List<QuietInterface> _quiet = [];

    private TunnelRouter(Func<ITunnelDevices> open)
    {
        Netlink = Namespace.Run(RouteNetlink.Open);
        AccessIndex = Connect("access0");
        CoreIndex = Connect("core0");
        Access = _tester.Run(() => PacketPort.Open("access0"));
        Core = _tester.Run(() => PacketPort.Open("core0"));
        Namespace.Run(() => Sysctl.Write("net/ipv6/conf/all/forwarding", "1"));
        Assign(AccessIndex, _accessAddress, Host);
        Assign(CoreIndex, Local, Remote);
        Assign(CoreIndex, OtherLocal, Stranger);
        Tunnels = Namespace.Run(open);
        TunnelIndex = Tunnels.Add(new Tunnel(Local, Remote), PathMtu);
        Netlink.Routes.Add(new KernelRoute(_beyond) { LinkIndex = TunnelIndex });
    }

    internal NetworkNamespace Namespace { get; } = NetworkNamespace.CreateAnonymous();

    internal RouteNetlink Netlink { get; }

    internal ITunnelDevices Tunnels { get; }

    internal int TunnelIndex { get; }

    internal int AccessIndex { get; }

    internal int CoreIndex { get; }

    internal PacketPort Access { get; }

    internal PacketPort Core { get; }

    internal static TunnelRouter Create(TunnelDeviceKind kind = TunnelDeviceKind.Tun) => Create(() => TunnelDevices.Open(kind));

    internal static TunnelRouter Create(Func<ITunnelDevices> open)
    {
        Privilege.Require();
        return new TunnelRouter(open);
    }

    /// <summary>Sends a packet to the router.</summary>
    internal static void Send(PacketPort by, byte[] packet) =>
        by.Send(new EthernetFrame(_routerMac, _testerMac, EthernetFrame.Ipv6EtherType, packet).ToBytes());

    internal static void Send(PacketPort by, Ipv6Packet packet) => Send(by, packet.ToBytes());

    /// <summary>The next packet from the router that is not exchanged between neighbors.</summary>
    internal static Ipv6Packet Next(PacketPort port) =>
        Patience.Next<Ipv6Packet>(port, (out Ipv6Packet? packet) => TryTake(port, out packet));

    /// <summary>A packet from a correspondent to the host, in the tunnel.</summary>
    internal static Ipv6Packet InTunnel(Ipv6Packet inner, IPAddress? from = null, IPAddress? to = null) =>
        new(from ?? Remote, to ?? Local, IpProtocol.Ipv6, inner.ToBytes());

    internal static Ipv6Packet ToHost(string text) => Echo(Correspondent, Host, text);

    internal static Ipv6Packet FromHost(string text) => Echo(Host, Correspondent, text);

    internal static Ipv6Packet Echo(IPAddress from, IPAddress to, string text) =>
        new(from, to, IpProtocol.Icmpv6, new EchoRequest(1, 2, OctetString.FromText(text)).ToBytes(from, to)) { HopLimit = 33 };

    internal static Ipv6Packet Forwarded(Ipv6Packet packet) => packet with { HopLimit = (byte)(packet.HopLimit - 1) };

    public void Dispose()
    {
        Tunnels.Dispose();
        Access.Dispose();
        Core.Dispose();
        Netlink.Dispose();
        foreach (var quiet in _quiet)
        {
            quiet.Dispose();
        }
        Namespace.Dispose();
        _tester.Dispose();
    }

    private static bool TryTake(PacketPort port, out Ipv6Packet? packet)
    {
        while (port.TryReceive(out var captured))
        {
            if (
                EthernetFrame.TryParse(captured.Bytes, out var frame, out _)
                && Ipv6Packet.TryParse(frame.Payload, out packet, out _)
                && !packet.Source.IsIPv6LinkLocal
                && !packet.Destination.IsIPv6Multicast
            )
            {
                return true;
            }
        }

        packet = null;
        return false;
    }

    /// <summary>Creates a link between router and tester. At the tester's end, only the tester sends.</summary>
    private int Connect(string name)
    {
        Netlink.Links.AddVethPair(
            new VethEnd(name) { Address = _routerMac },
            new VethEnd(name) { Namespace = _tester, Address = _testerMac }
        );
        _quiet.Add(_tester.Run(() => QuietInterface.Take(name)));
        Namespace.Run(() => InterfaceOffloads.Set(name, InterfaceOffloads.Read(name), on: false));
        var index = Netlink.Links.Get(name).Index;
        Netlink.Links.SetUp(index);
        using var there = _tester.Run(RouteNetlink.Open);
        there.Links.SetUp(there.Links.Get(name).Index);
        Netlink.Links.WaitUntilRunning(index, Patience.End).Should().BeTrue();
        return index;
    }

    private void Assign(int index, IPAddress own, IPAddress neighbor)
    {
        Netlink.Addresses.Add(index, own, 64, KernelAddressFlags.NoDuplicateDetection);
        Netlink.Neighbors.Set(index, neighbor, _testerMac);
    }
}
