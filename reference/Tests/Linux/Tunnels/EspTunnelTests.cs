using FluentAssertions;
using Pmip.Linux.Tunnels;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux.Tunnels;

/// <summary>Packets of both families in a tunnel under ESP, on the wire.</summary>
public sealed class EspTunnelTests
{
    private const byte ExpeditedForwarding = 0xb8;

    private static readonly Ecn[] _all = [Ecn.NotEct, Ecn.Ect0, Ecn.Ect1, Ecn.Ce];

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void Packet_IntoATunnel_LeavesUnderEsp_WithItsTrafficClass(int version)
    {
        using var router = ModeRouter.Create(TunnelMode.EspTunnel);
        foreach (var ecn in _all)
        {
            var packet = (ModeRouter.FromHost(version) with { TrafficClass = ExpeditedForwarding }).WithEcn(ecn);

            ModeRouter.Send(router.Access, packet);

            var outer = (Ipv6Packet)ModeRouter.Next(router.Core);
            (outer.Source, outer.Destination, outer.NextHeader, outer.TrafficClass)
                .Should()
                .Be((router.Tunnel.Local, router.Tunnel.Remote, IpProtocol.Esp, packet.TrafficClass));
            var opened = TestProtection.AtOtherEnd(outer.Payload)!;
            opened.NextHeader.Should().Be(version == 6 ? IpProtocol.Ipv6 : Ipv4Protocol.Ipv4);
            IpPacket.TryParse(opened.Payload, out var inner, out _).Should().BeTrue();
            inner.Should().Be(ModeRouter.Forwarded(packet));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void Ecn_OutOfATunnel_IsAsRfc4301Requires_InAllCombinations(int version)
    {
        using var router = ModeRouter.Create(TunnelMode.EspTunnel);
        foreach (var outer in _all)
        {
            foreach (var inner in _all)
            {
                var packet = (ModeRouter.ToHost(version) with { TrafficClass = ExpeditedForwarding }).WithEcn(inner);

                ModeRouter.Send(router.Core, Outer(router, packet).WithEcn(outer));

                var expected = outer == Ecn.Ce && inner != Ecn.NotEct ? Ecn.Ce : inner;
                ModeRouter.Next(router.Access).Should().Be(ModeRouter.Forwarded(packet.WithEcn(expected)));
            }
        }
    }

    [Fact]
    public void WrongPackets_DoNotComeOut()
    {
        using var router = ModeRouter.Create(TunnelMode.EspTunnel);
        var (packet, next) = (ModeRouter.ToHost(6), ModeRouter.ToHost(4));
        var changed = Outer(router, packet).Payload.ToArray();
        changed[^1] ^= 1;

        ModeRouter.Send(router.Core, Outer(router, packet) with { Payload = changed });
        ModeRouter.Send(router.Core, Outer(router, packet) with { Source = ModeRouter.Stranger6 });
        ModeRouter.Send(router.Core, Outer(router, packet, index: 0x1002));
        ModeRouter.Send(router.Core, Outer(router, packet) with { Payload = new byte[3] });
        ModeRouter.Send(router.Core, Outer(router, packet) with { NextHeader = IpProtocol.Ipv6, Payload = packet.ToBytes() });
        ModeRouter.Send(router.Core, Outer(router, packet, protocol: Ipv4Protocol.Ipv4));
        ModeRouter.Send(router.Core, Outer(router, next));

        ModeRouter.Next(router.Access).Should().Be(ModeRouter.Forwarded(next), "all others were dropped");
    }

    [Fact]
    public void LargestPacket_FitsIntoThePath_AndOneOctetMoreIsReported()
    {
        const int tunnelMtu = 1500 - 40 - 57;
        using var router = ModeRouter.Create(TunnelMode.EspTunnel);

        ModeRouter.Send(router.Access, ModeRouter.FromHost(6, tunnelMtu));
        ModeRouter.Next(router.Core).Length.Should().BeInRange(tunnelMtu + 64, 1500);

        ModeRouter.Send(router.Access, ModeRouter.FromHost(6, tunnelMtu + 1));
        var error = (Ipv6Packet)ModeRouter.Next(router.Access);
        Icmpv6Message.TryParse(error.Payload.Span, out var message, out _).Should().BeTrue();
        message.Should().BeOfType<PacketTooBig>().Which.Mtu.Should().Be(tunnelMtu);
    }

    /// <summary>RFC 4303, Section 3.3.4: the protected packet is fragmented, although its link would carry it whole.</summary>
    [Theory]
    [InlineData(1280)]
    [InlineData(1330)]
    public void ProtectedPacket_LongerThanItsPathTakes_LeavesInFragments(int pathMtu)
    {
        using var router = ModeRouter.Create(TunnelMode.EspTunnel, pathMtu);
        var packet = ModeRouter.FromHost(6, 1280).WithEcn(Ecn.Ect0);

        ModeRouter.Send(router.Access, packet);

        Ipv6Packet[] fragments = [(Ipv6Packet)ModeRouter.Next(router.Core), (Ipv6Packet)ModeRouter.Next(router.Core)];
        fragments.Should().OnlyContain(fragment => fragment.NextHeader == IpProtocol.Fragment && fragment.Length <= pathMtu);
        fragments.Select(fragment => (fragment.Payload.Span[0], fragment.Ecn)).Should().AllBeEquivalentTo((IpProtocol.Esp, Ecn.Ect0));
        var opened = TestProtection.AtOtherEnd(fragments.SelectMany(fragment => fragment.Payload.ToArray()[8..]).ToArray());
        opened!.Payload.ToArray().Should().Equal(ModeRouter.Forwarded(packet).ToBytes());
    }

    [Theory]
    [InlineData(TunnelDeviceKind.Tun)]
    [InlineData(TunnelDeviceKind.Seg6)]
    public void Tunnel_WithoutProtection_IsNotSupported(TunnelDeviceKind kind)
    {
        Privilege.Require();
        using var nodes = TwoNodes.Create();
        using var tunnels = nodes.Left.Namespace.Run(() => TunnelDevices.Open(kind));
        tunnels
            .Invoking(devices => devices.Add(new Tunnel(nodes.Left.Address, nodes.Right.Address, TunnelMode.EspTunnel), 1500))
            .Should()
            .Throw<NotSupportedException>();
    }

    private static Ipv6Packet Outer(ModeRouter router, IpPacket inner, uint index = 0x1001, byte? protocol = null) =>
        new(
            router.Tunnel.Remote,
            router.Tunnel.Local,
            IpProtocol.Esp,
            TestProtection.FromOtherEnd(protocol ?? (inner is Ipv6Packet ? IpProtocol.Ipv6 : Ipv4Protocol.Ipv4), inner.ToBytes(), index)
        );
}
