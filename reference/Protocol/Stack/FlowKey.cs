using System.Buffers.Binary;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// What the packets of a flow between a mobile node and another node have in common, in both directions: addresses, protocol and ports, or
/// the identifier of an ICMP echo. An ICMP error belongs to the flow of the packet that it is about.
/// </summary>
internal readonly record struct FlowKey(IPAddress MobileNode, IPAddress Other, byte Protocol, ushort MobileNodePort, ushort OtherPort)
{
    private const byte Tcp = 6;
    private const byte Dccp = 33;
    private const byte Sctp = 132;
    private const byte UdpLite = 136;

    private const int PortsLength = 4;
    private const int DestinationPortOffset = 2;
    private const int IdentifierOffset = 4;
    private const int IcmpHeaderLength = 8;

    /// <summary>The flow of a packet to a mobile node; null for a fragment other than the first, which does not tell.</summary>
    public static FlowKey? To(IpPacket packet) =>
        Read(packet) is var (protocol, from, to) ? new FlowKey(packet.Destination, packet.Source, protocol, to, from)
        : AboutIn(packet) is { } about ? From(about)
        : null;

    /// <summary>The flow of a packet from a mobile node; null for a fragment other than the first, which does not tell.</summary>
    public static FlowKey? From(IpPacket packet) =>
        Read(packet) is var (protocol, from, to) ? new FlowKey(packet.Source, packet.Destination, protocol, from, to)
        : AboutIn(packet) is { } about ? To(about)
        : null;

    /// <summary>The protocol and the two ports of a packet; null for an ICMP error, and if they cannot be told.</summary>
    private static (byte Protocol, ushort From, ushort To)? Read(IpPacket packet)
    {
        if (UpperLayerOf(packet) is not var (protocol, payload))
        {
            return null;
        }

        var octets = payload.Span;
        switch (protocol)
        {
            case Tcp or Ipv4Protocol.Udp or Dccp or Sctp or UdpLite when octets.Length >= PortsLength:
                return (
                    protocol,
                    BinaryPrimitives.ReadUInt16BigEndian(octets),
                    BinaryPrimitives.ReadUInt16BigEndian(octets[DestinationPortOffset..])
                );
            case IpProtocol.Icmpv6 or Ipv4Protocol.Icmp when IsError(protocol, octets):
                return null;
            case IpProtocol.Icmpv6 or Ipv4Protocol.Icmp when IsEcho(protocol, octets):
                var identifier = BinaryPrimitives.ReadUInt16BigEndian(octets[IdentifierOffset..]);
                return (protocol, identifier, identifier);
            default:
                return (protocol, 0, 0);
        }
    }

    /// <summary>The packet that an ICMP error is about, or its beginning.</summary>
    private static IpPacket? AboutIn(IpPacket packet) =>
        UpperLayerOf(packet) is var (protocol, payload)
        && IsError(protocol, payload.Span)
        && IpPacket.TryParseQuoted(payload[IcmpHeaderLength..], out var about, out _)
        && AboutIsNoError(about)
            ? about
            : null;

    /// <summary>
    /// No node answers an error with an error: a packet that says so is of no flow, and does not lead to endless reading.
    /// </summary>
    private static bool AboutIsNoError(IpPacket about) =>
        UpperLayerOf(about) is not var (protocol, payload) || !IsError(protocol, payload.Span);

    private static bool IsError(byte protocol, ReadOnlySpan<byte> octets) =>
        octets.Length >= IcmpHeaderLength
        && protocol switch
        {
            IpProtocol.Icmpv6 => octets[0] < Icmpv6Type.EchoRequest,
            Ipv4Protocol.Icmp => octets[0] is Icmpv4Type.DestinationUnreachable or Icmpv4Type.TimeExceeded or Icmpv4Type.ParameterProblem,
            _ => false,
        };

    private static bool IsEcho(byte protocol, ReadOnlySpan<byte> octets) =>
        octets.Length >= IcmpHeaderLength
        && (
            protocol == IpProtocol.Icmpv6
                ? octets[0] is Icmpv6Type.EchoRequest or Icmpv6Type.EchoReply
                : octets[0] is Icmpv4Type.EchoRequest or Icmpv4Type.EchoReply
        );

    private static (byte Protocol, ReadOnlyMemory<byte> Payload)? UpperLayerOf(IpPacket packet) =>
        packet switch
        {
            Ipv6Packet ipv6 when ipv6.TryGetUpperLayer(out var upper, out _) => (upper.Protocol, upper.Payload),
            Ipv4Packet { FragmentOffset: 0 } ipv4 => (ipv4.Protocol, ipv4.Payload),
            _ => null,
        };
}
