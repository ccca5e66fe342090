using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>A Mobility Header of fewer than six octets cannot be wrapped; six zeros replace it.</summary>
public sealed class TransportFuzzTests
{
    private static readonly byte[] _update = SampleMessages.Update.ToBytes(SampleMessages.Gateway, SampleMessages.Anchor);

    [Fact]
    public void Signaling_Mutated_NeverThrowsAndSurvivesTheRoundTrip() =>
        ParserFuzz.Run(
            TransportSamples.Signaling.Select(transport => new Signaled(transport, new OctetString(_update))),
            Mutator.Tlvs(28, lengthUnit: 1),
            static (octets, out value, out error) =>
            {
                value = null;
                if (!SignalingTransport.TryUnwrap(octets, MobilityPorts.Default, out var packet, out error))
                {
                    return false;
                }
                if (packet.Offset + packet.MobilityHeader.Length > octets.Length)
                {
                    throw new InvalidOperationException("beyond the end");
                }

                // The transport sets the checksum; the received value is not kept.
                var header = packet.MobilityHeader.ToArray();
                if (header.Length < MobilityHeader.Length)
                {
                    header = new byte[MobilityHeader.Length];
                }
                header.AsSpan(MobilityHeader.ChecksumOffset, sizeof(ushort)).Clear();
                value = new Signaled(packet.Transport, new OctetString(header));
                return true;
            },
            value => value.Transport.Wrap(value.MobilityHeader.Span)
        );

    [Fact]
    public void Encapsulations_Mutated_NeverThrowAndSurviveTheRoundTrip() =>
        ParserFuzz.Run(
            TransportSamples.Tunnelled,
            Mutator.Tlvs(20, lengthUnit: 1),
            static (octets, out value, out error) =>
            {
                value = Encapsulation.TryUnwrap(octets, MobilityPorts.Default, out var packet, out error)
                    ? new Tunnelled(packet.Encapsulation, new OctetString(packet.Inner.Span))
                    : null;
                if (packet is not null && packet.Offset + packet.Inner.Length > octets.Length)
                {
                    throw new InvalidOperationException("beyond the end");
                }
                return value is not null;
            },
            value => value.Encapsulation.Wrap(value.Inner.Span)
        );
}
