using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>A host that gets fragments of Echo Requests, and answers those that it can put together.</summary>
public sealed class ReassemblyTests
{
    private const int DataLength = 40;
    private static readonly LinkId _link = new("link");
    private static readonly MacAddress _hostMac = Mac(0x41);
    private readonly VirtualNetwork _network = new();

    public ReassemblyTests()
    {
        _network.Add(HostOf(_hostMac, Host(4), Host(6)));
        _network.Add(HostOf(VirtualNetwork.Tester, Peer(4), Peer(6)));
    }

    public static TheoryData<int, int[]> Orders
    {
        get
        {
            var data = new TheoryData<int, int[]>();
            foreach (var version in (int[])[4, 6])
            {
                foreach (
                    var order in (int[][])
                        [
                            [0, 1, 2],
                            [0, 2, 1],
                            [1, 0, 2],
                            [1, 2, 0],
                            [2, 0, 1],
                            [2, 1, 0],
                        ]
                )
                {
                    data.Add(version, order);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Fragments_InAnyOrder_AreOnePacket(int version, int[] order)
    {
        var fragments = Fragments(version);

        foreach (var number in order)
        {
            Answers().Should().BeEmpty();
            Inject(fragments[number]);
        }

        Answers().Should().Equal(DataLength);
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Fragment_ThatArrivesTwice_IsNoOverlap(int version, int[] order)
    {
        var fragments = Fragments(version);
        Inject(fragments[order[0]]);
        Inject(fragments[order[0]]);
        Inject(fragments[order[1]]);
        Inject(fragments[order[0]]);
        Inject(fragments[order[2]]);
        Answers().Should().HaveCount(1);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    [InlineData(6, 0)]
    [InlineData(6, 1)]
    [InlineData(6, 2)]
    public void MissingFragment_IsReportedAfterSixtySeconds_IfTheFirstHasArrived(int version, int missing)
    {
        foreach (var fragment in Fragments(version).Where((_, number) => number != missing))
        {
            Inject(fragment);
        }

        _network.Run(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        Errors().Should().BeEmpty();
        _network.Run(TimeSpan.FromTicks(1));

        Errors().Select(e => (e.Type, e.Code)).Should().Equal(missing == 0 ? [] : [(version == 6 ? 3 : 11, 1)]);
        Errors().Select(e => e.Invoking).Should().Equal(missing == 0 ? [] : [new OctetString(Fragments(version)[0].ToBytes())]);

        Inject(Fragments(version)[missing]);
        Answers().Should().BeEmpty();
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void Time_IsCountedFromTheFirstArrival(int version)
    {
        Inject(Fragments(version)[0]);
        _network.RunSeconds(59);
        Inject(Fragments(version)[1]);
        _network.RunSeconds(1);
        Errors().Should().ContainSingle();
    }

    public static TheoryData<int, int, int, bool> Contradictions
    {
        get
        {
            var data = new TheoryData<int, int, int, bool>();
            foreach (var version in (int[])[4, 6])
            {
                data.Add(version, 8, 16, true); // begins in the first fragment
                data.Add(version, 24, 16, true); // reaches into the last
                data.Add(version, 0, 48, true); // covers everything
                data.Add(version, 0, 8, true); // is a part of the first
                data.Add(version, 16, 8, false); // ends before the last begins
                data.Add(version, 48, 8, true); // begins where the packet ends
                data.Add(version, 16, 16, false); // ends where the last begins
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void FragmentsThatContradictEachOther_AreDroppedWithAllOthers(int version, int offset, int length, bool more)
    {
        var fragments = Fragments(version);
        Inject(fragments[0]);
        Inject(fragments[2]);

        Inject(Piece(version, offset, length, more));
        foreach (var fragment in fragments)
        {
            Inject(fragment);
        }
        _network.RunSeconds(60);

        Answers().Should().BeEmpty();
        Errors().Should().BeEmpty();
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void OtherData_AtTheSamePlace_IsAnOverlap(int version)
    {
        var fragments = Fragments(version);
        var payload = fragments[1].Payload.ToArray();
        payload[^1] ^= 1;
        Inject(fragments[1]);
        Inject(fragments[1] with { Payload = payload });
        Inject(fragments[0]);
        Inject(fragments[2]);
        Answers().Should().BeEmpty();
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void FragmentsOfDifferentPackets_AreNotMixed(int version)
    {
        var (first, second) = (Fragments(version, identification: 1), Fragments(version, identification: 2));
        Inject(first[0]);
        Inject(second[1]);
        Inject(first[2]);
        Answers().Should().BeEmpty();
        Inject(first[1]);
        Answers().Should().HaveCount(1);
        Inject(second[0]);
        Inject(second[2]);
        Answers().Should().HaveCount(2);
    }

    [Fact]
    public void FragmentsOfDifferentProtocols_AreNotMixed()
    {
        var fragments = Fragments(4);
        Inject(fragments[0]);
        Inject(fragments[1] with { Protocol = 253 });
        Inject(fragments[2]);
        Answers().Should().BeEmpty();
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void OldestPacket_OfSixtyFive_IsGivenUp(int version)
    {
        for (uint identification = 1; identification <= 65; identification++)
        {
            Inject(Fragments(version, identification)[0]);
        }

        Complete(1);
        Answers().Should().BeEmpty();

        // The rest of the first packet has taken the place of the second.
        Complete(3);
        Answers().Should().HaveCount(1);

        void Complete(uint identification)
        {
            Inject(Fragments(version, identification)[1]);
            Inject(Fragments(version, identification)[2]);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void OldestPacket_IsGivenUp_WhenTheDataOfAllIsTooMuch(int version)
    {
        const int large = 60_000;
        for (uint identification = 1; identification <= 18; identification++)
        {
            Inject(Piece(version, 0, large, more: true, identification));
        }

        _network.RunSeconds(60);
        Errors().Should().HaveCount(17);
    }

    [Fact]
    public void HeadersOfFragments_AreCountedAsKept()
    {
        // Each fragment has 40 + 2048 + 8 + 8 octets, and its header 40 + 2048 without the fragment header: 250 of them are kept.
        byte[] options = [IpProtocol.Fragment, byte.MaxValue, .. new byte[2046]];
        for (uint identification = 1; identification <= 64; identification++)
        {
            for (var number = 0; number < 5; number++)
            {
                var piece = Piece(6, 8 * number, 8, more: true, identification);
                Inject(piece with { Protocol = IpProtocol.HopByHop, Payload = (byte[])[.. options, .. piece.Payload.Span] });
            }
        }

        _network.RunSeconds(60);
        Errors().Should().HaveCount(50);
    }

    [Theory]
    [InlineData(4, 128, true)]
    [InlineData(4, 129, false)]
    [InlineData(6, 128, true)]
    [InlineData(6, 129, false)]
    public void Packet_OfTooManyFragments_IsGivenUp(int version, int count, bool isDelivered)
    {
        var data = new OctetString(new byte[(count * 8) - 8]);
        IpPacket whole =
            version == 6
                ? new Ipv6Packet(Peer(6), Host(6), IpProtocol.Icmpv6, new EchoRequest(1, 1, data).ToBytes(Peer(6), Host(6)))
                : new Ipv4Packet(Peer(4), Host(4), Ipv4Protocol.Icmp, new Icmpv4EchoRequest(1, 1, data).ToBytes());

        foreach (var fragment in Split(whole, 8))
        {
            Inject(fragment);
        }
        _network.RunSeconds(60);

        Answers().Should().Equal(isDelivered ? [data.Length] : []);
        Errors().Should().BeEmpty();
    }

    [Theory]
    [InlineData(Ecn.Ect0, Ecn.Ect0, Ecn.Ect0)]
    [InlineData(Ecn.NotEct, Ecn.NotEct, Ecn.NotEct)]
    [InlineData(Ecn.Ect1, Ecn.Ce, Ecn.Ce)]
    [InlineData(Ecn.Ce, Ecn.Ect0, Ecn.Ce)]
    [InlineData(Ecn.Ce, Ecn.Ce, Ecn.Ce)]
    [InlineData(Ecn.Ce, Ecn.NotEct, null)]
    [InlineData(Ecn.NotEct, Ecn.Ce, null)]
    public void CongestionOnAFragment_IsCongestionOnThePacket(Ecn first, Ecn others, Ecn? whole)
    {
        foreach (var version in (int[])[4, 6])
        {
            foreach (var mode in PlainTunnels.Modes)
            {
                var tunnel = new TunnelledNetwork(mode);
                var outer = tunnel.Outer(TunnelledNetwork.Packet(version, 100).WithEcn(Ecn.Ect0));
                foreach (var (at, fragment) in Split(outer, 64).Index())
                {
                    tunnel.Arrive(fragment.WithEcn(at == 0 ? first : others));
                }

                tunnel.CameOut().Select(p => p.Ecn == Ecn.Ce).Should().Equal(whole is null ? [] : [whole == Ecn.Ce]);
            }
        }
    }

    [Fact]
    public void FragmentThatIsNoMultipleOfEightOctets_IsReportedInIpv6()
    {
        Inject(Piece(6, 0, 15, more: true));
        Errors().Select(e => (e.Type, e.Code, e.Mtu)).Should().Equal((4, 0, 4u));

        Inject(Piece(4, 0, 15, more: true));
        Errors().Should().HaveCount(1);
    }

    [Fact]
    public void FragmentBeyondTheLargestPacket_IsReportedInIpv6()
    {
        Inject(Piece(6, 65528, 8, more: false));
        Errors().Select(e => (e.Type, e.Code, e.Mtu)).Should().Equal((4, 0, 42u));

        Inject(Piece(4, 65512, 8, more: false));
        Errors().Should().HaveCount(1);
    }

    [Theory]
    [InlineData(4, 65475, 1)]
    [InlineData(4, 65476, 0)]
    [InlineData(4, 65515, 0)]
    [InlineData(6, 65527, 1)]
    [InlineData(6, 65528, 0)]
    [InlineData(6, 65535, 0)]
    public void Data_ThatDoesNotFitBehindTheHeaderOfTheFirstFragment_IsDropped(int version, int end, int delivered)
    {
        const int first = 60_000;
        var whole = Request(version) with { Protocol = 253 };
        Inject(WithLongerHeader(Fragment(whole, 0, new byte[first], more: true, 7)));
        Inject(Fragment(whole, first, new byte[end - first], more: false, 7));

        // A packet that is delivered is answered: no protocol has this number.
        Errors().Should().HaveCount(delivered);

        static IpPacket WithLongerHeader(IpPacket packet) =>
            packet is Ipv4Packet ipv4
                ? ipv4 with
                {
                    Options = new OctetString(Enumerable.Repeat((byte)1, 40).ToArray()),
                }
                : packet with
                {
                    Protocol = IpProtocol.HopByHop,
                    Payload = (byte[])[IpProtocol.Fragment, 0, 1, 4, 0, 0, 0, 0, .. packet.Payload.Span],
                };
    }

    [Fact]
    public void FirstFragmentWithoutAllHeaders_IsReported()
    {
        byte[] options = [IpProtocol.Icmpv6, 1, 1, 12, .. new byte[12]];
        var header = new FragmentHeader(IpProtocol.DestinationOptions, 0, true, 9);
        Inject(new Ipv6Packet(Peer(6), Host(6), IpProtocol.Fragment, header.Before(options.AsSpan(0, 8))));
        Errors().Select(e => (e.Type, e.Code, e.Mtu)).Should().Equal((4, 3, 0u));
    }

    [Fact]
    public void PacketWithAFragmentHeaderThatIsWhole_IsTakenAlone()
    {
        var fragments = Fragments(6);
        Inject(fragments[0]);
        var whole = Request(6);
        Inject(
            whole with
            {
                Protocol = IpProtocol.Fragment,
                Payload = new FragmentHeader(IpProtocol.Icmpv6, 0, false, 1).Before(whole.Payload.Span),
            }
        );
        Answers().Should().HaveCount(1);
        Inject(fragments[1]);
        Inject(fragments[2]);
        Answers().Should().HaveCount(2);
    }

    [Fact]
    public void HeadersInFrontOfTheFragmentHeader_StayInFront()
    {
        byte[] options = [IpProtocol.Fragment, 0, 1, 4, 0, 0, 0, 0];
        foreach (var fragment in Fragments(6))
        {
            Inject(fragment with { Protocol = IpProtocol.HopByHop, Payload = (byte[])[.. options, .. fragment.Payload.Span] });
        }
        Answers().Should().HaveCount(1);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void FragmentWithoutData_IsPassedOver(int version)
    {
        var fragments = Fragments(version);
        Inject(fragments[0]);
        Inject(Piece(version, 16, 0, more: true));
        Inject(fragments[1]);
        Inject(fragments[2]);
        Answers().Should().HaveCount(1);
    }

    private static IPAddress Host(int version) => IPAddress.Parse(version == 6 ? "2001:db8:300::1" : "192.0.2.41");

    private static IPAddress Peer(int version) => IPAddress.Parse(version == 6 ? "2001:db8:300::2" : "192.0.2.42");

    private static IpNodeSettings HostOf(MacAddress mac, IPAddress v4, IPAddress v6) =>
        new()
        {
            Name = "host",
            Interfaces =
            [
                new InterfaceSettings(_link, mac) { Addresses = [new ConfiguredAddress(v4, 24), new ConfiguredAddress(v6)], Mtu = 9000 },
            ],
        };

    /// <summary>An Echo Request of 48 octets in ICMP.</summary>
    private static IpPacket Request(int version)
    {
        var data = new OctetString(Ipv4Example.Data(DataLength));
        return version == 6
            ? new Ipv6Packet(Peer(6), Host(6), IpProtocol.Icmpv6, new EchoRequest(1, 1, data).ToBytes(Peer(6), Host(6)))
            : new Ipv4Packet(Peer(4), Host(4), Ipv4Protocol.Icmp, new Icmpv4EchoRequest(1, 1, data).ToBytes());
    }

    /// <summary>Three fragments of 16 octets each.</summary>
    private static List<IpPacket> Fragments(int version, uint identification = 7) => Split(Request(version), 16, identification);

    /// <summary>Fragments with so much data each, made without the stack.</summary>
    internal static List<IpPacket> Split(IpPacket packet, int length, uint identification = 7)
    {
        var fragments = new List<IpPacket>();
        for (var at = 0; at < packet.Payload.Length; at += length)
        {
            var piece = packet.Payload.Slice(at, Math.Min(length, packet.Payload.Length - at));
            fragments.Add(Fragment(packet, at, piece, at + length < packet.Payload.Length, identification));
        }
        return fragments;
    }

    /// <summary>A fragment of the Echo Request, or with zeroes beyond it.</summary>
    private static IpPacket Piece(int version, int offset, int length, bool more, uint identification = 7)
    {
        var data = new byte[offset + length];
        Request(version).Payload.Span[..Math.Min(data.Length, Request(version).Payload.Length)].CopyTo(data);
        return Fragment(Request(version), offset, data.AsMemory(offset), more, identification);
    }

    private static IpPacket Fragment(IpPacket whole, int offset, ReadOnlyMemory<byte> data, bool more, uint identification) =>
        whole switch
        {
            Ipv4Packet ipv4 => ipv4 with
            {
                Payload = data,
                FragmentOffset = offset,
                MoreFragments = more,
                DontFragment = false,
                Identification = (ushort)identification,
            },
            _ => whole with
            {
                Protocol = IpProtocol.Fragment,
                Payload = new FragmentHeader(whole.Protocol, (ushort)(offset / 8), more, identification).Before(data.Span),
            },
        };

    private void Inject(IpPacket packet) => _network.Inject("link", _hostMac, packet);

    private IReadOnlyList<int> Answers() =>
        [
            .. _network.Icmpv4<Icmpv4EchoReply>("link").Select(reply => reply.Data.Length),
            .. _network.Icmp<EchoReply>("link").Select(reply => reply.Data.Length),
        ];

    private IReadOnlyList<TunnelledNetwork.SeenError> Errors() =>
        [
            .. _network
                .On("link")
                .Where(s => s.Frame.Source == _hostMac)
                .Select(s => TunnelledNetwork.SeenError.Of((object?)s.Icmpv4 ?? s.Icmp))
                .OfType<TunnelledNetwork.SeenError>(),
        ];
}
