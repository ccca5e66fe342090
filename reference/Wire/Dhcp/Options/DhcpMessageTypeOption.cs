namespace Pmip.Wire;

/// <summary>DHCP Message Type option, RFC 2132, Section 9.6.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+
/// |   Code = 53   |  Length = 1   |     Type      |
/// +---------------+---------------+---------------+
/// </code></remarks>
public sealed record DhcpMessageTypeOption(DhcpMessageType Value) : DhcpOption
{
    public override byte Code => (byte)DhcpOptionCode.MessageType;

    public override int DataLength => sizeof(DhcpMessageType);

    public override void WriteData(Span<byte> destination) => destination[0] = (byte)Value;
}
