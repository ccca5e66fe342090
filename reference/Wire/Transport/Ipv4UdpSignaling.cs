using System.Net;

namespace Pmip.Wire;

/// <summary>
/// Signaling over IPv4 as in RFC 5844, Sections 4.1.3.2 and 4.2.2.1: IPv4, UDP, Mobility Header. The checksum of the Mobility Header
/// is sent as zero and ignored; the UDP checksum is required.
/// </summary>
/// <param name="Source">An IPv4 address.</param>
/// <param name="Destination">An IPv4 address.</param>
/// <exception cref="ArgumentException">An address is not IPv4.</exception>
public sealed record Ipv4UdpSignaling(IPAddress Source, IPAddress Destination, ushort SourcePort, ushort DestinationPort)
    : SignalingTransport
{
    public override IPAddress Source
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Source);

    public override IPAddress Destination
    {
        get;
        init => field = Ipv4Octets.Require(value);
    } = Ipv4Octets.Require(Destination);

    public override SignalingTransport Reversed => new Ipv4UdpSignaling(Destination, Source, DestinationPort, SourcePort);

    private protected override string Text => $"{Source} port {SourcePort} to {Destination} port {DestinationPort}";

    /// <summary>Creates the transport with the ports of RFC 5844, Figures 11 and 13.</summary>
    public static Ipv4UdpSignaling Between(IPAddress source, IPAddress destination) =>
        new(source, destination, UdpPort.ProxyMobileIpv6Control, UdpPort.ProxyMobileIpv6Control);

    private protected override void SetChecksum(Span<byte> mobilityHeader) =>
        mobilityHeader.Slice(MobilityHeader.ChecksumOffset, sizeof(ushort)).Clear();

    private protected override IpPacket Carry(byte[] mobilityHeader) =>
        new Ipv4Packet(
            Source,
            Destination,
            Ipv4Protocol.Udp,
            new UdpDatagram(SourcePort, DestinationPort, mobilityHeader).ToBytes(Source, Destination)
        );

    internal static SignalingPacket Read(ReadOnlySpan<byte> bytes, Ipv4Packet packet, UpperLayer upper, UdpDatagram datagram) =>
        new(
            new Ipv4UdpSignaling(packet.Source, packet.Destination, datagram.SourcePort, datagram.DestinationPort),
            upper.Offset + UdpDatagram.HeaderLength,
            datagram.Payload,
            [],
            IpHeader.JudgeHeaderChecksum(bytes) ?? IpHeader.JudgeUdpChecksum(packet.Source, packet.Destination, upper, isDemanded: true)
        );
}
