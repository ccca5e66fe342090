using System.Net;
using System.Net.Sockets;

namespace Pmip.Protocol.Stack;

/// <summary>How far addresses reach, and what they stand for.</summary>
internal static class AddressScope
{
    private const int Ipv4Length = 4;

    public static bool IsIpv4(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork;

    /// <summary>True for addresses with at most link scope.</summary>
    public static bool IsLink(IPAddress address) =>
        IsIpv4(address)
            ? address.Equals(IPAddress.Broadcast)
            : address.IsIPv6LinkLocal || (address.IsIPv6Multicast && (address.GetAddressBytes()[1] & 0x0F) <= 2);

    /// <summary>True for multicast addresses, and for the limited broadcast address of IPv4 and the reserved ones beside it.</summary>
    public static bool IsGroup(IPAddress address) => IsIpv4(address) ? FirstOf(address) >= 224 : address.IsIPv6Multicast;

    /// <summary>True if an address identifies one node, so that it can be the source of a packet that is answered.</summary>
    public static bool IsUnicast(IPAddress address) =>
        IsIpv4(address)
            ? FirstOf(address) is not (0 or 127 or >= 224)
            : !(address.IsIPv6Multicast || address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.IPv6Loopback));

    /// <summary>
    /// True if a router forwards from and to an address: RFC 4291, Sections 2.5.2, 2.5.3, 2.5.6 and 2.7; RFC 1812, Section 5.3.7;
    /// RFC 3927, Section 7.
    /// </summary>
    public static bool IsForwardable(IPAddress address) =>
        IsUnicast(address) && !(IsIpv4(address) ? IsIpv4LinkLocal(address) : address.IsIPv6LinkLocal);

    private static bool IsIpv4LinkLocal(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[Ipv4Length];
        address.TryWriteBytes(octets, out _);
        return octets is [169, 254, ..];
    }

    private static byte FirstOf(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[Ipv4Length];
        address.TryWriteBytes(octets, out _);
        return octets[0];
    }
}
