using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Linux.Tunnels;
using Pmip.Node;
using Pmip.Protocol;
using Pmip.Reference.Tests.Linux;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>IPv4 addresses and proxy neighbours of a role on a kernel.</summary>
public sealed class Ipv4RoleHostTests
{
    private static readonly LinkId _core = HostedRole.Core;
    private static readonly IPAddress _claimed = IPAddress.Parse("198.51.100.77");
    private static readonly IPAddress _neighbor = IPAddress.Parse("198.51.100.78");

    private static readonly IPAddress _neighbor6 = IPAddress.Parse("2001:db8:1::78");

    private readonly HostedRole _hosted = new();

    [Fact]
    public void Address_IsProbed_ThenAnnounced_ThenUsed() =>
        _hosted.Run(
            (host, nodes) =>
            {
                using var port = nodes.Left.OpenPort();
                host.Start();
                _hosted.CarryOut(host, new RoleAction.AddAddress(_core, _claimed, PerformDad: true));
                Own(nodes).Should().NotContain(_claimed);

                _hosted.RunUntil<RoleInput.AddressTested>(host).Should().Be(new RoleInput.AddressTested(_core, _claimed, IsUnique: true));

                Own(nodes).Should().Contain(_claimed);
                for (var i = 0; i < 3; i++)
                {
                    NextArp(port, _claimed).Should().Be(Request(nodes, IPAddress.Any, _claimed));
                }
                NextArp(port, _claimed).Should().Be(Request(nodes, _claimed, _claimed));
            }
        );

    [Fact]
    public void Address_OfAnotherNode_IsReported_AndNotUsed() =>
        _hosted.Run(
            (host, nodes) =>
            {
                nodes.Left.Netlink.Addresses.Add(nodes.Left.LinkIndex, _claimed, 24);
                host.Start();
                _hosted.CarryOut(host, new RoleAction.AddAddress(_core, _claimed, PerformDad: true));

                _hosted.RunUntil<RoleInput.AddressTested>(host).Should().Be(new RoleInput.AddressTested(_core, _claimed, IsUnique: false));

                Own(nodes).Should().NotContain(_claimed);
            }
        );

    [Fact]
    public void Address_InUse_IsDefended() =>
        _hosted.Run(
            (host, nodes) =>
            {
                using var port = nodes.Left.OpenPort();
                host.Start();
                _hosted.CarryOut(host, new RoleAction.AddAddress(_core, _claimed, PerformDad: false));
                Own(nodes).Should().Contain(_claimed);

                var conflict = new ArpPacket(ArpOperation.Request, nodes.Left.Mac, _claimed, default, _claimed);
                port.Send(new EthernetFrame(MacAddress.Broadcast, nodes.Left.Mac, ArpPacket.EtherType, conflict.ToBytes()).ToBytes());
                RunUntilReadable(host, port);

                NextArp(port, _claimed).Should().Be(Request(nodes, _claimed, _claimed));
            }
        );

    [Fact]
    public void RemovedAddress_IsNoLongerTheNodes_AndTheRoutesOfItsLinkStay()
    {
        var to = IpPrefix.Parse("203.0.113.0/24");
        _hosted.Run(
            (host, nodes) =>
            {
                nodes.Right.Netlink.Addresses.Remove(nodes.Right.LinkIndex, HostedRole.OwnIpv4, 24);
                host.Start();
                _hosted.CarryOut(
                    host,
                    new RoleAction.AddAddress(_core, _claimed, PerformDad: false),
                    new RoleAction.AddRoute(new Route(to, new RouteTarget.OnLink(_core))),
                    new RoleAction.RemoveAddress(_core, _claimed)
                );

                Own(nodes).Should().NotContain(_claimed);
                nodes.Right.Netlink.Routes.List().Should().Contain(route => route.To == new IPNetwork(to.Network, to.Length));
            }
        );
    }

    [Fact]
    public void AddressesAndProxies_AreRestored_WhenTheInterfaceComesUpAgain()
    {
        var ipv6 = IPAddress.Parse("2001:db8:1::78");
        _hosted.Run(
            (host, nodes) =>
            {
                host.Start();
                _hosted.CarryOut(
                    host,
                    new RoleAction.AddAddress(_core, _claimed, PerformDad: false),
                    new RoleAction.AddProxyNeighbor(_core, IpPrefix.Of(_neighbor)),
                    new RoleAction.AddProxyNeighbor(_core, IpPrefix.Of(ipv6))
                );
                var links = nodes.Right.Netlink.Links;

                links.SetDown(nodes.Right.LinkIndex);
                _hosted.RunUntil<RoleInput.LinkDown>(host);
                nodes.Right.Netlink.Neighbors.ListProxies().Should().BeEmpty("the kernel removes them");
                links.SetUp(nodes.Right.LinkIndex);
                _hosted.RunUntil<RoleInput.LinkUp>(host);

                nodes.Right.Netlink.Neighbors.ListProxies().Select(proxy => proxy.Address).Should().BeEquivalentTo([_neighbor, ipv6]);
                Own(nodes).Should().Contain(_claimed);
            }
        );
    }

