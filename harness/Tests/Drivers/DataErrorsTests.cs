using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Peers;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Phrases about ICMPv6 errors that answer data packets, and about extension headers of the tunnel.</summary>
public sealed class DataErrorsTests
{
    private const string Cn1 = "2001:db8:200::c1";
    private const string ToNode = "When CN1 sends a packet to MN1\nThen CN1 receives the ICMPv6 error Time Exceeded";
    private const string FromNode =
        "When MN1 sends a packet to CN1 through MAG1\nThen MN1 receives the ICMPv6 error Time Exceeded through MAG1";

    private static readonly IPAddress _home = IPAddress.Parse("2001:db8:200::1");
    private static readonly TimeSpan _answerWithin = TimeSpan.FromSeconds(2);

    private readonly ScriptedLma _lma = new(new ScriptedBed());

    /// <summary>
    /// The error is written by hand (RFC 4443, Section 3): type, code, checksum, four octets, the packet from its IPv6 header on.
    /// </summary>
    [Theory]
    [InlineData("03 00", Cn1, Verdict.Pass, "Time Exceeded, code 0, to 2001:db8:200::c1 on home")]
    [InlineData("03 01", Cn1, Verdict.Fail, "Time Exceeded, code 1, to 2001:db8:200::c1 on home")]
    [InlineData("01 00", Cn1, Verdict.Fail, "Destination Unreachable, code 0, to 2001:db8:200::c1 on home")]
    [InlineData("03 00", "2001:db8:200::c2", Verdict.Fail, "Time Exceeded, code 0, to 2001:db8:200::c2 on home")]
    public void Error_MustHaveItsTypeAndCode_AndGoToTheSource(string typeAndCode, string to, Verdict verdict, string actual)
    {
        _lma.Forward = (lma, _, packet) => lma.Send(Ports.Home, Error(typeAndCode, packet, to));

        var result = Run(ToNode);

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Purpose[^1].Actual.Should().Be(actual);
    }

    [Theory]
    [InlineData("Destination Unreachable", "01 06", Verdict.Pass)]
    [InlineData("Destination Unreachable", "02 00", Verdict.Fail)]
    [InlineData("Packet Too Big", "02 00", Verdict.Pass)]
    [InlineData("Packet Too Big", "02 01", Verdict.Fail)]
    public void OtherErrors_HaveTheirTypes(string error, string typeAndCode, Verdict expected)
    {
        _lma.Forward = (lma, _, packet) => lma.Send(Ports.Home, Error(typeAndCode, packet, Cn1));

        Run($"When CN1 sends a packet to MN1\nThen CN1 receives the ICMPv6 error {error}").Verdict.Should().Be(expected);
    }

    /// <summary>RFC 4443, Section 3.4: the four octets after the checksum are the pointer.</summary>
    [Theory]
    [InlineData("04 00", 44, Verdict.Pass, "Parameter Problem, code 0, pointer 44, to 2001:db8:200::c1 on home")]
    [InlineData("04 00", 42, Verdict.Fail, "Parameter Problem, code 0, pointer 42, to 2001:db8:200::c1 on home")]
    [InlineData("04 01", 44, Verdict.Fail, "Parameter Problem, code 1, pointer 44, to 2001:db8:200::c1 on home")]
    [InlineData("03 00", 44, Verdict.Fail, "Time Exceeded, code 0, to 2001:db8:200::c1 on home")]
    public void ParameterProblem_MustPointAtItsOctet(string typeAndCode, byte pointer, Verdict verdict, string actual)
    {
        _lma.Forward = (lma, _, packet) =>
        {
            var error = Error(typeAndCode, packet, Cn1);
            var octets = error.Payload.ToArray();
            octets[7] = pointer;
            lma.Send(Ports.Home, error with { Payload = octets });
        };

        var result = Run("When CN1 sends a packet to MN1\nThen CN1 receives the ICMPv6 error Parameter Problem at octet 44");

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Purpose[^1].Actual.Should().Be(actual);
    }

    [Fact]
    public void Error_AboutAnotherPacket_OrOneThatComesTooLate_IsNone()
    {
        _lma.Forward = (lma, _, packet) =>
        {
            var other = packet.Payload.ToArray();
            other[^1] ^= 1;
            lma.Send(Ports.Home, Error("03 00", packet with { Payload = other }, Cn1));
            lma.Send(Ports.Home, Error("03 00", packet, Cn1), _answerWithin + TimeSpan.FromTicks(1));
        };

        Run(ToNode).Purpose[^1].Actual.Should().Be("nothing came within 2 s");
    }

    [Fact]
    public void Error_IsThereAlsoAfterTheTimeInWhichNothingElseMayCome()
    {
        _lma.Forward = (lma, _, packet) => lma.Send(Ports.Home, Error("03 00", packet, Cn1));

        Run("When CN1 sends a packet to MN1\nThen the packet goes nowhere\nAnd CN1 receives the ICMPv6 error Time Exceeded")
            .Verdict.Should()
            .Be(Verdict.Pass);
    }

