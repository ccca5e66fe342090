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

    public override byte Type => (byte)MobilityOptionType.NatDetection;

    public override int DataLength => NatDetectionData.Length;

    public override (int Multiple, int Offset) Alignment => NatDetectionData.Alignment;

    public override void WriteData(Span<byte> destination) => NatDetectionData.Write(destination, ForcesUdp, RefreshTimeSeconds);
}
