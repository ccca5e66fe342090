using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Protection;

namespace Conformance.Testing.Octets.Layers;

/// <summary>
/// Chooses the layer for the content of another layer. It limits the number of layers and the nesting of packets, so that a frame
/// cannot exhaust the reader.
/// </summary>
/// <param name="associations">The security associations by which ESP packets can be read; null if there are none.</param>
/// <param name="dualStackPort">The port of <see cref="MobilityPort.DualStack"/>.</param>
internal sealed class LayerReader(EspAssociations? associations, int dualStackPort)
{
    private const int MaximumLayers = 64;

    /// <summary>The maximum number of IP packets inside each other, tunnelled or quoted.</summary>
    private const int MaximumPackets = 5;

    private int _layers;
    private int _packets;

    public Layer Ethernet(FramePart part) =>
        part.Length < EthernetLayer.HeaderLength ? CutOff(part, "Ethernet") : new EthernetLayer(part, this);

    public Layer OfEtherType(int type, FramePart part) =>
        type switch
        {
            EthernetLayer.Ipv6Type => Ip(part, "IPv6"),
            EthernetLayer.Ipv4Type => Ip(part, "IPv4"),
            EthernetLayer.ArpType => Counted(part, "ARP", ArpLayer.MinimumLength, () => new ArpLayer(part)),
            EthernetLayer.VlanType or EthernetLayer.ServiceVlanType => Counted(
                part,
                "VLAN",
                VlanLayer.HeaderLength,
                () => new VlanLayer(part, this)
            ),
            _ => new PayloadLayer(part, EthernetLayer.NameOf(type)),
        };

    /// <summary>The layer for an IP protocol number.</summary>
    /// <param name="ip">The header that contains the number, after all extension headers.</param>
    public Layer? OfProtocol(IpLayer ip, FramePart part) =>
        (ip.Protocol, ip) switch
        {
            (_, { IsLaterFragment: true }) => new PayloadLayer(part, "Fragment data"),
            (IpProtocols.MobilityHeader, _) => Counted(part, "Mobility Header", 0, () => new MobilityOctets(part.Octets, part.Offset, ip)),
            (IpProtocols.Icmpv6, Ipv6Layer) => Counted(part, "ICMPv6", IcmpLayer.MinimumLength, () => Icmpv6Layer.Read(part, ip, this)),
            (IpProtocols.Icmpv4, Ipv4Layer) => Counted(part, "ICMPv4", IcmpLayer.MinimumLength, () => new Icmpv4Layer(part, this)),
            (IpProtocols.Udp, _) => Counted(part, "UDP", UdpLayer.HeaderLength, () => new UdpLayer(part, ip, this)),
            (IpProtocols.Tcp, _) => Counted(part, "TCP", TcpLayer.HeaderLength, () => new TcpLayer(part)),
            (IpProtocols.Esp, { Esp: { } esp }) when esp.Offset == part.Offset => esp,
            (IpProtocols.Esp, _) => Counted(part, "ESP", EspLayer.HeaderLength, () => new EspLayer(part)),
            (IpProtocols.Ipv6, _) => Ip(part, "Tunnelled IPv6"),
            (IpProtocols.Ipv4, _) => Ip(part, "Tunnelled IPv4"),
            (IpProtocols.NoNextHeader, _) when part.Length == 0 => null,
            (var protocol, _) => new PayloadLayer(part, FieldReader.Invariant($"Protocol {IpProtocols.Text(protocol)}")),
        };

    /// <summary>An ESP packet, authentic or not; null if it is too short to be one.</summary>
    public EspLayer? Esp(IpLayer ip, FramePart part) =>
        part.Length < EspLayer.HeaderLength ? null : new EspLayer(part, associations?.Find((uint)part.Number(0, 4), ip.Destination));

