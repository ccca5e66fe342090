namespace Pmip.Wire;

/// <summary>A received Mobility Header and its transport.</summary>
/// <param name="Transport">One of the three transports, with its addresses and ports.</param>
/// <param name="Offset">Start of the Mobility Header, in octets from the start of the packet.</param>
/// <param name="MobilityHeader">The octets from there to the end of the enclosing payload.</param>
/// <param name="Headers">The extension headers of the preceding IPv6 header; empty if there is no IPv6 header.</param>
/// <param name="ChecksumError">
/// The first checksum that this transport requires and that is incorrect or absent, or null: <c>HeaderChecksum</c>,
/// <c>UdpChecksum</c> or <c>Checksum</c> (of the Mobility Header).
/// </param>
public sealed record SignalingPacket(
    SignalingTransport Transport,
    int Offset,
    ReadOnlyMemory<byte> MobilityHeader,
    IReadOnlyList<ExtensionHeader> Headers,
    WireError? ChecksumError
);
