using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Peers;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Data packets that have extension headers themselves, before they enter a tunnel, and what the tunnel adds to them.</summary>
public sealed class InnerHeadersTests
{
    private const string Fragment =
        "When CN1 sends a packet to MN1 with inner Fragment Offset = 1232\nThen packets for MN1 arrive at MAG1 only";

    private readonly ScriptedLma _lma = new(new ScriptedBed());

    /// <summary>RFC 8200, Section 4.2; RFC 2473, Section 4.1.1. Next Header, Hdr Ext Len, options, padding.</summary>
    [Theory]
    [InlineData("inner Destination Options = Tunnel Encapsulation Limit 0", 60, "3a 00 04 01 00 01 01 00")]
    [InlineData("inner Destination Options = 1e 00 04 01 04", 60, "3a 00 1e 00 04 01 04 00")]
    [InlineData(
        "inner Destination Options = Tunnel Encapsulation Limit 4 and inner Hop-by-Hop Options = 01 04 00000000",
        0,
        "3c 00 01 04 00 00 00 00 3a 00 04 01 04 01 01 00"
    )]
    public void OptionsHeaders_AreSentAfterTheHeaderOfThePacket(string edits, int nextHeader, string octets)
    {
        Run($"When CN1 sends a packet to MN1 with {edits}\nThen the packet goes nowhere");

        var expected = Octets(octets);
        var sent = _lma.Data.Single().Packet;
        sent.NextHeader.Should().Be((byte)nextHeader);
        sent.Payload[..expected.Length].ToArray().Should().Equal(expected);
    }

    /// <summary>RFC 8200, Section 4.5: Next Header, Reserved, Fragment Offset of 154 units and the M flag 0.</summary>
    [Fact]
    public void Fragment_IsTheLastOfALongerPacket_AndIsFoundWhereItArrives()
    {
        _lma.Forward = (lma, _, packet) => lma.Send(Ports.Core, ScriptedLma.Tunnel(packet, "2001:db8:100::a1"));

        Run(Fragment).Verdict.Should().Be(Verdict.Pass);

        var sent = _lma.Data.Single().Packet;
        sent.NextHeader.Should().Be(IpProtocol.Fragment);
        sent.Payload[..4].ToArray().Should().Equal(Octets("3a 00 04 d0"));
    }

    /// <summary>A first fragment, another content or none: none of them is the packet.</summary>
    [Theory]
    [InlineData("first")]
    [InlineData("other")]
    [InlineData("none")]
    public void Fragment_ThatDoesNotArrive_IsMissed(string forwarded)
    {
        _lma.Forward = (lma, _, packet) =>
        {
            var payload = packet.Payload.ToArray();
            (payload[2], payload[3]) = forwarded == "first" ? ((byte)0, (byte)1) : (payload[2], payload[3]);
            payload[^1] ^= (byte)(forwarded == "other" ? 1 : 0);
            if (forwarded != "none")
            {
                lma.Send(Ports.Core, ScriptedLma.Tunnel(packet with { Payload = payload }, "2001:db8:100::a1"));
            }
        };

        Run(Fragment).Verdict.Should().Be(Verdict.Fail);
    }

    /// <summary>The headers after the header of the tunnel, written by hand, and the limit that the tester reads there.</summary>
    [Theory]
    [InlineData(41, "", "none")]
    [InlineData(60, "29 00 01 04 00 00 00 00", "none")]
    [InlineData(60, "29 00 04 01 03 01 01 00", "3")]
    [InlineData(60, "29 00 01 01 00 04 01 03", "3")]
    [InlineData(60, "29 00 00 00 00 04 01 03", "3")]
    [InlineData(60, "29 01 04 01 03 01 09 00 00 00 00 00 00 00 00 00", "3")]
    [InlineData(60, "29 00 04 01 03 01 01 ff", "in a malformed header")]
    [InlineData(60, "29 00 04 01 03 01 02 00", "in a malformed header")]
    [InlineData(60, "29 00 04 01 03 00 00 01", "in a malformed header")]
    [InlineData(60, "29 00 04 02 03 00 00 00", "of another form")]
    [InlineData(60, "29 00 04 01 03 04 01 03", "of another form")]
    [InlineData(0, "29 00 04 01 03 01 01 00", "in several headers or in another one than Destination Options")]
    [InlineData(60, "3c 00 04 01 03 01 01 00 29 00 04 01 03 01 01 00", "in several headers or in another one than Destination Options")]
    public void TunnelEncapsulationLimit_IsReadFromAWellFormedHeaderOnly(int nextHeader, string octets, string limit)
    {
        _lma.Forward = (lma, _, packet) =>
        {
            var tunnelled = ScriptedLma.Tunnel(packet, "2001:db8:100::a1");
            byte[] payload = [.. Octets(octets), .. tunnelled.Payload.ToArray()];
            lma.Send(Ports.Core, tunnelled with { NextHeader = (byte)nextHeader, Payload = payload });
        };

        var result = PhraseRuns
            .Run(
                _lma.Bed,
                "options",
                $"""
                Given MN1 is registered at MAG1
                When CN1 sends a packet to MN1 with inner Destination Options = Tunnel Encapsulation Limit 4
                Then packets for MN1 arrive at MAG1 only
                And the forwarded packet carries:
                  | inner Tunnel Encapsulation Limit | 4       |
                  | outer Tunnel Encapsulation Limit | {limit} |
                """,
                "TC-LMA-FWD-BV-01"
            )
            .Result;

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
    }

    private static byte[] Octets(string text) => Convert.FromHexString(text.Replace(" ", string.Empty, StringComparison.Ordinal));

    private ScenarioResult Run(string steps) =>
        PhraseRuns.Run(_lma.Bed, "forwarding", $"Given MN1 is registered at MAG1\n{steps}", "TC-LMA-FWD-BV-01").Result;
}
