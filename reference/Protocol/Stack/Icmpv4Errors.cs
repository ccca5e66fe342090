using System.Diagnostics;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>Whether and how an ICMPv4 error answers a packet, and what an error that arrives means (RFC 1812, Section 4.3.2).</summary>
internal static class Icmpv4Errors
{
    /// <summary>RFC 1812, Section 4.3.2.3: the largest packet with an error.</summary>
    private const int MaximumLength = 576;

    private const int IcmpHeaderLength = 8;

    /// <summary>RFC 1191, Section 5: assumed if a router does not say the MTU of its link.</summary>
    private const uint UnspecifiedMtu = 576;

    /// <summary>The error as a message about a packet: as much of it as fits into 576 octets.</summary>
    public static Icmpv4Message Message(PacketError error, ReadOnlySpan<byte> packet)
    {
        const int room = MaximumLength - Ipv4Packet.MinimumHeaderLength - IcmpHeaderLength;
        var invoking = new OctetString(packet[..Math.Min(packet.Length, room)]);
        return error switch
        {
            PacketError.HopLimitExceeded => new Icmpv4TimeExceeded(Icmpv4TimeExceeded.TimeToLiveExceeded, invoking),
            PacketError.ReassemblyTimeExceeded => new Icmpv4TimeExceeded(Icmpv4TimeExceeded.ReassemblyTimeExceeded, invoking),
            PacketError.NoRoute => Unreachable(Icmpv4DestinationUnreachable.NetworkUnreachable, invoking),
            PacketError.AddressUnreachable => Unreachable(Icmpv4DestinationUnreachable.HostUnreachable, invoking),
            PacketError.PortUnreachable => Unreachable(Icmpv4DestinationUnreachable.PortUnreachable, invoking),
            PacketError.UnknownProtocol => Unreachable(Icmpv4DestinationUnreachable.ProtocolUnreachable, invoking),
            PacketError.TooBig { Mtu: var mtu } => new Icmpv4FragmentationNeeded((ushort)Math.Min(mtu, ushort.MaxValue), invoking),
            PacketError.ErroneousField { Pointer: var at } => new Icmpv4ParameterProblem(
                Icmpv4ParameterProblem.PointerShowsError,
                (byte)at,
                invoking
            ),
            _ => throw new UnreachableException($"IPv4 has no {error}."),
        };
    }

    /// <summary>
    /// Section 4.3.2.7: no error is sent about an error, a packet to a group, a fragment other than the first, or a packet whose source
    /// does not identify a single node.
    /// </summary>
    public static bool MayAnswer(Ipv4Packet packet, bool linkLayerMulticast) =>
        AddressScope.IsUnicast(packet.Source)
        && !linkLayerMulticast
        && !AddressScope.IsGroup(packet.Destination)
        && packet.FragmentOffset == 0
        && !IsError(packet);

    /// <summary>What an error means for the packet that it quotes; null if it is not an error, or of no consequence.</summary>
    public static (PacketError Error, OctetString Invoking)? Meaning(Icmpv4Message message) =>
        message switch
        {
            Icmpv4FragmentationNeeded { NextHopMtu: var mtu } error => (
                new PacketError.TooBig(mtu == 0 ? UnspecifiedMtu : mtu),
                error.Invoking
            ),
            Icmpv4DestinationUnreachable error => (new PacketError.AddressUnreachable(), error.Invoking),
            Icmpv4TimeExceeded { Code: Icmpv4TimeExceeded.TimeToLiveExceeded } error => (
                new PacketError.HopLimitExceeded(),
                error.Invoking
            ),
            _ => null,
        };

    private static Icmpv4DestinationUnreachable Unreachable(byte code, OctetString invoking) => new(code, invoking);

    // Everything but echo and its reply: RFC 792 has no other messages that are not errors and that nodes still use.
    private static bool IsError(Ipv4Packet packet) =>
        packet.Protocol == Ipv4Protocol.Icmp
        && (packet.Payload.IsEmpty || packet.Payload.Span[0] is not (Icmpv4Type.EchoRequest or Icmpv4Type.EchoReply));
}
