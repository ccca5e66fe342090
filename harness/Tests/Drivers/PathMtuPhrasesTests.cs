using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>
/// Phrases about the MTU of the path and of the tunnel: the report of the core router, the sizes of packets, and the findings. The MTU of
/// the path is 1500, and the header of the tunnel has 40 octets.
/// </summary>
public sealed class PathMtuPhrasesTests
{
    private const string Lowered = """
        Given MN1 is attached at link 1 and registered with LMA1
        And MN1 finds the MTU of the tunnel
        And a core router reports Packet Too Big about the last tunnelled packet with MTU = the path MTU - 100

        """;

    private static readonly IPAddress _router = IPAddress.Parse("2001:db8:100::ff");
    private static readonly IPAddress _magAddress = IPAddress.Parse("2001:db8:100::a1");

    private static readonly BedFacts _facts = Sessions.Facts() with
    {
        Ixit = Sessions.Ixit() with { Domain = ReferenceDomains.Mag.WithoutLinkLayerAddresses() },
    };

    private readonly ScriptedMag _mag = new(new ScriptedBed(_facts)) { Router = IPAddress.Parse("fe80::f1"), Forward = Tunnel };

    [Fact]
    public void Report_ComesFromTheCoreRouter_AndQuotesTheTunnelledPacket()
    {
        Run("forwarding", Lowered + "When MN1 sends a packet to CN1\nThen packets from MN1 reach CN1").Verdict.Should().Be(Verdict.Pass);

        var report = Report();
        (report.Ip!.Source, report.Ip.Destination, report.Icmp!.Mtu, report.Icmp.HasRightChecksum)
            .Should()
            .Be((_router, _magAddress, 1400u, true));
        report.Frame.Bytes.Length.Should().Be(EthernetLayer.HeaderLength + 1280, "no report is larger than every link carries");
        var quoted = report.Icmp.Quoted!;
        (quoted.Source, quoted.Destination).Should().Be((_magAddress, IPAddress.Parse("2001:db8:100::1")));
        quoted.Innermost.Destination.Should().Be(IPAddress.Parse("2001:db8:200::c1"));
    }

    [Fact]
    public void Report_QuotesOtherAddresses()
    {
        Run(
            "forwarding",
            Lowered.TrimEnd()
                + " and quoted source = MAG2 and quoted destination = CN1\n"
                + "When MN1 sends a packet to CN1 with inner size = the tunnel MTU\nThen packets from MN1 reach CN1"
        )
            .Verdict.Should()
            .Be(Verdict.Pass);

        var quoted = Report().Icmp!.Quoted!;
        (quoted.Source, quoted.Destination).Should().Be((IPAddress.Parse("2001:db8:100::a2"), IPAddress.Parse("2001:db8:200::c1")));
        Sizes()[^1].Should().Be(1460, "a report about another packet does not lower the MTU");
    }

    [Theory]
    [InlineData(1279u)]
    [InlineData(68u)]
    public void Report_OfLessThanEveryLinkCarries_IsSent_AndSaysNothingOfThePath(uint mtu)
    {
        Run(
            "forwarding",
            Lowered
                + $"And a core router reports Packet Too Big about the last tunnelled packet with MTU = {mtu}\n"
                + "When MN1 sends a packet to CN1 with inner size = the tunnel MTU\nThen packets from MN1 reach CN1"
        )
            .Verdict.Should()
            .Be(Verdict.Pass);

        (Report().Icmp!.Mtu, Sizes()[^1]).Should().Be((mtu, 1360));
    }

    [Fact]
    public void Report_OfTheLeastMtu_CountsWhereTheTunnelHadItAlready() =>
        Run(
            "forwarding",
            Lowered
                + "And a core router reports Packet Too Big about the last tunnelled packet with MTU = 1300\n"
                + "And a core router reports Packet Too Big about the last tunnelled packet with MTU = 1280\n"
                + $"When MN1 sends a packet to CN1 with inner size = 1241\n{Within}"
        )
            .Verdict.Should()
            .Be(Verdict.Fail);

    /// <summary>A report is below what the MAG advertises, although its tunnel takes more.</summary>
    [Theory]
    [InlineData(1420u, 1360u)]
    [InlineData(1279u, 1400u)]
    [InlineData(1500u, 1400u)]
    public void Report_IsBelowWhatIsAdvertised(uint advertised, uint reported)
    {
        _mag.Mtu = advertised;

        Run("forwarding", Lowered + Small);

        Report().Icmp!.Mtu.Should().Be(reported);
    }

