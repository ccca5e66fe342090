using System.Net;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Node;

/// <summary>The packets that tests send and match.</summary>
internal static class Packets
{
    private const byte Udp = 17;

    /// <summary>A UDP datagram with <paramref name="mark"/> as its source port.</summary>
    internal static Ipv6Packet Datagram(IPAddress source, IPAddress destination, ushort mark, byte hopLimit = 64) =>
        new(source, destination, Udp, new UdpDatagram(mark, 9, new byte[8]).ToBytes(source, destination)) { HopLimit = hopLimit };

    internal static Ipv6Packet InTunnel(IPAddress source, IPAddress destination, Ipv6Packet inner) =>
        new(source, destination, IpProtocol.Ipv6, inner.ToBytes());

    /// <summary>Matches the datagram with a mark and returns the packet; null for every other packet.</summary>
    internal static Func<Ipv6Packet, Ipv6Packet?> IsDatagram(ushort mark) =>
        packet =>
            packet.NextHeader == Udp && UdpDatagram.TryParse(packet.Payload, out var datagram, out _) && datagram.SourcePort == mark
                ? packet
                : null;

    /// <summary>Matches the datagram with a mark in a tunnel between two addresses and returns the inner packet.</summary>
    internal static Func<Ipv6Packet, Ipv6Packet?> IsInTunnel(string source, string destination, ushort mark) =>
        packet =>
            packet.NextHeader == IpProtocol.Ipv6
            && packet.Source.Equals(IPAddress.Parse(source))
            && packet.Destination.Equals(IPAddress.Parse(destination))
            && Ipv6Packet.TryParse(packet.Payload, out var inner, out _)
                ? IsDatagram(mark)(inner)
                : null;

    internal static T? Mobility<T>(Ipv6Packet packet)
        where T : MobilityMessage =>
        packet.TryGetUpperLayer(out var upper, out _)
        && upper.Protocol == IpProtocol.MobilityHeader
        && MobilityHeader.HasValidChecksum(packet.Source, packet.Destination, upper.Payload.Span)
        && MobilityMessage.TryParse(upper.Payload.Span, out var message, out _)
            ? message as T
            : null;

    internal static T? Icmp<T>(Ipv6Packet packet)
        where T : Icmpv6Message =>
        packet.NextHeader == IpProtocol.Icmpv6
        && Icmpv6Message.HasValidChecksum(packet.Source, packet.Destination, packet.Payload.Span)
        && Icmpv6Message.TryParse(packet.Payload.Span, out var message, out _)
            ? message as T
            : null;
}
