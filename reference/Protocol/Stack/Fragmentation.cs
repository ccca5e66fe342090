using System.Diagnostics;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>Splits packets into fragments: RFC 791, Sections 2.3 and 3.2; RFC 8200, Section 4.5.</summary>
/// <param name="random">For the first identification.</param>
internal sealed class Fragmentation(Random random)
{
    private const int Unit = 8;

    private uint? _identification;

    /// <summary>A packet of this node, with an identification of its own if a router may fragment it (RFC 6864, Section 4.1).</summary>
    public IpPacket Identify(IpPacket packet) =>
        packet is Ipv4Packet { DontFragment: false, IsFragment: false } ipv4 ? ipv4 with { Identification = (ushort)Next() } : packet;

    /// <summary>The packet, if it is not longer than <paramref name="mtu"/> octets; otherwise its fragments, of which none is.</summary>
    public IEnumerable<IpPacket> Split(IpPacket packet, uint mtu) =>
        packet switch
        {
            _ when packet.Length <= mtu => [packet],
            Ipv4Packet ipv4 => Split(ipv4, (int)mtu),
            Ipv6Packet ipv6 => Split(ipv6, (int)mtu),
            _ => throw new UnreachableException(),
        };

    private static IEnumerable<Ipv4Packet> Split(Ipv4Packet packet, int mtu)
    {
        // A fragment that ends beyond the largest packet belongs to none. Its pieces would have no place in the field of the offset.
        if (packet.FragmentOffset + packet.Payload.Length > ushort.MaxValue - packet.HeaderLength)
        {
            yield break;
        }

        var (header, at) = (packet, 0);
        while (at < packet.Payload.Length)
        {
            var length = Piece(packet.Payload.Length - at, mtu - header.HeaderLength);
            if (length <= 0)
            {
                yield break;
            }

            yield return header with
            {
                Payload = packet.Payload.Slice(at, length),
                FragmentOffset = packet.FragmentOffset + at,
                MoreFragments = packet.MoreFragments || at + length < packet.Payload.Length,
            };
            header = packet with { Payload = default, Options = Ipv4Options.Copied(packet.Options) };
            at += length;
        }
    }

    private IEnumerable<Ipv6Packet> Split(Ipv6Packet packet, int mtu)
    {
        var (start, first) = Ipv6FragmentablePart.Start(packet);
        var rest = packet.Payload[start..];
        var identification = Next();
        var at = 0;
        while (at < rest.Length)
        {
            var length = Piece(rest.Length - at, mtu - Ipv6Packet.HeaderLength - start - Unit);
            if (length <= 0)
            {
                yield break;
            }

            var header = new FragmentHeader(first, (ushort)(at / Unit), at + length < rest.Length, identification);
            yield return Ipv6FragmentablePart.WithNextHeader(
                packet,
                start,
                IpProtocol.Fragment,
                header.Before(rest.Span.Slice(at, length))
            );
            at += length;
        }
    }

    /// <summary>The length of the next fragment: a multiple of 8 octets if it is not the last one.</summary>
    private static int Piece(int left, int room) => left <= room ? left : room / Unit * Unit;

    private uint Next() => (_identification = (_identification ?? (uint)random.NextInt64(uint.MaxValue)) + 1).Value;
}