    [Theory]
    [InlineData("the tunnel MTU", 1360)]
    [InlineData("the tunnel MTU + 1", 1361)]
    [InlineData("the path MTU", 1400)]
    [InlineData("the path MTU - 90", 1310)]
    [InlineData("1300", 1300)]
    public void Size_IsThatOfThePacketOfTheMobileNode(string words, int octets)
    {
        Run("forwarding", Lowered + $"When MN1 sends a packet to CN1 with inner size = {words}\nThen packets from MN1 reach CN1");

        Sizes()[^1].Should().Be(octets);
    }

    [Theory]
    [InlineData("the path", Verdict.Error)]
    [InlineData("-5", Verdict.Error)]
    [InlineData("the path MTU - 9000", Verdict.Inconclusive)]
    [InlineData("1501", Verdict.Inconclusive)]
    public void Size_ThatNoPacketHas_IsNoSize(string words, Verdict verdict) =>
        Run("forwarding", Lowered + $"When MN1 sends a packet to CN1 with inner size = {words}\nThen packets from MN1 reach CN1")
            .Verdict.Should()
            .Be(verdict);

    [Theory]
    [InlineData("the tunnel MTU", Verdict.Pass)]
    [InlineData("the tunnel MTU + 1", Verdict.Fail)]
    public void PacketInTheTunnel_MustNotExceedThePath(string size, Verdict verdict) =>
        Run("forwarding", Lowered + $"When MN1 sends a packet to CN1 with inner size = {size}\n{Within}").Verdict.Should().Be(verdict);

    [Theory]
    [InlineData("the tunnel MTU", Verdict.Pass)]
    [InlineData("the tunnel MTU + 1", Verdict.Fail)]
    public void PacketInTheTunnel_MustNotExceedThePath_AlsoIfItWasFoundBefore(string size, Verdict verdict) =>
        Run("forwarding", Lowered + $"When MN1 sends a packet to CN1 with inner size = {size}\nThen packets from MN1 reach CN1\n{Within}")
            .Verdict.Should()
            .Be(verdict);

    /// <summary>A report does not raise the MTU, and the tunnel of a path of 1300 octets still takes packets of 1280.</summary>
    [Theory]
    [InlineData("the path MTU + 50", "1361", Verdict.Fail)]
    [InlineData("1300", "the tunnel MTU", Verdict.Fail)]
    [InlineData("1300", "1260", Verdict.Pass)]
    public void SecondReport_OnlyLowers(string reported, string size, Verdict verdict) =>
        Run(
            "forwarding",
            Lowered
                + $"And a core router reports Packet Too Big about the last tunnelled packet with MTU = {reported}\n"
                + $"When MN1 sends a packet to CN1 with inner size = {size}\n{Within}"
        )
            .Verdict.Should()
            .Be(verdict);

    /// <summary>Part of a packet is not the packet.</summary>
    [Fact]
    public void FirstFragment_IsNotThePacket()
    {
        _mag.Forward = (mag, packet) =>
        {
            var large = packet.Payload.Length > 1000;
            mag.Send(Ports.Core, ScriptedMag.Tunnel(large ? packet with { Payload = packet.Payload[..^8] } : packet));
        };

        Run(
            "forwarding",
            "Given MN1 is attached at link 1 and registered with LMA1\nAnd packets from MN1 reach CN1\n"
                + "When MN1 sends a packet to CN1 with inner size = the tunnel MTU\nThen packets from MN1 reach CN1"
        )
            .Verdict.Should()
            .Be(Verdict.Fail);
    }

