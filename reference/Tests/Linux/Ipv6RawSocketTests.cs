using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

public sealed class Ipv6RawSocketTests
{
    private const byte ParameterProblemType = 4;
    private const byte EchoReplyType = 129;

    private static readonly BindingUpdate _update = new(
        SequenceNumber: 7,
        BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration,
        LifetimeUnits: 150,
        new MobilityOptionList()
    );

    [Fact]
    public void EchoRequest_IsAnsweredByTheOtherKernel()
    {
        using var nodes = TwoNodes.CreateConnected();
        using var socket = nodes.Left.OpenRaw(() => Ipv6RawSocket.OpenIcmpv6(Icmpv6Filter.Pass(EchoReplyType)));
        var request = new EchoRequest(Identifier: 0x5213, SequenceNumber: 1, OctetString.FromText("ping"));

        socket.Send(null, nodes.Right.Address, request.ToBytes(nodes.Left.Address, nodes.Right.Address));

        var packet = socket.NextPacket();
        (packet.Source, packet.Destination, packet.LinkIndex, packet.HopLimit)
            .Should()
            .Be((nodes.Right.Address, nodes.Left.Address, nodes.Left.LinkIndex, (byte)64));
        Icmpv6Message.TryParse(packet.Payload.Span, out var reply, out _).Should().BeTrue();
        reply.Should().Be(new EchoReply(request.Identifier, request.SequenceNumber, request.Data));
    }

    [Fact]
    public void MobilityHeader_ArrivesWithTheChecksumOfTheKernel()
    {
        using var nodes = TwoNodes.CreateConnected();
        using var left = nodes.Left.OpenRaw(Ipv6RawSocket.OpenMobilityHeader);
        using var right = nodes.Right.OpenRaw(Ipv6RawSocket.OpenMobilityHeader);

        left.Send(
            nodes.Left.Address,
            nodes.Right.Address,
            WithoutChecksum(_update),
            new SendOptions { HopLimit = 33, TrafficClass = 0xb9 }
        );

        var packet = right.NextPacket();
        (packet.Source, packet.Destination, packet.LinkIndex, packet.HopLimit, packet.TrafficClass)
            .Should()
            .Be((nodes.Left.Address, nodes.Right.Address, nodes.Right.LinkIndex, (byte)33, (byte)0xb9));
        packet.At.Should().NotBe(default(KernelTime));
        packet.Payload.ToArray().Should().Equal(_update.ToBytes(nodes.Left.Address, nodes.Right.Address));
    }

    [Fact]
    public void MobilityHeader_WithABadChecksum_IsSeenOnlyUnverified()
    {
        using var nodes = TwoNodes.CreateConnected();
        using var left = nodes.Left.OpenRaw(Ipv6RawSocket.OpenMobilityHeaderUnverified);
        using var verified = nodes.Right.OpenRaw(Ipv6RawSocket.OpenMobilityHeader);
        using var unverified = nodes.Right.OpenRaw(Ipv6RawSocket.OpenMobilityHeaderUnverified);
        var (bad, good) = (
            WithoutChecksum(_update),
            (_update with { SequenceNumber = 8 }).ToBytes(nodes.Left.Address, nodes.Right.Address)
        );

        left.Send(nodes.Left.Address, nodes.Right.Address, bad);
        left.Send(nodes.Left.Address, nodes.Right.Address, good);

        verified.NextPacket().Payload.ToArray().Should().Equal(good);
        unverified.NextPacket().Payload.ToArray().Should().Equal(bad);
        unverified.NextPacket().Payload.ToArray().Should().Equal(good);
    }

    [Fact]
    public void MobilityHeader_WithoutASocket_IsReportedByTheKernel()
    {
        using var nodes = TwoNodes.CreateConnected();
        using var left = nodes.Left.OpenRaw(Ipv6RawSocket.OpenMobilityHeader);
        using var errors = nodes.Left.OpenRaw(() => Ipv6RawSocket.OpenIcmpv6(Icmpv6Filter.Pass(ParameterProblemType)));

        left.Send(nodes.Left.Address, nodes.Right.Address, WithoutChecksum(_update));

        Icmpv6Message.TryParse(errors.NextPacket().Payload.Span, out var message, out _).Should().BeTrue();
        message.Should().BeOfType<ParameterProblem>().Which.Pointer.Should().Be(6, "the Next Header field is not understood");
    }

    [Fact]
    public void PacketToAGroup_ArrivesAtASocketThatHasJoinedIt()
    {
        using var nodes = TwoNodes.CreateConnected();
        using var left = nodes.Left.OpenRaw(Ipv6RawSocket.OpenMobilityHeader);
        using var right = nodes.Right.OpenRaw(Ipv6RawSocket.OpenMobilityHeader);
        var group = IPAddress.Parse("ff02::5213");
        right.Join(group, nodes.Right.LinkIndex);

        left.Send(nodes.Left.Address, group, WithoutChecksum(_update), new SendOptions { LinkIndex = nodes.Left.LinkIndex });

        right.NextPacket().Destination.Should().Be(group);
    }

    [Fact]
    public void Send_FromAnAddressOfAnother_IsRefused()
    {
        using var nodes = TwoNodes.CreateConnected();
        using var left = nodes.Left.OpenRaw(Ipv6RawSocket.OpenMobilityHeader);

        left.Invoking(socket => socket.Send(nodes.Right.Address, nodes.Right.Address, WithoutChecksum(_update)))
            .Should()
            .Throw<LinuxException>()
            .Which.ErrorNumber.Should()
            .Be(Errno.InvalidArgument);
    }

    [Fact]
    public void Send_WithoutARoute_NamesTheDestination()
    {
        using var nodes = TwoNodes.CreateConnected();
        using var left = nodes.Left.OpenRaw(Ipv6RawSocket.OpenMobilityHeader);

        left.Invoking(socket => socket.Send(null, IPAddress.Parse("2001:db8:f::1"), WithoutChecksum(_update)))
            .Should()
            .Throw<LinuxException>()
            .WithMessage("sendmsg raw socket 135 to 2001:db8:f::1: Network is unreachable (errno 101)");
    }

    private static byte[] WithoutChecksum(MobilityMessage message)
    {
        var octets = new byte[message.Length];
        message.Write(octets);
        return octets;
    }
}
