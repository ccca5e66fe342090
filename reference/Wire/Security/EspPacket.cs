namespace Pmip.Wire;

/// <summary>What an ESP packet carries, once it is open, RFC 4303, Section 2. An <see cref="EspTransform"/> seals and opens it.</summary>
/// <param name="NextHeader">
/// The type of the payload: in transport mode that of the upper layer or extension header it begins with, in tunnel mode
/// <see cref="IpProtocol.Ipv6"/> or <see cref="Ipv4Protocol.Ipv4"/>.
/// </param>
/// <param name="Payload">
/// Without initialization vector and padding. What pads a packet in a tunnel to hide its length (Section 2.7) is still at its
/// end; <see cref="Ipv6Packet.TryParse"/> cuts it off.
/// </param>
public sealed record EspPacket(EspHeader Header, byte NextHeader, ReadOnlyMemory<byte> Payload)
{
    /// <summary>RFC 4303, Section 2.6: a packet that only hides how much traffic there is; its payload says nothing.</summary>
    public bool IsDummy => NextHeader == IpProtocol.NoNextHeader;

    /// <summary>Tunnel mode: the whole packet is the payload.</summary>
    public static EspPacket ForTunnel(EspHeader header, Ipv6Packet inner) => new(header, IpProtocol.Ipv6, inner.ToBytes());

    /// <summary>Packets are equal when their octets are.</summary>
    public bool Equals(EspPacket? other) =>
        other is not null && Header == other.Header && NextHeader == other.NextHeader && Payload.Span.SequenceEqual(other.Payload.Span);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Header);
        hash.Add(NextHeader);
        hash.AddBytes(Payload.Span);
        return hash.ToHashCode();
    }
}
