using System.Net;

namespace Conformance.Testing.Octets;

/// <summary>The Internet checksum (RFC 1071), by code that is separate from the codec's.</summary>
internal static class Checksums
{
    /// <summary>True if the octets, which contain their checksum, sum up to zero.</summary>
    public static bool IsRight(ReadOnlySpan<byte> octets) => Fold(Sum(octets)) == 0xffff;

    /// <summary>The checksum of octets that have 0 in its place.</summary>
    public static ushort Of(ReadOnlySpan<byte> octets) => (ushort)~Fold(Sum(octets));

    /// <summary>The same with the pseudo-header of RFC 8200, Section 8.1, or RFC 768.</summary>
    public static bool IsRight(IPAddress source, IPAddress destination, int protocol, ReadOnlySpan<byte> octets) =>
        Fold(Sum(source.GetAddressBytes()) + Sum(destination.GetAddressBytes()) + (ulong)protocol + (ulong)octets.Length + Sum(octets))
        == 0xffff;

    private static ulong Sum(ReadOnlySpan<byte> octets)
    {
        ulong sum = 0;
        for (var i = 0; i < octets.Length; i++)
        {
            sum += (i & 1) == 0 ? (ulong)octets[i] << 8 : octets[i];
        }

        return sum;
    }

    private static ulong Fold(ulong sum)
    {
        while (sum >> 16 != 0)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return sum;
    }
}
