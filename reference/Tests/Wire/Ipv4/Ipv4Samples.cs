using System.Net;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>One message of each IPv4 type that can be written, and the packets that carry them.</summary>
internal static class Ipv4Samples
{
    internal static readonly IPAddress Gateway = IPAddress.Parse("198.51.100.161");
    internal static readonly IPAddress Anchor = IPAddress.Parse("198.51.100.1");
    internal static readonly IPAddress HomeAddress = IPAddress.Parse("203.0.113.7");
    internal static readonly IPAddress DefaultRouter = IPAddress.Parse("203.0.113.1");
    internal static readonly MacAddress RouterMac = MacAddress.Parse("02:5e:00:00:00:a1");

    internal static Ipv4Packet Empty { get; } =
        new(Gateway, Anchor, 253, default)
        {
            TrafficClass = 0xb9,
            Identification = 0x1234,
            DontFragment = true,
            HopLimit = 254,
            Options = new OctetString([0x94, 4, 0, 0]),
        };

    internal static Ipv4Packet Fragment { get; } =
        new(Gateway, Anchor, 253, new byte[16])
        {
            Identification = 7,
            MoreFragments = true,
            FragmentOffset = 24,
        };

    internal static UdpDatagram Datagram { get; } = new(40000, 40001, "abcdefgh"u8.ToArray());

    internal static IReadOnlyList<ArpPacket> Arp { get; } =
    [
        new(ArpOperation.Request, SampleMessages.Mac, HomeAddress, default, DefaultRouter),
        new(ArpOperation.Reply, RouterMac, DefaultRouter, SampleMessages.Mac, HomeAddress),
        new(ArpOperation.Request, SampleMessages.Mac, IPAddress.Any, default, HomeAddress),
    ];

    internal static IReadOnlyList<Icmpv4Message> Icmp { get; } =
    [
        new Icmpv4EchoRequest(0x1234, 7, OctetString.FromText("abcdefgh")),
        new Icmpv4EchoReply(0x1234, 7, OctetString.FromText("abcdefgh")),
        new Icmpv4DestinationUnreachable(Icmpv4DestinationUnreachable.ProtocolUnreachable, new OctetString(Empty.ToBytes())),
        new Icmpv4FragmentationNeeded(1420, new OctetString(Empty.ToBytes())),
        new Icmpv4TimeExceeded(Icmpv4TimeExceeded.TimeToLiveExceeded, new OctetString(Empty.ToBytes())),
        new Icmpv4ParameterProblem(Icmpv4ParameterProblem.PointerShowsError, 20, new OctetString(Empty.ToBytes())),
        new UnknownIcmpv4Message(200, 1, new OctetString([1, 2, 3, 4])),
    ];

    internal static IReadOnlyList<Ipv4Packet> Packets { get; } = [Empty, Fragment, Carry(Datagram), .. Icmp.Select(Carry)];

    internal static Ipv4Packet Carry(Icmpv4Message message) => new(Gateway, Anchor, Ipv4Protocol.Icmp, message.ToBytes());

    internal static Ipv4Packet Carry(UdpDatagram datagram) => new(Gateway, Anchor, Ipv4Protocol.Udp, datagram.ToBytes(Gateway, Anchor));

    internal static byte[] Frame(ushort etherType, byte[] payload) =>
        new EthernetFrame(MacAddress.Broadcast, SampleMessages.Mac, etherType, payload).ToBytes();
}
