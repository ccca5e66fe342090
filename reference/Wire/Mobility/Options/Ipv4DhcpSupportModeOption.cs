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
    public override byte Type => (byte)MobilityOptionType.Ipv4DhcpSupportMode;

    public override int DataLength => Ipv4DhcpSupportModeFormat.Length;

    public override (int Multiple, int Offset) Alignment => Ipv4DhcpSupportModeFormat.Alignment;

    public override void WriteData(Span<byte> destination) => Ipv4DhcpSupportModeFormat.Write(destination, ActsAsServer);
}
