using System.Buffers;
using System.Text;

namespace Pmip.Wire;

/// <summary>Immutable octets that are equal when their contents are. The default value is empty.</summary>
public readonly struct OctetString : IEquatable<OctetString>
{
    private readonly byte[]? _octets;

    /// <summary>Copies <paramref name="octets"/>.</summary>
    public OctetString(ReadOnlySpan<byte> octets) => _octets = octets.IsEmpty ? null : octets.ToArray();

    public ReadOnlySpan<byte> Span => _octets;

    public int Length => _octets?.Length ?? 0;

    /// <summary>Whether every octet is zero; true for the empty string.</summary>
    public bool IsAllZero => !Span.ContainsAnyExcept((byte)0);

    public static OctetString FromText(string utf8) => new(Encoding.UTF8.GetBytes(utf8));

    public static bool operator ==(OctetString left, OctetString right) => left.Equals(right);

    public static bool operator !=(OctetString left, OctetString right) => !left.Equals(right);

    /// <summary>The octets decoded as UTF-8. An octet that is not part of a valid character is shown as <c>\xNN</c>.</summary>
    public string ToText()
    {
        var text = new StringBuilder(Length);
        var rest = Span;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var consumed) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (var octet in rest[..consumed])
                {
                    text.Append("\\x").Append(octet.ToString("x2"));
                }
            }
            rest = rest[consumed..];
        }

        return text.ToString();
    }

    public byte[] ToArray() => Span.ToArray();

    public bool Equals(OctetString other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is OctetString other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>Lower-case hexadecimal digits without separators.</summary>
    public override string ToString() => Convert.ToHexStringLower(Span);
}
