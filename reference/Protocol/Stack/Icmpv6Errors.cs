using System.Diagnostics;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>Whether and how an ICMPv6 error answers a packet, and what an error that arrives means (RFC 4443, Section 2.4).</summary>
internal static class Icmpv6Errors
{
    private const byte FirstInformationalType = 128;

    /// <summary>The error as a message about a packet: as much of it as fits into the minimum IPv6 MTU (Section 2.4 c).</summary>
    public static Icmpv6Message Message(PacketError error, ReadOnlySpan<byte> packet)
    {
        var invoking = Icmpv6Message.Quote(packet);
        return error switch
        {
            PacketError.HopLimitExceeded => new TimeExceeded(TimeExceeded.HopLimitExceeded, invoking),
            PacketError.ReassemblyTimeExceeded => new TimeExceeded(TimeExceeded.ReassemblyTimeExceeded, invoking),
            PacketError.NoRoute => new DestinationUnreachable(DestinationUnreachable.NoRoute, invoking),
            PacketError.AddressUnreachable => new DestinationUnreachable(DestinationUnreachable.AddressUnreachable, invoking),
            PacketError.PortUnreachable => new DestinationUnreachable(DestinationUnreachable.PortUnreachable, invoking),
            PacketError.TooBig { Mtu: var mtu } => new PacketTooBig(mtu, invoking),
            PacketError.ErroneousField { Pointer: var at } => new ParameterProblem(
                ParameterProblem.ErroneousHeaderField,
                (uint)at,
                invoking
            ),
            PacketError.UnknownProtocol { Pointer: var at } => new ParameterProblem(
                ParameterProblem.UnrecognizedNextHeader,
                (uint)at,
                invoking
            ),
            PacketError.UnknownOption { Pointer: var at } => new ParameterProblem(ParameterProblem.UnrecognizedOption, (uint)at, invoking),
            PacketError.IncompleteHeaderChain => new ParameterProblem(ParameterProblem.IncompleteHeaderChain, 0, invoking),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>What an error means for the packet that it quotes; null if it is not an error, or of no consequence.</summary>
    public static (PacketError Error, OctetString Invoking)? Meaning(Icmpv6Message message) =>
        message switch
        {
            DestinationUnreachable error => (new PacketError.AddressUnreachable(), error.Invoking),
            PacketTooBig { Mtu: var mtu } error => (new PacketError.TooBig(mtu), error.Invoking),
            TimeExceeded { Code: TimeExceeded.HopLimitExceeded } error => (new PacketError.HopLimitExceeded(), error.Invoking),
            ParameterProblem { Code: ParameterProblem.ErroneousHeaderField, Pointer: <= int.MaxValue and var at } error => (
                new PacketError.ErroneousField((int)at),
                error.Invoking
            ),
            _ => null,
        };

    /// <summary>
    /// Section 2.4 e: no error is sent about an error, a redirect, a packet to a group (with two exceptions) or a packet whose
    /// source does not identify a single node.
    /// </summary>
    public static bool MayAnswer(Ipv6Packet packet, bool linkLayerMulticast, PacketError error)
    {
        if (packet.Source.IsIPv6Multicast || packet.Source.Equals(IPAddress.IPv6Any) || packet.Source.Equals(IPAddress.IPv6Loopback))
        {
            return false;
        }

        var toGroup = linkLayerMulticast || packet.Destination.IsIPv6Multicast;
        if (toGroup && error is not (PacketError.TooBig or PacketError.UnknownOption))
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
