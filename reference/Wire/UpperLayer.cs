namespace Pmip.Wire;

/// <summary>What an IPv6 packet carries behind its extension headers.</summary>
/// <param name="Protocol">Its Next Header value, see <see cref="IpProtocol"/>.</param>
/// <param name="Offset">Octets from the start of the IPv6 header.</param>
/// <param name="Payload">The upper-layer packet; of a first fragment, its beginning.</param>
/// <param name="Headers">The extension headers before it, in their order.</param>
public sealed record UpperLayer(byte Protocol, int Offset, ReadOnlyMemory<byte> Payload, IReadOnlyList<ExtensionHeader> Headers);
