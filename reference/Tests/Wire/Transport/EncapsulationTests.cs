using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Packets that are not an encapsulation, and errors in encapsulations.</summary>
public sealed class EncapsulationTests
{
    private static readonly byte[] _inner = Hex.Octets("45 00 00 14  00 00 00 00  40 fd 7b 24  c0 00 02 c1  cb 00 71 07");
    private static readonly Ipv4UdpEncapsulation _udp = Ipv4UdpEncapsulation.Between(Ipv4Samples.Anchor, Ipv4Samples.Gateway);

    [Theory]
    [InlineData("", "Truncated", 0)]
    [InlineData("55", "Version", 0)]
    public void Packet_OfUnknownVersion_IsRefused(string octets, string rule, int offset) =>
        ErrorOf(Hex.Octets(octets)).Should().BeEquivalentTo(new { Rule = rule, Offset = offset });

    [Theory]
    [InlineData(IpProtocol.NoNextHeader, "45", "UpperLayer", 20)]
    [InlineData(IpProtocol.Ipv6, "45", "Version", 20)]
    [InlineData(Ipv4Protocol.Ipv4, "60", "Version", 20)]
    [InlineData(Ipv4Protocol.Ipv4, "", "Truncated", 20)]
    [InlineData(Ipv4Protocol.Udp, "15 3d 15 3d  00 08 00 00", "Truncated", 28)]
    [InlineData(Ipv4Protocol.Udp, "15 3d 15 3d  00 09 00 00  50", "Version", 28)]
    [InlineData(Ipv4Protocol.Udp, "15 3d 15 3d  00 09 00 00", "Truncated", 24)]
    [InlineData(Ipv4Protocol.Udp, "15 3c 15 3c  00 09 00 00  45", "Port", 20)]
    public void Ipv4Packet_WithoutATunnelledOne_IsRefusedWhereItShows(byte protocol, string payload, string rule, int offset) =>
        ErrorOf(new Ipv4Packet(Ipv4Samples.Anchor, Ipv4Samples.Gateway, protocol, Hex.Octets(payload)).ToBytes())
            .Should()
            .BeEquivalentTo(new { Rule = rule, Offset = offset });

    [Theory]
    [InlineData(IpProtocol.NoNextHeader, "", "UpperLayer", 40)]
    [InlineData(IpProtocol.Ipv6, "45", "Version", 40)]
    [InlineData(IpProtocol.DestinationOptions, "04 00 04 01 04 01 00 00", "Truncated", 48)]
    [InlineData(IpProtocol.Fragment, "29 00 00 01 12 34 56 78  60", "Fragment", 40)]
    [InlineData(IpProtocol.Fragment, "29 00 00 08 12 34 56 78  60", "Fragment", 40)]
    public void Ipv6Packet_WithoutATunnelledOne_IsRefusedWhereItShows(byte nextHeader, string payload, string rule, int offset) =>
        ErrorOf(new Ipv6Packet(SampleMessages.Anchor, SampleMessages.Gateway, nextHeader, Hex.Octets(payload)).ToBytes())
            .Should()
            .BeEquivalentTo(new { Rule = rule, Offset = offset });

    [Fact]
    public void Fragment_OfATunnelledPacket_IsRefused() =>
        ErrorOf(new Ipv4Packet(Ipv4Samples.Anchor, Ipv4Samples.Gateway, Ipv4Protocol.Ipv4, _inner) { MoreFragments = true }.ToBytes())
            .Should()
            .BeEquivalentTo(new { Rule = "Fragment", Offset = 6 });

    /// <summary>The Tunnel Encapsulation Limit option, encoded as in RFC 2473, Section 5.1.</summary>
    [Fact]
    public void Inner_BehindDestinationOptions_IsFound()
    {
        var outer = new Ipv6Packet(
            SampleMessages.Anchor,
            SampleMessages.Gateway,
            IpProtocol.DestinationOptions,
            (byte[])[.. Hex.Octets("04 00 04 01 04 01 00 00"), .. _inner]
        );

        Encapsulation.TryUnwrap(outer.ToBytes(), MobilityPorts.Default, out var packet, out _).Should().BeTrue();

        packet!.Offset.Should().Be(48);
        packet.Inner.ToArray().Should().Equal(_inner);
    }

    [Fact]
    public void Checksums_ThatAreWrong_AreReportedWhereTheyStand()
    {
        var header = _udp.Wrap(_inner);
        header[8] ^= 1;
        var udp = _udp.Wrap(_inner);
        udp[^1] ^= 1;
        var absent = _udp.Wrap(_inner);
        absent.AsSpan(26, 2).Clear();

        ChecksumErrorOf(header).Should().BeEquivalentTo(new { Rule = "HeaderChecksum", Offset = 10 });
        ChecksumErrorOf(udp).Should().BeEquivalentTo(new { Rule = "UdpChecksum", Offset = 26 });
        ChecksumErrorOf(absent).Should().BeNull();
    }

    [Fact]
    public void Ports_OfItsOwn_ReplaceTheDefault()
    {
        var packet = (_udp with { SourcePort = 7, DestinationPort = 8 }).Wrap(_inner);

        Encapsulation.TryUnwrap(packet, MobilityPorts.Default, out _, out _).Should().BeFalse();
        Encapsulation.TryUnwrap(packet, MobilityPorts.Default with { Data = 8 }, out _, out _).Should().BeTrue();
        Encapsulation.TryUnwrap(packet, MobilityPorts.Default with { DualStack = 7 }, out _, out _).Should().BeTrue();
    }

    private static WireError? ErrorOf(byte[] octets)
    {
        Encapsulation.TryUnwrap(octets, MobilityPorts.Default, out var packet, out var error).Should().BeFalse();
        packet.Should().BeNull();
        return error;
    }

    private static WireError? ChecksumErrorOf(byte[] octets)
    {
        Encapsulation.TryUnwrap(octets, MobilityPorts.Default, out var packet, out var error).Should().BeTrue(error?.ToString());
        return packet!.ChecksumError;
    }
}
