namespace Pmip.Wire;

/// <summary>
/// The outer header of a tunnel under ESP, RFC 4303, Section 3.1.2. The packet that it makes is not yet protected: ESP in tunnel mode is
/// ESP between an outer header and the packet behind it, which the holder of the security association adds.
/// </summary>
internal sealed class EspTunnelHeader : TunnelHeader
{
    /// <summary>
    /// The most that ESP adds: header, initialization vector and padding to a block of AES, Pad Length and Next Header, and the Integrity
    /// Check Value.
    /// </summary>
    private const int MaximumEspLength = EspHeader.Length + 16 + 15 + 2 + EspTransform.IntegrityCheckValueLength;

    /// <summary>The part of the traffic class that is not the ECN field.</summary>
    private const int DifferentiatedServices = 0xfc;

    public static EspTunnelHeader Instance { get; } = new();

    public override int Overhead(TunnelContent content) => Ipv6Packet.HeaderLength + MaximumEspLength;

    public override bool MayNotFragment(TunnelContent content, uint pathMtu) => true;

    /// <summary>RFC 4301, Section 5.1.2: the DS field is copied.</summary>
    public override Ipv6Packet Encapsulate(IpPacket inner, Tunnel tunnel, Ecn ecn, uint pathMtu) =>
        new Ipv6Encapsulation(tunnel.Local, tunnel.Remote)
        {
            HopLimit = HopLimit,
            TrafficClass = (byte)(inner.TrafficClass & DifferentiatedServices | (byte)ecn),
        }.Around(inner.ToBytes());
}