    /// <summary>The error about a packet from the tunnel goes to the mobile node, back into the tunnel.</summary>
    [Theory]
    [InlineData("2001:db8:100::a1", Verdict.Pass)]
    [InlineData("2001:db8:100::a2", Verdict.Fail)]
    [InlineData(null, Verdict.Fail)]
    public void Error_ToAMobileNode_ComesThroughTheTunnelOfItsMag(string? mag, Verdict expected)
    {
        _lma.Forward = (lma, _, outer) =>
        {
            Ipv6Packet.TryParse(outer.Payload, out var inner, out WireError? _).Should().BeTrue();
            var error = Error("03 00", inner!, inner!.Source.ToString());
            lma.Send(Ports.Core, mag is null ? error : ScriptedLma.Tunnel(error, mag));
        };

        Run(FromNode).Verdict.Should().Be(expected);
    }

    /// <summary>RFC 8200, Section 4.2; RFC 2473, Section 4.1.1. Next Header, Hdr Ext Len, options, padding.</summary>
    [Theory]
    [InlineData("outer Destination Options = Tunnel Encapsulation Limit 4", 60, "29 00 04 01 04 01 01 00")]
    [InlineData("outer Hop-by-Hop Options = 05 02 00 00 01 00", 0, "29 00 05 02 00 00 01 00")]
    [InlineData("outer Hop-by-Hop Options = 05 02 00 00 00", 0, "29 00 05 02 00 00 00 00")]
    [InlineData("outer Destination Options = c9 05 01 02 03 04 05", 60, "29 01 c9 05 01 02 03 04 05 01 05 00 00 00 00 00")]
    [InlineData(
        "outer Destination Options = Tunnel Encapsulation Limit 255; outer Hop-by-Hop Options = 01 04 00000000",
        0,
        "3c 00 01 04 00 00 00 00 29 00 04 01 ff 01 01 00"
    )]
    public void ExtensionHeaders_AreSentAfterTheTunnelHeader(string edits, int nextHeader, string octets)
    {
        Run($"When MN1 sends a packet to CN1 through MAG1 with {edits}\nThen the packet goes nowhere");

        var expected = Convert.FromHexString(octets.Replace(" ", string.Empty, StringComparison.Ordinal));
        var outer = _lma.Data.Single().Packet;
        outer.NextHeader.Should().Be((byte)nextHeader);
        outer.Payload[..expected.Length].ToArray().Should().Equal(expected);
        Ipv6Packet.TryParse(outer.Payload[expected.Length..], out var inner, out _).Should().BeTrue();
        inner!.Destination.ToString().Should().Be(Cn1);
    }

    [Theory]
    [InlineData("none", Verdict.Pass)]
    [InlineData("Destination Options", Verdict.Fail)]
    public void ExtensionHeaders_OfTheForwardedPacket_AreNamed(string headers, Verdict expected)
    {
        _lma.Forward = (lma, port, outer) =>
        {
            if (port == Ports.Core && Ipv6Packet.TryParse(outer.Payload, out var inner, out WireError? _))
            {
                lma.Send(Ports.Home, inner);
            }
        };

        var result = PhraseRuns
            .Run(
                _lma.Bed,
                "options",
                $"""
                Given MN1 is registered at MAG1
                When MN1 sends a packet to CN1 through MAG1
                Then packets from MN1 through MAG1 reach CN1
                And the forwarded packet carries:
                  | inner headers | {headers} |
                """,
                "TC-LMA-FWD-BV-01"
            )
            .Result;

        result.Verdict.Should().Be(expected, result.Reason);
    }

    [Theory]
    [InlineData("inner Fragment Offset = 0")]
    [InlineData("inner Fragment Offset = 1236")]
    [InlineData("outer Fragment Offset = 1232")]
    [InlineData("outer Routing = 0100")]
    [InlineData("outer Destination Options = Tunnel Encapsulation Limit 256")]
    [InlineData("outer Destination Options = some")]
    public void ExtensionHeader_ThatCannotBe_IsAFaultOfTheScenario(string edits) =>
        Run($"When MN1 sends a packet to CN1 through MAG1 with {edits}\nThen the packet goes nowhere").Verdict.Should().Be(Verdict.Error);

    /// <summary>An ICMPv6 error of the LMA on its home link.</summary>
    private static Ipv6Packet Error(string typeAndCode, Ipv6Packet about, string to)
    {
        var destination = IPAddress.Parse(to);
        byte[] octets =
        [
            .. Convert.FromHexString(typeAndCode.Replace(" ", string.Empty, StringComparison.Ordinal)),
            0,
            0,
            0,
            0,
            0,
            0,
            .. about.ToBytes(),
        ];
        return new Ipv6Packet(_home, destination, IpProtocol.Icmpv6, octets);
    }

    private ScenarioResult Run(string steps) =>
        PhraseRuns.Run(_lma.Bed, "forwarding", $"Given MN1 is registered at MAG1\n{steps}", "TC-LMA-FWD-BV-01").Result;
}
