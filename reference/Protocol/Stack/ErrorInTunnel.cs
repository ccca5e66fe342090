using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// An ICMP error about a packet that this node has sent through a tunnel (RFC 2473, Section 8; RFC 4213, Section 3.4; RFC 2003, Section 4).
/// </summary>
/// <param name="Tunnel">A tunnel of this node.</param>
/// <param name="Inner">The packet in the tunnel.</param>
/// <param name="Quoted">The octets of that packet, or its beginning.</param>
/// <param name="Onward">The error for the source of that packet; null if its source is not told.</param>
public sealed record ErrorInTunnel(Tunnel Tunnel, IpPacket Inner, ReadOnlyMemory<byte> Quoted, PacketError? Onward)
{
    /// <summary>Where <see cref="Message"/> goes.</summary>
    public IPAddress Source => Inner.Source;

    /// <summary>
    /// The ICMP message for the source of the packet in the tunnel, of the family of that packet; null if its source is not told. ICMPv6
    /// without the addresses in its checksum.
    /// </summary>
    public byte[]? Message =>
        Onward is not { } error || !IcmpErrors.MayAnswer(Inner, linkLayerMulticast: false, error) ? null
        : Inner is Ipv4Packet ? Icmpv4Errors.Message(error, Quoted.Span).ToBytes()
        : Icmpv6Errors.Message(error, Quoted.Span).ToBytes(IPAddress.IPv6Any, IPAddress.IPv6Any);

    /// <summary>Null if the message is not an error about a packet that went through a tunnel of this node.</summary>
    /// <param name="isOwn">Whether this node has a tunnel.</param>
    public static ErrorInTunnel? Read(Icmpv6Message message, Predicate<Tunnel> isOwn) =>
        Icmpv6Errors.Meaning(message) is var (error, invoking) && IpPacket.TryParseQuoted(invoking.ToArray(), out var sent, out _)
            ? Read(error, sent, isOwn)
            : null;

    /// <inheritdoc cref="Read(Icmpv6Message, Predicate{Tunnel})"/>
    internal static ErrorInTunnel? Read(PacketError error, IpPacket sent, Predicate<Tunnel> isOwn) =>
        TryReadTunnel(sent, out var tunnel, out var content)
        && isOwn(tunnel)
        && IpPacket.TryParseQuoted(content, out var inner, out var length)
            ? new ErrorInTunnel(tunnel, inner, content, OnwardOf(error, sent, tunnel, inner, length))
            : null;

    private static PacketError? OnwardOf(PacketError error, IpPacket outer, Tunnel tunnel, IpPacket inner, int length)
    {
        switch (error)
        {
            case PacketError.TooBig { Mtu: var pathMtu }:
                // RFC 2473, Sections 8.2 and 8.3: only if the source can do something about it.
                var mtu = TunnelHeader.Of(tunnel.Mode).Mtu(pathMtu, inner);
                return length > mtu && inner is not Ipv4Packet { DontFragment: false } ? new PacketError.TooBig(mtu) : null;

            case PacketError.ErroneousField { Pointer: var pointer } when TunnelEncapsulationLimit.In(outer)?.Offset != pointer:
                return null;

            default:
                return new PacketError.AddressUnreachable();
        }
    }

    /// <summary>The tunnel through which a packet goes, and what follows its headers.</summary>
    private static bool TryReadTunnel(IpPacket sent, [NotNullWhen(true)] out Tunnel? tunnel, out ReadOnlyMemory<byte> content)
    {
        (tunnel, content) = (null, default);
        var upper = sent switch
        {
            Ipv6Packet ipv6 => ipv6.TryGetUpperLayer(out var found, out _) ? found : null,
            Ipv4Packet { FragmentOffset: 0 } ipv4 => new UpperLayer(ipv4.Protocol, ipv4.HeaderLength, ipv4.Payload, []),
            _ => null,
        };
        if (upper is null)
        {
            return false;
        }

        switch (upper.Protocol)
        {
            case IpProtocol.Ipv6 or Ipv4Protocol.Ipv4:
                tunnel = new Tunnel(sent.Source, sent.Destination, sent is Ipv6Packet ? TunnelMode.Ipv6 : TunnelMode.Ipv4);
                content = upper.Payload;
                break;
            case Ipv4Protocol.Udp when sent is Ipv4Packet && UdpDatagram.TryReadPorts(upper.Payload.Span, out var from, out var to):
                content = upper.Payload[UdpDatagram.HeaderLength..];
                var hasTlv = TlvHeader.IsAt(content.Span);
                var mode = hasTlv ? TunnelMode.Ipv4UdpTlv : TunnelMode.Ipv4Udp;
                tunnel = new Tunnel(sent.Source, sent.Destination, mode, new TunnelPorts(from, to));
                content = hasTlv ? content[Math.Min(TlvHeader.Size, content.Length)..] : content;
                break;
        }
        return tunnel is not null;
    }
}
