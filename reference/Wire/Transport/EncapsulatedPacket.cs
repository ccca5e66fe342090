namespace Pmip.Wire;

/// <summary>A packet and the tunnel through which it arrived.</summary>
/// <param name="Encapsulation">The encapsulation with its addresses and the other fields of the outer header.</param>
/// <param name="Version">The IP version of the inner packet, 4 or 6.</param>
/// <param name="Offset">Start of the inner packet, in octets from the start of the outer packet.</param>
/// <param name="Inner">The octets from there to the end of the outer payload. Only the version has been checked.</param>
/// <param name="ChecksumError">
/// The first incorrect checksum of the outer headers, or null: <c>HeaderChecksum</c> or <c>UdpChecksum</c>.
/// </param>
public sealed record EncapsulatedPacket(
    Encapsulation Encapsulation,
    int Version,
    int Offset,
    ReadOnlyMemory<byte> Inner,
    WireError? ChecksumError
);
