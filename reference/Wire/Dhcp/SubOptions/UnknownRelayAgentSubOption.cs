namespace Pmip.Wire;

/// <summary>A relay agent sub-option whose code has no dedicated record.</summary>
/// <param name="SubOptionCode">Not one of <see cref="RelayAgentSubOptionCode"/>.</param>
/// <param name="Data">The value, written back unchanged; at most 255 octets.</param>
/// <exception cref="ArgumentException">The code has a dedicated record, or the data is too long.</exception>
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
            ? throw new ArgumentException($"Sub-option {code} has a dedicated record.", nameof(code))
            : code;
}
