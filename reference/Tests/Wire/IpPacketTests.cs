using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class IpPacketTests
{
    public static TheoryData<IpPacket> Packets =>
        [
            Ipv4Samples.Empty,
            Ipv4Samples.Carry(Ipv4Samples.Datagram),
            new Ipv6Packet(SampleMessages.Gateway, SampleMessages.Anchor, 253, new byte[32]) { TrafficClass = 0xb9, HopLimit = 3 },
        ];

    [Theory]
    [MemberData(nameof(Packets))]
    public void Packet_OfEitherVersion_IsRead(IpPacket packet)
    {
        IpPacket.TryParse(packet.ToBytes(), out var read, out _).Should().BeTrue();
        read.Should().Be(packet);
    }

    [Theory]
    [MemberData(nameof(Packets))]
    public void Fields_OfTheCommonPart_AreThoseOfTheVersion(IpPacket packet)
    {
        var changed = packet with { Protocol = 7, HopLimit = 9, Payload = new byte[3] };

        IpPacket.TryParse(changed.WithEcn(Ecn.Ce).ToBytes(), out var read, out _).Should().BeTrue();
        (read!.Protocol, read.HopLimit, read.Ecn, read.Payload.Length).Should().Be(((byte)7, (byte)9, Ecn.Ce, 3));
        (read.TrafficClass >> 2).Should().Be(packet.TrafficClass >> 2);
        read.Length.Should().Be(packet.Length - packet.Payload.Length + 3);
    }

    [Theory]
    [InlineData("", "Truncated")]
    [InlineData("50", "Version")]
    [InlineData("45", "Truncated")]
    [InlineData("60", "Truncated")]
    public void Octets_ThatAreNoPacket_AreRefused(string hex, string rule)
    {
        IpPacket.TryParse(Hex.Octets(hex), out _, out var error).Should().BeFalse();
        error!.Rule.Should().Be(rule);
    }

    [Theory]
    [MemberData(nameof(Packets))]
    public void QuotedPacket_ThatIsCut_HasTheBeginningOfItsPayload(IpPacket packet)
    {
        var bytes = packet.ToBytes();
        var header = packet.Length - packet.Payload.Length;
        for (var length = 0; length <= bytes.Length; length++)
        {
            IpPacket.TryParseQuoted(bytes.AsMemory(0, length), out var quoted, out var whole).Should().Be(length >= header);
            whole.Should().Be(length >= header ? bytes.Length : 0);
            (quoted ?? packet with { Payload = default })
                .Should()
                .Be(packet with { Payload = packet.Payload[..Math.Max(length - header, 0)] });
        }
    }

    [Fact]
    public void Packets_Mutated_NeverThrowAndSurviveTheRoundTrip() =>
        ParserFuzz.Run(
            Packets.Select(row => row.Data),
            Mutator.Tlvs(20, lengthUnit: 1),
            static (octets, out value, out error) =>
            {
                _ = IpPacket.TryParseQuoted(octets, out _, out _);
                return IpPacket.TryParse(octets, out value, out error);
            },
            packet => packet.ToBytes()
        );
}
