using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Protocol;
using Pmip.Reference.Tests.Linux;
using Pmip.Reference.Tests.Protocol;
using Pmip.Reference.Tests.Wire;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>The inputs that a role on a kernel gets, and its actions, by a role that acts as the test says.</summary>
public sealed class RoleHostTests
{
    private const ushort Port = UdpPort.Dhcpv6Server;
    private static readonly LinkId _core = HostedRole.Core;
    private static readonly IPAddress _ownIpv4 = HostedRole.OwnIpv4;
    private static readonly IPAddress _peerIpv4 = HostedRole.PeerIpv4;
    private static readonly IPAddress _neighbor = IPAddress.Parse("2001:db8:1::77");

    private readonly HostedRole _hosted = new();

    /// <summary>What the kernel cannot do for mobile nodes with care-of addresses is refused.</summary>
    [Fact]
    public void EveryAction_IsCarriedOut_OrRefusedByName() =>
        _hosted.Run(
            (host, nodes) =>
            {
                _hosted.Role.Ask(Vocabulary.Actions(_core, nodes.Right.Address, nodes.Left.Address));
                host.Start();

                string[] refused =
                [
                    nameof(RoleAction.TestAddress),
                    nameof(RoleAction.AddNeighbor),
                    nameof(RoleAction.RemoveNeighbor),
                    nameof(RoleAction.AcceptHomeAddress),
                    nameof(RoleAction.AddRouteOptimization),
                    nameof(RoleAction.PreferPath),
                    nameof(RoleAction.RemoveRouteOptimization),
                    nameof(RoleAction.RefuseHomeAddress),
                    nameof(RoleAction.AddHomeAddress),
                    nameof(RoleAction.SilenceAddress),
                    nameof(RoleAction.AddOptimizedPeer),
                    nameof(RoleAction.RemoveOptimizedPeer),
                    nameof(RoleAction.RemoveHomeAddress),
                ];
                _hosted
                    .Log.Where(line => line.Contains("ActionFailed", StringComparison.Ordinal))
                    .Should()
                    .SatisfyRespectively(refused.Select(name => (Action<string>)(line => line.Should().Contain($"{name}: a node"))));
            }
        );

    [Fact]
    public void Datagram_IsReported_AndAnswered_OverBothFamilies() =>
        _hosted.Run(
            (host, nodes) =>
            {
                _hosted.Role.Ask(new RoleAction.OpenUdp(Port, UdpContent.Messages));
                host.Start();
                using var sender = nodes.Left.Namespace.Run(WholePacketSocket.Open);
                using var ipv4 = nodes.Left.Namespace.Run(() => UdpSocket.OpenIpv4(4000));
                using var ipv6 = nodes.Left.Namespace.Run(() => UdpSocket.OpenIpv6(4000));
                foreach (
                    var (path, answers) in new[]
                    {
                        (new UdpPath(_peerIpv4, 4000, _ownIpv4, Port), ipv4),
                        (new UdpPath(nodes.Left.Address, 4000, nodes.Right.Address, Port), ipv6),
                        (new UdpPath(nodes.Left.Address, 4000, Dhcpv6Groups.AllRelayAgentsAndServers, Port), null),
                    }
                )
                {
                    sender.Send(path.Wrap(new byte[] { 1, 2, 3 }), nodes.Left.LinkIndex);

                    var udp = _hosted.RunUntil<RoleInput.Udp>(host);
                    (udp.Path, udp.Link).Should().Be((path, _core));
                    udp.Payload.ToArray().Should().Equal(1, 2, 3);
                    if (answers is not null)
                    {
                        _hosted.CarryOut(host, new RoleAction.SendUdp(path.Reversed, null, new byte[] { 4, 5 }));
                        var answer = Patience.Next<ReceivedDatagram>(answers, answers.TryReceive);
                        answer.Path.Should().Be(path.Reversed);
                        answer.Payload.ToArray().Should().Equal(4, 5);
                    }
                }
            }
        );

