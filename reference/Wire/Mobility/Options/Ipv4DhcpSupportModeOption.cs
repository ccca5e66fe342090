using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>IPv4 DHCP Support Mode option, RFC 5844, Section 3.3.4. No alignment.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-----------------------------+-+
/// |   Type = 39   |  Length = 2   |          Reserved           |S|
/// +---------------+---------------+-----------------------------+-+
/// </code></remarks>
/// <param name="ActsAsServer">The S flag: the mobile access gateway acts as DHCP server if set, as DHCP relay otherwise.</param>
public sealed record Ipv4DhcpSupportModeOption(bool ActsAsServer) : MobilityOption
{
    private const ushort ActsAsServerFlag = 0x0001;
    private const int FixedDataLength = sizeof(ushort);

    public override byte Type => (byte)MobilityOptionType.Ipv4DhcpSupportMode;

    public override int DataLength => FixedDataLength;

    public override (int Multiple, int Offset) Alignment => AnyAlignment;

    public override void WriteData(Span<byte> destination) =>
        BinaryPrimitives.WriteUInt16BigEndian(destination, ActsAsServer ? ActsAsServerFlag : (ushort)0);

    internal static Ipv4DhcpSupportModeOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLength(data, FixedDataLength, out error)
            ? new Ipv4DhcpSupportModeOption((BinaryPrimitives.ReadUInt16BigEndian(data) & ActsAsServerFlag) != 0)
            : null;
}
