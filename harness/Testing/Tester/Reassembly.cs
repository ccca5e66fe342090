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

    /// <summary>Of IPv4: Total Length; flags and Fragment Offset; Header Checksum.</summary>
    private const int TotalLengthOffset = 2,
        FlagsOffset = 6,
        ChecksumOffset = 10;

    private const int DontFragmentFlag = 0x4000;

    /// <summary>
    /// The whole packet, as if it had come in the frame of its last fragment; the given packet if it is no fragment, or if another one is
    /// still missing.
    /// </summary>
    /// <param name="frames">The frames so far, in their order.</param>
    public static Packet Whole(Packet packet, IEnumerable<Frame> frames)
    {
        if (Of(packet) is not { } last)
        {
            return packet;
        }

        var fragments = frames
            .Where(frame =>
                frame.Number <= packet.Frame.Number && frame.Direction == packet.Frame.Direction && frame.Port == packet.Frame.Port
            )
            .Select(frame => Of(Packet.Of(frame)))
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

        return length == 0 || fragments[^1].HasMore
            ? packet
            : Packet.Of(packet.Frame with { Bytes = fragments[0].Before([.. fragments.SelectMany(fragment => fragment.Data.ToArray())]) });
    }

    /// <summary>The complete fragment; null if the packet is none.</summary>
    private static Fragment? Of(Packet packet) =>
        packet.Outer switch
        {
            Ipv6Layer { IsComplete: true } ip when ip.Headers.FirstOrDefault(header => header.Type == IpProtocols.Fragment) is { } header =>
                new Fragment.OfIpv6(packet, ip, header),
            Ipv4Layer { IsComplete: true, IsFragment: true } ip => new Fragment.OfIpv4(packet, ip),
            _ => null,
        };

    private abstract record Fragment(Packet Packet, IpLayer Ip, int Offset, bool HasMore, long Identification, int Start)
    {
        /// <summary>The octets behind the headers that every fragment has.</summary>
        public ReadOnlyMemory<byte> Data => Packet.Frame.Bytes[Start..Ip.End];

        public bool IsOfPacketOf(Fragment other) =>
            Identification == other.Identification && Ip.Source.Equals(other.Ip.Source) && Ip.Destination.Equals(other.Ip.Destination);

        /// <summary>The frame of this fragment, the first, with all data instead of its own.</summary>
        public abstract byte[] Before(byte[] data);

        public sealed record OfIpv6(Packet Packet, Ipv6Layer Header, ExtensionHeaderLayer FragmentHeader)
            : Fragment(
                Packet,
                Header,
                FragmentHeader.FragmentOffset,
                FragmentHeader.HasMoreFragments,
                FragmentHeader.Identification,
                FragmentHeader.Offset + FragmentHeaderLength
            )
        {
            public override byte[] Before(byte[] data)
            {
                byte[] octets = [.. Packet.Frame.Bytes.Span[..FragmentHeader.Offset], .. data];
                var before = Packet.Headers.TakeWhile(header => header != FragmentHeader).LastOrDefault();
                octets[before?.Offset ?? (Header.Offset + NextHeaderOffset)] = (byte)FragmentHeader.NextHeader;
                BinaryPrimitives.WriteUInt16BigEndian(
                    octets.AsSpan(Header.Offset + PayloadLengthOffset),
                    (ushort)(octets.Length - Header.Offset - Ipv6Layer.HeaderLength)
                );
                return octets;
            }
        }

        public sealed record OfIpv4(Packet Packet, Ipv4Layer Header)
            : Fragment(
                Packet,
                Header,
                Header.FragmentOffset,
                Header.HasMoreFragments,
                ((long)Header.Protocol << 16) | (uint)Header.Identification,
                Header.Offset + Header.HeaderLength
            )
        {
            public override byte[] Before(byte[] data)
            {
                byte[] octets = [.. Packet.Frame.Bytes.Span[..Start], .. data];
                var header = octets.AsSpan(Header.Offset, Header.HeaderLength);
                BinaryPrimitives.WriteUInt16BigEndian(header[TotalLengthOffset..], (ushort)(octets.Length - Header.Offset));
                BinaryPrimitives.WriteUInt16BigEndian(header[FlagsOffset..], (ushort)(Header.DontFragment ? DontFragmentFlag : 0));
                BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumOffset..], 0);
                BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumOffset..], Checksums.Of(header));
                return octets;
            }
        }
    }
}