    [Fact]
    public void Signal_OverIpv4_IsReportedWithItsPath_AndAnsweredOverTheSame() =>
        _hosted.Run(
            (host, nodes) =>
            {
                _hosted.Role.Ask(new RoleAction.OpenUdp(UdpPort.ProxyMobileIpv6Control, UdpContent.MobilityHeaders));
                host.Start();
                using var sender = nodes.Left.Namespace.Run(WholePacketSocket.Open);
                using var answers = nodes.Left.Namespace.Run(() => UdpSocket.OpenIpv4(UdpPort.ProxyMobileIpv6Control));
                var path = Ipv4UdpSignaling.Between(_peerIpv4, _ownIpv4);
                var message = path.Complete(SampleMessages.Update);

                sender.Send(path.ToPacket(message));

                var signal = _hosted.RunUntil<RoleInput.Signal>(host);
                (signal.Path, signal.HasValidChecksum).Should().Be((path, true));
                signal.MobilityHeader.ToArray().Should().Equal(message);
                _hosted.CarryOut(host, new RoleAction.SendSignal(path.Reversed, message));
                Patience.Next<ReceivedDatagram>(answers, answers.TryReceive).Payload.ToArray().Should().Equal(message);
            }
        );

    [Fact]
    public void Signal_WithHomeAddresses_IsSentWithTheirHeaders() =>
        _hosted.Run(
            (host, nodes) =>
            {
                host.Start();
                using var port = nodes.Left.OpenPort();
                var path = new Ipv6Signaling(nodes.Right.Address, nodes.Left.Address) { HomeAddress = _neighbor, RoutedTo = _neighbor };

                _hosted.CarryOut(host, new RoleAction.SendSignal(path, path.Complete(SampleMessages.Update)));

                NextPacket(port, packet => packet.NextHeader == IpProtocol.Routing)
                    .ToBytes()
                    .Should()
                    .Equal(path.Wrap(SampleMessages.Update));
            }
        );

    [Fact]
    public void Address_IsReported_WhenItsTestHasEnded() =>
        _hosted.Run(
            (host, nodes) =>
            {
                var (unique, taken) = (IPAddress.Parse("fe80::77"), IPAddress.Parse("fe80::78"));
                nodes.Left.Netlink.Addresses.Add(nodes.Left.LinkIndex, taken, 64, KernelAddressFlags.NoDuplicateDetection);
                host.Start();
                _hosted.CarryOut(host, new RoleAction.AddAddress(_core, unique, PerformDad: true));
                _hosted.RunUntil<RoleInput.AddressTested>(host).Should().Be(new RoleInput.AddressTested(_core, unique, IsUnique: true));

                _hosted.CarryOut(host, new RoleAction.AddAddress(_core, taken, PerformDad: true));
                _hosted.RunUntil<RoleInput.AddressTested>(host).Should().Be(new RoleInput.AddressTested(_core, taken, IsUnique: false));
            }
        );

    /// <summary>A socket of the role would take datagrams from one of a tunnel, or the other way round.</summary>
    [Fact]
    public void UdpPort_IsTheRolesOrATunnels() =>
        _hosted.Run(
            (host, _) =>
            {
                const ushort port = UdpPort.ProxyMobileIpv6Data;
                var open = new RoleAction.OpenUdp(port, UdpContent.Messages);
                var tunnel = new Tunnel(HostedRole.OwnIpv4, HostedRole.PeerIpv4, TunnelMode.Ipv4Udp, new TunnelPorts(port, 40_000));
                host.Start();

                _hosted.CarryOut(host, open, new RoleAction.AddTunnel(tunnel));
                Failures().Should().ContainSingle().Which.Should().Contain("AddTunnel: UDP port 5437 is open for messages to the role");
                _hosted.CarryOut(host, new RoleAction.CloseUdp(port), new RoleAction.AddTunnel(tunnel), open);

                Failures().Should().HaveCount(2).And.Subject.Last().Should().Contain("OpenUdp: UDP port 5437 is that of a tunnel");
                _hosted.CarryOut(host, new RoleAction.RemoveTunnel(tunnel), open);
                Failures().Should().HaveCount(2);
            }
        );

