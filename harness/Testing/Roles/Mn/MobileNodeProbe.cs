using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>How a packet of the mobile node under test came to its correspondent node.</summary>
/// <param name="Link">The link on which it left the mobile node.</param>
/// <param name="Way">Null for a packet without tunnel and Home Address option, as from the home link.</param>
/// <param name="CareOf">The care-of address; null without one.</param>
public sealed record PacketArrival(Packet Packet, PortId Link, PacketWay? Way, IPAddress? CareOf);

/// <summary>An echo request to the home address of the mobile node under test. Its identifier is that of a flow.</summary>
public sealed class MobileNodeProbe
{
    private const int MarkLength = 16;
    private const ushort Sequence = 1;

    private readonly byte[] _mark = new byte[MarkLength];

    public MobileNodeProbe(Random random, IPAddress from, IPAddress home)
    {
        random.NextBytes(_mark);
        (From, Home) = (from, home);
        Octets = new EchoRequest((ushort)random.Next(ushort.MaxValue), Sequence, new OctetString(_mark)).ToBytes(from, home);
    }

    /// <summary>The node that sends it.</summary>
    public IPAddress From { get; }

    public IPAddress Home { get; }

    /// <summary>The ICMPv6 message, whose checksum is that of the home address.</summary>
    public byte[] Octets { get; }

    /// <summary>The packet as its sender sends it to the home address.</summary>
    public Ipv6Packet Packet => new(From, Home, IpProtocol.Icmpv6, Octets);

    /// <summary>How the reply in a packet has come; null if the packet is no reply.</summary>
    /// <param name="links">The names of the links in scenarios.</param>
    /// <param name="isTunnelled">True for a packet that goes through the reverse tunnel.</param>
    public PacketArrival? ReplyIn(Packet packet, MobileNodeLinks links, Func<Packet, bool> isTunnelled)
    {
        if (packet is not { Frame: { Direction: Direction.Received } frame, Ip: { } ip })
        {
            return null;
        }

        if (packet.Inner is { } inner)
        {
            return isTunnelled(packet) && IsReply(inner)
                ? new PacketArrival(packet, links.PlaceOn(frame.Port), PacketWay.ReverseTunnelled, ip.Source)
                : null;
        }

        return !IsReply(packet) ? null
            : ip.HomeAddress is not null ? new PacketArrival(packet, links.PlaceOn(frame.Port), PacketWay.RouteOptimised, ip.Source)
            : new PacketArrival(packet, links.PlaceOn(frame.Port), Way: null, CareOf: null);
    }

    private bool IsReply(Packet packet) =>
        packet is { Icmp: { Type: Icmpv6Layer.EchoReply, Echo.Data: var data }, Ip: { } ip }
        && data.Span.SequenceEqual(_mark)
        && ip.Destination.Equals(From);
}
