namespace Pmip.Wire;

/// <summary>One IPv6 extension header, RFC 8200, Section 4.</summary>
/// <param name="Type">The Next Header value that announced this header.</param>
/// <param name="Offset">Offset in octets from the start of the IPv6 header.</param>
/// <param name="Bytes">The whole header, starting with its Next Header field.</param>
public sealed record ExtensionHeader(byte Type, int Offset, ReadOnlyMemory<byte> Bytes);
