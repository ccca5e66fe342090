using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv4UdpSignalingTests : SignalingTransportFormatTests
{
    protected override string Figure =>
        """
            45 00 00 2c
            00 00 00 00
            40 11 25 b8
            c6 33 64 a1
            c6 33 64 01
            15 3c 15 3c
            00 18 bc a1
            3b 01 05 00  00 00 00 01  82 00 00 96  01 02 00 00
            """;

    protected override Signaled Value =>
        new(
            Ipv4UdpSignaling.Between(Ipv4Samples.Gateway, Ipv4Samples.Anchor),
            new OctetString(Hex.Octets("3b 01 05 00  00 00 00 01  82 00 00 96  01 02 00 00"))
        );

    protected override IEnumerable<Signaled> OtherValues =>
        [
            Value with
            {
                Transport = new Ipv4UdpSignaling(Ipv4Samples.Anchor, Ipv4Samples.Gateway, UdpPort.ProxyMobileIpv6Control, 40000),
            },
            Value with
            {
                Transport = new Ipv4UdpSignaling(Ipv4Samples.Anchor, Ipv4Samples.Gateway, 40000, UdpPort.ProxyMobileIpv6Control),
            },
        ];

    protected override int Offset => 28;

    protected override SignalingTransport Answer => Ipv4UdpSignaling.Between(Ipv4Samples.Anchor, Ipv4Samples.Gateway);

    protected override Arrival TooShort => Refused(Figure.TrimEnd()[..^2], "Truncated", 2);

    protected override Arrival TooLong => Read(Figure + "00 00", Value);

    /// <summary>RFC 5844, Section 4.1.3.1: the checksum of the Mobility Header is ignored.</summary>
    [Fact]
    public void MobilityHeaderChecksum_OtherThanZero_IsNotAnError()
    {
        var (source, destination) = (Ipv4Samples.Gateway, Ipv4Samples.Anchor);
        var datagram = new UdpDatagram(5436, 5436, Hex.Octets("3b 01 05 00  dd b9 00 01  82 00 00 96  01 02 00 00")).ToBytes(
            source,
            destination
        );

        ChecksumErrorOf(new Ipv4Packet(source, destination, Ipv4Protocol.Udp, datagram).ToBytes()).Should().BeNull();
    }

    [Theory]
    [InlineData(8, "HeaderChecksum", 10)]
    [InlineData(40, "UdpChecksum", 26)]
    public void Checksum_ThatIsWrong_IsReportedWhereItStands(int changed, string rule, int offset)
    {
        var octets = Hex.Octets(Figure);
        octets[changed] ^= 1;

        ChecksumErrorOf(octets).Should().BeEquivalentTo(new { Rule = rule, Offset = offset });
    }

    /// <summary>RFC 5844, Section 4.2.2.1: the UDP checksum replaces the checksum of the Mobility Header.</summary>
    [Fact]
    public void UdpChecksum_Absent_IsReported()
    {
        var octets = Hex.Octets(Figure);
        octets.AsSpan(26, 2).Clear();

        ChecksumErrorOf(octets)
            .Should()
            .BeEquivalentTo(
                new
                {
                    Rule = "UdpChecksum",
                    Offset = 26,
                    Detail = "absent",
                }
            );
    }

    [Theory]
    [InlineData(IpProtocol.NoNextHeader, "", "UpperLayer", 20)]
    [InlineData(Ipv4Protocol.Udp, "15 3c 15 3c", "Truncated", 24)]
    [InlineData(Ipv4Protocol.Udp, "15 3d 15 3d  00 08 00 00", "Port", 20)]
    public void Packet_WithoutSignaling_IsRefused(byte protocol, string payload, string rule, int offset)
    {
        var packet = new Ipv4Packet(Ipv4Samples.Gateway, Ipv4Samples.Anchor, protocol, Hex.Octets(payload)).ToBytes();

        SignalingTransport.TryUnwrap(packet, MobilityPorts.Default, out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = rule, Offset = offset });
    }

    [Theory]
    [InlineData("", "Truncated", 0)]
    [InlineData("55", "Version", 0)]
    public void Packet_OfUnknownVersion_IsRefused(string octets, string rule, int offset)
    {
        SignalingTransport.TryUnwrap(Hex.Octets(octets), MobilityPorts.Default, out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = rule, Offset = offset });
    }
}
