using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>
/// Near host - near - entry = core = exit - far - far host. Every link has addresses of both families, and packets of both go through one
/// tunnel.
/// </summary>
internal sealed class TunnelledNetwork
{
    public const uint LinkMtu = 1500;

    private const ushort Port = UdpPort.ProxyMobileIpv6Data;

    private static readonly LinkId _near = new("near");
    private static readonly LinkId _far = new("far");
    private static readonly TunnelPorts _ports = new(Port, Port);

    public static readonly MacAddress EntryNearMac = Mac(0x11);
    public static readonly MacAddress EntryCoreMac = Mac(0x12);
    public static readonly MacAddress ExitCoreMac = Mac(0x13);
    private static readonly MacAddress _exitFarMac = Mac(0x14);
    private static readonly MacAddress _nearMac = Mac(0x15);
    private static readonly MacAddress _farMac = Mac(0x16);

    private readonly TunnelMode _mode;

    public TunnelledNetwork(TunnelMode mode, uint coreMtu = LinkMtu, ForwardingRules? rules = null)
    {
        _mode = mode;
        Tunnel = new Tunnel(EntryAddress, ExitAddress, mode, mode.IsInUdp() ? _ports : null);
        var reverse = new Tunnel(ExitAddress, EntryAddress, mode, Tunnel.Ports);
        Entry = Network.Add(
            Router(
                "entry",
                _near,
                EntryNearMac,
                "2001:db8:200::1",
                "192.0.2.1",
                Core,
                EntryCoreMac,
                coreMtu,
                "2001:db8:100::1",
                "198.51.100.1"
            ) with
            {
                Forwarding = rules ?? ForwardingRules.Default,
            },
            Role(Tunnel, "2001:db8:8000::/64", "203.0.113.0/24")
        );
        Exit = Network.Add(
            Router(
                "exit",
                _far,
                _exitFarMac,
                "2001:db8:8000::1",
                "203.0.113.1",
                Core,
                ExitCoreMac,
                coreMtu,
                "2001:db8:100::a1",
                "198.51.100.161"
            ) with
            {
                VerifyReversePathOfTunnels = true,
                Forwarding = rules ?? ForwardingRules.Default,
            },
            Role(reverse, "2001:db8:200::/64", "192.0.2.0/24")
        );
        Near = Network.Add(Host("near", _near, _nearMac, "2001:db8:200::c1", "192.0.2.10", "2001:db8:200::1", "192.0.2.1"));
        Far = Network.Add(Host("far", _far, _farMac, "2001:db8:8000::1234", "203.0.113.7", "2001:db8:8000::1", "203.0.113.1"));
    }

    /// <summary>Every mode, each with packets of both families.</summary>
    public static TheoryData<TunnelMode, int> Modes
    {
        get
        {
            var modes = new TheoryData<TunnelMode, int>();
            foreach (var mode in PlainTunnels.Modes)
            {
                modes.Add(mode, 4);
                modes.Add(mode, 6);
            }
            return modes;
        }
    }

    public VirtualNetwork Network { get; } = new();

    public IpNode Near { get; }

    public IpNode Entry { get; }

    public IpNode Exit { get; }

    public IpNode Far { get; }

    /// <summary>Each link of each node.</summary>
    public IEnumerable<(IpNode Node, LinkId Link)> Links =>
        [(Near, _near), (Entry, _near), (Entry, Core), (Exit, Core), (Exit, _far), (Far, _far)];

    /// <summary>The end of the tunnel at the entry.</summary>
    public Tunnel Tunnel { get; }

    public IPAddress EntryAddress => IPAddress.Parse(_mode == TunnelMode.Ipv6 ? "2001:db8:100::1" : "198.51.100.1");

    public IPAddress ExitAddress => IPAddress.Parse(_mode == TunnelMode.Ipv6 ? "2001:db8:100::a1" : "198.51.100.161");

    /// <summary>The address of the entry on the near link.</summary>
    public static IPAddress EntryNearAddress(int version) => IPAddress.Parse(version == 6 ? "2001:db8:200::1" : "192.0.2.1");

    /// <summary>A router in the core, which is on the path of the tunnel.</summary>
    public IPAddress CoreRouter => IPAddress.Parse(_mode == TunnelMode.Ipv6 ? "2001:db8:100::ff" : "198.51.100.254");

    /// <summary>The octets that the mode puts in front of a packet: RFC 2473, RFC 4213, RFC 5844.</summary>
    public int Overhead =>
        _mode switch
        {
            TunnelMode.Ipv6 => 40,
            TunnelMode.Ipv4 => 20,
            TunnelMode.Ipv4Udp => 28,
            _ => 32,
        };

    public static IPAddress NearAddress(int version) => IPAddress.Parse(version == 6 ? "2001:db8:200::c1" : "192.0.2.10");

    public static IPAddress FarAddress(int version) => IPAddress.Parse(version == 6 ? "2001:db8:8000::1234" : "203.0.113.7");

    /// <summary>
    /// A packet from the near to the far host that nobody answers: an Echo Reply of <paramref name="length"/> octets in all.
    /// </summary>
    public static IpPacket Packet(int version, int length = 100, IPAddress? destination = null)
    {
        var (from, to) = (NearAddress(version), destination ?? FarAddress(version));
        return version == 6
            ? new Ipv6Packet(from, to, IpProtocol.Icmpv6, new EchoReply(1, 1, Data(length - 48)).ToBytes(from, to))
            : new Ipv4Packet(from, to, Ipv4Protocol.Icmp, new Icmpv4EchoReply(1, 1, Data(length - 28)).ToBytes()) { DontFragment = true };
    }

