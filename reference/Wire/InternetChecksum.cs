using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pmip.Wire;

/// <summary>The one's complement checksum, RFC 1071, and its IPv6 pseudo-header, RFC 8200, Section 8.1.</summary>
public static class InternetChecksum
{
    /// <summary>The complement of the sum; zero if the octets include their correct checksum.</summary>
    /// <param name="octets">An odd number of octets is padded with a zero octet.</param>
    /// <param name="seed">The initial value of the sum of 16-bit words, folded or not.</param>
    public static ushort Compute(ReadOnlySpan<byte> octets, uint seed = 0) => Fold(seed + Sum(octets));

    /// <summary>
    /// The checksum of an upper-layer packet whose checksum field is zero; zero if the field contains the correct checksum.
    /// </summary>
    /// <param name="source">Source address of the pseudo-header: the home address if the packet has a Home Address option.</param>
    /// <param name="destination">
    /// Destination address of the pseudo-header: the final destination if the packet has a routing header.
    /// </param>
    /// <param name="nextHeader">The upper-layer protocol, also if extension headers precede it.</param>
    /// <param name="upper">The whole upper-layer packet; its length is part of the pseudo-header.</param>
    public static ushort ComputeWithPseudoHeader(IPAddress source, IPAddress destination, byte nextHeader, ReadOnlySpan<byte> upper)
    {
        Span<byte> addresses = stackalloc byte[2 * Ipv6Octets.Length];
        Ipv6Octets.Write(source, addresses);
        Ipv6Octets.Write(destination, addresses[Ipv6Octets.Length..]);
        return Fold(Sum(addresses) + (uint)upper.Length + nextHeader + Sum(upper));
    }

    private static ulong Sum(ReadOnlySpan<byte> octets)
    {
        // The sum of 32-bit words folds to the same 16 bits as the sum of their halves.
        var sum = SumVectors(ref octets);
        for (; octets.Length >= sizeof(uint); octets = octets[sizeof(uint)..])
        {
            sum += BinaryPrimitives.ReadUInt32BigEndian(octets);
        }
        if (octets.Length >= sizeof(ushort))
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(octets);
            octets = octets[sizeof(ushort)..];
        }

        if (!octets.IsEmpty)
        {
            sum += (uint)octets[0] << 8;
        }
        return sum;
    }

    /// <summary>
    /// Sums the octets that fill whole vectors, in host byte order. Swapping the octets of the sum gives the sum of the swapped
    /// words.
    /// </summary>
    private static ulong SumVectors(ref ReadOnlySpan<byte> octets)
    {
        var vectors = MemoryMarshal.Cast<byte, Vector256<uint>>(octets);
        if (vectors.IsEmpty)
        {
            return 0;
        }

        var (lower, upper) = (Vector256<ulong>.Zero, Vector256<ulong>.Zero);
        foreach (var vector in vectors)
        {
            lower += Vector256.WidenLower(vector);
            upper += Vector256.WidenUpper(vector);
        }

        octets = octets[(vectors.Length * Vector256<byte>.Count)..];
        var sum = (ushort)~Fold(Vector256.Sum(lower) + Vector256.Sum(upper));
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(sum) : sum;
    }

    private static ushort Fold(ulong sum)
    {
        while (sum >> 16 != 0)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (ushort)~sum;
    }
}
