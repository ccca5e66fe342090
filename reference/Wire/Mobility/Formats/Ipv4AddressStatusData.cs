namespace Pmip.Wire;

/// <summary>
/// The data of an IPv4 Address Acknowledgement option, RFC 5555, Section 3.2.1, or of an IPv4 Home Address Reply option, RFC 5844,
/// Section 3.3.2, in place.
/// </summary>
public readonly ref struct Ipv4AddressStatusData
{
    private const int StatusOffset = 0;
    private const int PrefixLengthOffset = 1;
    private const int HomeAddressOffset = 2;

    internal const int Length = HomeAddressOffset + Ipv4Octets.Length;

    private readonly ReadOnlySpan<byte> _data;

    internal Ipv4AddressStatusData(ReadOnlySpan<byte> data) => _data = data;

    /// <summary>An <see cref="Ipv4AddressAcknowledgementStatus"/> or an <see cref="Ipv4HomeAddressReplyStatus"/>.</summary>
    public byte Status => _data[StatusOffset];

    /// <summary>0-32 bits.</summary>
    public byte PrefixLength => Ipv4PrefixLength.FromField(_data[PrefixLengthOffset]);

    /// <summary>The four octets of the address.</summary>
    public ReadOnlySpan<byte> HomeAddress => _data[HomeAddressOffset..];

    internal static (int Multiple, int Offset) Alignment => (4, 0);

    internal static WireError? Check(ReadOnlySpan<byte> data) =>
        OptionLength.Check(data, Length) ?? Ipv4PrefixLength.Check(data, PrefixLengthOffset);

    internal static void Write(Span<byte> data, byte status, byte prefixLength, ReadOnlySpan<byte> homeAddress)
    {
        data[StatusOffset] = status;
        data[PrefixLengthOffset] = Ipv4PrefixLength.ToField(prefixLength);
        homeAddress[..Ipv4Octets.Length].CopyTo(data[HomeAddressOffset..]);
    }
}