    [Fact]
    public void ProxyNeighbor_IsAnsweredForByTheKernel() =>
        _hosted.Run(
            (host, nodes) =>
            {
                nodes.Right.Netlink.Links.AddVethPair(new VethEnd("other0"), new VethEnd("other1"));
                var other = nodes.Right.Netlink.Links.Get("other0").Index;
                nodes.Right.Netlink.Links.SetUp(other);
                nodes.Right.Netlink.Routes.Add(new KernelRoute(new IPNetwork(_neighbor, 32)) { LinkIndex = other });
                using var port = nodes.Left.OpenPort();
                host.Start();
                _hosted.CarryOut(host, new RoleAction.AddProxyNeighbor(_core, IpPrefix.Of(_neighbor)));

                var question = new ArpPacket(ArpOperation.Request, nodes.Left.Mac, HostedRole.PeerIpv4, default, _neighbor);
                port.Send(new EthernetFrame(MacAddress.Broadcast, nodes.Left.Mac, ArpPacket.EtherType, question.ToBytes()).ToBytes());

                var answer = Patience.Next<CapturedFrame>(port, port.TryReceive, frame => ArpIn(frame)?.Operation == ArpOperation.Reply);
                (ArpIn(answer)!.SenderAddress, ArpIn(answer)!.SenderHardware).Should().Be((_neighbor, nodes.Right.Mac));
            }
        );

    [Fact]
    public void ProxyNeighbors_OfANetwork_AreAnsweredForByTheNode_ButNotThoseOnTheLink() =>
        _hosted.Run(
            (host, nodes) =>
            {
                using var port = nodes.Left.OpenPort();
                host.Start();
                _hosted.CarryOut(
                    host,
                    new RoleAction.AddRoute(new Route(IpPrefix.Of(_claimed), new RouteTarget.OnLink(_core))),
                    new RoleAction.AddProxyNeighbor(_core, IpPrefix.Parse("198.51.100.64/26")),
                    new RoleAction.OpenUdp(UdpPort.DhcpServer, UdpContent.Messages),
                    new RoleAction.InterceptUdp(_core, UdpPort.DhcpServer)
                );

                foreach (var target in new[] { _claimed, _neighbor })
                {
                    var question = new ArpPacket(ArpOperation.Request, nodes.Left.Mac, HostedRole.PeerIpv4, default, target);
                    port.Send(new EthernetFrame(MacAddress.Broadcast, nodes.Left.Mac, ArpPacket.EtherType, question.ToBytes()).ToBytes());
                }
                SendDatagram(port, nodes, HostedRole.OwnIpv4, UdpPort.DhcpServer);
                _hosted.RunUntil<RoleInput.Udp>(host);

                var answer = Patience.Next<CapturedFrame>(port, port.TryReceive, frame => ArpIn(frame)?.Operation == ArpOperation.Reply);
                ArpIn(answer)!.SenderAddress.Should().Be(_neighbor, "the first question is about a node on the link");
                ArpIn(answer)!.SenderHardware.Should().Be(nodes.Right.Mac);
            }
        );

    [Fact]
    public void InterceptedDatagram_IsTheRoles_Once_WithItsLinkLayerSource() =>
        _hosted.Run(
            (host, nodes) =>
            {
                using var port = nodes.Left.OpenPort();
                _hosted.Role.Ask(
                    new RoleAction.OpenUdp(UdpPort.DhcpServer, UdpContent.Messages),
                    new RoleAction.InterceptUdp(_core, UdpPort.DhcpServer)
                );
                host.Start();

                foreach (var destination in new[] { _neighbor, HostedRole.OwnIpv4, IPAddress.Broadcast })
                {
                    SendDatagram(port, nodes, destination, UdpPort.DhcpServer);

                    var taken = _hosted.RunUntil<RoleInput.Udp>(host);
                    taken.Path.Destination.Should().Be(destination);
                    taken.LinkLayerSource.Should().Be(nodes.Left.Mac);
                }
                _hosted.Role.Inputs.OfType<RoleInput.Udp>().Should().HaveCount(3);
                nodes
                    .Right.Netlink.Rules.List()
                    .Should()
                    .Contain(rule =>
                        rule.DestinationPort == UdpPort.DhcpServer
                        && rule.UpperLayer == Ipv4Protocol.Udp
                        && rule.InputInterface == nodes.Right.InterfaceName
                    );
            }
        );

