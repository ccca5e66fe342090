using System.Buffers.Binary;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;

namespace Conformance.Testing.Tester;

/// <summary>
/// Puts the fragments of a packet together (RFC 8200, Section 4.5; RFC 791, Section 3.2). Fragments that overlap are never whole.
/// </summary>
public static class Reassembly
{
    private const int FragmentHeaderLength = 8;
    private const int PayloadLengthOffset = 4;
    private const int NextHeaderOffset = 6;
    private const int TotalLengthOffset = 2;
    private const int FragmentOffsetOffset = 6;
    private const int ChecksumOffset = 10;

    /// <summary>The flag Don't Fragment, which a whole packet keeps.</summary>
    private const byte DontFragment = 0x40;

    /// <summary>
    /// The whole packet, as if it had come in the frame of its last fragment; the given packet if it is no fragment, or if another one is
    /// still missing.
    /// </summary>
    /// <param name="frames">The frames so far, in their order.</param>
    public static Packet Whole(Packet packet, IEnumerable<Frame> frames)
    {
        if (Fragment.Of(packet) is not { } last)
        {
            return packet;
        }

        var fragments = frames
            .Where(frame =>
                frame.Number <= packet.Frame.Number && frame.Direction == packet.Frame.Direction && frame.Port == packet.Frame.Port
            )
            .Select(frame => Fragment.Of(Packet.Of(frame)))
            .OfType<Fragment>()
            .Where(fragment => fragment.IsOfPacketOf(last))
            // The latest, as a sender may use an identification again.
            .Reverse()
            .DistinctBy(fragment => fragment.Offset)
            .OrderBy(fragment => fragment.Offset)
            .ToList();
        var length = 0;
        foreach (var fragment in fragments)
        {
            if (fragment.Offset != length)
            {
                return packet;
            }

            length += fragment.Data.Length;
        }

        return length == 0 || fragments[^1].HasMore ? packet : Packet.Of(packet.Frame with { Bytes = Joined(fragments) });
    }

    private static byte[] Joined(IReadOnlyList<Fragment> fragments)
    {
        var first = fragments[0];
        byte[] octets =
        [
            .. first.Packet.Frame.Bytes.Span[..first.HeadersEnd],
            .. fragments.SelectMany(fragment => fragment.Data.ToArray()),
        ];
        first.Complete(octets);
        return octets;
    }

    /// <summary>A complete fragment.</summary>
    /// <param name="Offset">The offset of its data in the packet.</param>
    private abstract record Fragment(Packet Packet, IpLayer Ip, int Offset, bool HasMore, long Identification)
    {
        public abstract ReadOnlyMemory<byte> Data { get; }

        /// <summary>The offset in the frame of the first octet that is not in the whole packet.</summary>
        public abstract int HeadersEnd { get; }

        /// <summary>Makes the headers of a whole packet of those of its first fragment.</summary>
        public abstract void Complete(byte[] octets);

        /// <summary>Null if the packet is no complete fragment.</summary>
        public static Fragment? Of(Packet packet) =>
            packet.Outer switch
            {
                Ipv4Layer { IsComplete: true, IsFragment: true } ip => new OfIpv4(packet, ip),
                Ipv6Layer { IsComplete: true } ip
                    when ip.Headers.FirstOrDefault(header => header.Type == IpProtocols.Fragment) is { } header => new OfIpv6(
                    packet,
                    ip,
                    header
                ),
                _ => null,
            };

        public bool IsOfPacketOf(Fragment other) =>
            Identification == other.Identification
            && Ip.Source.Equals(other.Ip.Source)
            && Ip.Destination.Equals(other.Ip.Destination)
            && (Ip is not Ipv4Layer || Ip.Protocol == other.Ip.Protocol);
    }

    private sealed record OfIpv6(Packet Packet, Ipv6Layer Layer, ExtensionHeaderLayer Header)
        : Fragment(Packet, Layer, Header.FragmentOffset, Header.HasMoreFragments, Header.Identification)
    {
        public override ReadOnlyMemory<byte> Data =>
            Packet.Frame.Bytes[(Header.Offset + FragmentHeaderLength)..(Layer.Offset + Ipv6Layer.HeaderLength + Layer.PayloadLength)];

        public override int HeadersEnd => Header.Offset;

        public override void Complete(byte[] octets)
        {
            var before = Layer.Headers.TakeWhile(header => header != Header).LastOrDefault();
            octets[before?.Offset ?? (Layer.Offset + NextHeaderOffset)] = (byte)Header.NextHeader;
            BinaryPrimitives.WriteUInt16BigEndian(
                octets.AsSpan(Layer.Offset + PayloadLengthOffset),
                (ushort)(octets.Length - Layer.Offset - Ipv6Layer.HeaderLength)
            );
        }
    }

    private sealed record OfIpv4(Packet Packet, Ipv4Layer Layer)
        : Fragment(Packet, Layer, Layer.FragmentOffset, Layer.HasMoreFragments, Layer.Identification)
    {
        public override ReadOnlyMemory<byte> Data => Packet.Frame.Bytes[HeadersEnd..(Layer.Offset + Layer.TotalLength)];

        public override int HeadersEnd => Layer.Offset + Layer.HeaderLength;

        public override void Complete(byte[] octets)
        {
            var header = octets.AsSpan(Layer.Offset, Layer.HeaderLength);
            BinaryPrimitives.WriteUInt16BigEndian(header[TotalLengthOffset..], (ushort)(octets.Length - Layer.Offset));
            (header[FragmentOffsetOffset], header[FragmentOffsetOffset + 1]) = ((byte)(header[FragmentOffsetOffset] & DontFragment), 0);
            BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumOffset..], 0);
            BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumOffset..], Checksums.Of(header));
        }
    }
}
