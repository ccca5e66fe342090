using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>Renewal (T1) Time Value option, RFC 2132, Section 9.11.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Code = 58   |  Length = 4   |          Seconds (4) ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
/// <param name="Seconds">The time from the assignment to the RENEWING state.</param>
public sealed record DhcpRenewalTimeOption(uint Seconds) : DhcpOption
{
    public override byte Code => (byte)DhcpOptionCode.RenewalTime;

    public override int DataLength => sizeof(uint);

    public override void WriteData(Span<byte> destination) => BinaryPrimitives.WriteUInt32BigEndian(destination, Seconds);

    internal static DhcpRenewalTimeOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLength(data, sizeof(uint), out error) ? new DhcpRenewalTimeOption(BinaryPrimitives.ReadUInt32BigEndian(data)) : null;
}
