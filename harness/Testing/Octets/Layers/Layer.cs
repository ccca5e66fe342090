using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;

namespace Conformance.Testing.Octets.Layers;

/// <summary>Where and why the reading of a layer stopped.</summary>
/// <param name="Offset">The offset in the frame.</param>
public sealed record LayerFault(int Offset, string Reason);

/// <summary>A header or a message in a frame.</summary>
/// <param name="part">The octets from the first octet of the layer to the end of its content.</param>
public abstract class Layer(FramePart part)
{
    public FramePart Part { get; } = part;

    /// <summary>The offset of the layer in the frame.</summary>
    public int Offset => Part.Offset;

    /// <summary>The end of the layer's content in the frame.</summary>
    public int End => Part.End;

    /// <summary>The name of the layer, as in the field table of a frame.</summary>
    public abstract string Name { get; }

    /// <summary>The layer inside; null if this is the innermost layer.</summary>
    public Layer? Content { get; protected internal set; }

    /// <summary>The first fault of this layer; null if it is readable.</summary>
    public LayerFault? Fault { get; protected set; }

    /// <summary>This layer and all layers inside, from the outermost to the innermost.</summary>
    public IEnumerable<Layer> Inwards()
    {
        for (var layer = this; layer is not null; layer = layer.Content)
        {
            yield return layer;
        }
    }

    /// <summary>This layer with the layers inside in one line, for readers. No verdict depends on it.</summary>
    public LayerWords Words(INodeNames names)
    {
        var words = Describe(names);
        return Fault is null ? words : words.And(FieldReader.Invariant($"malformed at octet {Fault.Offset}: {Fault.Reason}"));
    }

    /// <summary>The words without a fault.</summary>
    private protected virtual LayerWords Describe(INodeNames names) => new(Name);

    /// <summary>Adds the fields of this layer, but not those of the layers inside.</summary>
    internal abstract void Fields(FieldReader reader);

    /// <summary>Records a fault, unless an earlier one is known.</summary>
    /// <param name="at">The octet of the layer, from 0.</param>
    protected void Broken(int at, string reason) => Fault ??= new LayerFault(Offset + at, reason);
}
