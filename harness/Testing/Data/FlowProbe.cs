using System.Net;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Data;

/// <summary>The addresses and ports of the packets of one flow, in one direction.</summary>
public sealed record FlowAddresses(IPAddress Source, ushort SourcePort, IPAddress Destination, ushort DestinationPort)
{
    /// <summary>The same flow in the other direction.</summary>
    public FlowAddresses Reversed => new(Destination, DestinationPort, Source, SourcePort);
}

/// <summary>A UDP packet of a flow. It carries a unique mark, by which it is recognised wherever it appears.</summary>
public sealed class FlowProbe
{
    private const int MarkLength = 16;

    private readonly byte[] _mark = new byte[MarkLength];
    private readonly FlowAddresses _flow;

    /// <param name="flow">Addresses of one family.</param>
    public FlowProbe(Random random, FlowAddresses flow)
    {
        _flow = flow;
        random.NextBytes(_mark);

        // Else tshark would take one datagram in four for RTCP, by the version in its first bits, and some of them for malformed.
        _mark[0] = 0;
    }

    /// <summary>The packet of a flow of IPv6.</summary>
    public Ipv6Packet Packet => new(_flow.Source, _flow.Destination, Ipv4Protocol.Udp, Datagram);

    /// <summary>The packet of a flow of IPv4.</summary>
    public Ipv4Packet PacketOfIpv4 => new(_flow.Source, _flow.Destination, Ipv4Protocol.Udp, Datagram);

    private byte[] Datagram => new UdpDatagram(_flow.SourcePort, _flow.DestinationPort, _mark).ToBytes(_flow.Source, _flow.Destination);

    /// <summary>True for the packet, in any tunnel; an ICMPv6 error that quotes it does not count.</summary>
    public bool IsIn(Packet packet) =>
        packet.Stack.Layers.OfType<UdpLayer>().LastOrDefault() is { Content: { } content } && content.Part.Span.SequenceEqual(_mark);
}