    [Fact]
    public void Datagram_ToALinkLayerAddress_IsSentWithoutResolution() =>
        _hosted.Run(
            (host, nodes) =>
            {
                using var port = nodes.Left.OpenPort();
                host.Start();
                var path = new UdpPath(HostedRole.OwnIpv4, UdpPort.DhcpServer, _neighbor, UdpPort.DhcpClient);

                _hosted.CarryOut(host, new RoleAction.SendUdp(path, _core, new byte[4]) { LinkLayerDestination = nodes.Left.Mac });

                var frame = Patience.Next<CapturedFrame>(port, port.TryReceive, IsIpv4);
                EthernetFrame.TryParse(frame.Bytes, out var ethernet, out _).Should().BeTrue();
                ethernet!.Destination.Should().Be(nodes.Left.Mac);
                Ipv4Packet.TryParse(ethernet.Payload, out var packet, out _).Should().BeTrue();
                packet!.Destination.Should().Be(_neighbor);
            }
        );

    private static void SendDatagram(PacketPort port, TwoNodes nodes, IPAddress destination, ushort to)
    {
        var packet = new UdpPath(HostedRole.PeerIpv4, UdpPort.DhcpClient, destination, to).Wrap(new byte[4]);
        var address = destination.Equals(IPAddress.Broadcast) ? MacAddress.Broadcast : nodes.Right.Mac;
        port.Send(new EthernetFrame(address, nodes.Left.Mac, Ipv4Packet.EtherType, packet.ToBytes()).ToBytes());
    }

    private static bool IsIpv4(CapturedFrame frame) =>
        EthernetFrame.TryParse(frame.Bytes, out var ethernet, out _) && ethernet.EtherType == Ipv4Packet.EtherType;

    [Fact]
    public void FragmentationNeeded_AboutAPacketOfTheNode_IsReported_AndMakesTheTunnelSmaller() =>
        _hosted.Run(
            (host, nodes) =>
            {
                host.Start();
                var tunnel = new Tunnel(HostedRole.OwnIpv4, HostedRole.PeerIpv4, TunnelMode.Ipv4);
                _hosted.CarryOut(host, new RoleAction.AddTunnel(tunnel));
                var sent = new Ipv4Packet(HostedRole.OwnIpv4, HostedRole.PeerIpv4, Ipv4Protocol.Ipv4, new byte[1400]).ToBytes();
                using var sender = nodes.Left.Namespace.Run(() => Ipv4RawSocket.Open(Ipv4Protocol.Icmp));

                sender.Send(null, HostedRole.OwnIpv4, new Icmpv4FragmentationNeeded(1380, new OctetString(sent.AsSpan(0, 548))).ToBytes());

                var changed = _hosted.RunUntil<RoleInput.PathMtuChanged>(host);
                changed.Should().Be(new RoleInput.PathMtuChanged(HostedRole.PeerIpv4, 1380));
                TunnelLinks(nodes).Select(link => link.Mtu).Should().Equal(1360);
            }
        );

    /// <summary>RFC 2473, Section 8: in the family of the packet.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void ErrorInATunnel_IsPassedOn_ToTheSourceOfThePacketInIt(int version)
    {
        var (source, to) = version == 4 ? (_neighbor, IPAddress.Parse("203.0.113.1")) : (_neighbor6, IPAddress.Parse("2001:db8:2::1"));
        var inner = new UdpPath(source, 1, to, 2).Wrap(new byte[200]).ToBytes();
        _hosted.Run(
            (host, nodes) =>
            {
                using var port = nodes.Left.OpenPort();
                Neighbor(nodes, source);
                host.Start();
                _hosted.CarryOut(host, new RoleAction.AddTunnel(new Tunnel(nodes.Right.Address, _neighbor6)));

                Report(nodes, nodes.Right.Address, version == 4 ? Ipv4Protocol.Ipv4 : IpProtocol.Ipv6, inner);
                _hosted.RunUntil<RoleInput.Icmp>(host);

                NextError(port, source).Should().Equal(inner);
            }
        );
    }

