namespace Pmip.Wire;

/// <summary>
/// The data of an IPv4 Home Address option, RFC 5555, Section 3.1.1, or of an IPv4 Home Address Request option, RFC 5844, Section 3.3.1,
/// in place.
/// </summary>
public readonly ref struct Ipv4HomeAddressData
{
    private const int PrefixLengthOffset = 0;
    private const byte RequestsPrefixFlag = 0x02;
    private const int ReservedOffset = 1;
    private const int HomeAddressOffset = 2;

    internal const int Length = HomeAddressOffset + Ipv4Octets.Length;

    private readonly ReadOnlySpan<byte> _data;

    internal Ipv4HomeAddressData(ReadOnlySpan<byte> data) => _data = data;

    /// <summary>0-32 bits.</summary>
    public byte PrefixLength => Ipv4PrefixLength.FromField(_data[PrefixLengthOffset]);

    /// <summary>The P flag of an IPv4 Home Address option; a reserved bit of an IPv4 Home Address Request option.</summary>
    public bool RequestsPrefix => (_data[PrefixLengthOffset] & RequestsPrefixFlag) != 0;

    /// <summary>The four octets of the address.</summary>
    public ReadOnlySpan<byte> HomeAddress => _data[HomeAddressOffset..];

    internal static (int Multiple, int Offset) Alignment => (4, 0);

    internal static WireError? Check(ReadOnlySpan<byte> data) =>
        OptionLength.Check(data, Length) ?? Ipv4PrefixLength.Check(data, PrefixLengthOffset);

    internal static void Write(Span<byte> data, byte prefixLength, bool requestsPrefix, ReadOnlySpan<byte> homeAddress)
    {
        data[PrefixLengthOffset] = (byte)(Ipv4PrefixLength.ToField(prefixLength) | (requestsPrefix ? RequestsPrefixFlag : 0));
        data[ReservedOffset] = 0;
        homeAddress[..Ipv4Octets.Length].CopyTo(data[HomeAddressOffset..]);
    }
}
