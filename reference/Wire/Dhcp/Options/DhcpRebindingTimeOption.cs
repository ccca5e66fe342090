namespace Pmip.Wire;

/// <summary>Rebinding (T2) Time Value option, RFC 2132, Section 9.12.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Code = 59   |  Length = 4   |          Seconds (4) ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
/// <param name="Seconds">The time from the assignment to the REBINDING state.</param>
public sealed record DhcpRebindingTimeOption(uint Seconds) : DhcpOption
{
    public override byte Code => (byte)DhcpOptionCode.RebindingTime;

    public override int DataLength => DhcpSecondsFormat.Length;

    public override void WriteData(Span<byte> destination) => DhcpSecondsFormat.Write(destination, Seconds);
}
