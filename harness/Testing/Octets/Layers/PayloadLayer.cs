using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;

namespace Conformance.Testing.Octets.Layers;

/// <summary>Octets that are not read further: of an unknown protocol, of a fragment, or of a header that is not readable.</summary>
public sealed class PayloadLayer : Layer
{
    private const int QuotedOctets = 64;

    /// <param name="fault">Why the octets are not readable; null if nothing is wrong with them.</param>
    public PayloadLayer(FramePart part, string name, string? fault = null)
        : base(part)
    {
        Name = name;
        if (fault is not null)
        {
            Broken(0, fault);
        }
    }

    public override string Name { get; }

    private protected override LayerWords Describe(INodeNames names) =>
        Fault is null ? new LayerWords(Name, FieldReader.Invariant($"{Part.Length} octets")) : new LayerWords(Name);

    internal override void Fields(FieldReader reader)
    {
        var shown = Math.Min(Part.Length, QuotedOctets);
        if (Fault is not null)
        {
            reader.Fault(Offset, shown, Name, Fault.Reason);
        }
        else if (shown > 0)
        {
            reader.Field(
                Offset,
                shown,
                Name,
                shown < Part.Length
                    ? FieldReader.Invariant($"{Part.Length} octets, the first {shown} shown")
                    : FieldReader.Invariant($"{shown} octets")
            );
        }
    }
}