    [Fact]
    public void ErrorAboutAPacketOfNoTunnel_IsNotPassedOn() =>
        _hosted.Run(
            (host, nodes) =>
            {
                using var port = nodes.Left.OpenPort();
                Neighbor(nodes, _neighbor);
                host.Start();
                _hosted.CarryOut(host, new RoleAction.AddTunnel(new Tunnel(nodes.Right.Address, _neighbor6)));
                var (other, next) = (Inner(length: 100), Inner(length: 200));

                Report(nodes, nodes.Left.Address, Ipv4Protocol.Ipv4, other);
                Report(nodes, nodes.Right.Address, Ipv4Protocol.Ipv4, next);
                _hosted.RunUntil<RoleInput.Icmp>(host);
                _hosted.CarryOut(host);

                NextError(port, _neighbor).Should().Equal(next);
            }
        );

    private static byte[] Inner(int length) =>
        new UdpPath(_neighbor, 1, IPAddress.Parse("203.0.113.1"), 2).Wrap(new byte[length]).ToBytes();

    /// <summary>The other node, under an address that the kernel need not ask for.</summary>
    private static void Neighbor(TwoNodes nodes, IPAddress address) =>
        nodes.Right.Netlink.Neighbors.Set(nodes.Right.LinkIndex, address, nodes.Left.Mac);

    /// <summary>Sends the node an error about an outer packet to the other end of a tunnel.</summary>
    private static void Report(TwoNodes nodes, IPAddress from, byte protocol, byte[] inner)
    {
        var sent = new Ipv6Packet(from, _neighbor6, protocol, inner).ToBytes();
        var error = new TimeExceeded(TimeExceeded.HopLimitExceeded, new OctetString(sent));
        using var sender = nodes.Left.Namespace.Run(WholePacketSocket.Open);
        var octets = error.ToBytes(nodes.Left.Address, nodes.Right.Address);
        sender.Send(new Ipv6Packet(nodes.Left.Address, nodes.Right.Address, IpProtocol.Icmpv6, octets));
    }

    /// <summary>What the next error to an address quotes.</summary>
    private static byte[] NextError(PacketPort port, IPAddress to) =>
        ErrorIn(Patience.Next<CapturedFrame>(port, port.TryReceive, frame => ErrorIn(frame, to) is not null), to)!;

    private static byte[]? ErrorIn(CapturedFrame frame, IPAddress to) =>
        !EthernetFrame.TryParse(frame.Bytes, out var ethernet, out _) ? null
        : IpPacket.TryParse(ethernet.Payload, out var packet, out _) && !packet.Destination.Equals(to) ? null
        : packet switch
        {
            Ipv4Packet { TrafficClass: Icmpv4Message.ErrorPrecedence } => Icmpv4Message.TryParse(
                packet.Payload.Span,
                out var message,
                out _
            ) && message is Icmpv4DestinationUnreachable { Code: Icmpv4DestinationUnreachable.HostUnreachable } unreachable
                ? unreachable.Invoking.ToArray()
                : null,
            Ipv6Packet => Icmpv6Message.TryParse(packet.Payload.Span, out var message, out _)
            && message is DestinationUnreachable { Code: DestinationUnreachable.AddressUnreachable } unreachable
                ? unreachable.Invoking.ToArray()
                : null,
            _ => null,
        };

    [Fact]
    public void Route_OfIpv4_IntoATunnel_LetsPacketsOfAnyLengthIn() =>
        _hosted.Run(
            (host, nodes) =>
            {
                var tunnel = new Tunnel(nodes.Right.Address, _neighbor6);
                IpPrefix[] prefixes = [IpPrefix.Parse("203.0.113.1/32"), IpPrefix.Parse("2001:db8:2::/64")];
                host.Start();
                _hosted.CarryOut(
                    host,
                    [
                        new RoleAction.AddTunnel(tunnel),
                        .. prefixes.Select(to => new RoleAction.AddRoute(new Route(to, new RouteTarget.IntoTunnel(tunnel)))),
                    ]
                );

                var index = TunnelLinks(nodes).Single().Index;
                var routes = nodes.Right.Netlink.Routes.List().Where(route => route.LinkIndex == index).ToList();
                uint? Mtu(IpPrefix of) => routes.First(route => route.To.BaseAddress.Equals(of.Network)).Mtu;
                prefixes.Select(Mtu).Should().Equal(TunnelMtu.OfIpv4Route, null);
            }
        );

