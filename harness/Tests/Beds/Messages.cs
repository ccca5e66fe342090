using System.Net;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Beds;

/// <summary>Frames for scripts.</summary>
internal static class Messages
{
    private static readonly IPAddress _lma = IPAddress.Parse("2001:db8:100::1");
    private static readonly IPAddress _mag = IPAddress.Parse("2001:db8:100::a1");

    /// <summary>An empty Proxy Binding Update from MAG1 to LMA1.</summary>
    public static byte[] Update(ushort sequenceNumber) =>
        Mobility(
            _mag,
            _lma,
            new BindingUpdate(
                sequenceNumber,
                BindingUpdateFlags.ProxyRegistration | BindingUpdateFlags.Acknowledge,
                1,
                new MobilityOptionList()
            )
        );

    /// <summary>An empty Proxy Binding Acknowledgement from LMA1 to MAG1.</summary>
    public static byte[] Acknowledgement(ushort sequenceNumber) =>
        Mobility(
            _lma,
            _mag,
            new BindingAcknowledgement(
                (BindingStatus)0,
                BindingAcknowledgementFlags.ProxyRegistration,
                sequenceNumber,
                1,
                new MobilityOptionList()
            )
        );

    public static byte[] Mobility(IPAddress source, IPAddress destination, MobilityMessage message) =>
        Frame(new Ipv6Packet(source, destination, IpProtocol.MobilityHeader, message.ToBytes(source, destination)));

    public static byte[] Icmp(IPAddress source, IPAddress destination, Icmpv6Message message, MacAddress? to = null, byte hopLimit = 255) =>
        Frame(new Ipv6Packet(source, destination, IpProtocol.Icmpv6, message.ToBytes(source, destination)) { HopLimit = hopLimit }, to);

    /// <summary>A frame from the implementation under test; by default to its peer, or to the group that the packet is for.</summary>
    public static byte[] Frame(IpPacket packet, MacAddress? to = null) =>
        new EthernetFrame(
            to ?? (packet.Destination.IsIPv6Multicast ? MacAddress.ForMulticast(packet.Destination) : Peer),
            Device,
            packet is Ipv4Packet ? Ipv4Packet.EtherType : EthernetFrame.Ipv6EtherType,
            packet.ToBytes()
        ).ToBytes();

    /// <summary>The answer of the implementation under test to an ARP request.</summary>
    public static byte[] ArpReply(IPAddress own, MacAddress asker, IPAddress askerAddress) =>
        new EthernetFrame(
            asker,
            Device,
            ArpPacket.EtherType,
            new ArpPacket(ArpOperation.Reply, Device, own, asker, askerAddress).ToBytes()
        ).ToBytes();

    /// <summary>The link-layer address of the scripted implementation under test, on every port.</summary>
    public static MacAddress Device { get; } = MacAddress.Parse("02:1a:00:00:00:01");

    private static MacAddress Peer { get; } = MacAddress.Parse("02:7e:00:00:00:a1");
}
