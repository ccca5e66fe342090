namespace Pmip.Wire;

/// <summary>A Mobility Header and how it came.</summary>
/// <param name="Transport">Which of the three transports, with its addresses and ports.</param>
/// <param name="Offset">Where the Mobility Header starts, in octets from the start of the packet.</param>
/// <param name="MobilityHeader">Everything from there to the end of what carried it.</param>
/// <param name="Headers">The extension headers of the IPv6 header before it; none if there is no such header.</param>
/// <param name="ChecksumError">
/// The first checksum that this transport demands and that is wrong or absent, or null: <c>HeaderChecksum</c>, <c>UdpChecksum</c> or
/// <c>Checksum</c>, the Mobility Header's own. This last is judged between the addresses of the IPv6 header; with a Home Address
/// option or a routing header it is another's to judge, by <see cref="Wire.MobilityHeader.HasValidChecksum"/>.
/// </param>
public sealed record SignalingPacket(
    SignalingTransport Transport,
    int Offset,
    ReadOnlyMemory<byte> MobilityHeader,
    IReadOnlyList<ExtensionHeader> Headers,
    WireError? ChecksumError
);
