namespace Pmip.Wire;

/// <summary>IP Address Lease Time option, RFC 2132, Section 9.2.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Code = 51   |  Length = 4   |          Seconds (4) ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
/// <param name="Seconds">
/// The duration of the lease, requested or granted; <see cref="Infinite"/> represents infinity (RFC 2131, Section 3.3).
/// </param>
public sealed record DhcpLeaseTimeOption(uint Seconds) : DhcpOption
{
    public const uint Infinite = uint.MaxValue;

    public override byte Code => (byte)DhcpOptionCode.LeaseTime;

    public override int DataLength => DhcpSecondsFormat.Length;

    public override void WriteData(Span<byte> destination) => DhcpSecondsFormat.Write(destination, Seconds);
}
