namespace Pmip.Wire;

/// <summary>A mobility message whose type has no dedicated record.</summary>
/// <param name="Type">The MH Type field; not one of <see cref="MobilityHeaderType"/>.</param>
/// <param name="Data">The octets after the checksum, including unparsed options: 2 octets more than a multiple of 8, at most 2042.</param>
/// <exception cref="ArgumentException">
/// The type has a dedicated record, or the length of the message is not a multiple of 8 octets.
/// </exception>
public sealed record UnknownMobilityMessage(byte Type, OctetString Data) : MobilityMessage
{
    public override byte Type { get; } = RequireUnknown(Type);

    public OctetString Data
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Data);

    public override int Length => MobilityHeader.Length + Data.Length;

    private protected override void WriteData(Span<byte> message) => Data.Span.CopyTo(message[MobilityHeader.Length..]);

    private static byte RequireUnknown(byte type) =>
        Enum.IsDefined((MobilityHeaderType)type)
            ? throw new ArgumentException($"MH Type {type} has a dedicated record.", nameof(type))
            : type;

    private static OctetString RequireLength(OctetString data)
    {
        var length = MobilityHeader.Length + data.Length;
        return length % MobilityHeader.LengthUnit == 0 && length <= MobilityHeader.MaximumMessageLength
            ? data
            : throw new ArgumentException($"A message has a multiple of 8 octets, at most 2048, not {length}.", nameof(data));
    }
}
