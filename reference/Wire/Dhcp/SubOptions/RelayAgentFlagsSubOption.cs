namespace Pmip.Wire;

/// <summary>Relay Agent Flags sub-option, RFC 5010, Section 3.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-+-------------+
/// |   Code = 10   |  Length = 1   |U|    zero     |
/// +---------------+---------------+-+-------------+
/// </code></remarks>
/// <param name="Unicast">The relay agent received the client's message by unicast.</param>
public sealed record RelayAgentFlagsSubOption(bool Unicast) : RelayAgentSubOption
{
    public override byte Code => (byte)RelayAgentSubOptionCode.Flags;

    public override int DataLength => RelayAgentFlagsFormat.Length;

    public override void WriteData(Span<byte> destination) => RelayAgentFlagsFormat.Write(destination, Unicast);
}
