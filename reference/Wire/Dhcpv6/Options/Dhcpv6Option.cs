using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pmip.Wire;

/// <summary>A DHCPv6 option, RFC 8415, Section 21.1.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-------------------------------+
/// |          option-code          |          option-len           |
/// +-------------------------------+-------------------------------+
/// |                         option-data ...
/// +----------------------------------------------------------------
/// </code></remarks>
public abstract record Dhcpv6Option
{
    /// <summary>Length of the fields before the data in octets.</summary>
    public const int HeaderLength = 4;

    /// <summary>Maximum length of the data in octets.</summary>
    public const int MaximumDataLength = ushort.MaxValue;

    private const int LengthOffset = 2;

    private protected Dhcpv6Option() { }

    /// <summary>See <see cref="Dhcpv6OptionCode"/>.</summary>
    public abstract ushort Code { get; }

    /// <summary>The option-len field: the length of the data in octets, 0-65535.</summary>
    public abstract int DataLength { get; }

    /// <summary>Length in octets including code and length.</summary>
    public int Length => HeaderLength + DataLength;

    /// <summary>Reads one option that fills <paramref name="bytes"/>.</summary>
    /// <param name="bytes">The octets from the code on.</param>
    /// <param name="option">An <see cref="UnknownDhcpv6Option"/> if the code has no dedicated record.</param>
    /// <param name="error">
    /// <c>OptionTruncated</c>; <c>OptionLength</c>, at the start of the option: invalid length for this option; <c>TrailingOctets</c>;
    /// <c>OptionPlace</c>: a nested option that is not allowed in this option.
    /// </param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out Dhcpv6Option? option,
        [NotNullWhen(false)] out WireError? error
    )
    {
        option = null;
        error = CheckExtent(bytes);
        if (error is not null)
        {
            return false;
        }

        var code = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var data = bytes[HeaderLength..];
        option = (Dhcpv6OptionCode)code switch
        {
            Dhcpv6OptionCode.ClientIdentifier => Dhcpv6ClientIdentifierOption.ReadData(data, out error),
            Dhcpv6OptionCode.ServerIdentifier => Dhcpv6ServerIdentifierOption.ReadData(data, out error),
            Dhcpv6OptionCode.IaNa => Dhcpv6IaNaOption.ReadData(data, out error),
            Dhcpv6OptionCode.IaAddress => Dhcpv6IaAddressOption.ReadData(data, out error),
            Dhcpv6OptionCode.RelayMessage => new Dhcpv6RelayMessageOption(new OctetString(data)),
            Dhcpv6OptionCode.StatusCode => Dhcpv6StatusCodeOption.ReadData(data, out error),
            Dhcpv6OptionCode.InterfaceId => new Dhcpv6InterfaceIdOption(new OctetString(data)),
            _ => new UnknownDhcpv6Option(code, new OctetString(data)),
        };
        return option is not null;
    }

    /// <summary>Writes code, length and data and returns the <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Length"/>.</exception>
    public int Write(Span<byte> destination)
    {
        var length = Length;
        if (destination.Length < length)
        {
            throw new ArgumentException($"The option has {length} octets, the destination {destination.Length}.", nameof(destination));
        }
        BinaryPrimitives.WriteUInt16BigEndian(destination, Code);
        BinaryPrimitives.WriteUInt16BigEndian(destination[LengthOffset..], (ushort)(length - HeaderLength));
        WriteData(destination[HeaderLength..length]);
        return length;
    }

    /// <summary>Writes the data into <see cref="DataLength"/> octets and overwrites every octet.</summary>
    public abstract void WriteData(Span<byte> destination);

    /// <summary>
    /// The length of the option at the start of <paramref name="rest"/>, or the length of <paramref name="rest"/> if that is less.
    /// </summary>
    internal static int Measure(ReadOnlySpan<byte> rest) =>
        rest.Length < HeaderLength
            ? rest.Length
            : Math.Min(rest.Length, HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(rest[LengthOffset..]));

    /// <summary>Keeps members that follow from the type out of <c>ToString</c>.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    private protected static bool HasLengthFrom(ReadOnlySpan<byte> data, int shortest, out WireError? error)
    {
        error = data.Length >= shortest ? null : new WireError(0, "OptionLength", $"length {data.Length}, expected {shortest} or more");
        return error is null;
    }

    /// <summary>Reads the nested options after the fixed part of an option.</summary>
    private protected static bool TryReadOptions(
        ReadOnlySpan<byte> data,
        int fixedLength,
        Dhcpv6OptionPlace place,
        [NotNullWhen(true)] out Dhcpv6OptionList? options,
        out WireError? error
    )
    {
        options = null;
        if (!HasLengthFrom(data, fixedLength, out error))
        {
            return false;
        }
        if (Dhcpv6OptionList.TryParse(data[fixedLength..], place, out options, out error))
        {
            return true;
        }

        error = error.Shifted(HeaderLength + fixedLength);
        return false;
    }

    private protected static OctetString RequireLength(OctetString data, int longest = MaximumDataLength) =>
        data.Length <= longest ? data : throw new ArgumentException($"{data.Length} octets are more than {longest}.", nameof(data));

    private static WireError? CheckExtent(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
        {
            return new WireError(0, "OptionTruncated", $"{bytes.Length} octets, too few for code and length");
        }

        var announced = HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[LengthOffset..]);
        if (bytes.Length < announced)
        {
            return new WireError(0, "OptionTruncated", $"{announced} octets announced, {bytes.Length} present");
        }
        return bytes.Length > announced
            ? new WireError(announced, "TrailingOctets", $"{bytes.Length - announced} octets after the option")
            : null;
    }
}
