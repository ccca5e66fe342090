namespace Pmip.Wire;

/// <summary>A mobility message of a type that has no record of its own here.</summary>
/// <param name="Type">The MH Type field; not one of <see cref="MobilityHeaderType"/>.</param>
/// <param name="Data">Everything behind the checksum, options not told apart: 2 octets more than a multiple of 8, at most 2042.</param>
/// <exception cref="ArgumentException">The type is known, or the data leaves the message no multiple of 8 octets.</exception>
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
            ? throw new ArgumentException($"MH Type {type} has a record of its own.", nameof(type))
            : type;

    private static OctetString RequireLength(OctetString data)
    {
        var length = MobilityHeader.Length + data.Length;
        return length % MobilityHeader.LengthUnit == 0 && length <= MobilityHeader.MaximumMessageLength
            ? data
            : throw new ArgumentException($"A message of {length} octets is no multiple of 8 up to 2048.", nameof(data));
    }
}
