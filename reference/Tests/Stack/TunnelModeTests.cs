using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.TunnelledNetwork;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Packets of both families through tunnels of every mode.</summary>
public sealed class TunnelModeTests
{
    public static TheoryData<TunnelMode, int> Modes => TunnelledNetwork.Modes;

    public static TheoryData<TunnelMode, int, Ecn> EcnAtTheEntry
    {
        get
        {
            var data = new TheoryData<TunnelMode, int, Ecn>();
            foreach (var (mode, version) in Modes.Select(row => row.Data))
            {
                foreach (var inner in Enum.GetValues<Ecn>())
                {
                    data.Add(mode, version, inner);
                }
            }
            return data;
        }
    }

    public static TheoryData<TunnelMode, int, Ecn, Ecn> EcnAtTheExit
    {
        get
        {
            var data = new TheoryData<TunnelMode, int, Ecn, Ecn>();
            foreach (var (mode, version, inner) in EcnAtTheEntry.Select(row => row.Data))
            {
                foreach (var outer in Enum.GetValues<Ecn>())
                {
                    data.Add(mode, version, inner, outer);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Ping_GoesThroughTheTunnelBothWays(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);

        network.Near.Ping(FarAddress(version), 1, 1, network.Network.Now);
        network.Network.Settle();

        network.Near.TryTakeEchoReply(out var reply).Should().BeTrue();
        (reply!.Source, reply.HopLimit).Should().Be((FarAddress(version), (byte)62));
        network.InTunnel().Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void PacketInTheTunnel_HasTheHeadersOfItsMode(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);
        var packet = Packet(version) with { TrafficClass = 0xb8 };

        network.Enter(packet);

        var outer = network.InTunnel().Should().ContainSingle().Subject;
        (outer.HopLimit, outer.TrafficClass, outer.Length).Should().Be(((byte)64, (byte)0, packet.Length + network.Overhead));
        outer
            .Protocol.Should()
            .Be(
                mode.IsInUdp() ? Ipv4Protocol.Udp
                : version == 6 ? IpProtocol.Ipv6
                : Ipv4Protocol.Ipv4
            );
        var (inner, encapsulated) = Unwrap(outer);
        inner.Should().Be(packet with { HopLimit = 63 });
        (encapsulated.Encapsulation as Ipv4UdpEncapsulation)?.SourcePort.Should().Be(UdpPort.ProxyMobileIpv6Data);
        (encapsulated.Encapsulation as Ipv4UdpEncapsulation)?.DestinationPort.Should().Be(UdpPort.ProxyMobileIpv6Data);
        network.CameOut().Should().Equal(packet with { HopLimit = 62 });
    }

    [Theory]
    [InlineData(TunnelMode.Ipv4, 4, false, false)]
    [InlineData(TunnelMode.Ipv4, 4, true, true)]
    [InlineData(TunnelMode.Ipv4Udp, 4, false, false)]
    [InlineData(TunnelMode.Ipv4Udp, 4, true, true)]
    [InlineData(TunnelMode.Ipv4, 6, false, true)]
    [InlineData(TunnelMode.Ipv4Udp, 6, false, true)]
    public void DontFragment_OfThePacket_IsThatOfTheOuterHeader(TunnelMode mode, int version, bool inner, bool outer)
    {
        var network = new TunnelledNetwork(mode);

        network.Enter(Packet(version) is Ipv4Packet ipv4 ? ipv4 with { DontFragment = inner } : Packet(version));

        network.InTunnel().Cast<Ipv4Packet>().Single().DontFragment.Should().Be(outer);
    }

    [Theory]
    [InlineData(TunnelMode.Ipv4, 1300, false)]
    [InlineData(TunnelMode.Ipv4, 1301, true)]
    [InlineData(TunnelMode.Ipv4Udp, 1308, false)]
    [InlineData(TunnelMode.Ipv4Udp, 1309, true)]
    public void DontFragment_OverAPathWithoutMoreThanTheMinimumMtu_IsNotSetForIpv6(TunnelMode mode, uint pathMtu, bool expected)
    {
        var network = new TunnelledNetwork(mode, pathMtu);
        network.Enter(Packet(6));
        network.InTunnel().Cast<Ipv4Packet>().Single().DontFragment.Should().Be(expected);
    }

    [Theory]
    [MemberData(nameof(EcnAtTheEntry))]
    public void Ecn_AtTheEntry_IsCopiedExceptForCe(TunnelMode mode, int version, Ecn inner)
    {
        var network = new TunnelledNetwork(mode);

        network.Enter(Packet(version).WithEcn(inner));

        var outer = network.InTunnel().Should().ContainSingle().Subject;
        outer.Ecn.Should().Be(inner == Ecn.Ce ? Ecn.Ect0 : inner);
        Unwrap(outer).Inner.Ecn.Should().Be(inner);
    }

    [Theory]
    [MemberData(nameof(EcnAtTheExit))]
    public void Ecn_AtTheExit_CarriesCongestionIn(TunnelMode mode, int version, Ecn inner, Ecn outer)
    {
        var network = new TunnelledNetwork(mode);

        network.Arrive(network.Outer(Packet(version).WithEcn(inner)).WithEcn(outer));

        IReadOnlyList<Ecn> expected = (outer, inner) switch
        {
            (Ecn.Ce, Ecn.NotEct) => [],
            (Ecn.Ce, _) => [Ecn.Ce],
            _ => [inner],
        };
        network.CameOut().Select(p => p.Ecn).Should().Equal(expected);
    }

    [Theory]
    [InlineData(Ecn.NotEct, Ecn.NotEct)]
    [InlineData(Ecn.Ect0, Ecn.Ect0)]
    [InlineData(Ecn.Ect1, Ecn.Ect1)]
    [InlineData(Ecn.Ce, Ecn.Ce)]
    public void EcnByRfc6040_AtTheEntry_IsCopied(Ecn inner, Ecn outer) => EcnRules.Rfc6040.Outer(inner).Should().Be(outer);

    [Fact]
    public void EcnByRfc6040_AtTheExit_IsThatOfItsFigure4()
    {
        // By inner, then by outer: Not-ECT, ECT(0), ECT(1), CE.
        Ecn[] order = [Ecn.NotEct, Ecn.Ect0, Ecn.Ect1, Ecn.Ce];
        Ecn?[][] figure =
        [
            [Ecn.NotEct, Ecn.NotEct, Ecn.NotEct, null],
            [Ecn.Ect0, Ecn.Ect0, Ecn.Ect1, Ecn.Ce],
            [Ecn.Ect1, Ecn.Ect1, Ecn.Ect1, Ecn.Ce],
            [Ecn.Ce, Ecn.Ce, Ecn.Ce, Ecn.Ce],
        ];
        order
            .Select(inner => order.Select(outer => EcnRules.Rfc6040.Inner(outer, inner)))
            .Should()
            .BeEquivalentTo(figure, o => o.WithStrictOrdering());
    }

    [Fact]
    public void EcnRules_OfTheSettings_Apply()
    {
        var network = new TunnelledNetwork(TunnelMode.Ipv4, rules: ForwardingRules.Default with { Ecn = EcnRules.Rfc6040 });

        network.Enter(Packet(6).WithEcn(Ecn.Ce));
        network.Arrive(network.Outer(Packet(6).WithEcn(Ecn.Ect0)).WithEcn(Ecn.Ect1));

        network.InTunnel().Single().Ecn.Should().Be(Ecn.Ce);
        network.CameOut().Select(p => p.Ecn).Should().Equal(Ecn.Ce, Ecn.Ect1);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void HopLimit_AtTheEntry_CountsTheTunnelAsOneHop(TunnelMode mode, int version)
    {
        foreach (byte hopLimit in (byte[])[0, 1, 2, 3])
        {
            var network = new TunnelledNetwork(mode);
            var packet = Packet(version) with { HopLimit = hopLimit };

            network.Enter(packet);

            var timeExceeded = version == 6 ? 3 : 11;
            network.InTunnel().Should().HaveCount(hopLimit < 2 ? 0 : 1);
            network.CameOut().Select(p => p.HopLimit).Should().Equal(hopLimit == 3 ? [(byte)1] : []);
            network.Errors().Select(e => (e.Type, e.Code)).Should().Equal(hopLimit == 3 ? [] : [(timeExceeded, 0)]);
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void HopLimit_OfThePacketThatComesOut_CountsTheExitAsAHop(TunnelMode mode, int version)
    {
        foreach (byte hopLimit in (byte[])[0, 1, 2])
        {
            var network = new TunnelledNetwork(mode);

            network.Arrive(network.Outer(Packet(version) with { HopLimit = hopLimit }));

            network.CameOut().Select(p => p.HopLimit).Should().Equal(hopLimit == 2 ? [(byte)1] : []);
            network.Errors().Should().HaveCount(hopLimit == 2 ? 0 : 1);
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void HopLimit_OfTheOuterHeader_DoesNotMatterAtTheExit(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);

        network.Arrive(network.Outer(Packet(version)) with { HopLimit = 1 });
        network.Arrive(network.Outer(Packet(version)) with { HopLimit = 0 });

        network.CameOut().Select(p => p.HopLimit).Should().Equal(63, 63);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void PacketThatIsNotOfTheTunnel_DoesNotComeOut(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);

        network.Arrive(network.Outer(Packet(version), source: network.CoreRouter));
        network.Network.Inject(
            "far",
            Pmip.Reference.Tests.Stack.ExampleNodes.Mac(0x14),
            network.Outer(Packet(version), FarAddress(mode == TunnelMode.Ipv6 ? 6 : 4))
        );

        network.CameOut().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void PacketFromAPrefixThatIsNotBehindTheTunnel_DoesNotComeOut(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);
        network.Arrive(network.Outer(Packet(version) with { Source = FarAddress(version) }));
        network.Network.Ip("far").Should().BeEmpty();
    }

    [Fact]
    public void Datagram_OfOtherPorts_IsForAClosedPort()
    {
        var network = new TunnelledNetwork(TunnelMode.Ipv4Udp);
        var datagram = new Ipv4UdpEncapsulation(network.EntryAddress, network.ExitAddress, 5437, 5438).Around(Packet(6).ToBytes());

        network.Arrive(datagram);

        network.CameOut().Should().BeEmpty();
        network
            .Network.Icmpv4<Icmpv4DestinationUnreachable>("core")
            .Single()
            .Code.Should()
            .Be(Icmpv4DestinationUnreachable.PortUnreachable);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Datagram_OfATunnel_MayLackAChecksumButNotHaveAWrongOne(bool isAbsent, int expected)
    {
        var network = new TunnelledNetwork(TunnelMode.Ipv4Udp);
        var outer = network.Outer(Packet(6));
        var payload = outer.Payload.ToArray();
        (payload[6], payload[7]) = isAbsent ? ((byte)0, (byte)0) : ((byte)(payload[6] ^ 1), payload[7]);

        network.Arrive(outer with { Payload = payload });

        network.CameOut().Should().HaveCount(expected);
    }

    [Theory]
    [InlineData(TunnelMode.Ipv6)]
    [InlineData(TunnelMode.Ipv4)]
    public void PacketOfAnotherVersionThanAnnounced_DoesNotComeOut(TunnelMode mode)
    {
        var network = new TunnelledNetwork(mode);
        network.Arrive(network.Outer(Packet(6)) with { Protocol = Ipv4Protocol.Ipv4 });
        network.Arrive(network.Outer(Packet(4)) with { Protocol = IpProtocol.Ipv6 });
        network.CameOut().Should().BeEmpty();
    }

    [Theory]
    [InlineData(TunnelMode.Ipv6)]
    [InlineData(TunnelMode.Ipv4)]
    [InlineData(TunnelMode.Ipv4Udp)]
    public void Ipv4PacketWithAWrongChecksum_DoesNotComeOut(TunnelMode mode)
    {
        var network = new TunnelledNetwork(mode);
        var outer = network.Outer(Packet(4));
        var payload = outer.Payload.ToArray();
        var at = mode == TunnelMode.Ipv4Udp ? UdpDatagram.HeaderLength : 0;
        payload[at + Ipv4Packet.ChecksumOffset] ^= 1;
        if (mode == TunnelMode.Ipv4Udp)
        {
            (payload[6], payload[7]) = (0, 0);
        }

        network.Arrive(outer with { Payload = payload });

        network.CameOut().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void PacketOfTheTunnelMtu_FitsAndOneOctetMoreIsReported(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);
        var tunnelMtu = (int)LinkMtu - network.Overhead;
        var (fits, tooBig) = (Packet(version, tunnelMtu), Packet(version, tunnelMtu + 1));

        network.Enter(fits);
        network.InTunnel().Select(p => p.Length).Should().Equal((int)LinkMtu);
        network.Errors().Should().BeEmpty();
        network.CameOut().Should().ContainSingle();

        network.Enter(tooBig);
        network.InTunnel().Should().HaveCount(1);
        var error = network.Errors().Should().ContainSingle().Subject;
        (error.Type, error.Code, error.Mtu).Should().Be(version == 6 ? (2, 0, (uint)tunnelMtu) : (3, 4, (uint)tunnelMtu));
        tooBig.ToBytes().AsSpan(0, error.Invoking.Length).SequenceEqual(error.Invoking.Span).Should().BeTrue();
    }

    [Theory]
    [InlineData(TunnelMode.Ipv6)]
    [InlineData(TunnelMode.Ipv4)]
    [InlineData(TunnelMode.Ipv4Udp)]
    public void Ipv4PacketThatMayBeFragmented_IsFragmentedInTheTunnelFromOneOctetMoreOn(TunnelMode mode)
    {
        foreach (var beyond in (int[])[0, 1, 1000, 4000])
        {
            var network = new TunnelledNetwork(mode);
            var packet = (Ipv4Packet)Packet(4, (int)LinkMtu - network.Overhead + beyond) with { DontFragment = false };

            network.Enter(packet);

            network.InTunnel().Should().OnlyContain(p => p.Length <= LinkMtu).And.HaveCountGreaterThanOrEqualTo(beyond == 0 ? 1 : 2);
            network.Errors().Should().BeEmpty();
            network.CameOut().Should().Equal(packet with { HopLimit = 62 });
        }
    }

    [Theory]
    [InlineData(TunnelMode.Ipv6)]
    [InlineData(TunnelMode.Ipv4)]
    [InlineData(TunnelMode.Ipv4Udp)]
    public void Ipv6PacketOfTheMinimumMtu_IsFragmentedInTheTunnelOverASmallPath(TunnelMode mode)
    {
        var network = new TunnelledNetwork(mode, Ipv6Packet.MinimumMtu);
        var (fits, tooBig) = (Packet(6, 1280), Packet(6, 1281));

        network.Enter(fits);
        network.InTunnel().Should().HaveCount(2).And.OnlyContain(p => p.Length <= 1280);
        network.CameOut().Should().Equal(fits with { HopLimit = 62 });

        network.Enter(tooBig);
        network.Errors().Select(e => (e.Type, e.Mtu)).Should().Equal((2, 1280u));
        network.CameOut().Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void OwnPacketOfTheEntry_LargerThanTheTunnel_ArrivesWhole(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);

        var data = new OctetString(Ipv4Example.Data(3000));
        // The first answer of IPv6 is too big for the tunnel, and tells the far host how large the second may be.
        for (ushort number = 1; number <= 2; number++)
        {
            network.Entry.Ping(FarAddress(version), 1, number, network.Network.Now, EntryNearAddress(version), data);
            network.Network.Settle();
        }

        network.Entry.TryTakeEchoReply(out var reply).Should().BeTrue();
        (reply!.Data, reply.SequenceNumber).Should().Be((data, version == 6 ? (ushort)2 : (ushort)1));
        network.InTunnel().Should().OnlyContain(p => p.Length <= LinkMtu);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void LargestPacket_ThatDoesNotFitWithItsHeaders_IsDropped(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);
        var largest = Packet(version, ushort.MaxValue);

        network.Enter(largest is Ipv4Packet ipv4 ? ipv4 with { DontFragment = false } : largest);

        network.InTunnel().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Tunnel_ThatLeadsIntoItself_SendsNothing(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);
        var role = new ScriptedRole();
        var settings = new IpNodeSettings
        {
            Name = "loop",
            IsRouter = true,
            Interfaces =
            [
                new InterfaceSettings(ExampleNodes.Core, ExampleNodes.Mac(0x31))
                {
                    Addresses = [new ConfiguredAddress(network.ExitAddress, mode == TunnelMode.Ipv6 ? 64 : 24)],
                },
            ],
        };
        var loop = new Tunnel(
            network.ExitAddress,
            IPAddress.Parse(mode == TunnelMode.Ipv6 ? "2001:db8:8000::9" : "203.0.113.9"),
            mode,
            network.Tunnel.Ports
        );
        var only = new VirtualNetwork();
        only.Add(
            settings,
            role.Ask([
                new RoleAction.AddTunnel(loop),
                new RoleAction.AddRoute(new Route(IpPrefix.Parse("2001:db8:8000::/64"), new RouteTarget.IntoTunnel(loop))),
                new RoleAction.AddRoute(new Route(IpPrefix.Parse("203.0.113.0/24"), new RouteTarget.IntoTunnel(loop))),
            ])
        );

        only.Inject("core", ExampleNodes.Mac(0x31), Packet(version));

        only.Ip("core").Should().BeEmpty();
    }
}
