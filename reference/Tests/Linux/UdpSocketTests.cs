using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

public sealed class UdpSocketTests
{
    private const ushort Port = 5436;
    private static readonly IPAddress _leftIpv4 = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress _rightIpv4 = IPAddress.Parse("198.51.100.2");

    [Fact]
    public void Datagram_OverIpv4_IsReceivedWithItsPathAndLink()
    {
        using var nodes = Connected();
        using var socket = nodes.Right.Namespace.Run(() => UdpSocket.OpenIpv4(Port));

        foreach (var destination in new[] { _rightIpv4, IPAddress.Broadcast })
        {
            Exchange(nodes, socket, new UdpPath(_leftIpv4, 4000, destination, Port));
        }
    }

    [Fact]
    public void Datagram_OverIpv6_IsReceivedWithItsPathAndLink_AlsoToAGroup()
    {
        using var nodes = Connected();
        using var socket = nodes.Right.Namespace.Run(() => UdpSocket.OpenIpv6(Port));
        socket.Join(Dhcpv6Groups.AllRelayAgentsAndServers, nodes.Right.LinkIndex);

        foreach (var destination in new[] { nodes.Right.Address, Dhcpv6Groups.AllRelayAgentsAndServers })
        {
            Exchange(nodes, socket, new UdpPath(nodes.Left.Address, 4000, destination, Port));
        }
    }

    [Fact]
    public void Ports_OfBothFamilies_AreSeparate_AndTakenOnlyOnce()
    {
        using var nodes = Connected();
        using var ipv4 = nodes.Right.Namespace.Run(() => UdpSocket.OpenIpv4(Port));
        using var ipv6 = nodes.Right.Namespace.Run(() => UdpSocket.OpenIpv6(Port));

        nodes
            .Right.Namespace.Invoking(home => home.Run(() => UdpSocket.OpenIpv6(Port)))
            .Should()
            .Throw<LinuxException>()
            .Which.ErrorNumber.Should()
            .Be(Errno.AddressInUse);
    }

    private static void Exchange(TwoNodes nodes, UdpSocket socket, UdpPath path)
    {
        using var sender = nodes.Left.Namespace.Run(WholePacketSocket.Open);
        byte[] payload = [1, 2, 3];

        sender.Send(path.Wrap(payload), nodes.Left.LinkIndex);

        var received = Patience.Next<ReceivedDatagram>(socket, socket.TryReceive);
        (received.Path, received.LinkIndex).Should().Be((path, nodes.Right.LinkIndex));
        received.Payload.ToArray().Should().Equal(payload);
    }

    private static TwoNodes Connected()
    {
        var nodes = TwoNodes.CreateConnected();
        nodes.Left.Netlink.Addresses.Add(nodes.Left.LinkIndex, _leftIpv4, 24);
        nodes.Right.Netlink.Addresses.Add(nodes.Right.LinkIndex, _rightIpv4, 24);
        return nodes;
    }
}
