using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>An ESP packet (RFC 4303, Section 2). What it protects is not read, even with NULL encryption.</summary>
public sealed class EspLayer : Layer
{
    public const int HeaderLength = 8;

    internal EspLayer(FramePart part)
        : base(part) => Content = part.Length > HeaderLength ? new PayloadLayer(part.From(HeaderLength), "Protected data") : null;

    public override string Name => "ESP";

    public uint SecurityParametersIndex => (uint)Part.Number(0, 4);

    public uint SequenceNumber => (uint)Part.Number(4, 4);

    private protected override LayerWords Describe(INodeNames names) =>
        new(Invariant($"ESP SPI 0x{SecurityParametersIndex:x8}, seq {SequenceNumber}"));

    internal override void Fields(FieldReader reader) =>
        reader.Layer(Offset, HeaderLength, Name, Invariant($"SPI 0x{SecurityParametersIndex:x8}, sequence number {SequenceNumber}"));
}
