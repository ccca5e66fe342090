using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv4FuzzTests
{
    [Fact]
    public void Ipv4Packets_Mutated_NeverThrowAndSurviveTheRoundTrip() =>
        ParserFuzz.Run(
            Ipv4Samples.Packets,
            Mutator.Tlvs(20, lengthUnit: 1),
            static (octets, out value, out error) =>
            {
                _ = Ipv4Packet.HasValidChecksum(octets);
                return Ipv4Packet.TryParse(octets, out value, out error);
            },
            packet => packet.ToBytes()
        );

    [Fact]
    public void ArpPackets_Mutated_NeverThrowAndSurviveTheRoundTrip() =>
        ParserFuzz.Run(
            Ipv4Samples.Arp,
            Mutator.Tlvs(8, lengthUnit: 1),
            static (octets, out value, out error) => ArpPacket.TryParse(octets, out value, out error),
            packet => packet.ToBytes()
        );

    [Fact]
    public void UdpDatagrams_Mutated_NeverThrowAndSurviveTheRoundTrip() =>
        ParserFuzz.Run(
            [Ipv4Samples.Datagram, Ipv4Samples.Datagram with { Payload = default }],
            Mutator.Tlvs(8, lengthUnit: 1),
            static (octets, out value, out error) =>
            {
                _ = UdpDatagram.HasChecksum(octets);
                _ = UdpDatagram.HasValidChecksum(Ipv4Samples.Gateway, Ipv4Samples.Anchor, octets);
                _ = UdpDatagram.HasValidChecksum(SampleMessages.Gateway, SampleMessages.Anchor, octets);
                return UdpDatagram.TryParse(octets, out value, out error);
            },
            datagram => datagram.ToBytes(Ipv4Samples.Gateway, Ipv4Samples.Anchor)
        );

    [Fact]
    public void Icmpv4Messages_Mutated_NeverThrowAndSurviveTheRoundTrip() =>
        ParserFuzz.Run(
            Ipv4Samples.Icmp,
            Mutator.Tlvs(8, lengthUnit: 1),
            static (octets, out value, out error) =>
            {
                _ = Icmpv4Message.HasValidChecksum(octets);
                return Icmpv4Message.TryParse(octets, out value, out error);
            },
            message => message.ToBytes()
        );
}
