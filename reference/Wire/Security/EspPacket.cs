namespace Pmip.Wire;

/// <summary>
/// The decrypted contents of an ESP packet, RFC 4303, Section 2. An <see cref="EspTransform"/> seals and opens the packet.
/// </summary>
/// <param name="NextHeader">
/// The type of the payload: in transport mode the type of the first extension header or of the upper layer, in tunnel mode
/// <see cref="IpProtocol.Ipv6"/> or <see cref="Ipv4Protocol.Ipv4"/>.
/// </param>
/// <param name="Payload">
/// The payload without initialization vector and padding. Traffic flow confidentiality padding of a tunnelled packet (Section 2.7)
/// is included; <see cref="Ipv6Packet.TryParse"/> removes it.
/// </param>
public sealed record EspPacket(EspHeader Header, byte NextHeader, ReadOnlyMemory<byte> Payload)
{
    /// <summary>RFC 4303, Section 2.6: a dummy packet that hides the amount of traffic; its payload has no meaning.</summary>
    public bool IsDummy => NextHeader == IpProtocol.NoNextHeader;

    /// <summary>In tunnel mode the whole inner packet is the payload.</summary>
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
