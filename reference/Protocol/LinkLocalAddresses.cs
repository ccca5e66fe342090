using System.Net;

namespace Pmip.Protocol;

/// <summary>Random link-local addresses, not derived from an interface.</summary>
internal static class LinkLocalAddresses
{
    /// <summary>An address in fe80::/64 whose identifier has the universal/local and group bits clear (RFC 4291, Section 2.5.1).</summary>
    public static IPAddress Generate(Random random)
    {
        Span<byte> address = stackalloc byte[16];
        address[0] = 0xfe;
        address[1] = 0x80;
        random.NextBytes(address[8..]);
        address[8] &= 0xfc;
        address[15] |= 0x01; // avoids the Subnet-Router anycast address
        return new IPAddress(address);
    }
}
