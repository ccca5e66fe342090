using Conformance.Testing.Domains;
using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using Conformance.Testing.Protection;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>
/// An ESP packet (RFC 4303, Section 2). What it protects is read only with the key of its association, even with NULL encryption.
/// </summary>
public sealed class EspLayer : Layer
{
    public const int HeaderLength = EspOctets.HeaderLength;

    /// <param name="association">The association of the packet, by its SPI and destination; null if it is not known.</param>
    internal EspLayer(FramePart part, KeyedAssociation? association = null)
        : base(part)
    {
        Content = part.Length > HeaderLength ? new PayloadLayer(part.From(HeaderLength), "Protected data") : null;
        if (association is null)
        {
            return;
        }

        Claimed = association.Association;
        if (EspOctets.Open(Claimed.Algorithms, association.Key, part.Span, out var fault) is { } opened)
        {
            Protected = new FramePart(opened.Data, part.Offset + opened.Start);
            NextHeader = opened.NextHeader;
            return;
        }

        Broken(
            fault == EspFault.CheckValue ? part.Length - EspOctets.CheckValueLength : 0,
            fault switch
            {
                EspFault.CheckValue => "the Integrity Check Value is not that of the key",
                EspFault.PadLength => "Pad Length runs past the start of the data",
                _ => Invariant($"its algorithms make no packet of {part.Length} octets"),
            }
        );
    }

    public override string Name => "ESP";

    public uint SecurityParametersIndex => (uint)Part.Number(0, 4);

    public uint SequenceNumber => (uint)Part.Number(4, 4);

    /// <summary>The association that the SPI names, whether the packet is protected by it or not; null if it is not known.</summary>
    public DomainAssociation? Claimed { get; }

    /// <summary>The association under which the packet is authentic; null if it is not, or that is not known.</summary>
    public DomainAssociation? Association => Protected is null ? null : Claimed;

    /// <summary>The protected octets, each in the place of the octet that protects it; null if the packet is not authentic.</summary>
    internal FramePart? Protected { get; }

    /// <summary>The protocol of the protected octets; 0 if the packet is not authentic.</summary>
    internal int NextHeader { get; }

    /// <summary><c>ESP, SPI 0x00001001</c>.</summary>
    public string Words() => Invariant($"ESP, SPI 0x{SecurityParametersIndex:x8}");

    private protected override LayerWords Describe(INodeNames names) => new(Words(), Invariant($"seq {SequenceNumber}"));

    internal override void Fields(FieldReader reader)
    {
        reader.Layer(Offset, HeaderLength, Name, Invariant($"SPI 0x{SecurityParametersIndex:x8}, sequence number {SequenceNumber}"));
        if (Fault is not null)
        {
            reader.Fault(Fault.Offset, End - Fault.Offset, "ESP", Fault.Reason);
        }
    }
}
