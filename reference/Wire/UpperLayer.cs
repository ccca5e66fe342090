namespace Pmip.Wire;

/// <summary>The upper-layer packet after the extension headers of an IPv6 packet.</summary>
/// <param name="Protocol">Its Next Header value, see <see cref="IpProtocol"/>.</param>
/// <param name="Offset">Offset in octets from the start of the IPv6 header.</param>
/// <param name="Payload">The upper-layer packet; in a first fragment, the beginning of it.</param>
/// <param name="Headers">The preceding extension headers, in packet order.</param>
public sealed record UpperLayer(byte Protocol, int Offset, ReadOnlyMemory<byte> Payload, IReadOnlyList<ExtensionHeader> Headers);
