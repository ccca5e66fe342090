using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv4UdpIpv6SignalingTests : SignalingTransportFormatTests
{
    protected override string Figure =>
        """
            45 00 00 54
            00 00 00 00
            40 11 25 90
            c6 33 64 a1
            c6 33 64 01
            9c 40 10 5f
            00 40 17 0b
            60 00 00 00
            00 10 87 40
            20 01 0d b8  01 00 00 00  00 00 00 00  00 00 00 a1
            20 01 0d b8  01 00 00 00  00 00 00 00  00 00 00 01
            3b 01 05 00  dd b9 00 01  82 00 00 96  01 02 00 00
            """;

    protected override Signaled Value =>
        new(
            new Ipv4UdpIpv6Signaling(
                Ipv4Samples.Gateway,
                Ipv4Samples.Anchor,
                40000,
                4191,
                new Ipv6Signaling(SampleMessages.Gateway, SampleMessages.Anchor)
            ),
            new OctetString(Hex.Octets("3b 01 05 00  dd b9 00 01  82 00 00 96  01 02 00 00"))
        );

    protected override int Offset => 68;

    protected override SignalingTransport Answer =>
        new Ipv4UdpIpv6Signaling(
            Ipv4Samples.Anchor,
            Ipv4Samples.Gateway,
            4191,
            40000,
            new Ipv6Signaling(SampleMessages.Anchor, SampleMessages.Gateway)
        );

    protected override Arrival TooShort => Refused(Figure.TrimEnd()[..^2], "Truncated", 2);

    protected override Arrival TooLong => Read(Figure + "00 00", Value);

    [Theory]
    [InlineData(8, "HeaderChecksum", 10)]
    [InlineData(80, "UdpChecksum", 26)]
    public void Checksum_ThatIsWrong_IsReportedWhereItStands(int changed, string rule, int offset)
    {
        var octets = Hex.Octets(Figure);
        octets[changed] ^= 1;

        ChecksumErrorOf(octets).Should().BeEquivalentTo(new { Rule = rule, Offset = offset });
    }

    /// <summary>The drafts do not mention a UDP checksum; the checksum of the Mobility Header is still verified.</summary>
    [Fact]
    public void UdpChecksum_Absent_LeavesTheMobilityHeaderChecksumToJudge()
    {
        var octets = Hex.Octets(Figure);
        octets.AsSpan(26, 2).Clear();
        ChecksumErrorOf(octets).Should().BeNull();

        octets[80] ^= 1;
        ChecksumErrorOf(octets).Should().BeEquivalentTo(new { Rule = "Checksum", Offset = 72 });
    }

    [Fact]
    public void Packet_WithDataInside_IsRefused()
    {
        var inner = new Ipv6Packet(SampleMessages.Gateway, SampleMessages.Anchor, IpProtocol.NoNextHeader, default).ToBytes();
        var packet = new Ipv4UdpEncapsulation(Ipv4Samples.Gateway, Ipv4Samples.Anchor, 4191, 4191).Wrap(inner);

        SignalingTransport.TryUnwrap(packet, MobilityPorts.Default, out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = "UpperLayer", Offset = 68 });
    }

    /// <summary>draft-ietf-netlmm-pmip6-ipv4-support-02, Figure 8, with the T flag.</summary>
    [Fact]
    public void TlvHeader_StandsBetweenUdpAndIpv6_AndInTheAnswer()
    {
        var path = (Ipv4UdpIpv6Signaling)Value.Transport with { HasTlvHeader = true };

        var octets = path.Wrap(Message);

        octets[28..32].Should().Equal(Hex.Octets("02 38 00 00"));
        octets[32..].Should().Equal(Hex.Octets(Figure)[28..]);
        SignalingTransport.TryUnwrap(octets, MobilityPorts.Default, out var packet, out _).Should().BeTrue();
        (packet!.Transport, packet.Offset, packet.ChecksumError).Should().Be((path, 72, null));
        path.Reversed.Should().Be((Ipv4UdpIpv6Signaling)Answer with { HasTlvHeader = true });
    }

    [Theory]
    [InlineData(29, 0x39, "TlvLength", 29)]
    [InlineData(28, 0x01, "TlvType", 28)]
    [InlineData(32, 0x40, "TlvType", 28)]
    [InlineData(32, 0x50, "Version", 32)]
    public void TlvHeader_WithoutItsPacket_IsRefused(int changed, byte octet, string rule, int offset)
    {
        var octets = ((Ipv4UdpIpv6Signaling)Value.Transport with { HasTlvHeader = true }).Wrap(Message);
        octets[changed] = octet;

        SignalingTransport.TryUnwrap(octets, MobilityPorts.Default, out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = rule, Offset = offset });
    }

    [Fact]
    public void TlvHeader_HasNoLength_WhereItsLengthFieldIsTooShort()
    {
        var path = (Ipv4UdpIpv6Signaling)Value.Transport with { HasTlvHeader = true };
        const int longest = byte.MaxValue - Ipv6Packet.HeaderLength;

        path.Wrap(new byte[longest])[28..32].Should().Equal(Hex.Octets("02 ff 00 00"));
        var octets = path.Wrap(new byte[longest + 1]);
        octets[28..32].Should().Equal(Hex.Octets("02 00 00 00"));
        SignalingTransport.TryUnwrap(octets, MobilityPorts.Default, out var packet, out _).Should().BeTrue();
        packet!.Transport.Should().Be(path);
    }

    [Fact]
    public void Direct_LeavesOutTheHomeAddressesInside()
    {
        var plain = (Ipv4UdpIpv6Signaling)Value.Transport;

        (plain with { Inner = plain.Inner with { HomeAddress = Dhcpv6Samples.HomeAddress } }).Direct.Should().Be(plain);
    }
}
