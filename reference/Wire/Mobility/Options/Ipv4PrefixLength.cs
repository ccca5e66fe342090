namespace Pmip.Wire;

/// <summary>The prefix length, 0-32, in the upper 6 bits of an octet in the IPv4 options of RFC 5555 and RFC 5844.</summary>
internal static class Ipv4PrefixLength
{
    private const int Maximum = 32;
    private const int Shift = 2;

    internal static byte Require(byte length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Maximum);
        return length;
    }

    /// <summary>The octet, with its lower two bits zero.</summary>
    internal static byte ToField(byte length) => (byte)(length << Shift);

    /// <summary>Reads the field at <paramref name="offset"/> of the option data.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> data, int offset, out byte length, out WireError? error)
    {
        length = (byte)(data[offset] >> Shift);
        error =
            length <= Maximum
                ? null
                : new WireError(MobilityOption.HeaderLength + offset, "PrefixLength", $"prefix length {length}, maximum {Maximum}");
        return error is null;
    }
}
