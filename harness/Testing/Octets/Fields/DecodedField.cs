namespace Conformance.Testing.Octets.Fields;

public enum FieldKind
{
    /// <summary>The line that begins a header or a message; the fields behind it are its own.</summary>
    Layer,

    Field,

    /// <summary>Something that cannot be read as what it should be.</summary>
    Fault,
}

/// <summary>A field of a frame, decoded for people.</summary>
/// <param name="Offset">In the frame, from 0 at the start of the Ethernet header.</param>
/// <param name="Length">In octets; those of neighbours that share an octet overlap.</param>
/// <param name="Name">As the specification calls it.</param>
/// <param name="Value">Text that may hold whatever stood in the octets, without control characters.</param>
public sealed record DecodedField(FieldKind Kind, int Offset, int Length, string Name, string Value);
