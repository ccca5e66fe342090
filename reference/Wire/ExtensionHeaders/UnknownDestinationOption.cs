namespace Pmip.Wire;

/// <summary>A destination option for whose type there is no dedicated record.</summary>
/// <param name="OptionType">
/// The two highest bits specify how a node that does not recognize the option handles the packet (RFC 8200, Section 4.2).
/// </param>
/// <param name="Data">
/// The option data, written back unchanged; at most 255 octets. The alignment requirement of the option is unknown, so none is applied.
/// </param>
/// <exception cref="ArgumentException">The type has a dedicated record or is padding, or the data is too long.</exception>
public sealed record UnknownDestinationOption(byte OptionType, OctetString Data) : DestinationOption
{
    public byte OptionType
    {
        get;
        init => field = RequireUnknown(value);
    } = RequireUnknown(OptionType);

    public OctetString Data
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Data);

    public override byte Type => OptionType;

    public override int DataLength => Data.Length;

    public override (int Multiple, int Offset) Alignment => OptionPadding.AnyAlignment;

    public override void WriteData(Span<byte> destination) => Data.Span.CopyTo(destination);

    private static byte RequireUnknown(byte type) =>
        type == HomeAddressOption.OptionType || OptionPadding.Is(type)
            ? throw new ArgumentException($"Destination option {type} has a dedicated record or is padding.", nameof(type))
            : type;

    private static OctetString RequireLength(OctetString data) =>
        data.Length <= MaximumDataLength
            ? data
            : throw new ArgumentException($"Option data of {data.Length} octets is longer than {MaximumDataLength}.", nameof(data));
}
