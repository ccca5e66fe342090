using System.Net;

namespace Pmip.Wire;

/// <summary>Link-local multicast groups, RFC 4291, Section 2.7.1.</summary>
public static class Ipv6Multicast
{
    /// <summary>ff02::1.</summary>
    public static IPAddress AllNodes { get; } = IPAddress.Parse("ff02::1");

    /// <summary>ff02::2.</summary>
    public static IPAddress AllRouters { get; } = IPAddress.Parse("ff02::2");

    /// <summary>ff02::9, RFC 2080, Section 2.5.2.</summary>
    public static IPAddress AllRipRouters { get; } = IPAddress.Parse("ff02::9");

    /// <summary>ff02::1:ff and the last 24 bits of <paramref name="address"/>.</summary>
    public static IPAddress SolicitedNode(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[Ipv6Octets.Length];
        Ipv6Octets.Write(address, octets);
        return new IPAddress([0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, .. octets[13..]]);
    }
}