    [Fact]
    public void PacketTooBig_AboutAPacketOfTheNode_IsReportedAsThePathMtu() =>
        _hosted.Run(
            (host, nodes) =>
            {
                host.Start();
                var sent = new Ipv6Packet(nodes.Right.Address, _neighbor, IpProtocol.Ipv6, new byte[100]).ToBytes();
                var tooBig = new PacketTooBig(1400, new OctetString(sent));
                using var sender = nodes.Left.Namespace.Run(WholePacketSocket.Open);

                sender.Send(
                    new Ipv6Packet(
                        nodes.Left.Address,
                        nodes.Right.Address,
                        IpProtocol.Icmpv6,
                        tooBig.ToBytes(nodes.Left.Address, nodes.Right.Address)
                    )
                );

                _hosted.RunUntil<RoleInput.PathMtuChanged>(host).Should().Be(new RoleInput.PathMtuChanged(_neighbor, 1400));
            }
        );

    [Theory]
    [InlineData(1501)]
    [InlineData(1u + int.MaxValue)]
    [InlineData(uint.MaxValue)]
    public void PacketTooBig_WithMoreThanTheLinkTakes_ChangesNoTunnel(uint mtu) =>
        _hosted.Run(
            (host, nodes) =>
            {
                host.Start();
                _hosted.CarryOut(host, new RoleAction.AddTunnel(new Tunnel(nodes.Right.Address, _neighbor)));

                Report(nodes, _neighbor, mtu);

                _hosted.RunUntil<RoleInput.PathMtuChanged>(host).Mtu.Should().Be(mtu);
                TunnelMtus(nodes).Should().Equal(1460);
                Failures().Should().BeEmpty();
            }
        );

    [Fact]
    public void PacketTooBig_AboutATunnelWithoutItsAddress_IsReported_AndTheNodeGoesOn() =>
        _hosted.Run(
            (host, nodes) =>
            {
                var removed = IPAddress.Parse("2001:db8:1::78");
                nodes.Right.Netlink.Addresses.Add(nodes.Right.LinkIndex, removed, 64, KernelAddressFlags.NoDuplicateDetection);
                host.Start();
                _hosted.CarryOut(host, new RoleAction.AddTunnel(new Tunnel(removed, _neighbor)));
                nodes.Right.Netlink.Addresses.Remove(nodes.Right.LinkIndex, removed, 64);

                Report(nodes, _neighbor, 1400);

                _hosted.RunUntil<RoleInput.PathMtuChanged>(host).Mtu.Should().Be(1400);
                Failures().Should().ContainSingle().Which.Should().Contain("PathMtuChanged");
            }
        );

    [Fact]
    public void PathMtus_AreKeptOfALimitedNumberOfDestinations() =>
        _hosted.Run(
            (host, nodes) =>
            {
                const int kept = 1024;
                host.Start();
                for (var i = 0; i <= kept; i++)
                {
                    Report(nodes, Destination(i), 1400);
                    _hosted.RunUntil<RoleInput.PathMtuChanged>(host);
                }

                Tunnel[] tunnels = [new(nodes.Right.Address, Destination(0)), new(nodes.Right.Address, Destination(1))];
                _hosted.CarryOut(host, [.. tunnels.Select(tunnel => new RoleAction.AddTunnel(tunnel))]);

                TunnelMtus(nodes).Should().Equal([1460, 1360], "the oldest report was forgotten, the next was not");

                static IPAddress Destination(int i) => IPAddress.Parse($"2001:db8:2::{i + 1:x}");
            }
        );

    [Fact]
    public void ManyPackets_AreNotTakenAtOnce() =>
        _hosted.Run(
            (host, nodes) =>
            {
                host.Start();
                for (var i = 0; i < 300; i++)
                {
                    Report(nodes, _neighbor, 1400);
                }

                _hosted.CarryOut(host);

                _hosted.Role.Inputs.OfType<RoleInput.PathMtuChanged>().Should().HaveCountLessThanOrEqualTo(64);
            }
        );

