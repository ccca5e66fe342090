using System.Net;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>One DHCP option and message of each type that can be written.</summary>
internal static class DhcpSamples
{
    internal static readonly IPAddress Server = IPAddress.Parse("198.51.100.67");

    internal static IReadOnlyList<RelayAgentSubOption> SubOptions { get; } =
    [
        new CircuitIdSubOption(OctetString.FromText("link1")),
        RemoteIdSubOption.ForAddress(Ipv4Samples.HomeAddress),
        new LinkSelectionSubOption(IPAddress.Parse("203.0.113.0")),
        new RelayAgentFlagsSubOption(Unicast: true),
        new ServerIdentifierOverrideSubOption(Ipv4Samples.DefaultRouter),
        new UnknownRelayAgentSubOption(200, new OctetString([1, 2, 3])),
    ];

    internal static IReadOnlyList<DhcpOption> Options { get; } =
    [
        new DhcpMessageTypeOption(DhcpMessageType.Request),
        new DhcpSubnetMaskOption(24),
        new DhcpRouterOption(Ipv4Samples.DefaultRouter, Ipv4Samples.Anchor),
        new DhcpInterfaceMtuOption(1420),
        new DhcpRequestedAddressOption(Ipv4Samples.HomeAddress),
        new DhcpLeaseTimeOption(3600),
        new DhcpServerIdentifierOption(Server),
        new DhcpParameterRequestListOption(new OctetString([1, 3, 26, 51, 54])),
        new DhcpMaximumMessageSizeOption(1500),
        new DhcpRenewalTimeOption(1800),
        new DhcpRebindingTimeOption(3150),
        DhcpClientIdentifierOption.ForMac(SampleMessages.Mac),
        new DhcpAuthenticationOption(1, 1, 0, 0x0102030405060708, new OctetString([0, 0, 0, 1, .. new byte[16]])),
        new DhcpSubnetSelectionOption(IPAddress.Parse("203.0.113.0")),
        new UnknownDhcpOption(224, new OctetString([1, 2, 3])),
        new DhcpRelayAgentInformationOption(new RelayAgentSubOptionList(SubOptions)),
    ];

    /// <summary>A message with every option, as a relay agent forwards it.</summary>
    internal static DhcpMessage Full { get; } =
        new(DhcpOperation.BootRequest, 0x12345678, new DhcpOptionList(Options))
        {
            HardwareAddress = new OctetString(SampleMessages.Mac.ToArray()),
            Hops = 1,
            Seconds = 4,
            Broadcast = true,
            ClientAddress = IPAddress.Parse("203.0.113.8"),
            YourAddress = Ipv4Samples.HomeAddress,
            ServerAddress = Server,
            RelayAddress = Ipv4Samples.Gateway,
            ServerName = OctetString.FromText("server.example"),
            BootFile = OctetString.FromText("boot.img"),
        };

    internal static IReadOnlyList<DhcpMessage> Messages { get; } = [Full, .. Enum.GetValues<DhcpMessageType>().Select(OfType)];

    internal static DhcpMessage OfType(DhcpMessageType type) =>
        new(
            type is DhcpMessageType.Offer or DhcpMessageType.Ack or DhcpMessageType.Nak or DhcpMessageType.ForceRenew
                ? DhcpOperation.BootReply
                : DhcpOperation.BootRequest,
            1,
            [new DhcpMessageTypeOption(type)]
        )
        {
            HardwareAddress = new OctetString(SampleMessages.Mac.ToArray()),
        };

    internal static Ipv4Packet Carry(DhcpMessage message)
    {
        var datagram = new UdpDatagram(UdpPort.DhcpServer, UdpPort.DhcpServer, message.ToBytes());
        return new Ipv4Packet(Ipv4Samples.Gateway, Server, Ipv4Protocol.Udp, datagram.ToBytes(Ipv4Samples.Gateway, Server));
    }
}