    /// <summary>A packet as it is in the tunnel.</summary>
    public IpPacket Outer(IpPacket inner, IPAddress? source = null)
    {
        var from = source ?? EntryAddress;
        Encapsulation encapsulation = _mode switch
        {
            TunnelMode.Ipv6 => new Ipv6Encapsulation(from, ExitAddress),
            TunnelMode.Ipv4 => new Ipv4Encapsulation(from, ExitAddress),
            _ => new Ipv4UdpEncapsulation(from, ExitAddress, Port, Port) { HasTlvHeader = _mode == TunnelMode.Ipv4UdpTlv },
        };
        return encapsulation.Around(inner.ToBytes());
    }

    /// <summary>The packet in an outer packet, and the rest of what its encapsulation says.</summary>
    public static (IpPacket Inner, EncapsulatedPacket Encapsulated) Unwrap(IpPacket outer)
    {
        Encapsulation.TryUnwrap(outer.ToBytes(), MobilityPorts.Default, out var encapsulated, out var error).Should().BeTrue(error?.Detail);
        encapsulated!.ChecksumError.Should().BeNull();
        IpPacket.TryParse(encapsulated.Inner, out var inner, out _).Should().BeTrue();
        return (inner!, encapsulated);
    }

    /// <summary>Sends a packet of the near host to the entry.</summary>
    public void Enter(IpPacket packet) => Network.Inject("near", EntryNearMac, packet);

    /// <summary>Sends a packet on the core to the exit.</summary>
    public void Arrive(IpPacket outer) => Network.Inject("core", ExitCoreMac, outer);

    /// <summary>What the entry has put on the core.</summary>
    public IReadOnlyList<IpPacket> InTunnel() =>
        [.. Network.Ip("core").Where(p => p.Source.Equals(EntryAddress) && p.Destination.Equals(ExitAddress))];

    /// <summary>The packets of the near host that have come out at the far link.</summary>
    public IReadOnlyList<IpPacket> CameOut() =>
        [.. Network.Ip("far").Where(p => NearAddress(4).Equals(p.Source) || NearAddress(6).Equals(p.Source))];

    /// <summary>The ICMP errors that the near host gets.</summary>
    public IReadOnlyList<SeenError> Errors() =>
        [.. Network.On("near").Select(s => SeenError.Of((object?)s.Icmpv4 ?? s.Icmp)).OfType<SeenError>()];

    /// <summary>An ICMP error of either family; <paramref name="Mtu"/> also for a pointer.</summary>
    public sealed record SeenError(int Type, int Code, uint? Mtu, OctetString Invoking)
    {
        public static SeenError? Of(object? message) =>
            message switch
            {
                PacketTooBig error => new(2, 0, error.Mtu, error.Invoking),
                DestinationUnreachable error => new(1, error.Code, null, error.Invoking),
                TimeExceeded error => new(3, error.Code, null, error.Invoking),
                ParameterProblem error => new(4, error.Code, error.Pointer, error.Invoking),
                Icmpv4FragmentationNeeded error => new(3, error.Code, error.NextHopMtu, error.Invoking),
                Icmpv4DestinationUnreachable error => new(3, error.Code, null, error.Invoking),
                Icmpv4TimeExceeded error => new(11, error.Code, null, error.Invoking),
                _ => null,
            };
    }

    private static OctetString Data(int length) => new(Ipv4Example.Data(length));

    private static ScriptedRole Role(Tunnel tunnel, params string[] prefixes) =>
        new ScriptedRole().Ask([
            new RoleAction.AddTunnel(tunnel),
            .. prefixes.Select(to => new RoleAction.AddRoute(new Route(IpPrefix.Parse(to), new RouteTarget.IntoTunnel(tunnel)))),
        ]);

    private static IpNodeSettings Router(
        string name,
        LinkId side,
        MacAddress sideMac,
        string sideV6,
        string sideV4,
        LinkId core,
        MacAddress coreMac,
        uint coreMtu,
        string coreV6,
        string coreV4
    ) =>
        new()
        {
            Name = name,
            IsRouter = true,
            Interfaces =
            [
                new InterfaceSettings(core, coreMac) { Addresses = Both(coreV6, coreV4), Mtu = coreMtu },
                new InterfaceSettings(side, sideMac) { Addresses = Both(sideV6, sideV4), Mtu = 9000 },
            ],
        };

    private static IpNodeSettings Host(string name, LinkId link, MacAddress mac, string v6, string v4, string routerV6, string routerV4) =>
        new()
        {
            Name = name,
            Interfaces = [new InterfaceSettings(link, mac) { Addresses = Both(v6, v4), Mtu = 9000 }],
            Routes =
            [
                new StaticRoute(IpPrefix.AllIpv6, link, IPAddress.Parse(routerV6)),
                new StaticRoute(IpPrefix.AllIpv4, link, IPAddress.Parse(routerV4)),
            ],
        };

    private static IReadOnlyList<ConfiguredAddress> Both(string v6, string v4) =>
        [new ConfiguredAddress(IPAddress.Parse(v6)), new ConfiguredAddress(IPAddress.Parse(v4), 24)];
}
