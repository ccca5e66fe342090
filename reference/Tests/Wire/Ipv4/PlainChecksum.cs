using System.Net;

namespace Pmip.Reference.Tests.Wire;

/// <summary>RFC 1071, Section 4.1, in its simplest form, with explicit pseudo-headers, as a reference for comparison.</summary>
internal static class PlainChecksum
{
    /// <summary>The complement of the sum, with an end-around carry after each word.</summary>
    internal static ushort Of(IEnumerable<byte> octets)
    {
        var sum = 0;
        foreach (var word in octets.Chunk(2))
        {
            sum += word[0] * 256 + (word.Length > 1 ? word[1] : 0);
            if (sum > 0xffff)
            {
                sum -= 0xffff;
            }
        }

        return (ushort)(0xffff - sum);
    }

    /// <summary>The checksum of a UDP datagram whose checksum field is zero. A result of zero is not replaced by all ones.</summary>
    internal static ushort OfUdp(IPAddress source, IPAddress destination, byte[] datagram)
    {
        byte[] addresses = [.. source.GetAddressBytes(), .. destination.GetAddressBytes()];
        byte[] length = [(byte)(datagram.Length >> 8), (byte)datagram.Length];
        return addresses.Length == 8
            ? Of([.. addresses, 0, 17, .. length, .. datagram])
            : Of([.. addresses, 0, 0, .. length, 0, 0, 0, 17, .. datagram]);
    }
}
