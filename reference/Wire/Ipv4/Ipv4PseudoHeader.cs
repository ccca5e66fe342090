using System.Buffers.Binary;
using System.Net;

namespace Pmip.Wire;

/// <summary>The IPv4 pseudo-header of a checksum, RFC 768.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------------------------------------------------------+
/// |                        Source Address                         |
/// +---------------------------------------------------------------+
/// |                      Destination Address                      |
/// +---------------+---------------+-------------------------------+
/// |     Zero      |   Protocol    |            Length             |
/// +---------------+---------------+-------------------------------+
/// </code></remarks>
public static class Ipv4PseudoHeader
{
    private const int DestinationOffset = 4;
    private const int AddressesLength = 8;

    /// <summary>
    /// The checksum of an upper-layer packet whose checksum field is zero; zero if the field contains the correct checksum.
    /// </summary>
    /// <param name="upper">The whole upper-layer packet; its length is part of the pseudo-header.</param>
    /// <exception cref="ArgumentException">An address is not IPv4.</exception>
    public static ushort ComputeChecksum(IPAddress source, IPAddress destination, byte protocol, ReadOnlySpan<byte> upper)
    {
        Span<byte> addresses = stackalloc byte[AddressesLength];
        Ipv4Octets.Write(source, addresses);
        Ipv4Octets.Write(destination, addresses[DestinationOffset..]);

        var sum = (uint)protocol + (uint)upper.Length;
        for (var i = 0; i < AddressesLength; i += sizeof(ushort))
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(addresses[i..]);
        }
        return InternetChecksum.Compute(upper, sum);
    }
}
