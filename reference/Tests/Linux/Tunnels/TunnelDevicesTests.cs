using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Linux.Tunnels;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux.Tunnels;

/// <summary>Tests tunnels on the wire, through each data path that this kernel has.</summary>
public sealed class TunnelDevicesTests
{
    private const byte ExpeditedForwarding = 0xb8;

    /// <summary>RFC 2473, Section 4.1.1: a header with the option and padding.</summary>
    private static readonly byte[] _encapsulationLimitHeader = [IpProtocol.Ipv6, 0, 4, 1, 4, 1, 1, 0];

    public static TheoryData<TunnelDeviceKind> Kinds =>
        KernelHasTunnels() ? [TunnelDeviceKind.Tun, TunnelDeviceKind.Kernel] : [TunnelDeviceKind.Tun];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Packet_IntoATunnel_LeavesWithAnOuterHeader(TunnelDeviceKind kind)
    {
        using var router = TunnelRouter.Create(kind);
        var packet = TunnelRouter.FromHost("out") with { FlowLabel = 0x12345 };

        TunnelRouter.Send(router.Access, packet);

        var outer = TunnelRouter.Next(router.Core);
        (outer.Source, outer.Destination, outer.NextHeader, outer.HopLimit)
            .Should()
            .Be((TunnelRouter.Local, TunnelRouter.Remote, IpProtocol.Ipv6, (byte)64));
        outer.Payload.ToArray().Should().Equal(TunnelRouter.Forwarded(packet).ToBytes());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Packet_OutOfATunnel_LosesItsOuterHeader(TunnelDeviceKind kind)
    {
        using var router = TunnelRouter.Create(kind);
        var packet = TunnelRouter.ToHost("in") with { FlowLabel = 0x12345 };

        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(packet) with { HopLimit = 1 });

        TunnelRouter.Next(router.Access).Should().Be(TunnelRouter.Forwarded(packet));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Packet_WithATunnelEncapsulationLimit_ComesOut(TunnelDeviceKind kind)
    {
        using var router = TunnelRouter.Create(kind);
        var packet = TunnelRouter.ToHost("limited");

        TunnelRouter.Send(
            router.Core,
            new Ipv6Packet(
                TunnelRouter.Remote,
                TunnelRouter.Local,
                IpProtocol.DestinationOptions,
                (byte[])[.. _encapsulationLimitHeader, .. packet.ToBytes()]
            )
        );

        TunnelRouter.Next(router.Access).Should().Be(TunnelRouter.Forwarded(packet));
    }

    [Theory]
    [InlineData(4, 3)]
    [InlineData(1, 0)]
    public void Packet_WithATunnelEncapsulationLimit_LeavesWithOneLess(byte limit, byte outward)
    {
        using var router = TunnelRouter.Create();
        var (limited, other) = (Limited(TunnelRouter.FromHost("limited"), limit), TunnelRouter.FromHost("other"));

        TunnelRouter.Send(router.Access, limited);
        TunnelRouter.Send(router.Access, other);

        var outer = TunnelRouter.Next(router.Core);
        outer.NextHeader.Should().Be(IpProtocol.DestinationOptions);
        byte[] header = [IpProtocol.Ipv6, 0, 4, 1, outward, 1, 1, 0];
        outer.Payload.ToArray().Should().Equal([.. header, .. TunnelRouter.Forwarded(limited).ToBytes()]);
        outer = TunnelRouter.Next(router.Core);
        outer.NextHeader.Should().Be(IpProtocol.Ipv6, "the packet has no limit");
        outer.Payload.ToArray().Should().Equal(TunnelRouter.Forwarded(other).ToBytes());
    }

    [Fact]
    public void Packet_ThatMayEnterNoTunnel_IsAnsweredParameterProblem()
    {
        using var router = TunnelRouter.Create();
        var (limited, other) = (Limited(TunnelRouter.FromHost("limited"), 0), TunnelRouter.FromHost("other"));

        TunnelRouter.Send(router.Access, limited);
        TunnelRouter.Send(router.Access, other);

        var answer = TunnelRouter.Next(router.Access);
        answer.Destination.Should().Be(TunnelRouter.Host);
        Icmpv6Message.TryParse(answer.Payload.Span, out var message, out _).Should().BeTrue();
        var problem = message.Should().BeOfType<ParameterProblem>().Which;
        (problem.Code, problem.Pointer).Should().Be((ParameterProblem.ErroneousHeaderField, 44u));
        problem.Invoking.ToArray().Should().Equal(TunnelRouter.Forwarded(limited).ToBytes());
        TunnelRouter.Next(router.Core).Payload.ToArray().Should().Equal(TunnelRouter.Forwarded(other).ToBytes());
    }

    [Fact]
    public void Packet_WithATunnelEncapsulationLimit_LeavesRoomForTheOuterOne()
    {
        const int mtu = TunnelRouter.TunnelMtu - 8;
        using var router = TunnelRouter.Create();
        var fitting = Limited(FromHostOfLength(mtu - 8), 4);

        TunnelRouter.Send(router.Access, Limited(FromHostOfLength(mtu - 7), 4));
        TunnelRouter.Send(router.Access, fitting);

        var answer = TunnelRouter.Next(router.Access);
        Icmpv6Message.TryParse(answer.Payload.Span, out var message, out _).Should().BeTrue();
        message.Should().BeOfType<PacketTooBig>().Which.Mtu.Should().Be(mtu);
        TunnelRouter.Next(router.Core).Length.Should().Be(1500);
    }

    [Theory]
    [InlineData(Ecn.NotEct, Ecn.NotEct)]
    [InlineData(Ecn.Ect0, Ecn.Ect0)]
    [InlineData(Ecn.Ect1, Ecn.Ect1)]
    [InlineData(Ecn.Ce, Ecn.Ect0)]
    public void EcnOfAPacket_IntoATunnel_GoesOutward(Ecn inner, Ecn outer)
    {
        foreach (var kind in Kinds)
        {
            using var router = TunnelRouter.Create(kind.Data);
            var packet = (TunnelRouter.FromHost("marked") with { TrafficClass = ExpeditedForwarding }).WithEcn(inner);

            TunnelRouter.Send(router.Access, packet);

            var sent = TunnelRouter.Next(router.Core);
            (sent.TrafficClass - (byte)sent.Ecn, sent.Ecn).Should().Be((ExpeditedForwarding, outer));
            sent.Payload.ToArray().Should().Equal(TunnelRouter.Forwarded(packet).ToBytes());
        }
    }

    [Theory]
    [InlineData(Ecn.NotEct, Ecn.NotEct, Ecn.NotEct)]
    [InlineData(Ecn.NotEct, Ecn.Ect0, Ecn.Ect0)]
    [InlineData(Ecn.NotEct, Ecn.Ect1, Ecn.Ect1)]
    [InlineData(Ecn.NotEct, Ecn.Ce, Ecn.Ce)]
    [InlineData(Ecn.Ect0, Ecn.NotEct, Ecn.NotEct)]
    [InlineData(Ecn.Ect0, Ecn.Ect0, Ecn.Ect0)]
    [InlineData(Ecn.Ect0, Ecn.Ect1, Ecn.Ect1)]
    [InlineData(Ecn.Ect0, Ecn.Ce, Ecn.Ce)]
    [InlineData(Ecn.Ect1, Ecn.NotEct, Ecn.NotEct)]
    [InlineData(Ecn.Ect1, Ecn.Ect0, Ecn.Ect0)]
    [InlineData(Ecn.Ect1, Ecn.Ect1, Ecn.Ect1)]
    [InlineData(Ecn.Ect1, Ecn.Ce, Ecn.Ce)]
    [InlineData(Ecn.Ce, Ecn.Ect0, Ecn.Ce)]
    [InlineData(Ecn.Ce, Ecn.Ect1, Ecn.Ce)]
    [InlineData(Ecn.Ce, Ecn.Ce, Ecn.Ce)]
    public void EcnOfAPacket_OutOfATunnel_IsAsRfc5213Requires(Ecn outer, Ecn inner, Ecn after)
    {
        using var router = TunnelRouter.Create();
        var packet = (TunnelRouter.ToHost("marked") with { TrafficClass = ExpeditedForwarding }).WithEcn(inner);

        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(packet).WithEcn(outer));

        TunnelRouter.Next(router.Access).Should().Be(TunnelRouter.Forwarded(packet.WithEcn(after)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Packet_WithoutEcn_ThatIsMarkedInTheTunnel_IsDropped(TunnelDeviceKind kind)
    {
        using var router = TunnelRouter.Create(kind);
        var next = TunnelRouter.ToHost("next");

        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(TunnelRouter.ToHost("marked")).WithEcn(Ecn.Ce));
        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(next));

        TunnelRouter.Next(router.Access).Should().Be(TunnelRouter.Forwarded(next));
        AssertCounters(router, new TunnelCounters(Encapsulated: 0, Decapsulated: 1, Foreign: 0, Refused: 1, Lost: 0));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Packets_OfOtherEnds_AreDropped(TunnelDeviceKind kind)
    {
        using var router = TunnelRouter.Create(kind);
        var next = TunnelRouter.ToHost("next");

        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(TunnelRouter.ToHost("foreign"), from: TunnelRouter.Stranger));
        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(TunnelRouter.ToHost("foreign"), to: TunnelRouter.OtherLocal));
        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(next));