    [Fact]
    public void ManyReports_AreNotTakenAtOnce() =>
        _hosted.Run(
            (host, nodes) =>
            {
                host.Start();
                var sent = new Ipv4Packet(HostedRole.OwnIpv4, HostedRole.PeerIpv4, Ipv4Protocol.Ipv4, new byte[8]).ToBytes();
                using var sender = nodes.Left.Namespace.Run(() => Ipv4RawSocket.Open(Ipv4Protocol.Icmp));
                for (var i = 0; i < 200; i++)
                {
                    sender.Send(null, HostedRole.OwnIpv4, new Icmpv4FragmentationNeeded(1380, new OctetString(sent)).ToBytes());
                }

                _hosted.CarryOut(host);

                _hosted.Role.Inputs.OfType<RoleInput.PathMtuChanged>().Should().HaveCountLessThanOrEqualTo(64);
            }
        );

    [Fact]
    public void Tunnel_ThatTheKernelRefuses_IsReported_AndItsPacketsAreNotForwarded() =>
        _hosted.Run(
            (host, nodes) =>
            {
                using var taken = nodes.Right.Namespace.Run(() => UdpSocket.OpenIpv4(5437));
                AssertNoTunnel(
                    host,
                    nodes,
                    new Tunnel(HostedRole.OwnIpv4, HostedRole.PeerIpv4, TunnelMode.Ipv4Udp, new TunnelPorts(5437, 5437))
                );
            }
        );

    [Fact]
    public void Tunnel_FromAnAddressOfAnotherNode_IsReported_AndItsPacketsAreNotForwarded() =>
        _hosted.Run((host, nodes) => AssertNoTunnel(host, nodes, new Tunnel(_neighbor, HostedRole.PeerIpv4, TunnelMode.Ipv4)));

    [Fact]
    public void Tunnel_OfAModeThatTheDataPathLacks_IsReported_AndItsPacketsAreNotForwarded() =>
        _hosted.Run(
            (host, nodes) => AssertNoTunnel(host, nodes, new Tunnel(HostedRole.OwnIpv4, HostedRole.PeerIpv4, TunnelMode.Ipv4)),
            dataPath: "seg6"
        );

    private void AssertNoTunnel(RoleHost host, TwoNodes nodes, Tunnel tunnel)
    {
        var before = TunnelLinks(nodes).Count;
        var everywhere = new Route(IpPrefix.AllIpv4, new RouteTarget.IntoTunnel(tunnel));
        host.Start();

        _hosted.CarryOut(host, new RoleAction.AddTunnel(tunnel), new RoleAction.AddRoute(everywhere));

        _hosted
            .Log.Should()
            .ContainSingle(line => line.Contains("ActionFailed", StringComparison.Ordinal))
            .Which.Should()
            .Contain("AddTunnel");
        TunnelLinks(nodes).Should().HaveCount(before);
        nodes
            .Right.Netlink.Routes.List()
            .Should()
            .Contain(route =>
                route.To == new IPNetwork(IPAddress.Any, 0) && route.Metric == 213 && route.Type == KernelRouteType.Blackhole
            );

        _hosted.CarryOut(host, new RoleAction.RemoveRoute(everywhere), new RoleAction.RemoveTunnel(tunnel));
        _hosted.Log.Should().ContainSingle(line => line.Contains("ActionFailed", StringComparison.Ordinal));
    }

    private static List<Link> TunnelLinks(TwoNodes nodes) =>
        [.. nodes.Right.Netlink.Links.List().Where(link => link.Name.StartsWith("pmip", StringComparison.Ordinal))];

    private static IEnumerable<IPAddress> Own(TwoNodes nodes) => nodes.Right.Netlink.Addresses.List().Select(own => own.Address);

    private static ArpPacket Request(TwoNodes nodes, IPAddress sender, IPAddress target) =>
        new(ArpOperation.Request, nodes.Right.Mac, sender, default, target);

    private static void RunUntilReadable(RoleHost host, IReadable source) => host.Run(source);

    /// <summary>The next ARP request about an address.</summary>
    private static ArpPacket NextArp(PacketPort port, IPAddress target) =>
        ArpIn(
            Patience.Next<CapturedFrame>(
                port,
                port.TryReceive,
                frame => ArpIn(frame) is { Operation: ArpOperation.Request } arp && arp.TargetAddress.Equals(target)
            )
        )!;

    private static ArpPacket? ArpIn(CapturedFrame frame) =>
        EthernetFrame.TryParse(frame.Bytes, out var parsed, out _)
        && parsed.EtherType == ArpPacket.EtherType
        && ArpPacket.TryParse(parsed.Payload.Span, out var arp, out _)
            ? arp
            : null;
}
