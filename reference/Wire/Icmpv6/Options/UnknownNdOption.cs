namespace Pmip.Wire;

/// <summary>A neighbour discovery option whose type has no dedicated record; a receiver ignores it (RFC 4861, Section 4.6).</summary>
/// <param name="OptionType">Not one of <see cref="NdOptionType"/>.</param>
/// <param name="Data">The octets after the length, written back unchanged: 2 octets less than a multiple of 8, 6 to 2038.</param>
/// <exception cref="ArgumentException">The type has a dedicated record, or the data has a different length.</exception>
public sealed record UnknownNdOption(byte OptionType, OctetString Data) : NdOption
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

    public override void WriteData(Span<byte> destination) => Data.Span.CopyTo(destination);

    private static byte RequireUnknown(byte type) =>
        Enum.IsDefined((NdOptionType)type) ? throw new ArgumentException($"Option {type} has a dedicated record.", nameof(type)) : type;

    private static OctetString RequireLength(OctetString data)
    {
        var length = HeaderLength + data.Length;
        return length % LengthUnit == 0 && length is >= LengthUnit and <= byte.MaxValue * LengthUnit
            ? data
            : throw new ArgumentException($"An option has a multiple of 8 octets, at most 2040; this one has {length}.", nameof(data));
    }
}
