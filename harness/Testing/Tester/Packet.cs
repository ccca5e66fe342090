using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Pmip.Wire;

namespace Conformance.Testing.Tester;

/// <summary>A frame with its layers, as far as they are readable. The layers are not judged.</summary>
public sealed class Packet
{
    private const int IcmpType = 58;

    private Packet(Frame frame, EthernetFrame? ethernet, Ipv6Packet? ip, UpperLayer? upper, int ipOffset)
    {
        Frame = frame;
        Ethernet = ethernet;
        Ip = ip;
        Upper = upper;
        IpOffset = ipOffset;
        if (upper is null)
        {
            return;
        }

        switch (upper.Protocol)
        {
            case IpProtocol.MobilityHeader:
                Mobility = new MobilityOctets(upper.Payload, ipOffset + upper.Offset);
                break;
            case IcmpType:
                Icmp = Icmpv6Message.TryParse(upper.Payload.Span, out var message, out _) ? message : null;
                Neighbor = NeighborDiscoveryOctets.Of(upper.Payload);
                break;
            case IpProtocol.Ipv6 when Ipv6Packet.TryParse(upper.Payload, out var inner, out _):
                inner.TryGetUpperLayer(out var innerUpper, out _);
                Inner = new Packet(frame, ethernet, inner, innerUpper, ipOffset + upper.Offset);
                break;
            default:
                break;
        }
    }

    public Frame Frame { get; }

    public EthernetFrame? Ethernet { get; }

    public Ipv6Packet? Ip { get; }

    public UpperLayer? Upper { get; }

    /// <summary>The offset of the IPv6 header in the frame.</summary>
    public int IpOffset { get; }

    public MobilityOctets? Mobility { get; }

    /// <summary>The ICMPv6 message, if it is well-formed.</summary>
    public Icmpv6Message? Icmp { get; }

    /// <summary>The neighbour discovery message, even if it is malformed in part.</summary>
    public NeighborDiscoveryOctets? Neighbor { get; }

    /// <summary>The Router Advertisement, even if it is malformed in part.</summary>
    public NeighborDiscoveryOctets? RouterAdvertisement =>
        Neighbor?.Type == NeighborDiscoveryOctets.RouterAdvertisementType ? Neighbor : null;

    /// <summary>The packet inside, if this packet is a tunnel packet (RFC 2473).</summary>
    public Packet? Inner { get; }

    public static Packet Of(Frame frame)
    {
        if (
            !EthernetFrame.TryParse(frame.Bytes, out var ethernet, out _)
            || ethernet.EtherType != EthernetFrame.Ipv6EtherType
            || !Ipv6Packet.TryParse(ethernet.Payload, out var ip, out _)
        )
        {
            return new Packet(frame, ethernet: null, ip: null, upper: null, EthernetFrame.HeaderLength);
        }

        ip.TryGetUpperLayer(out var upper, out _);
        return new Packet(frame, ethernet, ip, upper, EthernetFrame.HeaderLength);
    }

    /// <summary>True if the packet is a mobility message of this type.</summary>
    public bool IsMobility(int type, [NotNullWhen(true)] out MobilityOctets? message)
    {
        message = Mobility?.Type == type ? Mobility : null;
        return message is not null;
    }
}
