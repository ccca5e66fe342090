using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Node;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Reference.Tests.Linux;
using Pmip.Reference.Tests.Stack;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>
/// A host behind a node of the reference, and another behind a program in another language, with a tunnel of one mode between them.
/// <c>host -- access [node] core -- core [tunnel_peer.py] far0</c>
/// </summary>
internal sealed class ModeBench : IDisposable
{
    internal const ushort NodePort = 5437,
        PeerPort = 6437,
        EchoPort = 7;

    internal static readonly LinkId Access = new("access");
    internal static readonly LinkId Core = new("core");

    internal static readonly IPAddress Host6 = IPAddress.Parse("2001:db8:8000::2");
    internal static readonly IPAddress Host4 = IPAddress.Parse("192.0.2.2");
    internal static readonly IPAddress Spoofed6 = IPAddress.Parse("2001:db8:8001::2");
    internal static readonly IPAddress Spoofed4 = IPAddress.Parse("192.0.2.99");
    internal static readonly IPAddress Far6 = IPAddress.Parse("2001:db8:200::c");
    internal static readonly IPAddress Far4 = IPAddress.Parse("203.0.113.12");
    internal static readonly IPAddress FarSpoofed6 = IPAddress.Parse("2001:db8:201::c");
    internal static readonly IPAddress FarSpoofed4 = IPAddress.Parse("203.0.113.99");

    private static readonly IPAddress _router6 = IPAddress.Parse("fe80::1");
    private static readonly IPAddress _router4 = IPAddress.Parse("192.0.2.1");
    private static readonly (IPAddress Node, IPAddress Peer) _core6 = (
        IPAddress.Parse("2001:db8:100::1"),
        IPAddress.Parse("2001:db8:100::a1")
    );
    private static readonly (IPAddress Node, IPAddress Peer) _core4 = (IPAddress.Parse("198.51.100.1"), IPAddress.Parse("198.51.100.2"));

    private readonly Stack<IDisposable> _owned = new();
    private readonly NetworkNamespace _node;
    private readonly RouteNetlink _peerNetlink;
    private readonly ScriptedRole _role = new();
    private readonly WakeUp _restart = new();
    private readonly List<string> _log = [];
    private readonly Process _peerProgram;
    private readonly RoleHost _roleHost;

