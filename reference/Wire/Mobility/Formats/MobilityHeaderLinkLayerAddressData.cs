namespace Pmip.Wire;

/// <summary>The data of a Mobility Header Link-Layer Address option in place, RFC 5568, Section 6.4.4.</summary>
public readonly ref struct MobilityHeaderLinkLayerAddressData
{
    private const int OptionCodeOffset = 0;

    internal const int AddressOffset = 1;

    private readonly ReadOnlySpan<byte> _data;

    internal MobilityHeaderLinkLayerAddressData(ReadOnlySpan<byte> data) => _data = data;

    public byte OptionCode => _data[OptionCodeOffset];

    /// <summary>The link-layer address, up to the end of the option.</summary>
    public ReadOnlySpan<byte> Address => _data[AddressOffset..];

    internal static (int Multiple, int Offset) Alignment => OptionPadding.AnyAlignment;

    internal static WireError? Check(ReadOnlySpan<byte> data) => OptionLength.CheckFrom(data, AddressOffset);

    internal static void Write(Span<byte> data, byte optionCode, ReadOnlySpan<byte> address)
    {
        data[OptionCodeOffset] = optionCode;
        address.CopyTo(data[AddressOffset..]);
    }
}
