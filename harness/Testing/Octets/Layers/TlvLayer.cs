using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>
/// The TLV header between UDP and an IP packet (draft-ietf-netlmm-pmip6-ipv4-support-02, Section 4.2.2, with
/// draft-ietf-mip6-nemo-v4traversal-05, Section 4.1).
/// </summary>
/// <remarks><c>Type (1) | Length (1) | Reserved (2)</c></remarks>
public sealed class TlvLayer : Layer
{
    public const int HeaderLength = 4;
    public const int Ipv4Type = 1;
    public const int Ipv6Type = 2;

    internal TlvLayer(FramePart part, LayerReader reader)
        : base(part)
    {
        var rest = part.From(HeaderLength);
        Content = Type is Ipv4Type or Ipv6Type ? reader.InUdp(rest) : new PayloadLayer(rest, "Data");
        if (Type is not (Ipv4Type or Ipv6Type))
        {
            Broken(0, Invariant($"type {Type}"));
        }
        else if ((Content as IpLayer) is Ipv4Layer != (Type == Ipv4Type))
        {
            Broken(0, Invariant($"type {Type}, but the packet is of the other version of IP"));
        }
        else if (rest.Length <= byte.MaxValue && Length != rest.Length)
        {
            // The field cannot state a greater length.
            Broken(1, Invariant($"length {Length}, but {rest.Length} octets follow"));
        }
    }

    public override string Name => "TLV";

    /// <summary>1 for a packet of IPv4, 2 for one of IPv6.</summary>
    public int Type => Part.Octet(0);

    /// <summary>The length of the packet in octets, as the header states it; a packet of more than 255 octets has none.</summary>
    public int Length => Part.Octet(1);

    public int Reserved => Part.Word(2);

    private protected override LayerWords Describe(INodeNames names) =>
        (Content?.Words(names) ?? new LayerWords(Name)).And("behind a TLV header");

    internal override void Fields(FieldReader reader)
    {
        reader.Layer(Offset, HeaderLength, Name, Invariant($"type {Type}, length {Length}"));
        if (Fault is not null)
        {
            reader.Fault(Fault.Offset, 1, Fault.Offset == Offset ? "Type" : "Length", Fault.Reason);
        }
    }
}
