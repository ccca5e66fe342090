using System.Text;
using Pmip.Wire;

namespace Conformance.Testing.Octets.Fields;

/// <summary>Collects the fields of a frame. A field that the frame does not contain completely is reported as cut off.</summary>
internal sealed class FieldReader(ReadOnlyMemory<byte> frame)
{
    private readonly List<DecodedField> _fields = [];

    public IReadOnlyList<DecodedField> Fields => _fields;

    public void Layer(int offset, int length, string name, string value) => Add(FieldKind.Layer, offset, length, name, value);

    public void Fault(int offset, int length, string name, string value) => Add(FieldKind.Fault, offset, length, name, value);

    /// <summary>Adds a field, or a fault if the frame ends before the field does.</summary>
    public void Field(int offset, int length, string name, string value)
    {
        if (Available(offset, length) == length)
        {
            Add(FieldKind.Field, offset, length, name, value);
        }
        else
        {
            Fault(offset, length, name, "cut off");
        }
    }

    /// <summary>Adds a checksum of two octets.</summary>
    /// <param name="isRight">Null if the checksum cannot be verified.</param>
    public void Checksum(int offset, int value, bool? isRight)
    {
        switch (isRight)
        {
            case true:
                Field(offset, 2, MessageFields.Checksum, Invariant($"0x{value:x4}, correct"));
                break;
            case false:
                Fault(offset, 2, MessageFields.Checksum, Invariant($"0x{value:x4}, wrong"));
                break;
            default:
                Field(offset, 2, MessageFields.Checksum, Invariant($"0x{value:x4}, not verified"));
                break;
        }
    }

    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>Converts octets of the wire to text and escapes invisible and invalid characters.</summary>
    public static string Printable(ReadOnlySpan<byte> octets) => PrintableText.Of(Encoding.UTF8.GetString(octets));

    private void Add(FieldKind kind, int offset, int length, string name, string value) =>
        _fields.Add(new DecodedField(kind, Math.Min(offset, frame.Length), Available(offset, length), name, value));

    /// <summary>The number of the octets that the frame contains.</summary>
    private int Available(int offset, int length) => Math.Clamp(frame.Length - offset, 0, Math.Max(0, length));
}
