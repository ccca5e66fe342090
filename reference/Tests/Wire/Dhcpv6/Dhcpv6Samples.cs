using System.Net;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>One DHCPv6 option and message of each type that can be written.</summary>
internal static class Dhcpv6Samples
{
    internal static readonly IPAddress HomeAddress = IPAddress.Parse("2001:db8:8000:1::7");
    internal static readonly Duid Client = Duid.ForMac(SampleMessages.Mac);
    internal static readonly Duid Server = Duid.ForMac(Ipv4Samples.RouterMac);

    internal static Dhcpv6IaAddressOption IaAddress { get; } =
        new(HomeAddress, 1800, 3600, [new Dhcpv6StatusCodeOption(Dhcpv6StatusCode.Success, OctetString.FromText("granted"))]);

    internal static Dhcpv6IaNaOption IaNa { get; } = new(0x01020304, 900, 1440, [IaAddress]);

    internal static IReadOnlyList<Dhcpv6Option> Options { get; } =
    [
        new Dhcpv6ClientIdentifierOption(Client),
        new Dhcpv6ServerIdentifierOption(Server),
        IaNa,
        new Dhcpv6StatusCodeOption(Dhcpv6StatusCode.UseMulticast, OctetString.FromText("not so")),
        new UnknownDhcpv6Option(65000, new OctetString([1, 2, 3])),
    ];

    internal static Dhcpv6ClientServerMessage Full { get; } = new(Dhcpv6MessageType.Reply, 0x123456, new Dhcpv6OptionList(Options));

    internal static Dhcpv6ClientServerMessage Request { get; } =
        new(Dhcpv6MessageType.Request, 0x123456, [Options[0], Options[1], Options[2]]);

    internal static Dhcpv6RelayMessage RelayForward { get; } = Relay(Dhcpv6MessageType.RelayForward, 0, Request);

    internal static Dhcpv6RelayMessage RelayForwardAgain { get; } = Relay(Dhcpv6MessageType.RelayForward, 1, RelayForward);

    internal static Dhcpv6RelayMessage RelayReply { get; } = Relay(Dhcpv6MessageType.RelayReply, 0, Full);

    internal static IReadOnlyList<Dhcpv6Message> Messages { get; } =
    [
        Full,
        .. Enum.GetValues<Dhcpv6MessageType>()
            .Where(type => type is not (Dhcpv6MessageType.RelayForward or Dhcpv6MessageType.RelayReply))
            .Select(type => new Dhcpv6ClientServerMessage(type, 1, [Options[0]])),
        RelayForward,
        RelayForwardAgain,
        RelayReply,
    ];

    internal static Ipv6Packet Carry(Dhcpv6Message message)
    {
        var datagram = new UdpDatagram(UdpPort.Dhcpv6Server, UdpPort.Dhcpv6Server, message.ToBytes());
        return new Ipv6Packet(
            SampleMessages.Gateway,
            SampleMessages.Anchor,
            Ipv4Protocol.Udp,
            datagram.ToBytes(SampleMessages.Gateway, SampleMessages.Anchor)
        );
    }

    private static Dhcpv6RelayMessage Relay(Dhcpv6MessageType type, byte hopCount, Dhcpv6Message message) =>
        new(
            type,
            hopCount,
            HomeAddress,
            SampleMessages.LinkLocal,
            [new Dhcpv6InterfaceIdOption(OctetString.FromText("link1")), new Dhcpv6RelayMessageOption(new OctetString(message.ToBytes()))]
        );
}
