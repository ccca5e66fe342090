using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Pmip.Wire;

namespace Conformance.Testing.Tester;

/// <summary>A recorded frame with its layers, as far as they are readable, and short names for those of one IP packet in it.</summary>
public sealed class Packet
{
    private Packet(Frame frame, PacketStack stack, IpLayer? ip)
    {
        Frame = frame;
        Stack = stack;
        Outer = ip;
        Udp = ip?.Upper as UdpLayer;
        Mobility = ip?.Message;
        Ip = Mobility is not null && Udp?.Carried is { } inUdp ? inUdp : ip;
        IsInTunnelMode = Ip is { Esp.Association: not null, Upper: IpLayer { Upper: MobilityOctets } };
        Esp = ip?.Esp ?? Ip?.Esp;
        if (IsInTunnelMode)
        {
            Ip = (IpLayer)Ip!.Upper!;
            Mobility = (MobilityOctets)Ip.Upper!;
        }

        Inner = Ip?.Inner is { } inner ? new Packet(frame, stack, inner) : null;
    }

    public Frame Frame { get; }

    public PacketStack Stack { get; }

    public EthernetLayer? Ethernet => Stack.Ethernet;

    /// <summary>
    /// The IP header of this packet; null if the frame contains none. Of a Mobility Header in ESP of tunnel mode, or in an IPv6 packet in
    /// UDP, it is the inner one.
    /// </summary>
    public IpLayer? Ip { get; }

    /// <summary>
    /// The IP header around this packet: that of IPv4 of a message in UDP (RFC 5844, Section 4), otherwise <see cref="Ip"/> without ESP of
    /// tunnel mode.
    /// </summary>
    public IpLayer? Outer { get; }

    /// <summary>The UDP header behind <see cref="Outer"/>; null if there is none.</summary>
    public UdpLayer? Udp { get; }

    /// <summary>True for a mobility message in UDP over IPv4.</summary>
    public bool IsMessageInUdp => Udp?.Message is not null;

    /// <summary>The ESP header of this packet, whether its content is authentic or not; null if there is none.</summary>
    public EspLayer? Esp { get; }

    /// <summary>True if ESP protects the packet of a Mobility Header, in tunnel mode, and not the Mobility Header alone.</summary>
    public bool IsInTunnelMode { get; }

    /// <summary>The offset of the IP header in the frame.</summary>
    public int IpOffset => Ip?.Offset ?? EthernetLayer.HeaderLength;

    /// <summary>The extension headers of this packet.</summary>
    public IReadOnlyList<ExtensionHeaderLayer> Headers => Ip?.Headers ?? [];

    /// <summary>The layer after the extension headers, and in ESP if that could be opened.</summary>
    public Layer? Upper => Ip?.Upper;

    /// <summary>The mobility message of this packet, whatever carries it; null if there is none.</summary>
    public MobilityOctets? Mobility { get; }

    public Icmpv6Layer? Icmp => Upper as Icmpv6Layer;

    /// <summary>The ARP packet; null if the frame contains none.</summary>
    public ArpLayer? Arp => Stack.Layers.OfType<ArpLayer>().FirstOrDefault();

    /// <summary>The DHCP message of this packet; null if it has none.</summary>
    public DhcpLayer? Dhcp => (Upper as UdpLayer)?.Content as DhcpLayer;

    /// <summary>The ICMP message of either family.</summary>
    public IcmpLayer? AnyIcmp => Upper as IcmpLayer;

    public NeighborDiscoveryLayer? Neighbor => Upper as NeighborDiscoveryLayer;

    public NeighborDiscoveryLayer? RouterAdvertisement => Neighbor?.Type == NeighborDiscoveryLayer.RouterAdvertisement ? Neighbor : null;

    /// <summary>The packet inside, if this packet is a tunnel packet.</summary>
    public Packet? Inner { get; }

    public static Packet Of(Frame frame)
    {
        var stack = PacketStack.Of(frame.Bytes, frame.Associations, frame.DualStackPort);
        return new Packet(frame, stack, stack.Ip);
    }

    /// <summary>
    /// A packet that a peer of the tester has sent, as its receiver would open it, or else as it was before it was protected.
    /// </summary>
    /// <param name="plain">The packet before it was protected.</param>
    public static Packet Of(Frame frame, IpPacket plain) =>
        Of(frame) is { Mobility: not null } opened
            ? opened
            : Of(frame with { Bytes = (byte[])[.. frame.Bytes.Span[..EthernetLayer.HeaderLength], .. plain.ToBytes()] });

    /// <summary>True if the packet is a mobility message of this type.</summary>
    public bool IsMobility(int type, [NotNullWhen(true)] out MobilityOctets? message)
    {
        message = Mobility?.Type == type ? Mobility : null;
        return message is not null;
    }
}