    private ModeBench(TunnelMode mode, bool isGateway)
    {
        try
        {
            (Host, _node, Peer) = (
                Own(NetworkNamespace.CreateAnonymous()),
                Own(NetworkNamespace.CreateAnonymous()),
                Own(NetworkNamespace.CreateAnonymous())
            );
            var hostNetlink = Own(Host.Run(RouteNetlink.Open));
            NodeNetlink = Own(_node.Run(RouteNetlink.Open));
            _peerNetlink = Own(Peer.Run(RouteNetlink.Open));
            Connect(hostNetlink, Host, NodeNetlink, "access");
            Connect(_peerNetlink, Peer, NodeNetlink, "core");
            Assign(hostNetlink, "access", (Host6, 64), (Spoofed6, 128), (Host4, 24), (Spoofed4, 32));
            Assign(_peerNetlink, "core", (_core6.Peer, 64), (_core4.Peer, 24));

            var (local, remote) = mode == TunnelMode.Ipv6 ? _core6 : _core4;
            Tunnel = new Tunnel(local, remote, mode, mode.IsInUdp() ? new TunnelPorts(NodePort, PeerPort) : null);
            _peerProgram = StartPeer(mode);
            Assign(_peerNetlink, "far0", (Far6, 128), (FarSpoofed6, 128), (Far4, 32), (FarSpoofed4, 32));
            foreach (var everywhere in (IPAddress[])[IPAddress.IPv6Any, IPAddress.Any])
            {
                _peerNetlink.Routes.Add(new KernelRoute(new IPNetwork(everywhere, 0)) { LinkIndex = _peerNetlink.Links.Get("far0").Index });
            }

            _roleHost = _node.Run(() =>
                new RoleHost(Configuration(isGateway), _role, new NodeLog("node", TimeProvider.System, _log.Add), _restart)
            );
            Own(_restart);
            Own(_roleHost);
            _node.Run(_roleHost.Start);
            CarryOut(
                new RoleAction.AddAddress(Access, _router6, PerformDad: false),
                new RoleAction.AddAddress(Access, _router4, PerformDad: false),
                new RoleAction.AddTunnel(Tunnel)
            );
            CarryOut([.. Routes(isGateway).Select(route => new RoleAction.AddRoute(route))]);
            var hostIndex = hostNetlink.Links.Get("access").Index;
            hostNetlink.Routes.Add(
                new KernelRoute(new IPNetwork(IPAddress.IPv6Any, 0))
                {
                    Gateway = _router6,
                    LinkIndex = hostIndex,

                    // No router fragments packets of IPv6: the first longer one would be lost.
                    Mtu = Ipv6Packet.MinimumMtu,
                }
            );
            hostNetlink.Routes.Add(new KernelRoute(new IPNetwork(IPAddress.Any, 0)) { Gateway = _router4 });
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal NetworkNamespace Host { get; }

    internal NetworkNamespace Peer { get; }

    internal RouteNetlink NodeNetlink { get; }

    internal Tunnel Tunnel { get; }

    /// <summary>Starts the nodes; skips the test without root or Python.</summary>
    internal static ModeBench Create(TunnelMode mode, bool isGateway)
    {
        Privilege.Require();
        if (!File.Exists("/usr/bin/python3"))
        {
            Assert.Skip("needs /usr/bin/python3, for the other end of the tunnel");
        }
        return new ModeBench(mode, isGateway);
    }

    internal void CarryOut(params RoleAction[] actions) =>
        _node.Run(() =>
        {
            using var done = new WakeUp();
            done.Set();
            _role.Ask(actions);
            _roleHost.Run(done);
            _log.Should().NotContain(line => line.Contains("ActionFailed", StringComparison.Ordinal));
        });

    /// <summary>The next outer packet with one of this version in it that the other end has received, as that says.</summary>
    internal JsonElement NextOuter(int version)
    {
        while (true)
        {
            var outer = JsonDocument.Parse(ReadLine()).RootElement;
            if (outer.GetProperty("version").GetInt32() == version)
            {
                return outer;
            }
        }
    }

    /// <summary>A UDP socket of a namespace.</summary>
    internal static Socket OpenUdp(NetworkNamespace inside, IPAddress source)
    {
        var socket = inside.Run(() =>
        {
            var made = new Socket(source.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            made.Bind(new IPEndPoint(source, 0));
            return made;
        });
        socket.ReceiveTimeout = 20_000;
        return socket;
    }

    internal static IPAddress Far(IPAddress source) => source.AddressFamily == AddressFamily.InterNetwork ? Far4 : Far6;

    public void Dispose()
    {
        if (_peerProgram is not null)
        {
            _peerProgram.StandardInput.Close();
            _peerProgram.WaitForExit();
            _peerProgram.Dispose();
        }
        while (_owned.TryPop(out var owned))
        {
            owned.Dispose();
        }
    }

    private IEnumerable<Route> Routes(bool isGateway)
    {
        foreach (
            var (host, far, any) in ((IpPrefix, IpPrefix, IpPrefix)[])
                [
                    (new IpPrefix(Host6, 64), new IpPrefix(Far6, 64), IpPrefix.AllIpv6),
                    (IpPrefix.Of(Host4), IpPrefix.Of(Far4), IpPrefix.AllIpv4),
                ]
        )
        {
            yield return new Route(host, new RouteTarget.OnLink(Access));
            yield return isGateway
                ? new Route(any, new RouteTarget.IntoTunnel(Tunnel)) { From = host }
                : new Route(far, new RouteTarget.IntoTunnel(Tunnel));
        }
    }

    private static NodeConfiguration Configuration(bool isGateway) =>
        NodeBench.AnchorConfiguration with
        {
            Interfaces =
            [
                new InterfaceConfiguration
                {
                    Link = Access.Name,
                    Interface = "access",
                    IsAccessLink = isGateway,
                },
                new InterfaceConfiguration
                {
                    Link = Core.Name,
                    Interface = "core",
                    Addresses = [ConfiguredAddress.Parse($"{_core6.Node}/64"), ConfiguredAddress.Parse($"{_core4.Node}/24")],
                },
            ],
            Routes = [],
            DataPath = "tun",
        };

    private static void Connect(RouteNetlink one, NetworkNamespace oneSide, RouteNetlink other, string name)
    {
        other.Links.AddVethPair(new VethEnd(name), new VethEnd(name) { Namespace = oneSide });
        foreach (var netlink in (RouteNetlink[])[one, other])
        {
            netlink.Links.SetUp(netlink.Links.Get(name).Index);
        }
        one.Links.WaitUntilRunning(one.Links.Get(name).Index, Patience.End).Should().BeTrue();
    }

    private static void Assign(RouteNetlink netlink, string name, params (IPAddress Address, byte Length)[] addresses)
    {
        var index = netlink.Links.Get(name).Index;
        netlink.Links.SetUp(index);
        foreach (var (address, length) in addresses)
        {
            netlink.Addresses.Add(index, address, length, KernelAddressFlags.NoDuplicateDetection);
        }
    }

    private Process StartPeer(TunnelMode mode)
    {
        var name = mode switch
        {
            TunnelMode.Ipv6 => "v6",
            TunnelMode.Ipv4 => "v4",
            TunnelMode.Ipv4UdpTlv => "tlv",
            _ => "udp",
        };
        var script = Path.Combine(AppContext.BaseDirectory, "Node", "tunnel_peer.py");
        var program = Peer.Start(
            new ProcessStartInfo(
                "/usr/bin/python3",
                ["-u", script, name, $"{Tunnel.Remote}", $"{Tunnel.Local}", Port(PeerPort), Port(NodePort), $"{Far4}", $"{Far6}"]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        );
        program.StandardOutput.ReadLine().Should().Be("ready");
        return program;

        string Port(ushort port) => mode.IsInUdp() ? port.ToString(CultureInfo.InvariantCulture) : "0";
    }

    private string ReadLine()
    {
        var line = _peerProgram.StandardOutput.ReadLineAsync();
        line.Wait(TimeSpan.FromSeconds(20)).Should().BeTrue("the other end receives a packet");
        return line.Result!;
    }

    private T Own<T>(T made)
        where T : IDisposable
    {
        _owned.Push(made);
        return made;
    }
}
