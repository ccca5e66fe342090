using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Node;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Reference.Tests.Linux;
using Pmip.Reference.Tests.Stack;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>
/// A router on two interfaces without the stack of the kernel: a home agent between its home link and the core, which is a correspondent of
/// its mobile node, too.
/// </summary>
public sealed class StackHostForwardingTests : IDisposable
{
    private static readonly LinkId _home = new("home");
    private static readonly LinkId _core = new("core");
    private static readonly IPAddress _agent = IPAddress.Parse("2001:db8:200::1");
    private static readonly IPAddress _homeHost = IPAddress.Parse("2001:db8:200::c2");
    private static readonly IPAddress _mobileNode = IPAddress.Parse("2001:db8:200::5e00:1");
    private static readonly IPAddress _careOf = IPAddress.Parse("2001:db8:100::5e1:1");
    private static readonly IPAddress _correspondent = IPAddress.Parse("2001:db8:100::c1");

    private readonly NetworkNamespace _node;
    private readonly NetworkNamespace _tester;
    private readonly TestLink _homeEnd;
    private readonly TestLink _coreEnd;
    private readonly ScriptedRole _role = new();

    public StackHostForwardingTests()
    {
        Privilege.Require();
        (_node, _tester) = (NetworkNamespace.CreateAnonymous(), NetworkNamespace.CreateAnonymous());
        using var netlink = _node.Run(RouteNetlink.Open);
        (_homeEnd, _coreEnd) = (Connect(netlink, _home), Connect(netlink, _core));
        _homeEnd.Own($"{_homeHost}");
        _coreEnd.Own($"{_careOf}");
        _coreEnd.Own($"{_correspondent}");
        var tunnel = new Tunnel(_agent, _careOf);
        _role.Ask(
            new RoleAction.AddTunnel(tunnel),
            new RoleAction.AddRoute(new Route(IpPrefix.Of(_mobileNode), new RouteTarget.OneOf([tunnel]))),
            new RoleAction.AddProxyNeighbor(_home, IpPrefix.Of(_mobileNode)) { Announces = true }
        );
    }

    [Fact]
    public void InterceptedPacket_GoesThroughTheTunnel_AndItsAnswerBack() =>
        Run(host =>
        {
            var request = Datagram(_homeHost, _mobileNode);
            _homeEnd.Send(request);

            var outer = Next(host, _coreEnd, packet => packet.NextHeader == IpProtocol.Ipv6);
            (outer.Source, outer.Destination).Should().Be((_agent, _careOf));
            outer.Payload.ToArray().Should().Equal((request with { HopLimit = 63 }).ToBytes());

            var answer = Datagram(_mobileNode, _homeHost);
            _coreEnd.Send(new Ipv6Packet(_careOf, _agent, IpProtocol.Ipv6, answer.ToBytes()));

            Next(host, _homeEnd, packet => packet.NextHeader == Ipv4Protocol.Udp).Should().Be(answer with { HopLimit = 63 });
        });

    [Fact]
    public void ProxiedNeighbor_IsAnnounced_AndAnsweredFor() =>
        Run(host =>
        {
            Next(host, _homeEnd, packet => Advertised(packet) is { Solicited: false, Override: true });

            var group = Ipv6Multicast.SolicitedNode(_mobileNode);
            _homeEnd.Send(_homeHost, group, new NeighborSolicitation(_mobileNode, NdOptionList.Empty));
            Next(host, _homeEnd, packet => Advertised(packet) is { Solicited: true, Override: false });

            _homeEnd.Send(IPAddress.IPv6Any, group, new NeighborSolicitation(_mobileNode, NdOptionList.Empty));
            Next(host, _homeEnd, packet => Advertised(packet) is { Solicited: false, Override: false });
        });

    /// <summary>An application of the kernel knows nothing of the care-of address.</summary>
    [Fact]
    public void Application_TalksToTheHomeAddress_ByWayOfTheCareOfAddress() =>
        Run(host =>
        {
            using var application = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
            application.Bind(new IPEndPoint(_agent, 5000));
            _role.Ask(new RoleAction.AcceptHomeAddress(_mobileNode, _careOf), new RoleAction.AddRouteOptimization(_mobileNode, _careOf));
            var datagram = new UdpDatagram(4000, 5000, new byte[] { 1, 2 }).ToBytes(_mobileNode, _agent);
            var option = new DestinationOptionsHeader(Ipv4Protocol.Udp, [new HomeAddressOption(_mobileNode)]).Before(datagram);
            _coreEnd.Send(Datagram(_correspondent, _homeHost));
            Next(host, _homeEnd, packet => packet.NextHeader == Ipv4Protocol.Udp);

            _coreEnd.Send(new Ipv6Packet(_careOf, _agent, IpProtocol.DestinationOptions, option));
            _coreEnd.Send(Datagram(_correspondent, _homeHost));
            Next(host, _homeEnd, packet => packet.NextHeader == Ipv4Protocol.Udp);

            EndPoint from = new IPEndPoint(IPAddress.IPv6Any, 0);
            var received = new byte[2000];
            application.ReceiveFrom(received, ref from).Should().Be(2);
            from.Should().Be(new IPEndPoint(_mobileNode, 4000));

            application.SendTo(new byte[1400], from);
            var whole = Next(host, _coreEnd, packet => packet.NextHeader == IpProtocol.Routing);
            (whole.Source, whole.Destination).Should().Be((_agent, _careOf));

            application.SendTo(new byte[1440], from);
            Ipv6Packet[] pieces =
            [
                Next(host, _coreEnd, packet => packet.NextHeader == IpProtocol.Routing),
                Next(host, _coreEnd, packet => packet.NextHeader == IpProtocol.Routing),
            ];
            pieces.Should().OnlyContain(piece => piece.Destination.Equals(_careOf) && FragmentsIn(piece) == 1);
        });

