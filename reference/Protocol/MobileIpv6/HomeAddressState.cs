using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>What a home agent knows of a home address besides its bindings, and what it does for it at present.</summary>
/// <param name="home">The home address.</param>
public sealed class HomeAddressState(IPAddress home)
{
    public IPAddress Home { get; } = home;

    /// <summary>L: the link-local address with the same interface identifier is defended, too.</summary>
    public bool HasLinkLocal { get; set; }

    /// <summary>R: the mobile node is a mobile router (RFC 3963).</summary>
    public bool IsMobileRouter { get; set; }

    /// <summary>The mobile network prefixes that are forwarded to the mobile router.</summary>
    public IReadOnlyList<Ipv6Prefix> Networks { get; set; } = [];

    /// <summary>The link-layer address that the mobile node has given for its home link (RFC 5648, Section 5.6.3).</summary>
    public MacAddress? LinkLayerAddress { get; set; }

    /// <summary>The link-local address of the mobile node on its home link (RFC 6275, Section 10.3.1).</summary>
    public IPAddress LinkLocal { get; } = LinkLocalOf(home);

    /// <summary>The IPv4 home address that the mobile node has besides; null if none (RFC 5555, Section 4.5).</summary>
    public IPAddress? Ipv4HomeAddress { get; set; }

    /// <summary>The IPv4 home address that is defended on the home link; null if none is.</summary>
    public IPAddress? DefendedIpv4 { get; set; }

    /// <summary>The addresses that are defended on the home link.</summary>
    public HashSet<IPAddress> Defended { get; } = [];

    /// <summary>The care-of addresses from which packets with a Home Address option are accepted.</summary>
    public HashSet<IPAddress> Accepted { get; } = [];

    /// <summary>The care-of addresses to which own packets are sent with a routing header.</summary>
    public HashSet<IPAddress> Optimized { get; } = [];

    /// <summary>The permanent entry of the neighbour cache.</summary>
    public MacAddress? Neighbor { get; set; }

    public static IPAddress LinkLocalOf(IPAddress home)
    {
        ArgumentNullException.ThrowIfNull(home);
        var bytes = home.GetAddressBytes();
        new byte[] { 0xfe, 0x80, 0, 0, 0, 0, 0, 0 }.CopyTo(bytes, 0);
        return new IPAddress(bytes);
    }
}
