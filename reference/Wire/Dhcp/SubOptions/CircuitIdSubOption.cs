namespace Pmip.Wire;

/// <summary>Agent Circuit ID sub-option, RFC 3046, Section 3.1.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Code = 1    |    Length     |         Identifier ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
/// <param name="Identifier">The identifier of the circuit from which the client's message came; at most 255 octets.</param>
/// <exception cref="ArgumentException">The identifier is longer.</exception>
public sealed record CircuitIdSubOption(OctetString Identifier) : RelayAgentSubOption
{
    public OctetString Identifier
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Identifier);

    public override byte Code => (byte)RelayAgentSubOptionCode.CircuitId;

    public override int DataLength => Identifier.Length;

    public override void WriteData(Span<byte> destination) => Identifier.Span.CopyTo(destination);
}
