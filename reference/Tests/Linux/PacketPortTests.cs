using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

public sealed class PacketPortTests
{
    /// <summary>Local Experimental EtherType 1, IEEE 802.</summary>
    private const ushort Experimental = 0x88B5;

    private const byte Udp = 17;
    private const int UdpHeaderLength = 8;

    [Fact]
    public void Frame_ArrivesAsItWasSent()
    {
        using var nodes = TwoNodes.CreateQuiet();
        using var left = nodes.Left.OpenPort();
        using var right = nodes.Right.OpenPort();
        var frame = Frame(nodes, 1);

        left.Send(frame);

        right.NextFrame().Bytes.ToArray().Should().Equal(frame);
        (right.InterfaceName, right.InterfaceIndex, right.Address)
            .Should()
            .Be((nodes.Right.InterfaceName, nodes.Right.LinkIndex, nodes.Right.Mac));
    }

    [Fact]
    public void Frame_ForAnotherStation_ArrivesToo()
    {
        using var nodes = TwoNodes.CreateQuiet();
        using var left = nodes.Left.OpenPort();
        using var right = nodes.Right.OpenPort();
        var frame = new EthernetFrame(MacAddress.Parse("02:5e:00:00:00:99"), nodes.Left.Mac, Experimental, new byte[50]).ToBytes();

        left.Send(frame);

        right.NextFrame().Bytes.ToArray().Should().Equal(frame);
    }

    [Fact]
    public void Frame_WithAVlanTag_ArrivesWithIt()
    {
        using var nodes = TwoNodes.CreateQuiet();
        using var left = nodes.Left.OpenPort();
        using var right = nodes.Right.OpenPort();
        byte[] tagged =
        [
            .. nodes.Right.Mac.ToArray(),
            .. nodes.Left.Mac.ToArray(),
            0x81,
            0x00,
            0x60,
            0x2a,
            0x88,
            0xb5,
            .. Enumerable.Range(0, 46).Select(octet => (byte)octet),
        ];

        left.Send(tagged);

        right.NextFrame().Bytes.ToArray().Should().Equal(tagged);
    }

    [Fact]
    public void Port_DoesNotReceiveWhatItSends()
    {
        using var nodes = TwoNodes.CreateQuiet();
        using var left = nodes.Left.OpenPort();
        using var right = nodes.Right.OpenPort();
        left.Send(Frame(nodes, 1));
        right.NextFrame();
        var answer = Frame(nodes, 2);

        right.Send(answer);

        left.NextFrame().Bytes.ToArray().Should().Equal(answer);
        left.TryReceive(out _).Should().BeFalse();
    }

    [Fact]
    public void Timestamps_AreMonotoneAndBetweenSendingAndTaking()
    {
        using var nodes = TwoNodes.CreateQuiet();
        using var left = nodes.Left.OpenPort();
        using var right = nodes.Right.OpenPort();
        var before = KernelTime.Now;
        for (var number = 0; number < 200; number++)
        {
            left.Send(Frame(nodes, (byte)number));
        }

        var times = Enumerable.Range(0, 200).Select(_ => right.NextFrame().At).ToList();

        times.Should().BeInAscendingOrder();

        // The two clocks are read one after the other.
        var tolerance = TimeSpan.FromMilliseconds(1);
        times[0].Should().BeGreaterThanOrEqualTo(before - tolerance);
        times[^1].Should().BeLessThanOrEqualTo(KernelTime.Now + tolerance);
    }

    [Fact]
    public void FramesBeyondTheBuffer_AreCountedAsDropped()
    {
        using var nodes = TwoNodes.CreateQuiet();
        using var left = nodes.Left.OpenPort();
        using var right = nodes.Right.OpenPort(receiveBuffer: 1);
        for (var number = 0; number < 200; number++)
        {
            left.Send(Frame(nodes, (byte)number));
        }

        var taken = 1;
        right.NextFrame();
        while (right.TryReceive(out _))
        {
            taken++;
        }

        var statistics = right.ReadStatistics();
        statistics.Dropped.Should().BePositive();
        (statistics.Received + statistics.Dropped).Should().BeLessThanOrEqualTo(200);
        statistics.Received.Should().BeGreaterThanOrEqualTo(taken);
        right.ReadStatistics().Dropped.Should().BeGreaterThanOrEqualTo(statistics.Dropped, "drops are counted from the opening on");
    }

    [Fact]
    public void Statistics_WithRoomForAll_CountNoDrop()
    {
        using var nodes = TwoNodes.CreateQuiet();
        using var left = nodes.Left.OpenPort();
        using var right = nodes.Right.OpenPort();
        for (var number = 0; number < 200; number++)
        {
            left.Send(Frame(nodes, (byte)number));
        }
        for (var number = 0; number < 200; number++)
        {
            right.NextFrame();
        }

        right.ReadStatistics().Should().Be(new PacketStatistics(Received: 200, Dropped: 0));
        right.ReadStatistics().Should().Be(new PacketStatistics(Received: 200, Dropped: 0));
    }

    [Fact]
    public void Wait_OverSeveralPorts_ReturnsThePortWithAFrame()
    {
        using var nodes = TwoNodes.CreateQuiet();
        using var left = nodes.Left.OpenPort();
        using var right = nodes.Right.OpenPort();

        PacketPort.Wait([left, right], KernelTime.Now + TimeSpan.FromMilliseconds(1)).Should().BeEmpty();
        left.Send(Frame(nodes, 1));

        PacketPort.Wait([left, right], Patience.End).Should().Equal(right);
    }

