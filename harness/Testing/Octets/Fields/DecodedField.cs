namespace Conformance.Testing.Octets.Fields;

public enum FieldKind
{
    /// <summary>The first line of a header or a message; the fields of that layer follow it.</summary>
    Layer,

    Field,

    /// <summary>A part that cannot be decoded.</summary>
    Fault,
}

/// <summary>A field of a frame, decoded for readers.</summary>
/// <param name="Offset">The offset in the frame, from 0 at the start of the Ethernet header.</param>
/// <param name="Length">The length in octets; fields that share an octet overlap.</param>
/// <param name="Name">The name of the field in the specification.</param>
/// <param name="Value">The value as text, from any octets, without control characters.</param>
public sealed record DecodedField(FieldKind Kind, int Offset, int Length, string Name, string Value);
