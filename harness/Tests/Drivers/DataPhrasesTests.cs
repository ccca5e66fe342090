using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Peers;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Phrases about data packets through an LMA under test: what is sent, and the findings from where it arrives.</summary>
public sealed class DataPhrasesTests
{
    private const string Mag1 = "2001:db8:100::a1";
    private const string Mag2 = "2001:db8:100::a2";
    private const string ToNode = "When CN1 sends a packet to MN1\nThen packets for MN1 arrive at MAG1 only";

    private static readonly TimeSpan _tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan _guard = TimeSpan.FromSeconds(3);

    private readonly ScriptedLma _lma = new(new ScriptedBed());

    [Fact]
    public void PacketOfACorrespondent_IsSentOnTheHomeLink_AsEdited()
    {
        Run("When CN1 sends a packet to MN1 with inner ECN = ECT(1); inner Hop Limit = 7\nThen the packet goes nowhere");

        var (port, packet) = _lma.Data.Single();
        port.Should().Be(Ports.Home);
        packet.Source.ToString().Should().Be("2001:db8:200::c1");
        ScriptedLma.PrefixOf(1).Contains(packet.Destination).Should().BeTrue();
        (packet.Ecn, packet.HopLimit).Should().Be((Ecn.Ect1, 7));
    }

    [Fact]
    public void PacketOfANode_IsSentInTheTunnelOfItsMag_AsEdited()
    {
        Run(
            "When MN1 sends a packet to CN1 with outer ECN = CE; inner ECN = ECT(0); inner source = link-local\n"
                + "Then the packet goes nowhere"
        );

        var (port, outer) = _lma.Data.Single();
        Ipv6Packet.TryParse(outer.Payload, out var inner, out _).Should().BeTrue();
        port.Should().Be(Ports.Core);
        (outer.Source.ToString(), outer.Destination.ToString(), outer.Ecn).Should().Be((Mag1, "2001:db8:100::1", Ecn.Ce));
        inner!.Source.IsIPv6LinkLocal.Should().BeTrue();
        (inner.Destination.ToString(), inner.Ecn, inner.HopLimit).Should().Be(("2001:db8:200::c1", Ecn.Ect0, 64));
    }

    [Fact]
    public void Sources_OfBothHeaders_CanBeOtherNodes()
    {
        Run("When MN1 sends a packet to CN1 with outer source = MAG2; inner source = 2001:db8:dead::1\nThen the packet goes nowhere");

        var outer = _lma.Data.Single().Packet;
        Ipv6Packet.TryParse(outer.Payload, out var inner, out _).Should().BeTrue();
        (outer.Source.ToString(), inner!.Source.ToString()).Should().Be((Mag2, "2001:db8:dead::1"));
    }

    [Fact]
    public void PacketOfANode_ThroughANamedMag_IsSentInThatTunnel()
    {
        Run("When MN1 sends a packet to CN1 through MAG2\nThen the packet goes nowhere");

        _lma.Data.Single().Packet.Source.ToString().Should().Be(Mag2);
    }

    [Fact]
    public void PacketForANodeThatDoesNotExist_GoesToAPrefixThatNobodyHas()
    {
        Run("When a packet for a prefix that is assigned to nobody arrives\nThen the packet goes nowhere")
            .Verdict.Should()
            .Be(Verdict.Pass);

        var destination = _lma.Data.Single().Packet.Destination;
        Ipv6Prefix.Parse("2001:db8:8000::/48").Contains(destination).Should().BeTrue();
        ScriptedLma.PrefixOf(1).Contains(destination).Should().BeFalse();
    }

    [Theory]
    [InlineData(Mag1, Verdict.Pass, "*")]
    [InlineData(Mag2, Verdict.Fail, "it came in a tunnel from 2001:db8:100::1 to 2001:db8:100::a2")]
    public void Tunnel_MustEndAtTheMag(string mag, Verdict verdict, string actual)
    {
        _lma.Forward = (lma, _, packet) => lma.Send(Ports.Core, ScriptedLma.Tunnel(packet, mag));

        var result = Run(ToNode);

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Purpose[^1].Actual.Should().Match(actual);
    }

    [Fact]
    public void PacketWithoutATunnel_IsAViolation()
    {
        _lma.Forward = (lma, _, packet) => lma.Send(Ports.Core, packet);

        Run(ToNode).Purpose.Single(finding => !finding.Ok).Actual.Should().Be("it came without a tunnel header");
    }

    [Fact]
    public void PacketThatDoesNotCome_OrComesElsewhere_IsAViolation()
    {
        Run(ToNode).Purpose.Single().Actual.Should().Be("nothing came within 2 s");

        var elsewhere = new ScriptedLma(new ScriptedBed()) { Forward = (lma, _, packet) => lma.Send(Ports.Home, packet) };
        Run(ToNode, elsewhere).Purpose.Single().Actual.Should().Be("it came on home");
    }

    [Fact]
    public void PacketThatAlsoGoesToAnotherMag_AtTheEndOfTheGuard_IsAViolation_AndNotOneTickLater()
    {
        Also(_guard).Verdict.Should().Be(Verdict.Fail);
        Also(_guard + _tick).Verdict.Should().Be(Verdict.Pass);

        static ScenarioResult Also(TimeSpan after) =>
            Run(
                ToNode,
                new ScriptedLma(new ScriptedBed())
                {
                    Forward = (lma, _, packet) =>
                    {
                        lma.Send(Ports.Core, ScriptedLma.Tunnel(packet, Mag1));
                        lma.Send(Ports.Core, ScriptedLma.Tunnel(packet, Mag2), after);
                    },
                }
            );
    }

