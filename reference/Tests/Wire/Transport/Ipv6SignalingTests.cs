using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv6SignalingTests : SignalingTransportFormatTests
{
    protected override string Figure =>
        """
            60 00 00 00
            00 10 87 40
            20 01 0d b8  01 00 00 00  00 00 00 00  00 00 00 a1
            20 01 0d b8  01 00 00 00  00 00 00 00  00 00 00 01
            3b 01 05 00  dd b9 00 01  82 00 00 96  01 02 00 00
            """;

    protected override Signaled Value =>
        new(
            new Ipv6Signaling(SampleMessages.Gateway, SampleMessages.Anchor),
            new OctetString(Hex.Octets("3b 01 05 00  dd b9 00 01  82 00 00 96  01 02 00 00"))
        );

    protected override int Offset => 40;

    protected override SignalingTransport Answer => new Ipv6Signaling(SampleMessages.Anchor, SampleMessages.Gateway);

    protected override Arrival TooShort => Refused(Figure.TrimEnd()[..^2], "Truncated", 4);

    protected override Arrival TooLong => Read(Figure + "00 00", Value);

    [Fact]
    public void Checksum_ThatIsWrong_IsReportedWhereItStands()
    {
        var octets = Hex.Octets(Figure);
        octets[^5] ^= 1;

        ChecksumErrorOf(octets).Should().BeEquivalentTo(new { Rule = "Checksum", Offset = 44 });
    }

    [Fact]
    public void MobilityHeader_BehindDestinationOptions_IsFoundWithThem()
    {
        var packet = new Ipv6Packet(
            SampleMessages.Gateway,
            SampleMessages.Anchor,
            IpProtocol.DestinationOptions,
            (byte[])[.. Hex.Octets("87 00 01 04 00 00 00 00"), .. Value.MobilityHeader.Span]
        );

        SignalingTransport.TryUnwrap(packet.ToBytes(), MobilityPorts.Default, out var signaling, out _).Should().BeTrue();

        signaling!.Offset.Should().Be(48);
        signaling.Headers.Should().ContainSingle().Which.Type.Should().Be(IpProtocol.DestinationOptions);
        signaling.ChecksumError.Should().BeNull();
    }

    [Theory]
    [InlineData(IpProtocol.Icmpv6, "80 00 00 00", "UpperLayer", 40)]
    [InlineData(IpProtocol.Fragment, "87 00 00 01 12 34 56 78", "Fragment", 40)]
    public void Packet_WithoutAWholeMobilityHeader_IsRefused(byte nextHeader, string payload, string rule, int offset)
    {
        var packet = new Ipv6Packet(SampleMessages.Gateway, SampleMessages.Anchor, nextHeader, Hex.Octets(payload)).ToBytes();

        SignalingTransport.TryUnwrap(packet, MobilityPorts.Default, out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = rule, Offset = offset });
    }

    /// <summary>RFC 6275, Sections 6.1.1, 6.3 and 6.4: the order of the headers, and the addresses that the checksum covers.</summary>
    [Fact]
    public void HomeAddresses_AreWritten_RoutingHeaderFirst_AndReadAgain()
    {
        var (home, peerHome) = (Dhcpv6Samples.HomeAddress, IPAddress.Parse("2001:db8:300::7"));
        var path = new Ipv6Signaling(SampleMessages.Gateway, SampleMessages.Anchor) { HomeAddress = home, RoutedTo = peerHome };

        var octets = path.Wrap(Message);

        octets[6].Should().Be(IpProtocol.Routing);
        octets[40..48].Should().Equal(Hex.Octets("3c 02 02 01 00 00 00 00"));
        octets[48..64].Should().Equal(peerHome.GetAddressBytes());
        octets[64..72].Should().Equal(Hex.Octets("87 02 01 02 00 00 c9 10"));
        octets[72..88].Should().Equal(home.GetAddressBytes());
        MobilityHeader.HasValidChecksum(home, peerHome, octets.AsSpan(88)).Should().BeTrue();

        SignalingTransport.TryUnwrap(octets, MobilityPorts.Default, out var packet, out _).Should().BeTrue();
        packet!.Transport.Should().Be(path);
        packet.Offset.Should().Be(88);
        packet.ChecksumError.Should().BeNull();
    }

    [Fact]
    public void Reversed_RoutesTheAnswerToTheHomeAddress_AndDirectDoesNot()
    {
        var home = Dhcpv6Samples.HomeAddress;
        var path = new Ipv6Signaling(SampleMessages.Gateway, SampleMessages.Anchor) { HomeAddress = home };

        path.Reversed.Should().Be(new Ipv6Signaling(SampleMessages.Anchor, SampleMessages.Gateway) { RoutedTo = home });
        path.Reversed.Reversed.Should().Be(path);
        path.Reversed.Direct.Should().Be(new Ipv6Signaling(SampleMessages.Anchor, SampleMessages.Gateway));
    }

    [Fact]
    public void Completed_MessageHasTheChecksumOfTheHomeAddresses() =>
        MobilityHeader
            .HasValidChecksum(
                Dhcpv6Samples.HomeAddress,
                SampleMessages.Anchor,
                new Ipv6Signaling(SampleMessages.Gateway, SampleMessages.Anchor) { HomeAddress = Dhcpv6Samples.HomeAddress }.Complete(
                    Message
                )
            )
            .Should()
            .BeTrue();
}
