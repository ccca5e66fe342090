using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

/// <summary>RFC 4303: raw sockets of both families for ESP, where the kernel has none.</summary>
public sealed class EspSocketTests
{
    private static readonly byte[] _packet = [0, 0, 1, 0, 0, 0, 0, 7, .. "ciphertext"u8];

    [Fact]
    public void EspOverIpv6_IsSent_AndReceived()
    {
        using var nodes = TwoNodes.CreateConnected();
        using var left = nodes.Left.OpenRaw(() => Ipv6RawSocket.Open(IpProtocol.Esp));
        using var right = nodes.Right.OpenRaw(() => Ipv6RawSocket.Open(IpProtocol.Esp));

        left.Send(nodes.Left.Address, nodes.Right.Address, _packet, new SendOptions { HopLimit = 33, TrafficClass = 0x2a });

        var received = right.NextPacket();
        received.Payload.ToArray().Should().Equal(_packet);
        (received.Source, received.Destination).Should().Be((nodes.Left.Address, nodes.Right.Address));
        (received.HopLimit, received.TrafficClass, received.LinkIndex).Should().Be(((byte)33, (byte)0x2a, nodes.Right.LinkIndex));
    }

    [Fact]
    public void EspOverIpv4_IsSent_AndReceived_AndNotReportedAsUnknown()
    {
        var (from, to) = (IPAddress.Parse("198.51.100.1"), IPAddress.Parse("198.51.100.2"));
        using var nodes = TwoNodes.CreateConnected();
        nodes.Left.Netlink.Addresses.Add(nodes.Left.LinkIndex, from, 24);
        nodes.Right.Netlink.Addresses.Add(nodes.Right.LinkIndex, to, 24);
        using var left = nodes.Left.Namespace.Run(() => Ipv4RawSocket.Open(IpProtocol.Esp));
        using var right = nodes.Right.Namespace.Run(() => Ipv4RawSocket.Open(IpProtocol.Esp));
        using var errors = nodes.Left.Namespace.Run(() => Ipv4RawSocket.OpenIcmp(Icmpv4Type.DestinationUnreachable));

        left.Send(from, to, _packet, new SendOptions { HopLimit = 33, TrafficClass = 0x2a });

        var received = Patience.Next<ReceivedPacket>(right, right.TryReceive);
        received.Payload.ToArray().Should().Equal(_packet);
        (received.Source, received.Destination).Should().Be((from, to));
        (received.HopLimit, received.TrafficClass, received.LinkIndex).Should().Be(((byte)33, (byte)0x2a, nodes.Right.LinkIndex));

        right.Send(to, from, _packet);
        Patience.Next<ReceivedPacket>(left, left.TryReceive).Source.Should().Be(to);
        errors.TryReceive(out _).Should().BeFalse();
    }

    [Fact]
    public void Icmp_OfOtherTypes_IsNotReceived()
    {
        var (from, to) = (IPAddress.Parse("198.51.100.1"), IPAddress.Parse("198.51.100.2"));
        using var nodes = TwoNodes.CreateConnected();
        nodes.Left.Netlink.Addresses.Add(nodes.Left.LinkIndex, from, 24);
        nodes.Right.Netlink.Addresses.Add(nodes.Right.LinkIndex, to, 24);
        using var left = nodes.Left.Namespace.Run(() => Ipv4RawSocket.Open(Ipv4Protocol.Icmp));
        using var errors = nodes.Right.Namespace.Run(() => Ipv4RawSocket.OpenIcmp(Icmpv4Type.DestinationUnreachable));
        var error = new Icmpv4FragmentationNeeded(1400, OctetString.FromText("about")).ToBytes();

        left.Send(null, to, new Icmpv4EchoRequest(1, 2, default).ToBytes());
        left.Send(null, to, error);

        Patience.Next<ReceivedPacket>(errors, errors.TryReceive).Payload.ToArray().Should().Equal(error);
    }
}
