using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Linux.Tunnels;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Linux.Tunnels;

/// <summary>
/// A router with a tunnel of one mode, and a tester that makes all frames on both sides of it, with packets of both families.
/// <c>host -- access0 [router] core0 == remote -- correspondent</c>
/// </summary>
internal sealed class ModeRouter : IDisposable
{
    internal const ushort LocalPort = 5437,
        RemotePort = 6437;

    internal static readonly IPAddress Host6 = IPAddress.Parse("2001:db8:8000::2");
    internal static readonly IPAddress Host4 = IPAddress.Parse("192.0.2.2");
    internal static readonly IPAddress Correspondent6 = IPAddress.Parse("2001:db8:200::c");
    internal static readonly IPAddress Correspondent4 = IPAddress.Parse("203.0.113.12");
    internal static readonly IPAddress Stranger6 = IPAddress.Parse("2001:db8:100::bad");
    internal static readonly IPAddress Stranger4 = IPAddress.Parse("198.51.100.99");

    private const byte Udp = 17;

    private static readonly (IPAddress Own, IPAddress Other) _core6 = (
        IPAddress.Parse("2001:db8:100::1"),
        IPAddress.Parse("2001:db8:100::a1")
    );
    private static readonly (IPAddress Own, IPAddress Other) _core4 = (IPAddress.Parse("198.51.100.1"), IPAddress.Parse("198.51.100.2"));
    private static readonly MacAddress _routerMac = MacAddress.Parse("02:5e:00:00:00:01");
    private static readonly MacAddress _testerMac = MacAddress.Parse("02:5e:00:00:00:02");

    private readonly Stack<IDisposable> _owned = new();
    private readonly NetworkNamespace _router;
    private readonly NetworkNamespace _tester;
    private readonly RouteNetlink _netlink;
    private readonly int _coreIndex;

    private ModeRouter(TunnelMode mode, int pathMtu)
    {
        _router = Own(NetworkNamespace.CreateAnonymous());
        _tester = Own(NetworkNamespace.CreateAnonymous());
        _netlink = Own(_router.Run(RouteNetlink.Open));
        var access = Connect("access0");
        _coreIndex = Connect("core0");
        Access = Own(_tester.Run(() => PacketPort.Open("access0")));
        Core = Own(_tester.Run(() => PacketPort.Open("core0")));
        _router.Run(() =>
        {
            Sysctl.Write("net/ipv6/conf/all/forwarding", "1");
            Sysctl.Write("net/ipv4/conf/all/forwarding", "1");
        });
        Assign(access, IPAddress.Parse("2001:db8:8000::1"), 64, Host6);
        Assign(access, IPAddress.Parse("192.0.2.1"), 24, Host4);
        Assign(_coreIndex, _core6.Own, 64, _core6.Other);
        Assign(_coreIndex, _core4.Own, 24, _core4.Other);

        var (local, remote) = mode is TunnelMode.Ipv6 or TunnelMode.EspTunnel ? _core6 : _core4;
        Tunnel = new Tunnel(local, remote, mode, mode.IsInUdp() ? new TunnelPorts(LocalPort, RemotePort) : null);
        Tunnels = (TunTunnels)Own(_router.Run(() => TunnelDevices.Open(TunnelDeviceKind.Tun, new TestProtection(Tunnel))));
        var index = Tunnels.Add(Tunnel, pathMtu);
        _netlink.Routes.Add(new KernelRoute(IPNetwork.Parse("2001:db8:200::/64")) { LinkIndex = index });
        _netlink.Routes.Add(new KernelRoute(IPNetwork.Parse("203.0.113.0/24")) { LinkIndex = index, Mtu = TunnelMtu.OfIpv4Route });
    }

    internal Tunnel Tunnel { get; }

    internal TunTunnels Tunnels { get; }

    internal PacketPort Access { get; }

    internal PacketPort Core { get; }

    internal static ModeRouter Create(TunnelMode mode, int pathMtu = 1500)
    {
        Privilege.Require();
        return new ModeRouter(mode, pathMtu);
    }

    /// <summary>A datagram of a version from the host to the correspondent.</summary>
    internal static IpPacket FromHost(int version, int length = 100) =>
        version == 6 ? Datagram(Host6, Correspondent6, length) : Datagram(Host4, Correspondent4, length);

    /// <summary>A datagram of a version from the correspondent to the host.</summary>
    internal static IpPacket ToHost(int version, int length = 100) =>
        version == 6 ? Datagram(Correspondent6, Host6, length) : Datagram(Correspondent4, Host4, length);

    internal static IpPacket Datagram(IPAddress from, IPAddress to, int length)
    {
        var path = new UdpPath(from, 1000, to, 2000);
        var headers = path.Wrap(Array.Empty<byte>()).Length;
        return path.Wrap(new byte[length - headers]) switch
        {
            Ipv4Packet ipv4 => ipv4 with { HopLimit = 33, Identification = 7 },
            var ipv6 => ipv6 with { HopLimit = 33 },
        };
    }

