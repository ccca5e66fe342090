using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pmip.Wire;

/// <summary>
/// A DHCP option, RFC 2132, Section 2. An option with more than 255 octets of data is written in several consecutive parts with the
/// same code (RFC 3396).
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |     Code      |    Length     |             Data ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
public abstract record DhcpOption
{
    /// <summary>Length of the fields before the data in octets.</summary>
    public const int HeaderLength = 2;

    /// <summary>Maximum length of the data of one part in octets.</summary>
    public const int MaximumPartLength = byte.MaxValue;

    private protected DhcpOption() { }

    /// <summary>See <see cref="DhcpOptionCode"/>.</summary>
    public abstract byte Code { get; }

    /// <summary>Length of the data in octets.</summary>
    public abstract int DataLength { get; }

    /// <summary>Length in octets, including the code and length of every part.</summary>
    public int Length => DataLength + HeaderLength * Math.Max(1, (DataLength + MaximumPartLength - 1) / MaximumPartLength);

    /// <summary>Reads one option that fills <paramref name="bytes"/>, in one part or several.</summary>
    /// <param name="bytes">The octets from the code on.</param>
    /// <param name="option">An <see cref="UnknownDhcpOption"/> if the code has no dedicated record.</param>
    /// <param name="error">
    /// <c>OptionTruncated</c>; <c>OptionLength</c>, at offset 0: invalid length for this option; <c>TrailingOctets</c>; <c>NotAnOption</c>:
    /// Pad, End or Overload; <c>SubnetMask</c>: ones after zeros; <c>Minimum</c>: less than the option allows; for relay agent information,
    /// the rules of <see cref="RelayAgentSubOption.TryParse"/>.
    /// </param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out DhcpOption? option,
        [NotNullWhen(false)] out WireError? error
    )
    {
        (option, error) = (null, null);
        if (!bytes.IsEmpty && (DhcpOptionCode)bytes[0] is DhcpOptionCode.Pad or DhcpOptionCode.End or DhcpOptionCode.Overload)
        {
            error = new WireError(0, "NotAnOption", $"code {bytes[0]} is Pad, End or Overload");
            return false;
        }

        var data = new List<byte>();
        for (int position = 0, length; position < bytes.Length || position == 0; position += length)
        {
            if (!TryMeasure(bytes[position..], out length))
            {
                error = new WireError(position, "OptionTruncated", "the option exceeds the end of the octets");
                return false;
            }

            if (bytes[position] != bytes[0])
            {
                error = new WireError(position, "TrailingOctets", $"{bytes.Length - position} octets after the option");
                return false;
            }

            data.AddRange(bytes.Slice(position + HeaderLength, length - HeaderLength));
        }

        option = DhcpOptionReader.TryRead(bytes[0], data.ToArray(), out var reader, out error) ? reader.ToRecord() : null;
        return option is not null;
    }

    /// <summary>Writes every part and returns the <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Length"/>.</exception>
    public int Write(Span<byte> destination)
    {
        if (destination.Length < Length)
        {
            throw new ArgumentException($"The option has {Length} octets, the destination {destination.Length}.", nameof(destination));
        }

        if (DataLength <= MaximumPartLength)
        {
            WriteHeader(destination, DataLength);
            WriteData(destination[HeaderLength..Length]);
            return Length;
        }

        var data = new byte[DataLength];
        WriteData(data);
        foreach (var part in data.Chunk(MaximumPartLength))
        {
            WriteHeader(destination, part.Length);
            part.CopyTo(destination[HeaderLength..]);
            destination = destination[(HeaderLength + part.Length)..];
        }
        return Length;
    }

    /// <summary>Writes the data into <see cref="DataLength"/> octets and overwrites every octet.</summary>
    public abstract void WriteData(Span<byte> destination);

    /// <summary>The length of the part at the start of <paramref name="rest"/>; false if the part is truncated.</summary>
    internal static bool TryMeasure(ReadOnlySpan<byte> rest, out int length)
    {
        length = rest.Length < HeaderLength ? HeaderLength : HeaderLength + rest[1];
        return rest.Length >= length;
    }

    /// <summary>Keeps members that follow from the type out of <c>ToString</c>.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    private protected static OctetString RequireLengthFrom(OctetString data, int shortest) =>
        data.Length >= shortest ? data : throw new ArgumentException($"{data.Length} octets are fewer than {shortest}.", nameof(data));

    private void WriteHeader(Span<byte> destination, int partLength)
    {
        destination[0] = Code;
        destination[1] = (byte)partLength;
    }
}
