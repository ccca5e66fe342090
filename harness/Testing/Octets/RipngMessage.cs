using System.Net;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Octets;

/// <summary>A Response message of RIPng (RFC 2080, Sections 2.1 and 2.4.2).</summary>
internal static class RipngMessage
{
    private const int Port = 521;
    private const int Response = 2;
    private const int Version = 1;
    private const int HeaderLength = 4;
    private const int EntryLength = 20;
    private const int LengthOffset = 18;
    private const int MetricOffset = 19;
    private const byte NeighborsOnly = 255;

    private static readonly IPAddress _routers = IPAddress.Parse("ff02::9");

    public static RouteAnnouncement? Of(Packet packet)
    {
        if (
            packet.Ip is not { HopLimit: NeighborsOnly, Source.IsIPv6LinkLocal: true } ip
            || !ip.Destination.Equals(_routers)
            || packet.Upper is not UdpLayer { SourcePort: Port, DestinationPort: Port, HasRightChecksum: true, Fault: null } udp
        )
        {
            return null;
        }

        var message = packet.Frame.Bytes.Span[(udp.Offset + UdpLayer.HeaderLength)..(udp.Offset + udp.Length)];
        if (message.Length < HeaderLength || message[0] != Response || message[1] != Version)
        {
            return null;
        }

        var routes = new List<(IpPrefix, int)>();
        for (var rest = message[HeaderLength..]; rest.Length >= EntryLength; rest = rest[EntryLength..])
        {
            if (rest[LengthOffset] <= 128 && rest[MetricOffset] is > 0 and <= RouteAnnouncement.Infinity)
            {
                routes.Add((new IpPrefix(new IPAddress(rest[..16]), rest[LengthOffset]), rest[MetricOffset]));
            }
        }

        return new(routes);
    }
}
