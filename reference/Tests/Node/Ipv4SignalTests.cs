using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Protocol;
using Pmip.Reference.Tests.Linux;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>Signals over IPv4 and UDP to and from a role on a kernel, also at the port of its tunnels.</summary>
public sealed class Ipv4SignalTests
{
    private const ushort NatPort = 49152,
        OtherNatPort = 49153;

    private static readonly IPAddress _far = IPAddress.Parse("203.0.113.12");
    private static readonly IPAddress _mobile = IPAddress.Parse("198.18.0.2");
    private static readonly MobilityMessage _message = new BindingRefreshRequest([]);

    private readonly HostedRole _hosted = new();

    public static TheoryData<string> Forms => ["RFC 5844", "draft", "draft with TLV header"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Signal_IsReportedWithItsPath_AndAnsweredOverTheSame(string form) =>
        _hosted.Run(
            (host, nodes) =>
            {
                var path = PathOf(form, nodes, NatPort);
                using var port = nodes.Left.Namespace.Run(() => UdpSocket.OpenIpv4(NatPort));
                host.Start();
                _hosted.CarryOut(host, Open(form));

                Send(nodes, path.ToPacket(path.Complete(_message)));
                var signal = _hosted.RunUntil<RoleInput.Signal>(host);
                (signal.Path, signal.Link, signal.HasValidChecksum).Should().Be((path, HostedRole.Core, true));
                signal.MobilityHeader.ToArray().Should().Equal(path.Complete(_message));

                _hosted.CarryOut(host, new RoleAction.SendSignal(path.Reversed, path.Reversed.Complete(_message)));
                var answer = Patience.Next<ReceivedDatagram>(port, port.TryReceive);
                answer.Path.Source.Should().Be(HostedRole.OwnIpv4);
                UdpDatagram
                    .TryParse(path.Reversed.ToPacket(path.Reversed.Complete(_message)).Payload, out var sent, out _)
                    .Should()
                    .BeTrue();
                answer.Payload.ToArray().Should().Equal(sent!.Payload.ToArray());
            }
        );

    /// <summary>RFC 5844, Section 4.1.3.2: the UDP checksum is in use. In the drafts, that of the Mobility Header is.</summary>
    [Theory]
    [InlineData("RFC 5844", false)]
    [InlineData("draft", true)]
    public void Signal_WithoutAUdpChecksum_IsReported_WhereAnotherChecksumIsInUse(string form, bool isReported) =>
        _hosted.Run(
            (host, nodes) =>
            {
                host.Start();
                _hosted.CarryOut(host, Open(form));
                var first = PathOf(form, nodes, NatPort);
                var packet = (Ipv4Packet)first.ToPacket(first.Complete(_message));
                var payload = packet.Payload.ToArray();
                payload.AsSpan(UdpDatagram.ChecksumOffset, sizeof(ushort)).Clear();
                var next = PathOf(form, nodes, OtherNatPort);

                Send(nodes, packet with { Payload = payload });
                Send(nodes, next.ToPacket(next.Complete(_message)));

                _hosted.RunUntil<RoleInput.Signal>(host);
                Reported(_hosted).First().Should().Be(isReported ? first : next);
            }
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void PortOfADraft_HasSignalsAndData_AndFollowsARebindingOfTheNat(bool opensPortFirst) =>
        _hosted.Run(
            (host, nodes) =>
            {
                var (tunnel, next) = (Tunnel(NatPort), Tunnel(OtherNatPort));
                var everywhere = IpPrefix.Of(_far);
                var (before, after) = (PathOf("draft", nodes, NatPort), PathOf("draft", nodes, OtherNatPort));
                using var tester = Behind(nodes);
                host.Start();
                RoleAction[] start = [Open("draft"), new RoleAction.AddTunnel(tunnel)];
                _hosted.CarryOut(host, opensPortFirst ? start : [start[1], start[0]]);
                _hosted.CarryOut(host, new RoleAction.AddRoute(new Route(everywhere, new RouteTarget.IntoTunnel(tunnel))));

                SendData(nodes, NatPort);
                Arrives(tester, "the other end has the port of the tunnel");
                Send(nodes, before.ToPacket(before.Complete(_message)));
                _hosted.RunUntil<RoleInput.Signal>(host).Path.Should().Be(before, "it comes from the other end of the tunnel");
                Send(nodes, after.ToPacket(after.Complete(_message)));
                _hosted.RunUntil<RoleInput.Signal>(host).Path.Should().Be(after, "no tunnel has its port");

                _hosted.CarryOut(
                    host,
                    new RoleAction.AddTunnel(next),
                    new RoleAction.AddRoute(new Route(everywhere, new RouteTarget.IntoTunnel(next))),
                    new RoleAction.RemoveRoute(new Route(everywhere, new RouteTarget.IntoTunnel(tunnel))),
                    new RoleAction.RemoveTunnel(tunnel)
                );
                SendData(nodes, NatPort, content: 1);
                SendData(nodes, OtherNatPort, content: 2);
                Arrives(tester, "the tunnel has moved to the new port").Payload.ToArray().Should().Equal(2);

                _hosted.CarryOut(host, new RoleAction.RemoveTunnel(next));
                Send(nodes, before.ToPacket(before.Complete(_message)));
                _hosted.RunUntil<RoleInput.Signal>(host).Path.Should().Be(before, "the port is still the role's");
                _hosted.Log.Should().NotContain(line => line.Contains("ActionFailed", StringComparison.Ordinal));
            }
        );

    /// <summary>A mobile node may itself be one of Mobile IPv6.</summary>
    [Fact]
    public void MobilityHeaderForAnotherNode_StaysInTheTunnel() =>
        _hosted.Run(
            (host, nodes) =>
            {
                var tunnel = Tunnel(NatPort);
                host.Start();
                _hosted.CarryOut(host, Open("draft"), new RoleAction.AddTunnel(tunnel));
                var (mine, other) = (PathOf("draft", nodes, NatPort), (Ipv4UdpIpv6Signaling)PathOf("draft", nodes, NatPort));
                other = other with { Inner = new Ipv6Signaling(nodes.Left.Address, IPAddress.Parse("2001:db8:200::c1")) };

                Send(nodes, other.ToPacket(other.Complete(_message)));
                Send(nodes, mine.ToPacket(mine.Complete(_message)));

                _hosted.RunUntil<RoleInput.Signal>(host);
                Reported(_hosted).Should().Equal(mine);
            }
        );

    private static IEnumerable<SignalingTransport> Reported(HostedRole hosted) =>
        hosted.Role.Inputs.OfType<RoleInput.Signal>().Select(signal => signal.Path);

    private static Tunnel Tunnel(ushort remotePort) =>
        new(HostedRole.OwnIpv4, HostedRole.PeerIpv4, TunnelMode.Ipv4Udp, new TunnelPorts(UdpPort.DualStackMobileIpv6, remotePort));

    private static RoleAction.OpenUdp Open(string form) =>
        form == "RFC 5844"
            ? new RoleAction.OpenUdp(UdpPort.ProxyMobileIpv6Control, UdpContent.MobilityHeaders)
            : new RoleAction.OpenUdp(UdpPort.DualStackMobileIpv6, UdpContent.MobilityHeadersInIpv6);

    private static SignalingTransport PathOf(string form, TwoNodes nodes, ushort port) =>
        form == "RFC 5844"
            ? new Ipv4UdpSignaling(HostedRole.PeerIpv4, HostedRole.OwnIpv4, port, UdpPort.ProxyMobileIpv6Control)
            : new Ipv4UdpIpv6Signaling(
                HostedRole.PeerIpv4,
                HostedRole.OwnIpv4,
                port,
                UdpPort.DualStackMobileIpv6,
                new Ipv6Signaling(nodes.Left.Address, nodes.Right.Address)
            )
            {
                HasTlvHeader = form == "draft with TLV header",
            };

    private static void Send(TwoNodes nodes, IpPacket packet)
    {
        using var sender = nodes.Left.Namespace.Run(WholePacketSocket.Open);
        sender.Send(packet);
    }

    /// <summary>A socket of the node itself, to which packets of the tunnel come by its route.</summary>
    private static UdpSocket Behind(TwoNodes nodes)
    {
        nodes.Right.Netlink.Addresses.Add(nodes.Right.LinkIndex, _mobile, 32);
        return nodes.Right.Namespace.Run(() => UdpSocket.OpenIpv4(7));
    }

    private static void SendData(TwoNodes nodes, ushort port, byte content = 0)
    {
        var inner = new UdpPath(_far, 9, _mobile, 7).Wrap(new[] { content });
        var outer = new Ipv4UdpEncapsulation(HostedRole.PeerIpv4, HostedRole.OwnIpv4, port, UdpPort.DualStackMobileIpv6);
        Send(nodes, outer.Around(inner.ToBytes()));
    }

    private static ReceivedDatagram Arrives(UdpSocket socket, string because)
    {
        var received = Patience.Next<ReceivedDatagram>(socket, socket.TryReceive);
        received.Path.Source.Should().Be(_far, because);
        return received;
    }
}
