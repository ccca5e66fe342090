namespace Pmip.Wire;

/// <summary>The prefix length, 0-32, in the upper 6 bits of an octet in the IPv4 options of RFC 5555 and RFC 5844.</summary>
internal static class Ipv4PrefixLength
{
    private const int Maximum = 32;
    private const int Shift = 2;

    /// <exception cref="ArgumentOutOfRangeException">The length is greater than 32.</exception>
    internal static byte Require(byte length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Maximum);
        return length;
    }

    /// <summary>The octet, with its lower two bits zero.</summary>
    internal static byte ToField(byte length) => (byte)(length << Shift);

    internal static byte FromField(byte field) => (byte)(field >> Shift);

    /// <summary>The error <c>PrefixLength</c> at the field, or null.</summary>
    /// <param name="offset">The field, in octets from the start of the option data.</param>
    internal static WireError? Check(ReadOnlySpan<byte> data, int offset) =>
        FromField(data[offset]) <= Maximum ? null : BeyondMaximum(FromField(data[offset]), offset);

    private static WireError BeyondMaximum(byte length, int offset) =>
        new(MobilityOption.HeaderLength + offset, "PrefixLength", $"prefix length {length}, maximum {Maximum}");
}
