using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>A UDP datagram (RFC 768).</summary>
public sealed class UdpLayer : Layer
{
    public const int HeaderLength = 8;
    public const int MulticastDns = 5353;

    private readonly IpLayer _ip;

    internal UdpLayer(FramePart part, IpLayer ip, LayerReader reader)
        : base(part)
    {
        _ip = ip;
        if (Length < HeaderLength || (Length != part.Length && ip.IsComplete && !ip.IsFragment))
        {
            Broken(4, Invariant($"length {Length}, but {part.Length} octets are present"));
        }

        Content = reader.OfPorts(ip, SourcePort, DestinationPort, part.Slice(HeaderLength, Math.Max(0, Length - HeaderLength)));
    }

    public override string Name => "UDP";

    public int SourcePort => Part.Word(0);

    public int DestinationPort => Part.Word(2);

    /// <summary>The length of the datagram in octets, as the header states it.</summary>
    public int Length => Part.Word(4);

    /// <summary>The checksum as it is sent; 0 says that there is none (over IPv4).</summary>
    public int Checksum => Part.Word(6);

    /// <summary>The TLV header behind this one; null if there is none.</summary>
    public TlvLayer? Tlv => Content as TlvLayer;

    /// <summary>The packet in the datagram, if it is one of a tunnel or of signalling between LMA and MAG (RFC 5844, Section 4).</summary>
    public IpLayer? Carried => (Tlv?.Content ?? Content) as IpLayer;

    /// <summary>
    /// The message in the datagram, directly or in a packet; null if there is none. A Binding Update of Mobile IPv6 in the packet of a
    /// mobile node is data: such a packet names its home address.
    /// </summary>
    public MobilityOctets? Message =>
        Content as MobilityOctets
        ?? (
            Carried?.Upper is MobilityOctets message
            && (message.ProxyFlag || !Carried.Headers.Any(header => header.HasOption(ExtensionHeaderLayer.HomeAddress)))
                ? message
                : null
        );

    /// <summary>True if the checksum is correct; null if there is none (over IPv4), or if it cannot be verified.</summary>
    public bool? HasRightChecksum => Checksum == 0 && _ip is Ipv4Layer ? null : _ip.HasRightChecksum;

    private protected override LayerWords Describe(INodeNames names) =>
        (
            Content is DhcpLayer or Dhcpv6Layer or IkeLayer ? Content.Words(names)
            : Content is MobilityOctets or IpLayer or TlvLayer
                ? Content.Words(names).And(Invariant($"in UDP {SourcePort} → {DestinationPort}"))
            : DestinationPort == MulticastDns ? new LayerWords("Multicast DNS")
            : new LayerWords(Invariant($"UDP {SourcePort} → {DestinationPort}"), Invariant($"{Part.Length - HeaderLength} octets"))
        ).And(HasRightChecksum == false ? ["wrong checksum"] : []);

    internal override void Fields(FieldReader reader)
    {
        reader.Layer(Offset, 6, Name, Invariant($"port {SourcePort} → {DestinationPort}, length {Length}"));
        if (Fault is not null)
        {
            reader.Fault(Fault.Offset, 2, "Length", Fault.Reason);
        }

        reader.Checksum(Offset + 6, Part.Word(6), HasRightChecksum);
    }
}
