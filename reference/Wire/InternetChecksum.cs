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
    public static ushort Compute(ReadOnlySpan<byte> octets, uint seed = 0) => Complement(Sum(octets), seed);

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
        return Complement(Sum(addresses) + Sum(upper), (ulong)upper.Length + nextHeader);
    }

    /// <inheritdoc cref="ComputeWithPseudoHeader(IPAddress, IPAddress, byte, ReadOnlySpan{byte})"/>
    /// <param name="source">The sixteen octets of the source address of the pseudo-header.</param>
    /// <param name="destination">The sixteen octets of the destination address of the pseudo-header.</param>
    /// <exception cref="ArgumentException">An address has another length.</exception>
    public static ushort ComputeWithPseudoHeader(
        ReadOnlySpan<byte> source,
        ReadOnlySpan<byte> destination,
        byte nextHeader,
        ReadOnlySpan<byte> upper
    )
    {
        if (source.Length != Ipv6Octets.Length || destination.Length != Ipv6Octets.Length)
        {
            throw new ArgumentException($"An IPv6 address has {Ipv6Octets.Length} octets.");
        }
        return Complement(Sum(source) + Sum(destination) + Sum(upper), (ulong)upper.Length + nextHeader);
    }

    /// <summary>
    /// The sum of the 32-bit words in the byte order of the host. It folds to the same 16 bits as the sum of their halves, and swapping
    /// the octets of these gives the sum of the words in network byte order (RFC 1071, Section 2).
    /// </summary>
    private static ulong Sum(ReadOnlySpan<byte> octets)
    {
        var sum = 0UL;
        var vectors = MemoryMarshal.Cast<byte, Vector256<uint>>(octets);
        if (!vectors.IsEmpty)
        {
            var (lower, upper) = (Vector256<ulong>.Zero, Vector256<ulong>.Zero);
            foreach (var vector in vectors)
            {
                lower += Vector256.WidenLower(vector);
                upper += Vector256.WidenUpper(vector);
            }

            sum = Vector256.Sum(lower + upper);
            octets = octets[(vectors.Length * Vector256<byte>.Count)..];
        }

        for (; octets.Length >= sizeof(uint); octets = octets[sizeof(uint)..])
        {
            sum += MemoryMarshal.Read<uint>(octets);
        }
        return octets.IsEmpty ? sum : sum + LastWord(octets);
    }

    /// <summary>Up to three octets, padded with zero octets.</summary>
    private static uint LastWord(ReadOnlySpan<byte> octets)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        octets.CopyTo(word);
        return MemoryMarshal.Read<uint>(word);
    }

    /// <param name="sum">In the byte order of the host.</param>
    /// <param name="seed">What is to be added in network byte order.</param>
    private static ushort Complement(ulong sum, ulong seed)
    {
        var folded = Fold(sum);
        return (ushort)~Fold(seed + (BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(folded) : folded));
    }

    private static ushort Fold(ulong sum)
    {
        sum = (sum & uint.MaxValue) + (sum >> 32);
        sum = (sum & uint.MaxValue) + (sum >> 32);
        sum = (sum & ushort.MaxValue) + (sum >> 16);
        sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)sum;
    }
}
