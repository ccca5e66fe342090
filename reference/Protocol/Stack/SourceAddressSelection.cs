using System.Net;

namespace Pmip.Protocol.Stack;

/// <summary>Which address a packet of this node's own leaves from: as much of RFC 6724 as simulated nodes need.</summary>
internal static class SourceAddressSelection
{
    /// <summary>
    /// An address of the same scope, of the outgoing interface if it has one, still preferred if possible, with the most leading
    /// bits in common. Null if there is none.
    /// </summary>
    public static IPAddress? Select(IEnumerable<NodeInterface> interfaces, NodeInterface? outgoing, IPAddress destination, Instant now)
    {
        if (IsLinkScope(destination))
        {
            return outgoing?.LinkLocalAddress;
        }

        return interfaces
            .SelectMany(i => i.Addresses, (at, address) => (At: at, Address: address))
            .Where(c => c.Address.State == AddressState.Assigned && !c.Address.Address.IsIPv6LinkLocal)
            .OrderByDescending(c => c.At == outgoing)
            .ThenByDescending(c => c.Address.PreferredUntil is not { } end || end > now)
            .ThenByDescending(c => CommonBits(c.Address.Address, destination))
            .FirstOrDefault()
            .Address?.Address;
    }

    /// <summary>True for addresses that mean nothing beyond one link.</summary>
    public static bool IsLinkScope(IPAddress address) =>
        address.IsIPv6LinkLocal || (address.IsIPv6Multicast && (address.GetAddressBytes()[1] & 0x0F) <= 2);

    private static int CommonBits(IPAddress left, IPAddress right)
    {
        var difference = left.GetAddressBytes().Zip(right.GetAddressBytes(), (l, r) => (byte)(l ^ r)).ToArray();
        var octets = Array.FindIndex(difference, d => d != 0);
        return octets < 0 ? 128 : (octets * 8) + byte.LeadingZeroCount(difference[octets]);
    }
}
