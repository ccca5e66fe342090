using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>Whether and how an ICMPv6 error answers a packet (RFC 4443, Section 2.4).</summary>
internal static class Icmpv6Errors
{
    public const byte NoRouteToDestination = 0;
    public const byte AddressUnreachable = 3;
    public const byte PortUnreachable = 4;
    public const byte HopLimitExceeded = 0;
    public const byte ErroneousHeaderField = 0;
    public const byte UnrecognizedNextHeader = 1;
    public const byte UnrecognizedOption = 2;

    private const byte FirstInformationalType = 128;
    private const int IcmpHeaderLength = 8;

    /// <summary>As much of the packet as fits into an error message of the minimum IPv6 MTU (Section 2.4 c).</summary>
    public static OctetString Invoking(Ipv6Packet packet)
    {
        var room = (int)InterfaceSettings.MinimumMtu - Ipv6Packet.HeaderLength - IcmpHeaderLength;
        var bytes = packet.ToBytes();
        return new OctetString(bytes.AsSpan(0, Math.Min(bytes.Length, room)));
    }

    /// <summary>
    /// Section 2.4 e: no error is sent about an error, a redirect, a packet to a group (with two exceptions) or a packet whose
    /// source does not identify a single node.
    /// </summary>
    public static bool MayAnswer(Ipv6Packet packet, bool linkLayerMulticast, Icmpv6Message error)
    {
        if (packet.Source.IsIPv6Multicast || packet.Source.Equals(IPAddress.IPv6Any) || packet.Source.Equals(IPAddress.IPv6Loopback))
        {
            return false;
        }

        var toGroup = linkLayerMulticast || packet.Destination.IsIPv6Multicast;
        if (toGroup && error is not (PacketTooBig or ParameterProblem { Code: UnrecognizedOption }))
        {
            return false;
        }

        return !IsErrorOrRedirect(packet);
    }

    private static bool IsErrorOrRedirect(Ipv6Packet packet) =>
        packet.TryGetUpperLayer(out var upper, out _)
        && upper.Protocol == IpProtocol.Icmpv6
        && (upper.Payload.IsEmpty || upper.Payload.Span[0] is < FirstInformationalType or NeighborDiscoveryRules.RedirectType);
}