    internal static IpPacket Forwarded(IpPacket packet) => packet with { HopLimit = (byte)(packet.HopLimit - 1) };

    /// <summary>The outer packet of a packet from the other end.</summary>
    internal IpPacket InTunnel(IpPacket inner, Ecn ecn = Ecn.NotEct) =>
        TunnelHeader.Of(Tunnel.Mode).Encapsulate(inner, new Tunnel(Tunnel.Remote, Tunnel.Local, Tunnel.Mode, Reversed), ecn, 1500);

    /// <summary>The outer packet with any content, behind the TLV header that this has in some modes.</summary>
    internal IpPacket Around(byte protocol, byte[] content, IPAddress? from = null, ushort port = RemotePort)
    {
        var source = from ?? Tunnel.Remote;
        return Tunnel.Mode switch
        {
            TunnelMode.Ipv6 => new Ipv6Packet(source, Tunnel.Local, protocol, content),
            TunnelMode.Ipv4 => new Ipv4Packet(source, Tunnel.Local, protocol, content),
            TunnelMode.Ipv4UdpTlv when content.Length > 0 => InUdp(TlvHeader.Before(content)),
            _ => InUdp(content),
        };

        IpPacket InUdp(byte[] payload) => new UdpPath(source, port, Tunnel.Local, LocalPort).Wrap(payload);
    }

    /// <summary>What is in an outer packet of the router.</summary>
    internal IpPacket Inner(IpPacket outer)
    {
        (outer.Source, outer.Destination).Should().Be((Tunnel.Local, Tunnel.Remote));
        var content = outer.Payload;
        if (Tunnel.Mode.IsInUdp())
        {
            outer.Protocol.Should().Be(Udp);
            UdpDatagram.HasValidChecksum(outer.Source, outer.Destination, content.Span).Should().BeTrue();
            UdpDatagram.TryParse(content, out var datagram, out _).Should().BeTrue();
            (datagram!.SourcePort, datagram.DestinationPort).Should().Be((LocalPort, RemotePort));
            content = datagram.Payload;
            TlvHeader.IsAt(content.Span).Should().Be(Tunnel.Mode == TunnelMode.Ipv4UdpTlv);
            if (TlvHeader.IsAt(content.Span))
            {
                TlvHeader.TryRead(content.Span, out _).Should().BeTrue();
                content = content[TlvHeader.Size..];
            }
        }
        IpPacket.TryParse(content, out var inner, out _).Should().BeTrue();
        if (!Tunnel.Mode.IsInUdp())
        {
            outer.Protocol.Should().Be(inner is Ipv6Packet ? IpProtocol.Ipv6 : Ipv4Protocol.Ipv4);
        }
        return inner!;
    }

    internal void SetCoreMtu(int mtu) => _netlink.Links.SetMtu(_coreIndex, mtu);

    internal static void Send(PacketPort by, IpPacket packet)
    {
        var type = packet is Ipv6Packet ? EthernetFrame.Ipv6EtherType : Ipv4Packet.EtherType;
        by.Send(new EthernetFrame(_routerMac, _testerMac, type, packet.ToBytes()).ToBytes());
    }

    /// <summary>The next packet from the router that is not exchanged between neighbors.</summary>
    internal static IpPacket Next(PacketPort port) => Patience.Next<IpPacket>(port, (out IpPacket? packet) => TryTake(port, out packet));

    public void Dispose()
    {
        while (_owned.TryPop(out var owned))
        {
            owned.Dispose();
        }
    }

    private TunnelPorts? Reversed => Tunnel.Ports is { } ports ? new TunnelPorts(ports.Remote, ports.Local) : null;

    private static bool TryTake(PacketPort port, out IpPacket? packet)
    {
        while (port.TryReceive(out var captured))
        {
            if (
                EthernetFrame.TryParse(captured.Bytes, out var frame, out _)
                && IpPacket.TryParse(frame.Payload, out packet, out _)
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

    private int Connect(string name)
    {
        _netlink.Links.AddVethPair(
            new VethEnd(name) { Address = _routerMac },
            new VethEnd(name) { Namespace = _tester, Address = _testerMac }
        );
        Own(_tester.Run(() => QuietInterface.Take(name)));
        _router.Run(() => InterfaceOffloads.Set(name, InterfaceOffloads.Read(name), on: false));
        var index = _netlink.Links.Get(name).Index;
        _netlink.Links.SetUp(index);
        using var there = _tester.Run(RouteNetlink.Open);
        there.Links.SetUp(there.Links.Get(name).Index);
        _netlink.Links.WaitUntilRunning(index, Patience.End).Should().BeTrue();
        return index;
    }

    private void Assign(int index, IPAddress own, byte length, IPAddress neighbor)
    {
        _netlink.Addresses.Add(index, own, length, KernelAddressFlags.NoDuplicateDetection);
        _netlink.Neighbors.Set(index, neighbor, _testerMac);
    }

    private T Own<T>(T made)
        where T : IDisposable
    {
        _owned.Push(made);
        return made;
    }
}
