using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Changes the contents of a frame and corrects its lengths and checksum.</summary>
internal static class FrameEditor
{
    /// <summary>
    /// Changes the IPv6 packet in the frame. Returns the frame unchanged if it has no IPv6 packet or <paramref name="edit"/> returns
    /// the same packet.
    /// </summary>
    public static ReadOnlyMemory<byte> EditPacket(ReadOnlyMemory<byte> frame, Func<Ipv6Packet, Ipv6Packet> edit)
    {
        if (!TryOpen(frame, out var ethernet, out var packet))
        {
            return frame;
        }

        var edited = edit(packet);
        return ReferenceEquals(edited, packet) ? frame : (ethernet with { Payload = edited.ToBytes() }).ToBytes();
    }

    /// <summary>Changes the octets of the frame's mobility message, from Payload Proto on, and corrects Header Len and checksum.</summary>
    /// <param name="edit">Returns a multiple of 8 octets.</param>
    public static ReadOnlyMemory<byte> EditOctets(ReadOnlyMemory<byte> frame, Func<byte[], byte[]> edit) =>
        EditPacket(
            frame,
            packet =>
            {
                if (packet.NextHeader != MobilityHeader.Protocol)
                {
                    return packet;
                }

                var message = edit(packet.Payload.ToArray());
                message[MobilityHeader.HeaderLenOffset] = (byte)((message.Length / MobilityHeader.LengthUnit) - 1);
                MobilityHeader.FillChecksum(packet.Source, packet.Destination, message);
                return packet with { Payload = message };
            }
        );

    /// <summary>Changes the options of the Binding Update or Binding Acknowledgement in the frame, and aligns them again.</summary>
    public static ReadOnlyMemory<byte> EditOptions(
        ReadOnlyMemory<byte> frame,
        Func<MobilityOptionList, IEnumerable<MobilityOption>> edit
    ) =>
        EditOctets(
            frame,
            octets =>
            {
                if (!MobilityMessage.TryParse(octets, out var message, out _))
                {
                    return octets;
                }

                MobilityMessage edited = message switch
                {
                    BindingUpdate update => update with { Options = new MobilityOptionList(edit(update.Options)) },
                    BindingAcknowledgement acknowledgement => acknowledgement with
                    {
                        Options = new MobilityOptionList(edit(acknowledgement.Options)),
                    },
                    _ => message,
                };
                var written = new byte[edited.Length];
                edited.Write(written);
                return written;
            }
        );

    /// <summary>Whether the frame carries an IPv6 packet of this kind.</summary>
    public static bool Carries(ReadOnlyMemory<byte> frame, Func<Ipv6Packet, bool> kind) =>
        TryOpen(frame, out _, out var packet) && kind(packet);

    public static bool CarriesIpv4(ReadOnlyMemory<byte> frame, Func<Ipv4Packet, bool> kind) =>
        EthernetFrame.TryParse(frame, out var ethernet, out _)
        && ethernet.EtherType == Ipv4Packet.EtherType
        && Ipv4Packet.TryParse(ethernet.Payload, out var packet, out _)
        && kind(packet);

    /// <summary>Whether the frame carries a mobility message of this type.</summary>
    public static bool CarriesMessage(ReadOnlyMemory<byte> frame, MobilityHeaderType type) =>
        Carries(
            frame,
            packet => packet.NextHeader == MobilityHeader.Protocol && packet.Payload.Span[MobilityHeader.TypeOffset] == (byte)type
        );

    private static bool TryOpen(
        ReadOnlyMemory<byte> frame,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out EthernetFrame? ethernet,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Ipv6Packet? packet
    )
    {
        packet = null;
        return EthernetFrame.TryParse(frame, out ethernet, out _)
            && ethernet.EtherType == EthernetFrame.Ipv6EtherType
            && Ipv6Packet.TryParse(ethernet.Payload, out packet, out _);
    }
}
