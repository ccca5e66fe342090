using System.Net;
using FluentAssertions;
using Pmip.Linux.Tunnels;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux.Tunnels;

/// <summary>Packets of both families in tunnels of every mode, on the wire.</summary>
public sealed class TunnelModeTests
{
    private const byte ExpeditedForwarding = 0xb8;

    private static readonly Ecn[] _all = [Ecn.NotEct, Ecn.Ect0, Ecn.Ect1, Ecn.Ce];

    public static TheoryData<TunnelMode, int> Cases
    {
        get
        {
            var cases = new TheoryData<TunnelMode, int>();
            foreach (var mode in PlainTunnels.Modes)
            {
                cases.Add(mode, 4);
                cases.Add(mode, 6);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Packet_IntoATunnel_LeavesAsTheSimulatedStackSendsIt(TunnelMode mode, int version)
    {
        using var router = ModeRouter.Create(mode);
        foreach (var ecn in _all)
        {
            var packet = (ModeRouter.FromHost(version) with { TrafficClass = ExpeditedForwarding }).WithEcn(ecn);

            ModeRouter.Send(router.Access, packet);

            var outer = ModeRouter.Next(router.Core);
            router.Inner(outer).Should().Be(ModeRouter.Forwarded(packet));
            outer.HopLimit.Should().Be(TunnelHeader.HopLimit);
            outer.TrafficClass.Should().Be((byte)(ExpeditedForwarding | (byte)EcnRules.Rfc3168.Outer(ecn)));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ecn_OutOfATunnel_IsAsRfc3168Requires_InAllCombinations(TunnelMode mode, int version)
    {
        using var router = ModeRouter.Create(mode);
        foreach (var outer in _all)
        {
            foreach (var inner in _all)
            {
                var packet = (ModeRouter.ToHost(version) with { TrafficClass = ExpeditedForwarding }).WithEcn(inner);
                var next = ModeRouter.ToHost(version);

                ModeRouter.Send(router.Core, router.InTunnel(packet, outer));
                ModeRouter.Send(router.Core, router.InTunnel(next));

                if (EcnRules.Rfc3168.Inner(outer, inner) is { } ecn)
                {
                    ModeRouter.Next(router.Access).Should().Be(ModeRouter.Forwarded(packet.WithEcn(ecn)));
                }
                ModeRouter.Next(router.Access).Should().Be(ModeRouter.Forwarded(next));
            }
        }
    }

    /// <summary>RFC 2003, Section 3.1; RFC 4213, Section 3.2.2.</summary>
    [Theory]
    [InlineData(TunnelMode.Ipv4, 4, true, 1500, true)]
    [InlineData(TunnelMode.Ipv4, 4, false, 1500, false)]
    [InlineData(TunnelMode.Ipv4, 6, false, 1500, true)]
    [InlineData(TunnelMode.Ipv4, 6, false, 1301, true)]
    [InlineData(TunnelMode.Ipv4, 6, false, 1300, false)]
    [InlineData(TunnelMode.Ipv4Udp, 4, true, 1500, true)]
    [InlineData(TunnelMode.Ipv4Udp, 4, false, 1500, false)]
    [InlineData(TunnelMode.Ipv4Udp, 6, false, 1309, true)]
    [InlineData(TunnelMode.Ipv4Udp, 6, false, 1308, false)]
    [InlineData(TunnelMode.Ipv4UdpTlv, 4, true, 1500, true)]
    [InlineData(TunnelMode.Ipv4UdpTlv, 6, false, 1313, true)]
    [InlineData(TunnelMode.Ipv4UdpTlv, 6, false, 1312, false)]
    public void DontFragment_OfTheOuterHeader(TunnelMode mode, int version, bool inner, int pathMtu, bool outer)
    {
        using var router = ModeRouter.Create(mode, pathMtu);
        var packet = ModeRouter.FromHost(version);

        ModeRouter.Send(router.Access, packet is Ipv4Packet ipv4 ? ipv4 with { DontFragment = inner } : packet);

        ((Ipv4Packet)ModeRouter.Next(router.Core)).DontFragment.Should().Be(outer);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Packet_LongerThanTheTunnelTakes_IsAnsweredWithItsMtu(TunnelMode mode, int version)
    {
        using var router = ModeRouter.Create(mode);
        var mtu = TunnelHeader.Of(mode).Mtu(1500, new TunnelContent(version == 6));
        var fitting = Whole(ModeRouter.FromHost(version, (int)mtu));

        ModeRouter.Send(router.Access, Whole(ModeRouter.FromHost(version, (int)mtu + 1)));
        ModeRouter.Send(router.Access, fitting);

        MtuIn(ModeRouter.Next(router.Access)).Should().Be(mtu);
        var outer = ModeRouter.Next(router.Core);
        outer.Length.Should().Be(1500);
        router.Inner(outer).Should().Be(ModeRouter.Forwarded(fitting));
    }

    /// <summary>The device has at least the minimum MTU of IPv6, so the kernel does not answer these packets.</summary>
    [Theory]
    [InlineData(TunnelMode.Ipv6)]
    [InlineData(TunnelMode.Ipv4)]
    [InlineData(TunnelMode.Ipv4Udp)]
    [InlineData(TunnelMode.Ipv4UdpTlv)]
    public void PacketOfIpv4_ThatMayNotBeFragmented_IsAnsweredOverASmallPath(TunnelMode mode)
    {
        using var router = ModeRouter.Create(mode, pathMtu: 1000);
        var mtu = TunnelHeader.Of(mode).Mtu(1000, new TunnelContent(IsIpv6: false));
        var fitting = Whole(ModeRouter.FromHost(4, (int)mtu));

        ModeRouter.Send(router.Access, Whole(ModeRouter.FromHost(4, (int)mtu + 1)));
        ModeRouter.Send(router.Access, fitting);

        MtuIn(ModeRouter.Next(router.Access)).Should().Be(mtu);
        router.Inner(ModeRouter.Next(router.Core)).Should().Be(ModeRouter.Forwarded(fitting));
    }

    [Fact]
    public void PathMtu_CanBeChanged()
    {
        using var router = ModeRouter.Create(TunnelMode.Ipv4);

        router.Tunnels.SetPathMtu(router.Tunnel, 1400);
        ModeRouter.Send(router.Access, Whole(ModeRouter.FromHost(6, 1381)));

        MtuIn(ModeRouter.Next(router.Access)).Should().Be(1380);
    }

    [Theory]
    [InlineData(TunnelMode.Ipv4)]
    [InlineData(TunnelMode.Ipv4Udp)]
    [InlineData(TunnelMode.Ipv4UdpTlv)]
    public void OuterPacket_ThatMayBeFragmented_LeavesInFragments(TunnelMode mode)
    {
        using var router = ModeRouter.Create(mode, pathMtu: 1300);
        router.SetCoreMtu(1290);
        var packet = ModeRouter.FromHost(6, 1280);

        ModeRouter.Send(router.Access, packet);

        Ipv4Packet[] fragments = [(Ipv4Packet)ModeRouter.Next(router.Core), (Ipv4Packet)ModeRouter.Next(router.Core)];
        fragments.Should().OnlyContain(fragment => fragment.IsFragment && fragment.Length <= 1290);
        byte[] payload = [.. fragments[0].Payload.Span, .. fragments[1].Payload.Span];
        router.Inner(fragments[0] with { Payload = payload, MoreFragments = false }).Should().Be(ModeRouter.Forwarded(packet));
    }

    /// <summary>RFC 2473, Section 7.2.</summary>
    [Fact]
    public void PacketOfIpv4_ThatMayBeFragmented_LeavesWhole_InFragmentsOfItsOuterPacket()
    {
        using var router = ModeRouter.Create(TunnelMode.Ipv6);
        var packet = ModeRouter.FromHost(4, 1461);

        ModeRouter.Send(router.Access, packet);

        Ipv6Packet[] fragments = [(Ipv6Packet)ModeRouter.Next(router.Core), (Ipv6Packet)ModeRouter.Next(router.Core)];
        fragments.Should().OnlyContain(fragment => fragment.NextHeader == IpProtocol.Fragment && fragment.Length <= 1500);
        fragments.Select(fragment => fragment.Payload.Span[0]).Should().OnlyContain(protocol => protocol == Ipv4Protocol.Ipv4);
        fragments.SelectMany(fragment => fragment.Payload.ToArray()[8..]).Should().Equal(ModeRouter.Forwarded(packet).ToBytes());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Packets_ThatAreNotOfTheTunnel_AreDropped(TunnelMode mode, int version)
    {
        using var router = ModeRouter.Create(mode);
        var next = ModeRouter.ToHost(version);
        var (protocol, other) = version == 6 ? (IpProtocol.Ipv6, Ipv4Protocol.Ipv4) : (Ipv4Protocol.Ipv4, IpProtocol.Ipv6);
        var whole = next.ToBytes();
        var stranger = mode == TunnelMode.Ipv6 ? ModeRouter.Stranger6 : ModeRouter.Stranger4;
        var (refused, foreign) = (0, 1);

        foreach (
            var content in (byte[][])
                [
                    [],
                    whole[..19],
                    whole[..^1],
                    [0x75, .. whole[1..]],
                ]
        )
        {
            ModeRouter.Send(router.Core, router.Around(protocol, content));

            // Without a TLV header, a datagram is not of a tunnel that has them.
            _ = mode == TunnelMode.Ipv4UdpTlv && content.Length == 0 ? foreign++ : refused++;
        }
        if (version == 4)
        {
            foreach (
                var (source, destination) in new[]
                {
                    ("127.0.0.1", "192.0.2.2"),
                    ("169.254.1.1", "192.0.2.2"),
                    ("203.0.113.12", "224.0.0.1"),
                }
            )
            {
                var content = ModeRouter.Datagram(IPAddress.Parse(source), IPAddress.Parse(destination), 60).ToBytes();
                ModeRouter.Send(router.Core, router.Around(protocol, content));
                refused++;
            }
            ModeRouter.Send(router.Core, router.Around(protocol, [.. whole[..10], (byte)~whole[10], .. whole[11..]]));
            refused++;
        }
        if (mode.IsInUdp())
        {
            ModeRouter.Send(router.Core, router.Around(protocol, whole, port: ModeRouter.RemotePort + 1));
            foreign++;
        }
        else
        {
            ModeRouter.Send(router.Core, router.Around(other, whole));
            refused++;
        }
        ModeRouter.Send(router.Core, router.Around(protocol, whole, from: stranger));
        ModeRouter.Send(router.Core, router.InTunnel(next));

        ModeRouter.Next(router.Access).Should().Be(ModeRouter.Forwarded(next));

        // Packets of another protocol come by another socket, and may be counted a moment later.
        SpinWait.SpinUntil(() => router.Tunnels.Counters.Refused == refused, TimeSpan.FromSeconds(20));
        router.Tunnels.Counters.Should().Be(new TunnelCounters(Encapsulated: 0, Decapsulated: 1, foreign, refused, Lost: 0));
    }

    [Fact]
    public void UdpTunnels_OfOneLocalPort_ShareIt_UntilTheLastIsRemoved()
    {
        using var router = ModeRouter.Create(TunnelMode.Ipv4Udp);
        var second = new Tunnel(router.Tunnel.Local, ModeRouter.Stranger4, TunnelMode.Ipv4Udp, router.Tunnel.Ports);
        router.Tunnels.Add(second, 1500);
        var next = ModeRouter.ToHost(6);

        router.Tunnels.Remove(second);
        ModeRouter.Send(router.Core, router.InTunnel(next));

        ModeRouter.Next(router.Access).Should().Be(ModeRouter.Forwarded(next));
        router.Tunnels.Remove(router.Tunnel);
        router.Tunnels.Add(router.Tunnel, 1500);
    }

    /// <summary>A peer that has not asked for the TLV header gets none, although its packets come to the same port.</summary>
    [Fact]
    public void UdpTunnels_WithAndWithoutTlvHeader_ShareAPort_AndAreToldApart()
    {
        using var router = ModeRouter.Create(TunnelMode.Ipv4Udp);
        var other = new Tunnel(router.Tunnel.Local, ModeRouter.Stranger4, TunnelMode.Ipv4UdpTlv, router.Tunnel.Ports);
        router.Tunnels.Add(other, 1500);
        var (next, last) = (ModeRouter.ToHost(6), ModeRouter.ToHost(4));
        var octets = next.ToBytes();

        ModeRouter.Send(router.Core, router.Around(IpProtocol.Ipv6, octets, from: ModeRouter.Stranger4));
        ModeRouter.Send(router.Core, router.Around(IpProtocol.Ipv6, TlvHeader.Before(octets)));
        ModeRouter.Send(router.Core, router.Around(IpProtocol.Ipv6, TlvHeader.Before(octets)[..^1], from: ModeRouter.Stranger4));
        ModeRouter.Send(router.Core, router.Around(IpProtocol.Ipv6, TlvHeader.Before(octets), from: ModeRouter.Stranger4));
        ModeRouter.Send(router.Core, router.InTunnel(last));

        ModeRouter.Next(router.Access).Should().Be(ModeRouter.Forwarded(next));
        ModeRouter.Next(router.Access).Should().Be(ModeRouter.Forwarded(last));
        router.Tunnels.Counters.Should().Be(new TunnelCounters(Encapsulated: 0, Decapsulated: 2, Foreign: 2, Refused: 1, Lost: 0));
    }

    /// <summary>A packet that no router fragments.</summary>
    private static IpPacket Whole(IpPacket packet) => packet is Ipv4Packet ipv4 ? ipv4 with { DontFragment = true } : packet;

    private static uint MtuIn(IpPacket answer) =>
        answer is Ipv6Packet
            ? Icmpv6Message.TryParse(answer.Payload.Span, out var message, out _) && message is PacketTooBig tooBig
                ? tooBig.Mtu
                : 0
            : Icmpv4Message.TryParse(answer.Payload.Span, out var ipv4, out _) && ipv4 is Icmpv4FragmentationNeeded needed
                ? (uint)needed.NextHopMtu
                : 0;
}
