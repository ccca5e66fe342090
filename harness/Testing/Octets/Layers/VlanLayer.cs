using Conformance.Testing.Octets.Fields;

namespace Conformance.Testing.Octets.Layers;

/// <summary>A VLAN tag without the EtherType before it (IEEE 802.1Q); tags may be stacked.</summary>
public sealed class VlanLayer : Layer
{
    public const int HeaderLength = 4;

    internal VlanLayer(FramePart part, LayerReader reader)
        : base(part) => Content = reader.OfEtherType(EtherType, part.From(HeaderLength));

    public override string Name => "VLAN";

    /// <summary>0 to 7.</summary>
    public int Priority => Part.Octet(0) >> 5;

    /// <summary>0 to 4095.</summary>
    public int Identifier => Part.Word(0) & 0xfff;

    public int EtherType => Part.Word(2);

    internal override void Fields(FieldReader reader) =>
        reader.Layer(
            Offset,
            HeaderLength,
            Name,
            FieldReader.Invariant($"identifier {Identifier}, priority {Priority}, {EthernetLayer.NameOf(EtherType)}")
        );
}
