using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Pmip.Benchmarks.DataPath;
using Pmip.Linux;
using Pmip.Linux.Tunnels;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux.Tunnels;

/// <summary>Transfers between unmodified hosts on both sides of a tunnel between two routers.</summary>
public sealed class TunnelTransferTests
{
    private const int TransferLength = 4 * 1024 * 1024;

    /// <summary>linux/udp.h: UDP_SEGMENT, a UDP socket option.</summary>
    private const int UdpLevel = 17,
        UdpSegment = 103;

    public static TheoryData<TunnelMode, bool, bool> Cases
    {
        get
        {
            var cases = new TheoryData<TunnelMode, bool, bool>();
            foreach (var mode in PlainTunnels.Modes)
            {
                cases.Add(mode, false, false);
                cases.Add(mode, false, true);
                cases.Add(mode, true, false);
                cases.Add(mode, true, true);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tcp_ArrivesAsItWasSent_InPacketsWithGoodChecksums(TunnelMode mode, bool isIpv4, bool offloads)
    {
        Privilege.Require();
        using var bed = ForwardingBed.Tunnel(TunnelDeviceKind.Tun, mode, isIpv4);
        bed.SetOffloads(offloads);
        using var down = bed.Gateway!.Namespace.Run(() => PacketPort.Open(ForwardingBed.CoreInterface));
        using var up = bed.Anchor!.Namespace.Run(() => PacketPort.Open(ForwardingBed.CoreInterface));
        var (left, right) = BulkTransfer.Connect(bed);
        using var correspondent = left;
        using var mobile = right;

        var frames = CaptureWhile(
            [down, up],
            Send(correspondent, seed: 1),
            Receive(mobile, seed: 1),
            Send(mobile, seed: 2),
            Receive(correspondent, seed: 2)
        );

        // If the kernel has tunnel devices, it answers packets of TUN tunnels with errors, in which the quoted packet is cut off.
        frames.RemoveAll(frame => OuterProtocol(frame) != ProtocolOf(mode, isIpv4));
        frames.Sum(frame => (long)frame.Bytes.Length).Should().BeGreaterThan(2 * TransferLength);
        if (mode.IsInUdp() && offloads)
        {
            frames.Should().Contain(frame => frame.Bytes.Length > 10_000, "several datagrams are handed over as one");
        }
        else
        {
            frames.Should().OnlyContain(frame => frame.Bytes.Length <= 1500 + EthernetFrame.HeaderLength);
        }
        AssertClean(frames, mode, offloads);

        // The kernel has joined the first packets, which are too long for the tunnel. Their source is told once.
        foreach (var router in (ForwardingBed.Node[])[bed.Anchor, bed.Gateway])
        {
            ((TunTunnels)router.Tunnels!).Counters.Refused.Should().BeLessThanOrEqualTo(offloads ? 5 : 20);
        }
    }

    [Theory]
    [InlineData(TunnelMode.Ipv6, false)]
    [InlineData(TunnelMode.Ipv6, true)]
    [InlineData(TunnelMode.Ipv4, true)]
    [InlineData(TunnelMode.Ipv4Udp, false)]
    [InlineData(TunnelMode.Ipv4UdpTlv, false)]
    public void UdpSegments_ArriveAsDatagrams(TunnelMode mode, bool isIpv4)
    {
        const int datagrams = 20,
            length = 1100;
        Privilege.Require();
        using var bed = ForwardingBed.Tunnel(TunnelDeviceKind.Tun, mode, isIpv4);
        using var core = bed.Gateway!.Namespace.Run(() => PacketPort.Open(ForwardingBed.CoreInterface));

        Exchange(bed, datagrams, length);

        var frames = new List<CapturedFrame>();
        while (core.TryReceive(out var frame))
        {
            if (
                OuterProtocol(frame) == ProtocolOf(mode, isIpv4)
                && frame.Bytes.Length > EthernetFrame.HeaderLength + Ipv6Packet.HeaderLength + length
            )
            {
                frames.Add(frame);
            }
        }

        if (mode.IsInUdp())
        {
            frames.Sum(frame => frame.Bytes.Length).Should().BeGreaterThan(datagrams * length - 100);
        }
        else
        {
            frames.Should().HaveCount(datagrams - 1, "the last datagram is shorter");
        }
        AssertClean(frames, mode, offloads: true);
    }

    /// <summary>The kernel refuses to send what it must both cut and fragment; each datagram is then sent by itself.</summary>
    [Fact]
    public void UdpSegments_LongerThanTheirPath_ArriveInFragments()
    {
        Privilege.Require();
        using var bed = ForwardingBed.Tunnel(TunnelDeviceKind.Tun, TunnelMode.Ipv4Udp, isIpv4: true);
        foreach (var node in (ForwardingBed.Node[])[bed.Anchor!, bed.Gateway!])
        {
            node.Netlink.Links.SetMtu(node.Netlink.Links.Get(ForwardingBed.CoreInterface).Index, 1000);
        }

        Exchange(bed, datagrams: 20, length: 1100);
    }

    /// <summary>Sends datagrams of one length, and a shorter one, from the correspondent in one piece. They arrive one by one.</summary>
    private static void Exchange(ForwardingBed bed, int datagrams, int length)
    {
        using var mobile = bed.Mobile.Namespace.Run(() => Bound(bed.MobileEnd));
        using var correspondent = bed.Correspondent.Namespace.Run(() => Bound(bed.CorrespondentEnd));
        mobile.ReceiveTimeout = 30_000;
        if (bed.IsIpv4)
        {
            correspondent.DontFragment = false;
        }
        correspondent.SetRawSocketOption(UdpLevel, UdpSegment, BitConverter.GetBytes(length));
        var octets = Octets(seed: 3, datagrams * length - 100);

        // The kernel does not send segments before it has resolved its neighbor.
        correspondent.SendTo(octets.AsSpan(0, 1), mobile.LocalEndPoint!);
        var buffer = new byte[2000];
        mobile.Receive(buffer).Should().Be(1);
        correspondent.SendTo(octets, mobile.LocalEndPoint!);

        for (var i = 0; i < datagrams; i++)
        {
            var expected = octets.AsSpan(i * length, Math.Min(length, octets.Length - i * length)).ToArray();
            buffer.AsSpan(0, mobile.Receive(buffer)).ToArray().Should().Equal(expected);
        }
    }

    /// <summary>With offloads, the kernel does not complete the checksum of a UDP datagram for a link within the machine.</summary>
    private static void AssertClean(IReadOnlyCollection<CapturedFrame> frames, TunnelMode mode, bool offloads)
    {
        if (!mode.IsInUdp() || !offloads)
        {
            TunnelCapture.AssertClean(frames);
        }
    }

    /// <summary>Next Header of IPv6, Protocol of IPv4.</summary>
    private static byte OuterProtocol(CapturedFrame frame) =>
        EthernetFrame.TryParse(frame.Bytes, out var parsed, out _) && IpPacket.TryParse(parsed.Payload, out var packet, out _)
            ? packet.Protocol
            : IpProtocol.NoNextHeader;

    private static byte ProtocolOf(TunnelMode mode, bool isIpv4) =>
        mode.IsInUdp() ? Ipv4Protocol.Udp
        : isIpv4 ? Ipv4Protocol.Ipv4
        : IpProtocol.Ipv6;

    private static Socket Bound(IPAddress address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }

    private static byte[] Octets(int seed, int length)
    {
        var octets = new byte[length];
        new Random(seed).NextBytes(octets);
        return octets;
    }

    private static Action Send(Socket socket, int seed) =>
        () =>
        {
            var octets = Octets(seed, TransferLength);
            var sent = 0;
            while (sent < octets.Length)
            {
                sent += socket.Send(octets.AsSpan(sent));
            }
        };

    private static Action Receive(Socket socket, int seed) =>
        () =>
        {
            var octets = new byte[TransferLength];
            var received = 0;
            while (received < octets.Length)
            {
                received += socket.Receive(octets.AsSpan(received)) is > 0 and var more ? more : throw new EndOfStreamException();
            }
            octets.AsSpan().SequenceEqual(Octets(seed, TransferLength)).Should().BeTrue("the octets arrive as sent");
        };

    /// <summary>Captures all frames on the ports until all actions have ended; fails if a frame is lost.</summary>
    private static List<CapturedFrame> CaptureWhile(IReadOnlyList<PacketPort> ports, params IReadOnlyList<Action> actions)
    {
        using var ended = new WakeUp();
        var (left, failures) = (actions.Count, new List<Exception>());
        foreach (var action in actions)
        {
            new Thread(() => Run(action)) { IsBackground = true }.Start();
        }

        var frames = new List<CapturedFrame>();
        var until = Patience.End;
        while (true)
        {
            var ready = Readiness.Wait<IReadable>([ended, .. ports], until);
            foreach (var port in ports)
            {
                while (port.TryReceive(out var frame))
                {
                    frames.Add(frame);
                }
            }

            ready.Should().NotBeEmpty("the transfer ends in time");
            if (ready.Contains(ended))
            {
                break;
            }
        }

        failures.Should().BeEmpty();
        ports.Sum(port => port.ReadStatistics().Dropped).Should().Be(0);
        return frames;

        void Run(Action action)
        {
            try
            {
                action();
            }
            catch (Exception failure)
            {
                lock (failures)
                {
                    failures.Add(failure);
                }
            }

            if (Interlocked.Decrement(ref left) == 0)
            {
                ended.Set();
            }
        }
    }
}
