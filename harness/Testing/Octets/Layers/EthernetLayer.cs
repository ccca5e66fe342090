using Conformance.Testing.Octets.Fields;
using Pmip.Wire;

namespace Conformance.Testing.Octets.Layers;

/// <summary>An Ethernet II header (RFC 2464, Section 3): Destination, Source, EtherType.</summary>
public sealed class EthernetLayer : Layer
{
    public const int HeaderLength = 14;
    public const int Ipv4Type = 0x0800;
    public const int ArpType = 0x0806;
    public const int VlanType = 0x8100;
    public const int ServiceVlanType = 0x88a8;
    public const int Ipv6Type = 0x86dd;

    internal EthernetLayer(FramePart part, LayerReader reader)
        : base(part) => Content = reader.OfEtherType(EtherType, part.From(HeaderLength));

    public override string Name => "Ethernet";

    public MacAddress Destination => Part.LinkLayerAddress(0);

    public MacAddress Source => Part.LinkLayerAddress(6);

    /// <summary>The type of the content, which is a VLAN tag or a packet.</summary>
    public int EtherType => Part.Word(12);

    /// <summary><c>EtherType 0x88cc LLDP</c>.</summary>
    internal static string NameOf(int type) =>
        FieldReader.Invariant($"EtherType 0x{type:x4}")
        + type switch
        {
            Ipv6Type => " IPv6",
            Ipv4Type => " IPv4",
            ArpType => " ARP",
            VlanType or ServiceVlanType => " VLAN",
            0x88cc => " LLDP",
            _ => string.Empty,
        };

    internal override void Fields(FieldReader reader) =>
        reader.Layer(Offset, HeaderLength, Name, $"{Source} → {Destination}, {NameOf(EtherType)}");
}
