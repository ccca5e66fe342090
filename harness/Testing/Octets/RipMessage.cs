using System.Buffers.Binary;
using System.Net;
using System.Numerics;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Octets;

/// <summary>A Response message of RIP version 2 (RFC 2453, Sections 3.9.2 and 4).</summary>
internal static class RipMessage
{
    private const int Port = 520;
    private const int Response = 2;
    private const int Version = 2;
    private const int HeaderLength = 4;
    private const int EntryLength = 20;
    private const int AddressOffset = 4;
    private const int MaskOffset = 8;
    private const int MetricOffset = 16;

    /// <summary>The address family identifier of IPv4; an entry with authentication has another.</summary>
    private const int Ipv4Family = 2;

    private static readonly IPAddress _routers = IPAddress.Parse("224.0.0.9");

    /// <remarks>RFC 2453, Section 4.6: routers that must be heard by those of version 1 broadcast.</remarks>
    public static RouteAnnouncement? Of(Packet packet)
    {
        if (
            packet.Ip is not Ipv4Layer { IsFragment: false, HasRightHeaderChecksum: true } ip
            || !(ip.Destination.Equals(_routers) || packet.Ethernet!.Destination == MacAddress.Broadcast)
            || packet.Upper is not UdpLayer { DestinationPort: Port, SourcePort: Port, HasRightChecksum: not false, Fault: null } udp
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
            var mask = BinaryPrimitives.ReadUInt32BigEndian(rest[MaskOffset..]);
            var length = BitOperations.PopCount(mask);
            if (
                BinaryPrimitives.ReadUInt16BigEndian(rest) == Ipv4Family
                && BitOperations.LeadingZeroCount(~mask) == length
                && BinaryPrimitives.ReadUInt32BigEndian(rest[MetricOffset..]) is > 0 and <= RouteAnnouncement.Infinity and var metric
            )
            {
                routes.Add((new IpPrefix(new IPAddress(rest[AddressOffset..MaskOffset]), length), (int)metric));
            }
        }

        return new(routes);
    }
}