    /// <summary>The MAG knows a smaller path from before: it reports its MTU, one that cannot be, or nothing.</summary>
    [Theory]
    [InlineData(1400, 1360u, "the tunnel MTU", 1360, Verdict.Pass)]
    [InlineData(1400, 1300u, "the path MTU", 1340, Verdict.Pass)]
    [InlineData(1400, null, "the tunnel MTU", 1460, Verdict.Inconclusive)]
    [InlineData(1400, 1460u, "the tunnel MTU", 1460, Verdict.Inconclusive)]
    [InlineData(1400, 1279u, "the tunnel MTU", 1460, Verdict.Inconclusive)]
    public void MtuOfTheTunnel_IsFoundByTheReportsToTheSender(int path, uint? reported, string size, int octets, Verdict verdict)
    {
        _mag.Forward = (mag, packet) =>
        {
            if (packet.ToBytes().Length + 40 <= path)
            {
                Tunnel(mag, packet);
            }
            else if (reported is { } mtu)
            {
                var report = new PacketTooBig(mtu, new OctetString(packet.ToBytes().AsSpan(0, 1232)));
                mag.Send(
                    Ports.Access(1),
                    new(_magAddress, packet.Source, IpProtocol.Icmpv6, report.ToBytes(_magAddress, packet.Source)) { HopLimit = 255 }
                );
            }
        };

        Run(
            "forwarding",
            "Given MN1 is attached at link 1 and registered with LMA1\nAnd MN1 finds the MTU of the tunnel\n"
                + $"When MN1 sends a packet to CN1 with inner size = {size}\nThen packets from MN1 reach CN1"
        )
            .Verdict.Should()
            .Be(verdict);

        Sizes()[^1].Should().Be(octets);
    }

    [Theory]
    [InlineData("that of the tunnel", 1460u, Verdict.Fail)]
    [InlineData("that of the tunnel", 1360u, Verdict.Pass)]
    [InlineData("that of the tunnel", 1280u, Verdict.Fail)]
    [InlineData("at most that of the tunnel", 1361u, Verdict.Fail)]
    [InlineData("at most that of the tunnel", 1360u, Verdict.Pass)]
    [InlineData("at most that of the tunnel", 1280u, Verdict.Pass)]
    [InlineData("at most that of the tunnel", 1279u, Verdict.Fail)]
    [InlineData("at most that of the tunnel", null, Verdict.Inconclusive)]
    public void AdvertisedMtu_IsComparedWithThatOfTheTunnel(string expected, uint? mtu, Verdict verdict)
    {
        // MN1 gets its advertisement before its packets, without an MTU.
        _mag.Forward = (mag, packet) =>
        {
            mag.Mtu = mtu;
            Tunnel(mag, packet);
        };

        Run(
            "options",
            Lowered
                + "And MN2 attaches at link 2\nAnd the MAG sends a Proxy Binding Update for MN2\n"
                + "When LMA1 accepts the request\nThen the MAG advertises the home network prefixes to MN2 with:\n"
                + $"  | MTU | {expected} |"
        )
            .Verdict.Should()
            .Be(verdict);
    }

    [Theory]
    [InlineData("MTU = the path MTU - 121", Verdict.Inconclusive)]
    [InlineData("quoted source = MAG2", Verdict.Error)]
    [InlineData("MTU = 1400 and Code = 1", Verdict.Error)]
    public void Report_NeedsAnMtuThatAPathCanHave(string edits, Verdict verdict) =>
        Run("forwarding", $"{Lowered}And a core router reports Packet Too Big about the last tunnelled packet with {edits}\n{Small}")
            .Verdict.Should()
            .Be(verdict);

    [Fact]
    public void Report_WithoutAPacketInTheTunnel_IsNoEvidence() =>
        Run(
            "forwarding",
            "Given MN1 is attached at link 1 and registered with LMA1\n"
                + $"And a core router reports Packet Too Big about the last tunnelled packet with MTU = 1400\n{Small}"
        )
            .Verdict.Should()
            .Be(Verdict.Inconclusive);

    private const string Within = "Then no packet in the tunnel is larger than the path MTU",
        Small = "When MN1 sends a packet to CN1\nThen packets from MN1 reach CN1";

    private static void Tunnel(ScriptedMag mag, Ipv6Packet packet) => mag.Send(Ports.Core, ScriptedMag.Tunnel(packet));

    private ScenarioResult Run(string observed, string steps) => PhraseRuns.Run(_mag.Bed, observed, steps, "TC-MAG-MTU-BV-01").Result;

    private Packet Report() => Sent(Ports.Core).Last(packet => packet.Icmp?.Type == Icmpv6Layer.PacketTooBig);

    /// <summary>The sizes of the data packets of MN1.</summary>
    private List<int> Sizes() =>
        [
            .. Sent(Ports.Access(1))
                .Where(packet => packet.Icmp?.IsEcho == true)
                .Select(packet => packet.Frame.Bytes.Length - EthernetLayer.HeaderLength),
        ];

    private IEnumerable<Packet> Sent(PortId port) =>
        _mag.Bed.Sent.Where(sent => sent.Port == port).Select(sent => Packet.Of(new(sent.Port, Direction.Sent, 1, sent.At, sent.Octets)));
}
