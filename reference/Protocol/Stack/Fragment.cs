using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>A fragment as received.</summary>
/// <param name="Packet">The packet that is the fragment.</param>
/// <param name="Header">The packet without the data and without its fields of a fragment: what is in front of the whole.</param>
/// <param name="Offset">The start of the data in that of the whole packet, in octets.</param>
/// <param name="More">Further fragments follow.</param>
internal sealed record Fragment(FragmentKey Key, IpPacket Packet, IpPacket Header, int Offset, bool More, ReadOnlyMemory<byte> Data)
{
    private const int Unit = 8;

    public int End => Offset + Data.Length;

    /// <summary>RFC 8200, Section 4.5: every fragment but the last has a multiple of 8 octets. RFC 791 has the same unit.</summary>
    public bool HasWholeUnits => !More || Data.Length % Unit == 0;

    /// <summary>The whole packet is not longer than a packet can be.</summary>
    public bool IsWithinPacket => End <= Room;

    /// <summary>The largest length of the data of the whole packet behind the header of this fragment.</summary>
    public int Room => ushort.MaxValue - (Header is Ipv4Packet ? Header.Length : Header.Payload.Length);

    /// <summary>The fragment that a packet is; null if it is whole.</summary>
    /// <remarks>A packet with a Fragment header that is the whole packet is not a fragment (RFC 6946).</remarks>
    public static Fragment? Of(IpPacket packet) => packet is Ipv4Packet ipv4 ? Of(ipv4) : Of((Ipv6Packet)packet);

    private static Fragment? Of(Ipv4Packet packet) =>
        packet.IsFragment
            ? new Fragment(
                new FragmentKey(packet.Source, packet.Destination, packet.Protocol, packet.Identification),
                packet,
                packet with
                {
                    Payload = default,
                    MoreFragments = false,
                    FragmentOffset = 0,
                },
                packet.FragmentOffset,
                packet.MoreFragments,
                packet.Payload
            )
            : null;

    private static Fragment? Of(Ipv6Packet packet)
    {
        if (!Ipv6FragmentablePart.TryFindFragmentHeader(packet, out var at, out var header) || header.IsAtomic)
        {
            return null;
        }

        return new Fragment(
            new FragmentKey(packet.Source, packet.Destination, IpProtocol.Fragment, header.Identification),
            packet,
            Ipv6FragmentablePart.WithNextHeader(packet, at, header.NextHeader, default),
            header.OffsetUnits * Unit,
            header.MoreFragments,
            packet.Payload[(at + header.Length)..]
        );
    }
}
