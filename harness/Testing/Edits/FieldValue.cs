using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Octets;

namespace Conformance.Testing.Edits;

/// <summary>The value of a field in the words of a scenario: a number, <c>0x</c> and hexadecimal digits, or an address.</summary>
internal static class FieldValue
{
    private const int BitsPerOctet = 8;

    /// <summary>Writes the value into its field.</summary>
    /// <param name="edit">The change, for error messages.</param>
    /// <param name="whole">The message or the option that contains the field.</param>
    /// <exception cref="Session.ScenarioFaultException">The text is not a value of this field, or the field is past the end.</exception>
    public static void Write(Edit edit, OctetField field, string value, Span<byte> whole)
    {
        var width = field.Width == 0 ? whole.Length * BitsPerOctet - field.Bit : field.Width;
        if (width <= 0 || field.Bit + width > whole.Length * BitsPerOctet)
        {
            throw edit.Fault($"there is no '{field.Name}' in these {whole.Length} octets");
        }

        if (width > 128)
        {
            WriteOctets(edit, value, whole[(field.Bit / BitsPerOctet)..]);
            return;
        }

        var number = Number(edit, value, width);
        for (var bit = 0; bit < width; bit++)
        {
            var (index, mask) = ((field.Bit + bit) / BitsPerOctet, (byte)(0x80 >> ((field.Bit + bit) % BitsPerOctet)));
            var set = ((number >> (width - 1 - bit)) & 1) == 1;
            whole[index] = (byte)(set ? whole[index] | mask : whole[index] & ~mask);
        }
    }

    private static void WriteOctets(Edit edit, string value, Span<byte> destination)
    {
        if (
            !value.StartsWith("0x", StringComparison.Ordinal)
            || value.Length != 2 + 2 * destination.Length
            || !value.AsSpan(2).ContainsOnlyHex()
        )
        {
            throw edit.Fault($"'{value}' is not {destination.Length} octets: say 0x and {2 * destination.Length} hexadecimal digits");
        }

        Convert.FromHexString(value.AsSpan(2)).CopyTo(destination);
    }

    private static UInt128 Number(Edit edit, string value, int width)
    {
        if (!TryRead(value, width, out var number))
        {
            throw edit.Fault($"'{value}' is not a number, hexadecimal number or address");
        }

        return width == 128 || number >> width == 0 ? number : throw edit.Fault($"'{value}' needs more than {width} bits");
    }

    private static bool TryRead(string value, int width, out UInt128 number)
    {
        if (value.StartsWith("0x", StringComparison.Ordinal))
        {
            return UInt128.TryParse(value.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
        }

        if (UInt128.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        if (!IPAddress.TryParse(value, out var address) || address.GetAddressBytes().Length * BitsPerOctet != width)
        {
            return false;
        }

        var octets = address.GetAddressBytes();
        number =
            address.AddressFamily == AddressFamily.InterNetwork
                ? BinaryPrimitives.ReadUInt32BigEndian(octets)
                : BinaryPrimitives.ReadUInt128BigEndian(octets);
        return true;
    }

    private static bool ContainsOnlyHex(this ReadOnlySpan<char> digits)
    {
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }
        }

        return true;
    }
}
