using System.Net;

namespace Pmip.Protocol.Stack;

/// <summary>Source address selection: the part of RFC 6724 that simulated nodes need.</summary>
internal static class SourceAddressSelection
{
    /// <summary>
    /// An address of the same scope, on the outgoing interface if it has one, not deprecated if possible, and with the longest
    /// matching prefix. Null if there is none.
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

    /// <summary>True for addresses with at most link scope.</summary>
    public static bool IsLinkScope(IPAddress address) =>
        address.IsIPv6LinkLocal || (address.IsIPv6Multicast && (address.GetAddressBytes()[1] & 0x0F) <= 2);

    private static int CommonBits(IPAddress left, IPAddress right)
    {
        var difference = left.GetAddressBytes().Zip(right.GetAddressBytes(), (l, r) => (byte)(l ^ r)).ToArray();
        var octets = Array.FindIndex(difference, d => d != 0);
        return octets < 0 ? 128 : (octets * 8) + byte.LeadingZeroCount(difference[octets]);
    }
}
