namespace Pmip.Wire;

/// <summary>The value of a Relay Agent Flags sub-option, RFC 5010, Section 3: the U flag.</summary>
internal static class RelayAgentFlagsFormat
{
    private const byte UnicastFlag = 0x80;

    internal const int Length = 1;

    internal static bool Read(ReadOnlySpan<byte> data) => (data[0] & UnicastFlag) != 0;

    internal static void Write(Span<byte> data, bool unicast) => data[0] = unicast ? UnicastFlag : (byte)0;
}
