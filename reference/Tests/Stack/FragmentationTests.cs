using FluentAssertions;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.Ipv4Example;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Fragments of a router and of a source: host A - left (1500) - router - right (smaller) - host B.</summary>
public sealed class FragmentationTests
{
    private const uint SmallMtu = 1284;

    private readonly VirtualNetwork _network = new();
    private readonly IpNode _a;

    public FragmentationTests()
    {
        _a = _network.Add(HostA);
        _network.Add(RouterWith(SmallMtu));
        _network.Add(HostB);
    }

    [Fact]
    public void Router_FragmentsAPacketOfIpv4_AndTheHostPutsItTogether()
    {
        var data = new OctetString(Data(1472));
        _a.Ping(B, 1, 1, _network.Now, data: data);
        _network.Settle();

        var fragments = Fragments();
        fragments.Select(p => (p.FragmentOffset, p.MoreFragments, p.Length)).Should().Equal((0, true, 1284), (1264, false, 236));
        fragments.Should().OnlyContain(p => p.HopLimit == 63 && p.Identification == fragments[0].Identification);
        _a.TryTakeEchoReply(out var reply).Should().BeTrue();
        reply!.Data.Should().Be(data);
    }

    [Theory]
    [InlineData(1284, 1)]
    [InlineData(1285, 2)]
    [InlineData(1500, 2)]
    public void Packet_OfTheMtu_StaysWhole(int length, int expected)
    {
        Inject(Echo(A, B, length - 28));
        Fragments().Should().HaveCount(expected).And.OnlyContain(p => p.Length <= SmallMtu);
    }

    [Fact]
    public void Fragment_IsFragmentedFurther_WithItsPlaceInTheWhole()
    {
        var packet = new Ipv4Packet(A, B, 253, Data(1400))
        {
            FragmentOffset = 800,
            MoreFragments = true,
            Identification = 77,
        };

        Inject(packet);

        Fragments()
            .Select(p => (p.FragmentOffset, p.MoreFragments, p.Identification, p.Payload.Length))
            .Should()
            .Equal((800, true, (ushort)77, 1264), (2064, true, (ushort)77, 136));
        Fragments().SelectMany(p => p.Payload.ToArray()).Should().Equal(Data(1400));
    }

    [Theory]
    [InlineData(64_112, 1403, 2)]
    [InlineData(64_112, 1404, 0)]
    [InlineData(65_528, 1480, 0)]
    public void Fragment_ThatEndsBeyondTheLargestPacket_IsNotFragmentedFurther(int offset, int length, int expected)
    {
        Inject(new Ipv4Packet(A, B, 253, Data(length)) { FragmentOffset = offset, Identification = 77 });
        Fragments().Should().HaveCount(expected);
    }

    [Theory]
    // No operation; record route (not copied) of three octets; router alert (copied) of four.
    [InlineData("01 07 03 04 94 04 00 00", "94 04 00 00")]
    // A copied option of three octets is padded.
    [InlineData("83 03 04 01", "83 03 04 00")]
    // Nothing is copied behind the end of the list.
    [InlineData("00 00 00 00 94 04 00 00", "")]
    [InlineData("07 03 04 00", "")]
    public void Options_StandInTheFirstFragment_AndInTheOthersIfTheyAreCopied(string options, string copied)
    {
        Inject(Echo(A, B, 1400) with { Options = new OctetString(Octets(options)) });

        var fragments = Fragments();
        fragments.Should().HaveCount(2).And.OnlyContain(p => p.Length <= SmallMtu);
        fragments[0].Options.Should().Be(new OctetString(Octets(options)));
        fragments[1].Options.Should().Be(new OctetString(Octets(copied)));
    }

    [Fact]
    public void OwnPackets_HaveDifferentIdentifications()
    {
        for (ushort number = 1; number <= 3; number++)
        {
            _a.Ping(B, 1, number, _network.Now);
        }
        _network.Settle();

        _network
            .Ip("left")
            .OfType<Ipv4Packet>()
            .Where(p => p.Source.Equals(A))
            .Select(p => p.Identification)
            .Should()
            .OnlyHaveUniqueItems();
    }

    [Fact]
    public void Source_FragmentsItsPacketOfIpv4_ToItsLink()
    {
        _a.Ping(B, 1, 1, _network.Now, data: new OctetString(Data(4000)));
        _network.Settle();

        _network.Ip("left").Where(p => p.Source.Equals(A)).Select(p => p.Length).Should().Equal(1500, 1500, 1068);
        _a.TryTakeEchoReply(out var reply).Should().BeTrue();
        reply!.Data.Length.Should().Be(4000);
    }

    [Fact]
    public void Source_DoesNotFragmentWhatMayNotBe()
    {
        _a.Send(Echo(A, RouterLeft, 1473) with { DontFragment = true }, _network.Now);
        _network.Settle();
        _network.Ip("left").Should().BeEmpty();
    }

    [Fact]
    public void Source_FragmentsItsPacketOfIpv6_BehindTheHeadersForEveryNode()
    {
        var network = new VirtualNetwork();
        var host = network.Add(ExampleNodes.Cn);
        network.Add(ExampleNodes.Lma);
        var (from, to) = (ExampleNodes.CnAddress, ExampleNodes.LmaHomeAddress);
        byte[] hopByHop = [IpProtocol.DestinationOptions, 0, 1, 4, 0, 0, 0, 0];
        byte[] options = [IpProtocol.Icmpv6, 0, 1, 4, 0, 0, 0, 0];
        byte[] echo = new EchoRequest(1, 1, new OctetString(Data(2000))).ToBytes(from, to);

        host.Send(new Ipv6Packet(from, to, IpProtocol.HopByHop, (byte[])[.. hopByHop, .. options, .. echo]), network.Now);
        network.Settle();

        var fragments = network
            .Ip("home")
            .OfType<Ipv6Packet>()
            .Where(p => p.Source.Equals(from) && p.NextHeader == IpProtocol.HopByHop)
            .ToList();
        fragments.Select(p => p.Length).Should().Equal(1496, 40 + 8 + 8 + 8 + 2008 - 1440);
        fragments
            .Select(p => (p.Payload.Span[0], p.Payload.Span[8]))
            .Should()
            .Equal(Enumerable.Repeat((IpProtocol.Fragment, IpProtocol.DestinationOptions), 2));
        fragments.SelectMany(p => p.Payload[16..].ToArray()).Should().Equal([.. options, .. echo]);
        network.Ip("home").OfType<Ipv6Packet>().Should().Contain(p => p.Source.Equals(to) && p.NextHeader == IpProtocol.Fragment);
    }

    [Fact]
    public void Router_DoesNotFragmentAPacketOfIpv6()
    {
        var network = new TunnelledNetwork(TunnelMode.Ipv6);
        network.Enter(TunnelledNetwork.Packet(6, 1461));
        network.InTunnel().Should().BeEmpty();
        network.Errors().Should().ContainSingle();
    }

    private static byte[] Octets(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private void Inject(Ipv4Packet packet) => _network.Inject("left", LeftMac, packet);

    private List<Ipv4Packet> Fragments() => [.. _network.Ip("right").OfType<Ipv4Packet>().Where(p => p.Source.Equals(A))];
}