    [Fact]
    public void PacketThatTheNetworkDuplicated_IsARemark()
    {
        _lma.Forward = (lma, _, packet) =>
        {
            lma.Send(Ports.Core, ScriptedLma.Tunnel(packet, Mag1));
            lma.Send(Ports.Core, ScriptedLma.Tunnel(packet, Mag1));
        };

        var result = Run(ToNode);

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        result.Remarks.Should().Equal("an identical forwarded packet came again; it counts as duplicated by the network");
    }

    [Fact]
    public void PacketThatGoesSomewhere_UpToTheEndOfTheGuard_IsAViolation_AndNotOneTickLater()
    {
        Forwarded(_guard).Should().Be(Verdict.Fail);
        Forwarded(_guard + _tick).Should().Be(Verdict.Pass);

        static Verdict Forwarded(TimeSpan after) =>
            Run(
                "When CN1 sends a packet to MN1\nThen the packet goes nowhere",
                new ScriptedLma(new ScriptedBed())
                {
                    Forward = (lma, _, packet) => lma.Send(Ports.Core, ScriptedLma.Tunnel(packet, Mag1), after),
                }
            ).Verdict;
    }

    [Fact]
    public void AnotherPacket_IsNotTheForwardedOne()
    {
        var other = new EchoRequest(1, 1, new OctetString([1, 2, 3]));
        var (source, destination) = (IPAddress.Parse("2001:db8:200::c1"), IPAddress.Parse("2001:db8:8000:1::1"));
        var packet = new Ipv6Packet(source, destination, IpProtocol.Icmpv6, other.ToBytes(source, destination));
        _lma.Forward = (lma, _, _) => lma.Send(Ports.Core, ScriptedLma.Tunnel(packet, Mag1));

        Run("When CN1 sends a packet to MN1\nThen the packet goes nowhere").Verdict.Should().Be(Verdict.Pass);
    }

    [Fact]
    public void HeadersOfTheForwardedPacket_AreJudgedToTheEndOfTheTable()
    {
        _lma.Forward = (lma, _, packet) => lma.Send(Ports.Core, ScriptedLma.Tunnel(packet, Mag1));

        var result = Run(
            ToNode
                + """

                And the forwarded packet carries:
                  | inner Hop Limit   | one less |
                  | outer source      | LMA1     |
                  | outer destination | MAG2     |
                  | inner ECN         | CE       |
                """,
            observed: "options"
        );

        result
            .Purpose.Where(finding => !finding.Ok)
            .Select(finding => (finding.Expected, finding.Actual))
            .Should()
            .Equal(("outer destination 2001:db8:100::a2", "outer destination 2001:db8:100::a1"), ("inner ECN CE", "inner ECN Not-ECT"));
    }

    /// <summary>The mark at the entrance is as RFC 3168 says, or as RFC 6040 does if the device claims that.</summary>
    [Theory]
    [InlineData(Ecn.Ect0, Verdict.Pass, Verdict.Fail)]
    [InlineData(Ecn.Ce, Verdict.Fail, Verdict.Pass)]
    [InlineData(Ecn.NotEct, Verdict.Fail, Verdict.Fail)]
    public void MarkAtTheEntrance_IsAsDeclared(Ecn outer, Verdict expected, Verdict expectedBy6040)
    {
        Marked().Should().Be(expected);
        Marked("rfc6040").Should().Be(expectedBy6040);

        Verdict Marked(params string[] claims)
        {
            var lma = new ScriptedLma(new ScriptedBed(Sessions.Facts(claims: claims)))
            {
                Forward = (lma, _, packet) => lma.Send(Ports.Core, ScriptedLma.Tunnel(packet, Mag1) with { TrafficClass = (byte)outer }),
            };
            var steps =
                $"Given MN1 is registered at MAG1\n{ToNode}\nAnd the forwarded packet carries:\n"
                + "  | outer ECN | ECT(0), or CE by RFC 6040 |";
            return PhraseRuns.Run(lma.Bed, "options", steps, "TC-LMA-FWD-BV-01").Result.Verdict;
        }
    }

    [Theory]
    [InlineData(false, Verdict.Pass)]
    [InlineData(true, Verdict.Fail)]
    public void PacketOfANode_MustLeaveTheTunnelOnTheHomeSide(bool stillTunnelled, Verdict expected)
    {
        _lma.Forward = (lma, port, packet) =>
        {
            // The correspondent answers the packet that reaches it; that answer is not forwarded.
            if (port == Ports.Core && Ipv6Packet.TryParse(packet.Payload, out var inner, out WireError? _))
            {
                lma.Send(Ports.Home, stillTunnelled ? packet : inner);
            }
        };

        Run("When MN1 sends a packet to CN1\nThen packets from MN1 reach CN1").Verdict.Should().Be(expected);
    }

    [Theory]
    [InlineData("inner TTL = 3")]
    [InlineData("ECN = CE")]
    [InlineData("inner ECN = red")]
    [InlineData("no inner ECN")]
    public void EditOfAnUnknownField_IsAFaultOfTheScenario(string edits) =>
        Run($"When CN1 sends a packet to MN1 with {edits}\nThen the packet goes nowhere").Verdict.Should().Be(Verdict.Error);

    private ScenarioResult Run(string steps, string observed = "forwarding") => Run(steps, _lma, observed);

    private static ScenarioResult Run(string steps, ScriptedLma lma, string observed = "forwarding") =>
        PhraseRuns.Run(lma.Bed, observed, $"Given MN1 is registered at MAG1\n{steps}", "TC-LMA-FWD-BV-01").Result;
}
