using System.Net;

namespace Pmip.Protocol.Stack;

/// <summary>Source address selection: the part of RFC 6724 that simulated nodes need.</summary>
internal static class SourceAddressSelection
{
    /// <summary>
    /// An address of the same family and scope, on the outgoing interface if it has one, not deprecated if possible, and with the longest
    /// matching prefix. Null if there is none.
    /// </summary>
    public static IPAddress? Select(IEnumerable<NodeInterface> interfaces, NodeInterface? outgoing, IPAddress destination, Instant now)
    {
        if (!AddressScope.IsIpv4(destination) && AddressScope.IsLink(destination))
        {
            return outgoing?.LinkLocalAddress;
        }

        return interfaces
            .SelectMany(i => i.Addresses, (at, address) => (At: at, Address: address))
            .Where(c =>
                c.Address.State == AddressState.Assigned
                && c.Address.Address.AddressFamily == destination.AddressFamily
                && !c.Address.Address.IsIPv6LinkLocal
            )
            .OrderByDescending(c => c.At == outgoing)
            .ThenByDescending(c => c.Address.PreferredUntil is not { } end || end > now)
            .ThenByDescending(c => CommonBits(c.Address.Address, destination))
            .FirstOrDefault()
            .Address?.Address;
    }

    private static int CommonBits(IPAddress left, IPAddress right)
    {
        var difference = left.GetAddressBytes().Zip(right.GetAddressBytes(), (l, r) => (byte)(l ^ r)).ToArray();
        var octets = Array.FindIndex(difference, d => d != 0);
        return octets < 0 ? 8 * difference.Length : (octets * 8) + byte.LeadingZeroCount(difference[octets]);
    }
}