    /// <summary>A flood on one link does not hold up the node: the other link, and what is to be done meanwhile.</summary>
    [Fact]
    public void Flood_DoesNotHoldUpTheNode()
    {
        Run(host =>
        {
            _homeEnd.Send(Datagram(_homeHost, _correspondent));
            Next(host, _coreEnd, packet => packet.NextHeader == Ipv4Protocol.Udp);
            for (var i = 0; i < 2000; i++)
            {
                _homeEnd.Send(Datagram(_homeHost, _correspondent));
            }
            using var done = new WakeUp();
            done.Set();

            host.Run(done);

            _coreEnd.Receive();
            _coreEnd.Inbox.Count.Should().BeLessThan(2000);
        });
    }

    public void Dispose()
    {
        _homeEnd.Dispose();
        _coreEnd.Dispose();
        _tester.Dispose();
        _node.Dispose();
    }

    private static int FragmentsIn(Ipv6Packet packet)
    {
        var octets = packet.Payload.Span;
        var (type, at, fragments) = (packet.NextHeader, 0, 0);
        while (type is IpProtocol.Routing or IpProtocol.Fragment)
        {
            fragments += type == IpProtocol.Fragment ? 1 : 0;
            (type, at) = (octets[at], at + 8 + (type == IpProtocol.Routing ? 8 * octets[at + 1] : 0));
        }
        return fragments;
    }

    private static NeighborAdvertisement? Advertised(Ipv6Packet packet) =>
        packet.NextHeader == IpProtocol.Icmpv6
        && Icmpv6Message.TryParse(packet.Payload.Span, out var message, out _)
        && message is NeighborAdvertisement { Router: false } advertisement
        && advertisement.Target.Equals(_mobileNode)
            ? advertisement
            : null;

    private static Ipv6Packet Datagram(IPAddress source, IPAddress destination) =>
        new(source, destination, Ipv4Protocol.Udp, new UdpDatagram(1, 2, new byte[] { 3 }).ToBytes(source, destination));

    private static Ipv6Packet Next(StackHost host, TestLink on, Predicate<Ipv6Packet> isIt)
    {
        var until = KernelTime.Now + NodeBench.Tolerance;
        using var late = new WakeUp();
        using var limit = new Timer(_ => late.Set(), null, NodeBench.Tolerance, Timeout.InfiniteTimeSpan);
        while (KernelTime.Now < until)
        {
            on.Receive();
            if (on.Inbox.FindIndex(isIt) is >= 0 and var at)
            {
                var found = on.Inbox[at];
                on.Inbox.RemoveRange(0, at + 1);
                return found;
            }
            host.Run(on, late);
        }
        throw new Xunit.Sdk.XunitException($"no such packet on {on.Name}");
    }

    private void Run(Action<StackHost> test) =>
        _node.Run(() =>
        {
            using var host = new StackHost(
                new IpNodeSettings
                {
                    Name = "HA",
                    IsRouter = true,
                    VerifyReversePathOfTunnels = true,
                    ProcessesHomeAddressOption = true,
                    Interfaces =
                    [
                        new InterfaceSettings(_home, _homeEnd.NodeAddress) { Addresses = [new ConfiguredAddress(_agent, 64)] },
                        new InterfaceSettings(_core, _coreEnd.NodeAddress)
                        {
                            Addresses = [new ConfiguredAddress(IPAddress.Parse("2001:db8:100::1"), 64)],
                        },
                    ],
                },
                new Dictionary<LinkId, string> { [_home] = "home", [_core] = "core" },
                _role,
                new Random(1),
                new NodeLog("HA", TimeProvider.System, static _ => { })
            );
            _homeEnd.WaitUntilRunning();
            _coreEnd.WaitUntilRunning();
            host.Start();
            test(host);
        });

    private TestLink Connect(RouteNetlink netlink, LinkId link)
    {
        netlink.Links.AddVethPair(new VethEnd(link.Name), new VethEnd($"to-{link.Name}") { Namespace = _tester });
        var end = new TestLink(_tester, $"to-{link.Name}", netlink.Links.Get(link.Name).Address!.Value);
        end.Plug();
        return end;
    }
}
