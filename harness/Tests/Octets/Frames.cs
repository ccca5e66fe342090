using System.Net;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Octets;

/// <summary>Well-formed frames of every protocol that the tester reads, built by the codec.</summary>
internal static class Frames
{
    public static readonly MacAddress Sender = MacAddress.Parse("02:5e:00:00:00:01");
    public static readonly MacAddress Receiver = MacAddress.Parse("02:5e:00:00:00:02");
    public static readonly IPAddress Client4 = IPAddress.Parse("192.0.2.10");
    public static readonly IPAddress Server4 = IPAddress.Parse("192.0.2.1");
    public static readonly IPAddress Client6 = IPAddress.Parse("fe80::5e:ff:fe00:1");
    public static readonly IPAddress Server6 = IPAddress.Parse("2001:db8:100::1");

    public static ArpPacket Arp { get; } = new(ArpOperation.Request, Sender, Client4, default, Server4);

    public static DhcpMessage Discover { get; } =
        new(
            DhcpOperation.BootRequest,
            0x12345678,
            new DhcpOptionList(new DhcpMessageTypeOption(DhcpMessageType.Discover), new DhcpRequestedAddressOption(Client4))
        )
        {
            HardwareAddress = new OctetString(Sender.ToArray()),
            Seconds = 3,
            Broadcast = true,
            RelayAddress = Server4,
        };

    public static Dhcpv6ClientServerMessage Solicit { get; } =
        new(
            Dhcpv6MessageType.Solicit,
            0xabcdef,
            new Dhcpv6OptionList(
                new Dhcpv6IaNaOption(7, 1, 2, new Dhcpv6OptionList(new Dhcpv6IaAddressOption(Server6, 3, 4, new Dhcpv6OptionList())))
            )
        );

    public static Dhcpv6RelayMessage Relayed { get; } =
        new(
            Dhcpv6MessageType.RelayForward,
            1,
            Server6,
            Client6,
            new Dhcpv6OptionList(new Dhcpv6RelayMessageOption(new OctetString(Solicit.ToBytes())))
        );

    private static Ipv6Packet Echo { get; } = Packet6(58, new EchoRequest(1, 2, default).ToBytes(Client6, Server6));

    private static BindingUpdate Update { get; } =
        new(7, BindingUpdateFlags.ProxyRegistration, 150, new MobilityOptionList(MobileNodeIdentifierOption.ForNai("mn1@pmip.example")));

    public static byte[] Ethernet(int type, ReadOnlySpan<byte> payload) =>
        new EthernetFrame(Receiver, Sender, (ushort)type, payload.ToArray()).ToBytes();

    public static Ipv4Packet Packet4(byte protocol, ReadOnlyMemory<byte> payload) => new(Client4, Server4, protocol, payload);

    public static Ipv6Packet Packet6(byte protocol, ReadOnlyMemory<byte> payload) => new(Client6, Server6, protocol, payload);

    public static byte[] Ethernet(Ipv4Packet packet) => Ethernet(Ipv4Packet.EtherType, packet.ToBytes());

    public static byte[] Ethernet(Ipv6Packet packet) => Ethernet(EthernetFrame.Ipv6EtherType, packet.ToBytes());

    public static byte[] Dhcp() => Ethernet(Packet4(17, new UdpDatagram(68, 67, Discover.ToBytes()).ToBytes(Client4, Server4)));

    public static byte[] Dhcpv6(Dhcpv6Message message) =>
        Ethernet(Packet6(17, new UdpDatagram(546, 547, message.ToBytes()).ToBytes(Client6, Server6)));

    public static byte[] Vlan(byte[] frame, params int[] identifiers) =>
        [
            .. frame[..12],
            .. identifiers.SelectMany(identifier => (byte[])[0x81, 0, (byte)(0x60 | (identifier >> 8)), (byte)identifier]),
            .. frame[12..],
        ];

    /// <summary>One frame of each.</summary>
    public static IEnumerable<byte[]> All()
    {
        yield return Ethernet(ArpPacket.EtherType, Arp.ToBytes());
        yield return Dhcp();
        yield return Vlan(Dhcp(), 5, 4094);
        yield return Dhcpv6(Relayed);
        yield return Ethernet(Packet4(50, new byte[32]));
        yield return Ethernet(Packet6(50, new byte[32]));
        yield return Ethernet(Packet4(41, Packet6(58, new EchoRequest(1, 2, default).ToBytes(Client6, Server6)).ToBytes()));
        yield return Ethernet(Packet4(17, new UdpDatagram(5436, 5436, Update.ToBytes(Client6, Server6)).ToBytes(Client4, Server4)));
        yield return Ethernet(Packet4(17, new UdpDatagram(5437, 5437, Echo.ToBytes()).ToBytes(Client4, Server4)));
        yield return Ethernet(
            Packet4(17, new UdpDatagram(9, 4191, (byte[])[2, (byte)Echo.Length, 0, 0, .. Echo.ToBytes()]).ToBytes(Client4, Server4))
        );
        yield return Ethernet(
            Packet4(
                1,
                new Icmpv4FragmentationNeeded(1400, new OctetString(Packet4(4, Packet4(17, new byte[8]).ToBytes()).ToBytes())).ToBytes()
            )
        );
    }
}
