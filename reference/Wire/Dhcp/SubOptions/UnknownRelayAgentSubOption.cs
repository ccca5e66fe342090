namespace Pmip.Wire;

/// <summary>A relay agent sub-option with a code that has no record of its own here.</summary>
/// <param name="SubOptionCode">Not one of <see cref="RelayAgentSubOptionCode"/>.</param>
/// <param name="Data">Written back as it came, at most 255 octets.</param>
/// <exception cref="ArgumentException">The code is known, or the data too long.</exception>
public sealed record UnknownRelayAgentSubOption(byte SubOptionCode, OctetString Data) : RelayAgentSubOption
{
    public byte SubOptionCode
    {
        get;
        init => field = RequireUnknown(value);
    } = RequireUnknown(SubOptionCode);

    public OctetString Data
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Data);

    public override byte Code => SubOptionCode;

    public override int DataLength => Data.Length;

    public override void WriteData(Span<byte> destination) => Data.Span.CopyTo(destination);

    private static byte RequireUnknown(byte code) =>
        Enum.IsDefined((RelayAgentSubOptionCode)code)
            ? throw new ArgumentException($"Sub-option {code} has a record of its own.", nameof(code))
            : code;
}
