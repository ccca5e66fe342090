using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pmip.Wire;

/// <summary>A sub-option of the Relay Agent Information option, RFC 3046, Section 2.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |     Code      |    Length     |             Value ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
public abstract record RelayAgentSubOption
{
    /// <summary>Length of the fields before the value in octets.</summary>
    public const int HeaderLength = 2;

    /// <summary>Maximum length of the value in octets.</summary>
    public const int MaximumDataLength = byte.MaxValue;

    private protected RelayAgentSubOption() { }

    /// <summary>See <see cref="RelayAgentSubOptionCode"/>.</summary>
    public abstract byte Code { get; }

    /// <summary>The Length field: the length of the value in octets, 0-255.</summary>
    public abstract int DataLength { get; }

    /// <summary>Length in octets including code and length.</summary>
    public int Length => HeaderLength + DataLength;

    /// <summary>Reads one sub-option that fills <paramref name="bytes"/>.</summary>
    /// <param name="bytes">The octets from the code on.</param>
    /// <param name="subOption">An <see cref="UnknownRelayAgentSubOption"/> if the code has no dedicated record.</param>
    /// <param name="error">
    /// <c>SubOptionTruncated</c>; <c>SubOptionLength</c>, at offset 0: invalid length for this sub-option; <c>TrailingOctets</c>.
    /// </param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out RelayAgentSubOption? subOption,
        [NotNullWhen(false)] out WireError? error
    )
    {
        error = CheckEnd(bytes);
        subOption = error is null && RelayAgentSubOptionReader.TryRead(bytes, out var reader, out _, out error) ? reader.ToRecord() : null;
        return subOption is not null;
    }

    /// <summary>Writes code, length and value and returns the <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Length"/>.</exception>
    public int Write(Span<byte> destination)
    {
        if (destination.Length < Length)
        {
            throw new ArgumentException($"The sub-option has {Length} octets, the destination {destination.Length}.", nameof(destination));
        }
        destination[0] = Code;
        destination[1] = (byte)DataLength;
        WriteData(destination[HeaderLength..Length]);
        return Length;
    }

    /// <summary>Writes the value into <see cref="DataLength"/> octets and overwrites every octet.</summary>
    public abstract void WriteData(Span<byte> destination);

    /// <summary>Keeps members that follow from the type out of <c>ToString</c>.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    private protected static OctetString RequireLength(OctetString data) =>
        data.Length <= MaximumDataLength
            ? data
            : throw new ArgumentException($"A value of {data.Length} octets is longer than {MaximumDataLength}.", nameof(data));

    private static WireError? CheckEnd(ReadOnlySpan<byte> bytes)
    {
        var announced = bytes.Length < HeaderLength ? bytes.Length : HeaderLength + bytes[1];
        return bytes.Length > announced
            ? new WireError(announced, "TrailingOctets", $"{bytes.Length - announced} octets after the sub-option")
            : null;
    }
}
