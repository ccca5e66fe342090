using System.Buffers.Binary;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;

namespace Conformance.Testing.Tester;

/// <summary>Puts the fragments of an IPv6 packet together (RFC 8200, Section 4.5). Fragments that overlap are never whole.</summary>
public static class Reassembly
{
    private const int FragmentHeaderLength = 8;
    private const int PayloadLengthOffset = 4;
    private const int NextHeaderOffset = 6;

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
            .DistinctBy(fragment => fragment.Header.FragmentOffset)
            .OrderBy(fragment => fragment.Header.FragmentOffset)
            .ToList();
        var length = 0;
        foreach (var fragment in fragments)
        {
            if (fragment.Header.FragmentOffset != length)
            {
                return packet;
            }

            length += fragment.Data.Length;
        }

        return length == 0 || fragments[^1].Header.HasMoreFragments ? packet : Packet.Of(packet.Frame with { Bytes = Joined(fragments) });
    }

    private static byte[] Joined(IReadOnlyList<Fragment> fragments)
    {
        var first = fragments[0];
        byte[] octets =
        [
            .. first.Packet.Frame.Bytes.Span[..first.Header.Offset],
            .. fragments.SelectMany(fragment => fragment.Data.ToArray()),
        ];
        var before = first.Packet.Headers.TakeWhile(header => header != first.Header).LastOrDefault();
        octets[before?.Offset ?? (first.Packet.IpOffset + NextHeaderOffset)] = (byte)first.Header.NextHeader;
        BinaryPrimitives.WriteUInt16BigEndian(
            octets.AsSpan(first.Packet.IpOffset + PayloadLengthOffset),
            (ushort)(octets.Length - first.Packet.IpOffset - Ipv6Layer.HeaderLength)
        );
        return octets;
    }

    private sealed record Fragment(Packet Packet, ExtensionHeaderLayer Header)
    {
        /// <summary>The octets after the Fragment header.</summary>
        public ReadOnlyMemory<byte> Data
        {
            get
            {
                var ip = (Ipv6Layer)Packet.Ip!;
                var start = Header.Offset + FragmentHeaderLength;
                return Packet.Frame.Bytes[start..(ip.Offset + Ipv6Layer.HeaderLength + ip.PayloadLength)];
            }
        }

        /// <summary>The complete fragment; null if the packet is none.</summary>
        public static Fragment? Of(Packet packet) =>
            packet.Ip is Ipv6Layer { IsComplete: true } ip
            && ip.Headers.FirstOrDefault(header => header.Type == IpProtocols.Fragment) is { } header
                ? new(packet, header)
                : null;

        public bool IsOfPacketOf(Fragment other) =>
            Header.Identification == other.Header.Identification
            && Packet.Ip!.Source.Equals(other.Packet.Ip!.Source)
            && Packet.Ip.Destination.Equals(other.Packet.Ip.Destination);
    }
}
