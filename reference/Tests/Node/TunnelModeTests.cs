using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Reference.Tests.Linux;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>Real packets of both families through tunnels of every mode, to a program in another language at their other end.</summary>
public sealed class TunnelModeTests
{
    private const int Rounds = 20;

    /// <summary>DSCP AF11 and ECT(0).</summary>
    private const byte Marked = 0x2a;

    public static TheoryData<TunnelMode, bool> Cases
    {
        get
        {
            var cases = new TheoryData<TunnelMode, bool>();
            foreach (var mode in PlainTunnels.Modes)
            {
                cases.Add(mode, false);
                cases.Add(mode, true);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Echo_OfBothFamilies_IsAnsweredByTheHostBeyond(TunnelMode mode, bool isGateway)
    {
        using var bench = ModeBench.Create(mode, isGateway);

        using (var icmp = bench.Host.Run(() => Ipv6RawSocket.OpenIcmpv6(Icmpv6Filter.Pass(Icmpv6Type.EchoReply))))
        {
            var data = OctetString.FromText("ping");
            icmp.Send(ModeBench.Host6, ModeBench.Far6, new EchoRequest(1, 2, data).ToBytes(ModeBench.Host6, ModeBench.Far6));
            Icmpv6Message.TryParse(icmp.NextPacket().Payload.Span, out var message, out _).Should().BeTrue();
            message.Should().Be(new EchoReply(1, 2, data));
        }

        using (var icmp = bench.Host.Run(() => Ipv4RawSocket.Open(Ipv4Protocol.Icmp)))
        {
            var data = OctetString.FromText("ping");
            icmp.Send(ModeBench.Host4, ModeBench.Far4, new Icmpv4EchoRequest(1, 2, data).ToBytes());
            var answer = Patience.Next<ReceivedPacket>(icmp, icmp.TryReceive);
            Icmpv4Message.TryParse(answer.Payload.Span, out var message, out _).Should().BeTrue();
            (message, answer.Source).Should().Be((new Icmpv4EchoReply(1, 2, data), ModeBench.Far4));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Datagrams_OfBothFamilies_GoThereAndBack(TunnelMode mode, bool isGateway)
    {
        using var bench = ModeBench.Create(mode, isGateway);
        foreach (var source in (IPAddress[])[ModeBench.Host6, ModeBench.Host4])
        {
            using var socket = ModeBench.OpenUdp(bench.Host, source);
            var isIpv4 = source.AddressFamily == AddressFamily.InterNetwork;
            if (isIpv4)
            {
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.TypeOfService, Marked);
            }
            foreach (var length in (int[])[1, 1000, 4000])
            {
                var octets = new byte[length];
                new Random(length).NextBytes(octets);
                socket.SendTo(octets, new IPEndPoint(ModeBench.Far(source), ModeBench.EchoPort));
                var answer = new byte[8000];
                Receive(socket, answer, length);
                answer[..length].Should().Equal(octets);
            }

            var outer = bench.NextOuter(isIpv4 ? 4 : 6);
            outer.GetProperty("ttl").GetInt32().Should().Be(64);
            outer.GetProperty("tos").GetInt32().Should().Be(isIpv4 ? Marked : 0);
            if (mode == TunnelMode.Ipv4)
            {
                outer.GetProperty("df").GetBoolean().Should().BeTrue("the packet in the tunnel has the flag, or is one of IPv6");
                outer.GetProperty("protocol").GetInt32().Should().Be(isIpv4 ? 4 : 41);
            }
            if (mode == TunnelMode.Ipv4UdpTlv)
            {
                var (type, length) = (isIpv4 ? 1 : 2, outer.GetProperty("follow").GetInt32());
                outer.GetProperty("tlv").GetString().Should().Be($"{type:x2}{(length < 256 ? length : 0):x2}0000");
            }
            if (mode.IsInUdp())
            {
                outer.GetProperty("port").GetInt32().Should().Be(ModeBench.NodePort);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Packet_FromASourceThatIsNotRegistered_IsDropped(TunnelMode mode, bool isGateway)
    {
        using var bench = ModeBench.Create(mode, isGateway);
        foreach (
            var (right, wrong) in isGateway
                ? ((IPAddress, IPAddress)[])[(ModeBench.Host6, ModeBench.Spoofed6), (ModeBench.Host4, ModeBench.Spoofed4)]
                : [(ModeBench.Far6, ModeBench.FarSpoofed6), (ModeBench.Far4, ModeBench.FarSpoofed4)]
        )
        {
            var (from, to) = isGateway ? (bench.Host, bench.Peer) : (bench.Peer, bench.Host);
            var isIpv4 = right.AddressFamily == AddressFamily.InterNetwork;
            var destination = (isGateway, isIpv4) switch
            {
                (true, true) => ModeBench.Far4,
                (true, false) => ModeBench.Far6,
                (false, true) => ModeBench.Host4,
                (false, false) => ModeBench.Host6,
            };
            using var receiver = ModeBench.OpenUdp(to, destination);
            using var spoofing = ModeBench.OpenUdp(from, wrong);
            using var honest = ModeBench.OpenUdp(from, right);

            // A datagram may be lost on its way: the two go together until the right one arrives.
            var rounds = 0;
            do
            {
                spoofing.SendTo([1], receiver.LocalEndPoint!);
                honest.SendTo([2], receiver.LocalEndPoint!);
            } while (!receiver.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectRead) && ++rounds < Rounds);

            var received = new byte[8];
            EndPoint sender = new IPEndPoint(isIpv4 ? IPAddress.Any : IPAddress.IPv6Any, 0);
            receiver.ReceiveFrom(received, ref sender);
            (((IPEndPoint)sender).Address, received[0]).Should().Be((right, (byte)2));
        }
    }

    private static void Receive(Socket socket, byte[] answer, int length)
    {
        socket
            .Poll(TimeSpan.FromSeconds(20), SelectMode.SelectRead)
            .Should()
            .BeTrue("{0} octets to {1} are answered", length, socket.LocalEndPoint);
        socket.Receive(answer).Should().Be(length);
    }

    [Fact]
    public void Gateway_ForwardsFromTheTunnel_ToRegisteredDestinationsOnly()
    {
        using var bench = ModeBench.Create(TunnelMode.Ipv4, isGateway: true);
        using var far = ModeBench.OpenUdp(bench.Peer, ModeBench.Far4);
        using var unregistered = ModeBench.OpenUdp(bench.Host, ModeBench.Spoofed4);
        using var registered = ModeBench.OpenUdp(bench.Host, ModeBench.Host4);

        // A datagram may be lost on its way: the two go together until the right one arrives.
        var rounds = 0;
        do
        {
            far.SendTo([1], unregistered.LocalEndPoint!);
            far.SendTo([2], registered.LocalEndPoint!);
        } while (!registered.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectRead) && ++rounds < Rounds);

        registered.Receive(new byte[8]).Should().Be(1);
        unregistered.Available.Should().Be(0);
    }
}