        TunnelRouter.Next(router.Access).Should().Be(TunnelRouter.Forwarded(next));
        AssertCounters(router, new TunnelCounters(Encapsulated: 0, Decapsulated: 1, Foreign: 2, Refused: 0, Lost: 0));
    }

    [Fact]
    public void Content_ThatNoRouterForwards_IsDropped()
    {
        using var router = TunnelRouter.Create();
        var next = TunnelRouter.ToHost("next");
        var whole = next.ToBytes();
        byte[][] contents =
        [
            [],
            whole[..39],
            whole[..^1],
            [0x45, .. whole[1..]],
            TunnelRouter.Echo(IPAddress.Parse("fe80::1"), TunnelRouter.Host, "link-local source").ToBytes(),
            TunnelRouter.Echo(TunnelRouter.Correspondent, IPAddress.Parse("fe80::1"), "link-local destination").ToBytes(),
            TunnelRouter.Echo(TunnelRouter.Correspondent, IPAddress.Parse("ff02::1"), "group").ToBytes(),
            TunnelRouter.Echo(IPAddress.IPv6Any, TunnelRouter.Host, "no source").ToBytes(),
            TunnelRouter.Echo(IPAddress.IPv6Loopback, TunnelRouter.Host, "loopback").ToBytes(),
        ];

        foreach (var content in contents)
        {
            TunnelRouter.Send(router.Core, new Ipv6Packet(TunnelRouter.Remote, TunnelRouter.Local, IpProtocol.Ipv6, content));
        }
        TunnelRouter.Send(
            router.Core,
            new Ipv6Packet(TunnelRouter.Remote, TunnelRouter.Local, IpProtocol.Ipv6, (byte[])[.. whole, 0, 0, 0])
        );

        TunnelRouter.Next(router.Access).Should().Be(TunnelRouter.Forwarded(next), "octets after the packet are not part of it");
        AssertCounters(router, new TunnelCounters(Encapsulated: 0, Decapsulated: 1, Foreign: 0, Refused: contents.Length, Lost: 0));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Packet_LongerThanTheTunnelTakes_IsAnsweredPacketTooBig(TunnelDeviceKind kind)
    {
        using var router = TunnelRouter.Create(kind);
        var fitting = FromHostOfLength(TunnelRouter.TunnelMtu);

        TunnelRouter.Send(router.Access, FromHostOfLength(TunnelRouter.TunnelMtu + 1));
        TunnelRouter.Send(router.Access, fitting);

        var answer = TunnelRouter.Next(router.Access);
        Icmpv6Message.TryParse(answer.Payload.Span, out var message, out _).Should().BeTrue();
        message.Should().BeOfType<PacketTooBig>().Which.Mtu.Should().Be(TunnelRouter.TunnelMtu);
        var outer = TunnelRouter.Next(router.Core);
        (outer.Length, outer.NextHeader).Should().Be((1500, IpProtocol.Ipv6));
        outer.Payload.ToArray().Should().Equal(TunnelRouter.Forwarded(fitting).ToBytes());
    }

    /// <summary>The kernel's own devices do not fragment: Linux 6.1 drops the packet.</summary>
    [Fact]
    public void OuterPacket_LongerThanItsLinkTakes_LeavesInFragments()
    {
        using var router = TunnelRouter.Create();
        router.Netlink.Links.SetMtu(router.CoreIndex, 1300);
        var packet = FromHostOfLength(1280);

        TunnelRouter.Send(router.Access, packet);

        Ipv6Packet[] fragments = [TunnelRouter.Next(router.Core), TunnelRouter.Next(router.Core)];
        fragments.Should().OnlyContain(fragment => fragment.NextHeader == IpProtocol.Fragment && fragment.Length <= 1300);
        fragments.SelectMany(fragment => fragment.Payload.ToArray()[8..]).Should().Equal(TunnelRouter.Forwarded(packet).ToBytes());
    }

    /// <summary>RFC 2473, Section 7.1: the entrance fragments what the path does not carry whole, although its link does.</summary>
    [Theory]
    [InlineData(1280)]
    [InlineData(1296)]
    [InlineData(1319)]
    public void OuterPacket_LongerThanItsPathTakes_LeavesInFragments(int pathMtu)
    {
        using var router = TunnelRouter.Create();
        var (packet, fitting) = (FromHostOfLength(1280), FromHostOfLength(pathMtu - 40));
        router.Tunnels.SetPathMtu(new Tunnel(TunnelRouter.Local, TunnelRouter.Remote), pathMtu);

        TunnelRouter.Send(router.Access, packet);
        TunnelRouter.Send(router.Access, fitting);

        Ipv6Packet[] fragments = [TunnelRouter.Next(router.Core), TunnelRouter.Next(router.Core)];
        fragments.Should().OnlyContain(fragment => fragment.NextHeader == IpProtocol.Fragment && fragment.Length <= pathMtu);
        fragments.SelectMany(fragment => fragment.Payload.ToArray()[8..]).Should().Equal(TunnelRouter.Forwarded(packet).ToBytes());
        TunnelRouter.Next(router.Core).Payload.ToArray().Should().Equal(TunnelRouter.Forwarded(fitting).ToBytes());
    }

    [Fact]
    public void OuterPacket_WithALimit_LeavesInFragments_OfWhichTheFirstHasTheLimit()
    {
        using var router = TunnelRouter.Create();
        var packet = Limited(FromHostOfLength(1272), 4);
        router.Tunnels.SetPathMtu(new Tunnel(TunnelRouter.Local, TunnelRouter.Remote), 1280);

        TunnelRouter.Send(router.Access, packet);

        Ipv6Packet[] fragments = [TunnelRouter.Next(router.Core), TunnelRouter.Next(router.Core)];
        fragments.Should().OnlyContain(fragment => fragment.NextHeader == IpProtocol.Fragment && fragment.Length <= 1280);
        fragments.Select(fragment => fragment.Payload.Span[0]).Should().OnlyContain(next => next == IpProtocol.DestinationOptions);
        fragments
            .SelectMany(fragment => fragment.Payload.ToArray()[8..])
            .Should()
            .Equal([.. TunnelEncapsulationLimit.Header(3), .. TunnelRouter.Forwarded(packet).ToBytes()]);
    }

    /// <summary>A tunnel is made again over a path whose MTU is known, or below the minimum of IPv6.</summary>
    [Theory]
    [InlineData(1280, 1320, 1280)]
    [InlineData(1000, 1320, 1280)]
    [InlineData(1320, 1320, 1320)]
    public void Tunnel_MadeOverAPathOfKnownMtu_FragmentsForIt(int pathMtu, int outerLength, int largest)
    {
        using var router = TunnelRouter.Create();
        router.Tunnels.Remove(new Tunnel(TunnelRouter.Local, TunnelRouter.Remote));
        var index = router.Tunnels.Add(new Tunnel(TunnelRouter.Local, TunnelRouter.Remote), pathMtu);
        router.Netlink.Routes.Replace(new KernelRoute(IPNetwork.Parse("2001:db8:200::/64")) { LinkIndex = index });

        TunnelRouter.Send(router.Access, FromHostOfLength(outerLength - 40));

        var first = TunnelRouter.Next(router.Core);
        first.Length.Should().BeInRange(largest - 7, largest);
        first.NextHeader.Should().Be(outerLength > largest ? IpProtocol.Fragment : IpProtocol.Ipv6);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void OuterPacket_InFragments_ComesOutWhole(TunnelDeviceKind kind)
    {
        using var router = TunnelRouter.Create(kind);
        var packet = TunnelRouter.ToHost(new string('b', 200));
        var content = packet.ToBytes();

        TunnelRouter.Send(router.Core, Fragment(content[..96], 0, more: true));
        TunnelRouter.Send(router.Core, Fragment(content[96..], 96, more: false));

        TunnelRouter.Next(router.Access).Should().Be(TunnelRouter.Forwarded(packet));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Interface_IsUp_AndHasNoAddress(TunnelDeviceKind kind)
    {
        using var router = TunnelRouter.Create(kind);

        router
            .Netlink.Links.Get(router.TunnelIndex)
            .Should()
            .Match<Link>(link => link.IsUp && link.IsRunning && link.Mtu == TunnelRouter.TunnelMtu);
        router.Netlink.Addresses.List().Should().NotContain(address => address.LinkIndex == router.TunnelIndex);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Tunnel_CanBeRemoved_AndMadeAgain(TunnelDeviceKind kind)
    {
        using var router = TunnelRouter.Create(kind);
        router
            .Tunnels.Invoking(tunnels => tunnels.Add(new Tunnel(TunnelRouter.Local, TunnelRouter.Remote), 1280))
            .Should()
            .Throw<ArgumentException>();

        router.Tunnels.Remove(new Tunnel(TunnelRouter.Local, TunnelRouter.Remote));
        router.Tunnels.Remove(new Tunnel(TunnelRouter.Local, TunnelRouter.Remote));

        router.Netlink.Links.List().Should().NotContain(link => link.Index == router.TunnelIndex);
        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(TunnelRouter.ToHost("nowhere")));

        router.Tunnels.Add(new Tunnel(TunnelRouter.Local, TunnelRouter.Remote), TunnelRouter.PathMtu);
        var next = TunnelRouter.ToHost("next");
        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(next));

        TunnelRouter.Next(router.Access).Should().Be(TunnelRouter.Forwarded(next));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Tunnels_OfSeveralEnds_AreKeptApart(TunnelDeviceKind kind)
    {
        using var router = TunnelRouter.Create(kind);
        var other = router.Tunnels.Add(new Tunnel(TunnelRouter.OtherLocal, TunnelRouter.Stranger), 1400);
        router.Netlink.Routes.Add(new KernelRoute(IPNetwork.Parse("2001:db8:300::/64")) { LinkIndex = other });
        var packet = TunnelRouter.Echo(TunnelRouter.Host, IPAddress.Parse("2001:db8:300::c"), "other");

        TunnelRouter.Send(router.Access, packet);
        var outer = TunnelRouter.Next(router.Core);
        (outer.Source, outer.Destination).Should().Be((TunnelRouter.OtherLocal, TunnelRouter.Stranger));

        TunnelRouter.Send(router.Access, TunnelRouter.FromHost("first"));
        outer = TunnelRouter.Next(router.Core);
        (outer.Source, outer.Destination).Should().Be((TunnelRouter.Local, TunnelRouter.Remote));

        var answer = TunnelRouter.Echo(IPAddress.Parse("2001:db8:300::c"), TunnelRouter.Host, "answer");
        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(answer, TunnelRouter.Stranger, TunnelRouter.OtherLocal));
        TunnelRouter.Next(router.Access).Should().Be(TunnelRouter.Forwarded(answer));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Dispose_LeavesNoInterface(TunnelDeviceKind kind)
    {
        Privilege.Require();
        using var home = NetworkNamespace.CreateAnonymous();
        using var netlink = home.Run(RouteNetlink.Open);
        var before = netlink.Links.List();
        using (var tunnels = home.Run(() => TunnelDevices.Open(kind)))
        {
            tunnels.Add(new Tunnel(TunnelRouter.Local, TunnelRouter.Remote), 1280);
            tunnels.Add(new Tunnel(TunnelRouter.Local, TunnelRouter.Stranger), 1280);
            netlink.Links.List().Should().HaveCount(before.Count + 2);
        }

        netlink.Links.List().Should().Equal(before);
    }

    [Fact]
    public void Device_DeletedBySomebodyElse_CanStillBeRemoved()
    {
        using var router = TunnelRouter.Create();
        router.Netlink.Links.Delete(router.TunnelIndex);
        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(TunnelRouter.ToHost("nowhere")));

        router.Tunnels.Remove(new Tunnel(TunnelRouter.Local, TunnelRouter.Remote));

        router.Tunnels.Add(new Tunnel(TunnelRouter.Local, TunnelRouter.Remote), 1280).Should().NotBe(router.TunnelIndex);
    }

    [Fact]
    public void PathMtu_ThatNoLinkHas_IsRefused()
    {
        using var router = TunnelRouter.Create();

        router
            .Tunnels.Invoking(tunnels => tunnels.Add(new Tunnel(TunnelRouter.Local, TunnelRouter.Stranger), 67))
            .Should()
            .Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Auto_TakesTheKernelsDevices_AndSaysWhyIfItCannot()
    {
        Privilege.Require();
        using var tunnels = TunnelDevices.Open(TunnelDeviceKind.Auto);

        if (KernelHasTunnels())
        {
            tunnels.Description.Should().StartWith("kernel tunnel devices (ip6tnl").And.EndWith("and TUN for other tunnels");
        }
        else
        {
            tunnels
                .Description.Should()
                .Be("TUN, because the kernel has no ip6tnl devices (module ip6_tunnel), and the kernel has no sit devices (module sit)");
        }
    }

    [Fact]
    public void Kernel_WithoutTunnelDevices_IsRefused()
    {
        Privilege.Require();
        if (KernelHasTunnels())
        {
            Assert.Skip("this kernel has tunnel devices");
        }

        FluentActions
            .Invoking(() => TunnelDevices.Open(TunnelDeviceKind.Kernel))
            .Should()
            .Throw<LinuxException>()
            .WithMessage("*ip6tnl*")
            .Which.ErrorNumber.Should()
            .Be(Errno.NotSupported);
    }

    /// <summary>The packet with a Destination Options header that has a Tunnel Encapsulation Limit.</summary>
    private static Ipv6Packet Limited(Ipv6Packet packet, byte limit) =>
        packet with
        {
            NextHeader = IpProtocol.DestinationOptions,
            Payload = (byte[])[packet.NextHeader, 0, 4, 1, limit, 1, 1, 0, .. packet.Payload.Span],
        };

    private static bool KernelHasTunnels()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return false;
        }
        using var netlink = RouteNetlink.Open();
        return netlink.Links.KnowsTunnels(TunnelMode.Ipv6);
    }

    private static Ipv6Packet FromHostOfLength(int length) => TunnelRouter.FromHost(new string('x', length - Ipv6Packet.HeaderLength - 8));

    private static Ipv6Packet Fragment(byte[] part, ushort offset, bool more)
    {
        var header = new byte[8];
        new FragmentHeader(IpProtocol.Ipv6, (ushort)(offset / 8), more, Identification: 7).Write(header);
        return new Ipv6Packet(TunnelRouter.Remote, TunnelRouter.Local, IpProtocol.Fragment, (byte[])[.. header, .. part]);
    }

    /// <summary>Checks the counters, which only TUN tunnels have; the kernel counts the packets of its own devices.</summary>
    private static void AssertCounters(TunnelRouter router, TunnelCounters expected)
    {
        if (router.Tunnels is TunTunnels tun)
        {
            tun.Counters.Should().Be(expected);
        }
    }
}
