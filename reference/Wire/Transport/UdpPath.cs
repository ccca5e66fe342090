using System.Net;
using System.Net.Sockets;

namespace Pmip.Wire;

/// <summary>The addresses and ports of a UDP datagram over IPv4 or IPv6.</summary>
/// <exception cref="ArgumentException">The addresses are of different families.</exception>
public sealed record UdpPath(IPAddress Source, ushort SourcePort, IPAddress Destination, ushort DestinationPort)
{
    public IPAddress Destination { get; } =
        Destination.AddressFamily == Source.AddressFamily
            ? Destination
            : throw new ArgumentException($"{Source} and {Destination} are of different families.", nameof(Destination));

    /// <summary>The path of the reply.</summary>
    public UdpPath Reversed => new(Destination, DestinationPort, Source, SourcePort);

    /// <summary>The packet that carries this payload, with checksums.</summary>
    /// <exception cref="ArgumentException">The payload is too long for a datagram.</exception>
    public IpPacket Wrap(ReadOnlyMemory<byte> payload)
    {
        var datagram = new UdpDatagram(SourcePort, DestinationPort, payload).ToBytes(Source, Destination);
        return Source.AddressFamily == AddressFamily.InterNetworkV6
            ? new Ipv6Packet(Source, Destination, Ipv4Protocol.Udp, datagram)
            : new Ipv4Packet(Source, Destination, Ipv4Protocol.Udp, datagram);
    }

    /// <summary>The generated form would contain <see cref="Reversed"/>, and that this path, without an end.</summary>
    public override string ToString() => $"{Source} port {SourcePort} to {Destination} port {DestinationPort}";
}
