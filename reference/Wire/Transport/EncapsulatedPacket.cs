namespace Pmip.Wire;

/// <summary>A packet and the tunnel it came through.</summary>
/// <param name="Encapsulation">Which one, with its addresses and what its outer header says.</param>
/// <param name="Version">4 or 6, of the inner packet.</param>
/// <param name="Offset">Where the inner packet starts, in octets from the start of the outer one.</param>
/// <param name="Inner">From there to the end of what carried it. Only its version has been looked at.</param>
/// <param name="ChecksumError">The first wrong checksum of the outer headers, or null: <c>HeaderChecksum</c> or <c>UdpChecksum</c>.</param>
public sealed record EncapsulatedPacket(
    Encapsulation Encapsulation,
    int Version,
    int Offset,
    ReadOnlyMemory<byte> Inner,
    WireError? ChecksumError
);
