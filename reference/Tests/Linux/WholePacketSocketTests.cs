using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Reference.Tests.Wire;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

public sealed class WholePacketSocketTests
{
    private static readonly IPAddress _leftIpv4 = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress _rightIpv4 = IPAddress.Parse("198.51.100.2");
    private static readonly IPAddress _home = IPAddress.Parse("2001:db8:300::7");

    [Fact]
    public void Ipv6Packet_IsSentWithTheHeadersOfTheCaller()
    {
        using var nodes = TwoNodes.CreateConnected();
        using var socket = nodes.Left.Namespace.Run(WholePacketSocket.Open);
        using var port = nodes.Right.OpenPort();
        var packet = new Ipv6Signaling(nodes.Left.Address, nodes.Right.Address) { HomeAddress = _home, RoutedTo = _home }.ToPacket(
            SampleMessages.Update.ToBytes(_home, _home)
        );

        socket.Send(packet);

        Next(port, EthernetFrame.Ipv6EtherType, octets => octets[6] == IpProtocol.Routing).Should().Equal(packet.ToBytes());
    }

    [Fact]
    public void Ipv6Packet_ToAGroup_LeavesByTheLink()
    {
        using var nodes = TwoNodes.CreateConnected();
        using var socket = nodes.Left.Namespace.Run(WholePacketSocket.Open);
        using var port = nodes.Right.OpenPort();
        var packet = new UdpPath(nodes.Left.Address, UdpPort.Dhcpv6Server, Ipv6Multicast.AllNodes, UdpPort.Dhcpv6Client).Wrap(new byte[8]);

        socket.Send(packet, nodes.Left.LinkIndex);

        Next(port, EthernetFrame.Ipv6EtherType, octets => octets[6] == Ipv4Protocol.Udp).Should().Equal(packet.ToBytes());
    }

    [Fact]
    public void Ipv4Packet_IsSent_AlsoToTheBroadcastAddress()
    {
        using var nodes = TwoNodes.CreateConnected();
        nodes.Left.Netlink.Addresses.Add(nodes.Left.LinkIndex, _leftIpv4, 24);
        nodes.Right.Netlink.Addresses.Add(nodes.Right.LinkIndex, _rightIpv4, 24);
        using var socket = nodes.Left.Namespace.Run(WholePacketSocket.Open);
        using var port = nodes.Right.OpenPort();

        foreach (var destination in new[] { _rightIpv4, IPAddress.Broadcast })
        {
            var packet = new UdpPath(_leftIpv4, UdpPort.DhcpServer, destination, UdpPort.DhcpClient).Wrap(new byte[8]);

            socket.Send(packet, nodes.Left.LinkIndex);

            var octets = Next(port, Ipv4Packet.EtherType, octets => octets[9] == Ipv4Protocol.Udp);
            Ipv4Packet.HasValidChecksum(octets).Should().BeTrue();
            octets[12..].Should().Equal(packet.ToBytes()[12..]);
        }
    }

    [Fact]
    public void Packet_WithoutARoute_IsRefused()
    {
        using var nodes = TwoNodes.CreateConnected();
        using var socket = nodes.Left.Namespace.Run(WholePacketSocket.Open);

        foreach (
            var path in new[] { new UdpPath(nodes.Left.Address, 1, _home, 2), new UdpPath(_leftIpv4, 1, IPAddress.Parse("203.0.113.9"), 2) }
        )
        {
            socket
                .Invoking(opened => opened.Send(path.Wrap(new byte[8])))
                .Should()
                .Throw<LinuxException>()
                .Which.ErrorNumber.Should()
                .Be(Errno.NetworkUnreachable);
        }
    }

    private static byte[] Next(PacketPort port, ushort etherType, Predicate<byte[]> expected) =>
        PayloadOf(
            Patience.Next<CapturedFrame>(port, port.TryReceive, frame => PayloadOf(frame, etherType) is { } payload && expected(payload)),
            etherType
        )!;

    private static byte[]? PayloadOf(CapturedFrame frame, ushort etherType) =>
        EthernetFrame.TryParse(frame.Bytes, out var parsed, out _) && parsed.EtherType == etherType ? parsed.Payload.ToArray() : null;
}
