using System.Buffers.Binary;
using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>
/// What a router on the home link hears of the routes of an LMA, in octets by hand (RFC 2080, Section 2.1; RFC 2453, Section 4).
/// </summary>
public sealed class RouteListenerTests
{
    /// <summary>The prefix of MN1, the octets of route tag and prefix length, and the metric.</summary>
    private const string Route = "20010db8800000010000000000000000 0000 40 01";
    private const string Response = "02 01 0000";

    /// <summary>Family, route tag, address, mask, next hop and metric of the home network of MN1.</summary>
    private const string Ipv4Route = "0002 0000 c6120000 ffff0000 00000000 00000001";
    private const string Ipv4Response = "02 02 0000";

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

    /// <summary>The IPv4 home address of MN1 is 198.18.0.1.</summary>
    [Theory]
    [InlineData(Ipv4Response + Ipv4Route, Verdict.Pass)]
    [InlineData(Ipv4Response + "ffff 0002 00000000000000000000000000000000" + Ipv4Route, Verdict.Pass)]
    [InlineData(Ipv4Response + "0002 0007 c6120001 ffffffff c6336401 0000000f", Verdict.Pass)]
    [InlineData(Ipv4Response + "0002 0000 c6130000 ffff0000 00000000 00000001", Verdict.Fail)]
    [InlineData(Ipv4Response + "0002 0000 00000000 00000000 00000000 00000001", Verdict.Fail)]
    [InlineData(Ipv4Response + "0002 0000 c6120000 ffff0000 00000000 00000010", Verdict.Fail)]
    [InlineData(Ipv4Response + "0002 0000 c6120000 ffff0000 00000000 00000000", Verdict.Fail)]
    [InlineData(Ipv4Response + "0002 0000 c6120000 ffff0000 00000000 00010001", Verdict.Fail)]
    [InlineData(Ipv4Response + "0002 0000 c6120000 ff00ff00 00000000 00000001", Verdict.Fail)]
    [InlineData(Ipv4Response + "0003 0000 c6120000 ffff0000 00000000 00000001", Verdict.Fail)]
    [InlineData(Ipv4Response + "0002 0000 c6120000 ffff0000 00000000 000000", Verdict.Fail)]
    [InlineData("01 02 0000" + Ipv4Route, Verdict.Fail)]
    [InlineData("02 01 0000" + Ipv4Route, Verdict.Fail)]
    [InlineData("02 02", Verdict.Fail)]
    public void Ipv4Route_IsOneOfAResponse_ThatLeadsToTheAddress(string message, Verdict expected) =>
        Heard(RipPacket(message, "224.0.0.9", 520, 520)).Should().Be(expected);

    [Theory]
    [InlineData("224.0.0.9", 520, 520, null, Verdict.Pass)]
    [InlineData("198.51.100.255", 520, 520, "ff:ff:ff:ff:ff:ff", Verdict.Pass)]
    [InlineData("224.0.0.1", 520, 520, null, Verdict.Fail)]
    [InlineData("224.0.0.9", 1024, 520, null, Verdict.Fail)]
    [InlineData("224.0.0.9", 520, 521, null, Verdict.Fail)]
    public void Ipv4Message_IsOneThatARouterTakes(string to, ushort source, ushort destination, string? linkLayer, Verdict expected) =>
        Heard(
                RipPacket(Ipv4Response + Ipv4Route, to, source, destination),
                linkLayer: linkLayer is null ? null : MacAddress.Parse(linkLayer)
            )
            .Should()
            .Be(expected);

    /// <summary>RFC 768: a sender may leave the checksum out, which is 0 then.</summary>
    [Theory]
    [InlineData(0, Verdict.Pass)]
    [InlineData(1, Verdict.Fail)]
    public void Ipv4Message_HasARightChecksum_OrNone(ushort checksum, Verdict expected)
    {
        var packet = RipPacket(Ipv4Response + Ipv4Route, "224.0.0.9", 520, 520);
        var octets = packet.Payload.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(6), checksum);

        Heard(packet with { Payload = octets }).Should().Be(expected);
    }

    private static Verdict Heard(Ipv4Packet packet, MacAddress? linkLayer = null)
    {
        var ixit = Sessions.Ixit() with { Ipv4 = ReferenceSetup.Ipv4, Kinds = Ixit.AllKinds };
        var lma = new ScriptedLma(new ScriptedBed(Sessions.Facts() with { Ixit = ixit }));
        lma.Status = (_, _) =>
        {
            lma.Bed.Deliver(lma.Bed.Now + TimeSpan.FromSeconds(1), Ports.Home, Messages.Frame(packet, linkLayer));
            return BindingStatus.ACCEPTED;
        };
        const string Steps =
            "Given MN1 is an ipv4-only mobile node\nWhen MAG1 registers MN1\nThen the LMA accepts the registration\n"
            + "And a router on the home link hears of an IPv4 route to MN1";
        return PhraseRuns.Run(lma.Bed, "forwarding", Steps, purpose: "rfc5844-9.9-k1").Result.Verdict;
    }

    private static Ipv4Packet RipPacket(string message, string to, ushort source, ushort destination)
    {
        var octets = Convert.FromHexString(message.Replace(" ", string.Empty, StringComparison.Ordinal));
        var (from, group) = (IPAddress.Parse("198.51.100.1"), IPAddress.Parse(to));
        return new(from, group, 17, new UdpDatagram(source, destination, octets).ToBytes(from, group)) { HopLimit = 1 };
    }

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