    /// <summary>The layer for the ports of a UDP datagram.</summary>
    public Layer? OfPorts(IpLayer ip, int source, int destination, FramePart part) =>
        (source, destination) switch
        {
            _ when part.Length == 0 => null,
            (DhcpLayer.ClientPort or DhcpLayer.ServerPort, DhcpLayer.ClientPort or DhcpLayer.ServerPort) => Counted(
                part,
                "DHCP",
                DhcpLayer.HeaderLength,
                () => new DhcpLayer(part)
            ),
            (Dhcpv6Layer.ClientPort or Dhcpv6Layer.ServerPort, _) or (_, Dhcpv6Layer.ClientPort or Dhcpv6Layer.ServerPort) => Dhcpv6(part),
            (IkeLayer.Port, _) or (_, IkeLayer.Port) => Counted(part, "IKE", IkeLayer.HeaderLength, () => new IkeLayer(part)),
            _ when ip is not Ipv4Layer => new PayloadLayer(part, "Data"),
            (MobilityPort.Control, _) or (_, MobilityPort.Control) => IsIpv6(part) ? InUdp(part) : Mobility(part),
            (MobilityPort.Data, _) or (_, MobilityPort.Data) => InUdp(part),
            _ when source != dualStackPort && destination != dualStackPort => OfOtherPorts(part),
            _ when IsTlv(part) => Counted(part, "TLV", TlvLayer.HeaderLength, () => new TlvLayer(part, this)),
            _ when part.Octet(0) == IpProtocols.NoNextHeader => Mobility(part),
            _ => InUdp(part),
        };

    /// <summary>
    /// A Mobility Header right behind UDP. It begins with Payload Proto 59, and an IP packet with its version: a device may have mistaken
    /// the form of another edition for its own.
    /// </summary>
    private Layer Mobility(FramePart part) => Counted(part, "Mobility Header", 0, () => new MobilityOctets(part.Octets, part.Offset));

    /// <summary>
    /// What a datagram contains whose ports say nothing: a device may have mistaken them. A message or a packet is told by the length that
    /// it states.
    /// </summary>
    private Layer OfOtherPorts(FramePart part) =>
        part.Octet(0) == IpProtocols.NoNextHeader
        && part.Octet(2) is MobilityOctets.BindingUpdateType or MobilityOctets.BindingAcknowledgementType
        && (part.Octet(1) + 1) * 8 == part.Length
            ? Mobility(part)
        : (IsIpv6(part) && Ipv6Layer.HeaderLength + part.Word(4) == part.Length) || (part.Octet(0) == 0x45 && part.Word(2) == part.Length)
            ? InUdp(part)
        : new PayloadLayer(part, "Data");

    private static bool IsIpv6(FramePart part) => part.Octet(0) >> 4 == 6;

    /// <summary>The packet behind a UDP header, or a TLV header.</summary>
    public Layer InUdp(FramePart part) => Ip(part, "Packet in UDP");

    /// <summary>The first four bits of an IP packet are its version, and those of a TLV header are 0.</summary>
    private static bool IsTlv(FramePart part) => part.Octet(0) >> 4 == 0;

    public Layer Dhcpv6(FramePart part) => Counted(part, "DHCPv6", Dhcpv6Layer.MinimumLength, () => new Dhcpv6Layer(part, this));

    /// <summary>The packet that an ICMP error quotes, as far as it is quoted; null if it is not readable.</summary>
    public IpLayer? Quoted(FramePart part) => part.Length == 0 ? null : Ip(part, "Quoted packet") as IpLayer;

    /// <summary>A packet of the family that its version field states.</summary>
    private Layer Ip(FramePart part, string name)
    {
        if (_packets == MaximumPackets)
        {
            return new PayloadLayer(part, name, FieldReader.Invariant($"inside {MaximumPackets} packets: not read"));
        }

        _packets++;
        var layer = (part.Octet(0) >> 4) switch
        {
            6 => Counted(part, name, Ipv6Layer.HeaderLength, () => new Ipv6Layer(part, name, this)),
            4 => Counted(part, name, Ipv4Layer.MinimumLength, () => new Ipv4Layer(part, name, this)),
            var version => new PayloadLayer(part, name, part.Length == 0 ? "cut off" : FieldReader.Invariant($"IP version {version}")),
        };
        _packets--;
        return layer;
    }

    private Layer Counted(FramePart part, string name, int minimumLength, Func<Layer> read) =>
        part.Length < minimumLength ? CutOff(part, name)
        : ++_layers > MaximumLayers ? new PayloadLayer(part, name, FieldReader.Invariant($"inside {MaximumLayers} layers: not read"))
        : read();

    private static PayloadLayer CutOff(FramePart part, string name) => new(part, name, "cut off");
}
