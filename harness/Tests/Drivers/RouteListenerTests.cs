using System.Buffers.Binary;
using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>What a router on the home link hears of the routes of an LMA, in octets by hand (RFC 2080, Section 2.1).</summary>
public sealed class RouteListenerTests
{
    /// <summary>The prefix of MN1, the octets of route tag and prefix length, and the metric.</summary>
    private const string Route = "20010db8800000010000000000000000 0000 40 01";
    private const string Response = "02 01 0000";

    private static readonly IPAddress _router = IPAddress.Parse("fe80::1"),
        _all = IPAddress.Parse("ff02::9");

    private readonly ScriptedLma _lma = new(new ScriptedBed());

    [Theory]
    [InlineData(Response + Route, Verdict.Pass)]
    [InlineData(Response + "20010db8dead00000000000000000000 0000 40 01" + Route, Verdict.Pass)]
    [InlineData(Response + "20010db8800000000000000000000000 0000 30 0f", Verdict.Pass)]
    [InlineData(Response + "20010db8dead00000000000000000000 0000 40 01", Verdict.Fail)]
    [InlineData(Response + "00000000000000000000000000000000 0000 00 01", Verdict.Fail)]
    [InlineData(Response + "20010db8800000010000000000000000 0000 40 10", Verdict.Fail)]
    [InlineData(Response + "20010db8800000010000000000000000 0000 81 01", Verdict.Fail)]
    [InlineData(Response + "20010db8800000010000000000000000 0000 40 00", Verdict.Fail)]
    [InlineData("01 01 0000" + Route, Verdict.Fail)]
    [InlineData("02 02 0000" + Route, Verdict.Fail)]
    [InlineData("02 01", Verdict.Fail)]
    public void Route_IsOneOfAResponse_ThatLeadsToThePrefix(string message, Verdict expected) =>
        Heard(Packet(message)).Should().Be(expected);

    [Theory]
    [InlineData("fe80::1", "ff02::9", 255, 521, 521, Verdict.Pass)]
    [InlineData("2001:db8:200::1", "ff02::9", 255, 521, 521, Verdict.Fail)]
    [InlineData("fe80::1", "ff02::1", 255, 521, 521, Verdict.Fail)]
    [InlineData("fe80::1", "ff02::9", 1, 521, 521, Verdict.Fail)]
    [InlineData("fe80::1", "ff02::9", 255, 1024, 521, Verdict.Fail)]
    [InlineData("fe80::1", "ff02::9", 255, 521, 522, Verdict.Fail)]
    public void Message_IsOneThatARouterTakes(string from, string to, byte hopLimit, ushort source, ushort destination, Verdict expected) =>
        Heard(Packet(Response + Route, IPAddress.Parse(from), IPAddress.Parse(to), source, destination) with { HopLimit = hopLimit })
            .Should()
            .Be(expected);

    [Fact]
    public void Message_WithAWrongChecksum_IsNone()
    {
        var packet = Packet(Response + Route);
        var octets = packet.Payload.ToArray();
        octets[6] ^= 1;

        Heard(packet with { Payload = octets }).Should().Be(Verdict.Fail);
    }

    /// <summary>The checksum includes the length, so that it is right again.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(0xffff)]
    public void Message_WithAWrongLength_IsNone(ushort length)
    {
        var packet = Packet(Response + Route);
        var octets = packet.Payload.ToArray();
        (octets[4], octets[5], octets[6], octets[7]) = ((byte)(length >> 8), (byte)length, 0, 0);
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(6), InternetChecksum.ComputeWithPseudoHeader(_router, _all, 17, octets));

        Heard(packet with { Payload = octets }).Should().Be(Verdict.Fail);
    }

    /// <summary>RFC 2080, Section 2.3: 30 s and at most 15 s more; and the tester's tolerance of 2 ms.</summary>
    [Theory]
    [InlineData(45.002, "home", Verdict.Pass)]
    [InlineData(45.003, "home", Verdict.Fail)]
    [InlineData(1, "core", Verdict.Fail)]
    public void Route_IsHeardInTime_OnTheHomeLink(double seconds, string port, Verdict expected) =>
        Heard(Packet(Response + Route), TimeSpan.FromSeconds(seconds), new PortId(port)).Should().Be(expected);

    private Verdict Heard(Ipv6Packet packet, TimeSpan after = default, PortId? port = null)
    {
        _lma.Status = (_, _) =>
        {
            _lma.Send(port ?? Ports.Home, packet, after > TimeSpan.Zero ? after : null);
            return BindingStatus.ACCEPTED;
        };
        const string Steps =
            "When MAG1 registers MN1\nThen the LMA accepts the registration\nAnd a router on the home link hears of a route to MN1";
        return PhraseRuns.Run(_lma.Bed, "forwarding", Steps).Result.Verdict;
    }

    private static Ipv6Packet Packet(string message) => Packet(message, _router, _all, 521, 521);

    private static Ipv6Packet Packet(string message, IPAddress from, IPAddress to, ushort source, ushort destination)
    {
        var octets = Convert.FromHexString(message.Replace(" ", string.Empty, StringComparison.Ordinal));
        var datagram = new UdpDatagram(source, destination, octets);
        return new(from, to, 17, datagram.ToBytes(from, to)) { HopLimit = 255 };
    }
}
