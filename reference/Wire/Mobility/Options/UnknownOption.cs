namespace Pmip.Wire;

/// <summary>
/// A mobility option whose type the <see cref="WireEdition"/> does not know; a receiver skips the option (RFC 6275, Section 6.2.1).
/// </summary>
/// <param name="OptionType">Not a type that every edition knows: see <see cref="WireEdition.IsKnownEverywhere"/>.</param>
/// <param name="Data">
/// The option data, written back unchanged; at most 255 octets. The alignment requirement of the option is unknown, so none is applied.
/// </param>
/// <exception cref="ArgumentException">Every edition knows the type, or the data is too long.</exception>
public sealed record UnknownOption(byte OptionType, OctetString Data) : MobilityOption
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
        WireEdition.IsKnownEverywhere(type)
            ? throw new ArgumentException($"Every edition knows mobility option {type}.", nameof(type))
            : type;

    private static OctetString RequireLength(OctetString data) =>
        data.Length <= MaximumDataLength
            ? data
            : throw new ArgumentException($"Option data of {data.Length} octets is longer than {MaximumDataLength}.", nameof(data));
}
