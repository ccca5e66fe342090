using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>NAT Detection option, RFC 5555, Section 3.2.2; in RFC 5844, Section 4.2.2. Alignment 4n.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-+-----------------------------+
/// |   Type = 31   |  Length = 6   |F|          Reserved           |
/// +---------------+---------------+-+-----------------------------+
/// |                         Refresh Time                          |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="ForcesUdp">The F flag: UDP encapsulation is required, with or without a NAT.</param>
/// <param name="RefreshTimeSeconds">The refresh time; 0 specifies none. See also <see cref="NoKeepaliveNeeded"/>.</param>
public sealed record NatDetectionOption(bool ForcesUdp, uint RefreshTimeSeconds) : MobilityOption
{
    /// <summary>The Refresh Time for a path without a NAT.</summary>
    public const uint NoKeepaliveNeeded = uint.MaxValue;

    private const int FlagsOffset = 0;
    private const ushort ForcesUdpFlag = 0x8000;
    private const int RefreshTimeOffset = 2;
    private const int FixedDataLength = 6;

    public override byte Type => (byte)MobilityOptionType.NatDetection;

    public override int DataLength => FixedDataLength;

    public override (int Multiple, int Offset) Alignment => (4, 0);

    public override void WriteData(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[FlagsOffset..], ForcesUdp ? ForcesUdpFlag : (ushort)0);
        BinaryPrimitives.WriteUInt32BigEndian(destination[RefreshTimeOffset..], RefreshTimeSeconds);
    }

    internal static NatDetectionOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLength(data, FixedDataLength, out error)
            ? new NatDetectionOption(
                (BinaryPrimitives.ReadUInt16BigEndian(data[FlagsOffset..]) & ForcesUdpFlag) != 0,
                BinaryPrimitives.ReadUInt32BigEndian(data[RefreshTimeOffset..])
            )
            : null;
}