    [Fact]
    public void Port_OfAnInterfaceThatWasDown_ReceivesAgain()
    {
        using var nodes = TwoNodes.CreateQuiet();
        using var left = nodes.Left.OpenPort();
        using var right = nodes.Right.OpenPort();

        nodes.Right.Netlink.Links.SetDown(nodes.Right.LinkIndex);
        right.TryReceive(out _).Should().BeFalse();
        right
            .Invoking(port => port.Send(Frame(nodes, 1)))
            .Should()
            .Throw<LinuxException>()
            .Which.ErrorNumber.Should()
            .Be(Errno.NetworkDown);
        nodes.Right.Netlink.Links.SetUp(nodes.Right.LinkIndex);
        nodes.Running();

        left.Send(Frame(nodes, 2));
        right.NextFrame().Bytes.ToArray().Should().Equal(Frame(nodes, 2));
    }

    [Fact]
    public void Port_OfAnUnknownInterface_IsRefused()
    {
        Privilege.Require();

        FluentActions
            .Invoking(() => PacketPort.Open("nosuch0"))
            .Should()
            .Throw<LinuxException>()
            .WithMessage("if_nametoindex nosuch0: No such device (errno 19)");
    }

    [Fact]
    public void ChecksumOfAKernelsDatagram_IsUnfinished_UntilTheOffloadIsOff()
    {
        using var nodes = TwoNodes.Create();
        nodes.Right.Quiet();
        nodes.Left.Connect();
        nodes.Running();
        nodes.Left.Netlink.Neighbors.Set(nodes.Left.LinkIndex, nodes.Right.Address, nodes.Right.Mac);
        using var right = nodes.Right.OpenPort();
        using var socket = nodes.Left.Namespace.Run(() => new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp));
        var destination = new IPEndPoint(nodes.Right.Address, 4711);

        socket.SendTo([1, 2, 3, 4], destination);
        var (unfinished, _) = NextDatagram(right);
        unfinished.Should().Be(ChecksumState.Unfinished);

        nodes.Left.Namespace.Run(() => InterfaceOffloads.Set(nodes.Left.InterfaceName, Offloads.TransmitChecksum, on: false));
        socket.SendTo([1, 2, 3, 4], destination);
        var (finished, packet) = NextDatagram(right);
        finished.Should().NotBe(ChecksumState.Unfinished);
        InternetChecksum.ComputeWithPseudoHeader(packet.Source, packet.Destination, Udp, packet.Payload.Span).Should().Be(0);
        packet.Payload.Length.Should().Be(UdpHeaderLength + 4);
    }

    [Fact]
    public void QuietInterface_HasNoOffloadsNoArpNoIpv6_UntilItIsGivenBack()
    {
        using var nodes = TwoNodes.Create();
        var (node, name) = (nodes.Left, nodes.Left.InterfaceName);
        var before = node.Namespace.Run(() => InterfaceOffloads.Read(name));
        before.Should().HaveFlag(Offloads.TransmitChecksum | Offloads.TcpSegmentation | Offloads.GenericSegmentation);

        using (node.Namespace.Run(() => QuietInterface.Take(name)))
        {
            node.Namespace.Run(() => InterfaceOffloads.Read(name)).Should().Be(Offloads.None);
            node.Link.Flags.Should().HaveFlag(LinkFlags.NoArp);
            node.Namespace.Run(() => Sysctl.Read($"net/ipv6/conf/{name}/disable_ipv6")).Should().Be("1");
        }

        node.Namespace.Run(() => InterfaceOffloads.Read(name)).Should().Be(before);
        node.Link.Flags.Should().NotHaveFlag(LinkFlags.NoArp);
        node.Namespace.Run(() => Sysctl.Read($"net/ipv6/conf/{name}/disable_ipv6")).Should().Be("0");
    }

    [Fact]
    public void QuietInterface_AnswersNoSolicitation()
    {
        using var nodes = TwoNodes.CreateQuiet();
        using var left = nodes.Left.OpenPort();
        using var right = nodes.Right.OpenPort();
        var solicitation = new NeighborSolicitation(nodes.Right.Mac.LinkLocalAddress(), new());
        var source = nodes.Left.Mac.LinkLocalAddress();
        var packet = new Ipv6Packet(
            source,
            nodes.Right.Mac.LinkLocalAddress(),
            IpProtocol.Icmpv6,
            solicitation.ToBytes(source, nodes.Right.Mac.LinkLocalAddress())
        )
        {
            HopLimit = 255,
        };

        left.Send(new EthernetFrame(nodes.Right.Mac, nodes.Left.Mac, EthernetFrame.Ipv6EtherType, packet.ToBytes()).ToBytes());
        right.NextFrame();
        right.Send(Frame(nodes, 1));

        left.NextFrame().Bytes.ToArray().Should().Equal(Frame(nodes, 1), "the kernel at the other port has sent nothing before");
    }

    private static byte[] Frame(TwoNodes nodes, byte number) =>
        new EthernetFrame(nodes.Right.Mac, nodes.Left.Mac, Experimental, Enumerable.Repeat(number, 46).ToArray()).ToBytes();

    private static (ChecksumState Checksum, Ipv6Packet Packet) NextDatagram(PacketPort port)
    {
        while (true)
        {
            var captured = port.NextFrame();
            if (
                EthernetFrame.TryParse(captured.Bytes, out var frame, out _)
                && Ipv6Packet.TryParse(frame.Payload, out var packet, out _)
                && packet.NextHeader == Udp
            )
            {
                return (captured.Checksum, packet);
            }
        }
    }
}
