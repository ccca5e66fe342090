namespace Pmip.Wire;

/// <summary>One IPv6 extension header, RFC 8200, Section 4.</summary>
/// <param name="Type">The Next Header value that announced it.</param>
/// <param name="Offset">Octets from the start of the IPv6 header.</param>
/// <param name="Bytes">All of it, its own Next Header field first.</param>
public sealed record ExtensionHeader(byte Type, int Offset, ReadOnlyMemory<byte> Bytes);