    [Fact]
    public void ProxyNeighbor_IsAnsweredForByTheKernel_UntilTheNodeEnds()
    {
        var proxies = 0;
        var nodes = _hosted.Run(
            (host, nodes) =>
            {
                _hosted.Role.Ask(new RoleAction.AddProxyNeighbor(_core, IpPrefix.Of(_neighbor)));
                host.Start();
                using var sender = nodes.Left.Namespace.Run(WholePacketSocket.Open);
                using var port = nodes.Left.OpenPort();
                proxies = nodes.Right.Netlink.Neighbors.ListProxies().Count;

                sender.Send(new UdpPath(nodes.Left.Address, 1, _neighbor, 2).Wrap(new byte[1]));

                NextPacket(port, packet => AdvertisedIn(packet)?.Equals(_neighbor) ?? false).Source.Should().NotBe(_neighbor);
            },
            keep: true
        );

        using (nodes)
        {
            proxies.Should().Be(1);
            nodes.Right.Netlink.Neighbors.ListProxies().Should().BeEmpty();
        }
    }

    [Fact]
    public void LinkLayerAddress_IsThatOfTheInterface()
    {
        var address = MacAddress.Parse("00:00:5e:00:52:14");
        _hosted.Run(
            (host, nodes) =>
            {
                _hosted.Role.Ask(new RoleAction.SetLinkLayerAddress(_core, address));
                host.Start();

                nodes.Right.Netlink.Links.Get(nodes.Right.InterfaceName).Address.Should().Be(address);
            }
        );
    }

    [Fact]
    public void ProxyNeighbor_OfManyAddresses_IsReportedAsFailed() =>
        _hosted.Run(
            (host, _) =>
            {
                _hosted.Role.Ask(new RoleAction.AddProxyNeighbor(_core, Ipv6Prefix.Parse("2001:db8:1::/64")));
                host.Start();

                _hosted.Log.Should().ContainSingle(line => line.Contains("ActionFailed", StringComparison.Ordinal));
            }
        );

    /// <summary>Sends the node a report about a packet of its own.</summary>
    private static void Report(TwoNodes nodes, IPAddress destination, uint mtu)
    {
        var sent = new Ipv6Packet(nodes.Right.Address, destination, IpProtocol.Ipv6, new byte[100]).ToBytes();
        var report = new PacketTooBig(mtu, new OctetString(sent)).ToBytes(nodes.Left.Address, nodes.Right.Address);
        using var sender = nodes.Left.Namespace.Run(WholePacketSocket.Open);
        sender.Send(new Ipv6Packet(nodes.Left.Address, nodes.Right.Address, IpProtocol.Icmpv6, report));
    }

    private static IEnumerable<int> TunnelMtus(TwoNodes nodes) =>
        nodes.Right.Netlink.Links.List().Where(link => link.Kind == "tun").OrderBy(link => link.Index).Select(link => link.Mtu);

    private static Ipv6Packet NextPacket(PacketPort port, Predicate<Ipv6Packet> expected)
    {
        var captured = Patience.Next<CapturedFrame>(port, port.TryReceive, frame => PacketIn(frame) is { } packet && expected(packet));
        return PacketIn(captured)!;
    }

    private static Ipv6Packet? PacketIn(CapturedFrame frame) =>
        EthernetFrame.TryParse(frame.Bytes, out var parsed, out _) && Ipv6Packet.TryParse(parsed.Payload, out var packet, out _)
            ? packet
            : null;

    private static IPAddress? AdvertisedIn(Ipv6Packet packet) =>
        packet.NextHeader == IpProtocol.Icmpv6
        && Icmpv6Message.TryParse(packet.Payload.Span, out var message, out _)
        && message is NeighborAdvertisement advertisement
            ? advertisement.Target
            : null;

    private IEnumerable<string> Failures() => _hosted.Log.Where(line => line.Contains("ActionFailed", StringComparison.Ordinal));
}
