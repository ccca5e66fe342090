namespace Pmip.Wire;

/// <summary>
/// Mobility Header Link-Layer Address option, RFC 5568, Section 6.4.4; used in a home binding of RFC 5648, Section 5.6.3. No
/// alignment: its only field of more than one octet is the address, which is an octet string.
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+---------------+
/// |   Type = 7    |    Length     |  Option-Code  |    LLA ...
/// +---------------+---------------+---------------+----------------
/// </code></remarks>
/// <param name="OptionCode">The owner of the address; <see cref="MobileNodeCode"/> for the mobile node.</param>
/// <param name="Address">At most 254 octets.</param>
/// <exception cref="ArgumentException">The address is longer.</exception>
public sealed record MobilityHeaderLinkLayerAddressOption(byte OptionCode, OctetString Address) : MobilityOption
{
    public const byte MobileNodeCode = 2;

    private const int MaximumAddressLength = MaximumDataLength - MobilityHeaderLinkLayerAddressData.AddressOffset;

    public OctetString Address
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Address);

    public override byte Type => (byte)MobilityOptionType.MobilityHeaderLinkLayerAddress;

    public override int DataLength => MobilityHeaderLinkLayerAddressData.AddressOffset + Address.Length;

    public override (int Multiple, int Offset) Alignment => MobilityHeaderLinkLayerAddressData.Alignment;

    public override void WriteData(Span<byte> destination) =>
        MobilityHeaderLinkLayerAddressData.Write(destination, OptionCode, Address.Span);

    private static OctetString RequireLength(OctetString address) =>
        address.Length <= MaximumAddressLength
            ? address
            : throw new ArgumentException(
                $"A link-layer address of {address.Length} octets is longer than {MaximumAddressLength}.",
                nameof(address)
            );
}
