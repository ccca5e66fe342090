using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>A TCP segment (RFC 9293, Section 3.1).</summary>
public sealed class TcpLayer : Layer
{
    public const int HeaderLength = 20;

    private static readonly string[] _flags = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];

    internal TcpLayer(FramePart part)
        : base(part) => Content = part.Length > HeaderLength ? new PayloadLayer(part.From(HeaderLength), "Options and data") : null;

    public override string Name => "TCP";

    public int SourcePort => Part.Word(0);

    public int DestinationPort => Part.Word(2);

    /// <summary><c>SYN ACK</c>.</summary>
    public string Flags =>
        Part.Octet(13) == 0 ? "no flags" : string.Join(' ', _flags.Where((_, bit) => (Part.Octet(13) & (1 << bit)) != 0));

    private protected override LayerWords Describe(INodeNames names) => new(Invariant($"TCP {Flags} {SourcePort} → {DestinationPort}"));

    internal override void Fields(FieldReader reader) =>
        reader.Layer(
            Offset,
            HeaderLength,
            Name,
            Invariant($"port {SourcePort} → {DestinationPort}, seq {Part.Number(4, 4)}, ack {Part.Number(8, 4)}, {Flags}")
        );
}
