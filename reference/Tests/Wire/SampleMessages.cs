using System.Net;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>One of every kind of message and option that can be written.</summary>
internal static class SampleMessages
{
    internal static readonly IPAddress Gateway = IPAddress.Parse("2001:db8:100::a1");
    internal static readonly IPAddress Anchor = IPAddress.Parse("2001:db8:100::1");
    internal static readonly IPAddress LinkLocal = IPAddress.Parse("fe80::5e:ff:fe00:1");
    internal static readonly MacAddress Mac = MacAddress.Parse("02:5e:00:00:00:01");
    internal static readonly Ipv6Prefix Prefix = Ipv6Prefix.Parse("2001:db8:8000:1::/64");
    internal static readonly Ipv6Prefix SecondPrefix = Ipv6Prefix.Parse("2001:db8:8000:2::/64");
    internal static readonly Timestamp Time = new(0x0000_68e7_7800_8000);

    internal static IReadOnlyList<MobilityOption> MobilityOptions { get; } =
    [
        MobileNodeIdentifierOption.ForNai("025e00000001@dynamic.pmip.example"),
        new HomeNetworkPrefixOption(Prefix),
        new HomeNetworkPrefixOption(SecondPrefix),
        new HandoffIndicatorOption(HandoffIndicator.HandoffBetweenMobileAccessGateways),
        new AccessTechnologyTypeOption(AccessTechnologyType.Ieee80211),
        new MobileNodeLinkLayerIdentifierOption(new OctetString(Mac.ToArray())),
        new LinkLocalAddressOption(LinkLocal),
        new TimestampOption(Time),
        new AlternateCareOfAddressOption(Gateway),
        new UnknownOption(200, new OctetString([0xca, 0xfe, 0x00])),
    ];

    internal static IReadOnlyList<NdOption> NdOptions { get; } =
    [
        new SourceLinkLayerAddressOption(Mac),
        new TargetLinkLayerAddressOption(Mac),
        new MtuOption(1460),
        new PrefixInformationOption(Prefix, OnLink: true, Autonomous: true, 2_592_000, 604_800),
        new UnknownNdOption(200, new OctetString([1, 2, 3, 4, 5, 6])),
    ];

    internal static BindingUpdate Update { get; } = new(
        0x1234,
        BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration | BindingUpdateFlags.ProxyRegistration,
        150,
        new MobilityOptionList(MobilityOptions));

    internal static BindingAcknowledgement Acknowledgement { get; } = new(
        BindingStatus.ACCEPTED, BindingAcknowledgementFlags.ProxyRegistration, 0x1234, 75, new MobilityOptionList(MobilityOptions));

    internal static BindingError Error { get; } = new(BindingError.UnrecognizedMobilityHeaderType, Gateway, MobilityOptionList.Empty);

    internal static IReadOnlyList<MobilityMessage> Mobility { get; } =
    [
        Update,
        Acknowledgement,
        Error,
        new BindingUpdate(1, BindingUpdateFlags.None, 0, MobilityOptionList.Empty),
        new UnknownMobilityMessage((byte)MobilityHeaderType.HomeTestInit, new OctetString([0, 0, 1, 2, 3, 4, 5, 6, 7, 8])),
    ];

    internal static RouterAdvertisement RouterAdvertisement { get; } = new(
        64, Managed: true, OtherConfig: true, 1800, 30_000, 1_000, [NdOptions[0], NdOptions[2], NdOptions[3]]);

    internal static NeighborAdvertisement NeighborAdvertisement { get; } = new(
        Gateway, Router: true, Solicited: true, Override: true, [NdOptions[1]]);

    internal static IReadOnlyList<Icmpv6Message> Icmpv6 { get; } =
    [
        new RouterSolicitation([NdOptions[0]]),
        RouterAdvertisement,
        new NeighborSolicitation(Gateway, [NdOptions[0]]),
        NeighborAdvertisement,
        new EchoRequest(0x1234, 7, OctetString.FromText("abcdefgh")),
        new EchoReply(0x1234, 7, OctetString.FromText("abcdefgh")),
        new DestinationUnreachable(DestinationUnreachable.AddressUnreachable, new OctetString(Invoking())),
        new PacketTooBig(1460, new OctetString(Invoking())),
        new TimeExceeded(TimeExceeded.HopLimitExceeded, new OctetString(Invoking())),
        new ParameterProblem(ParameterProblem.ErroneousHeaderField, 40, new OctetString(Invoking())),
        new UnknownIcmpv6Message(200, 1, new OctetString([1, 2, 3, 4])),
    ];

    internal static IReadOnlyList<Ipv6Packet> Packets { get; } =
    [
        .. Mobility.Select(message => new Ipv6Packet(Gateway, Anchor, IpProtocol.MobilityHeader, message.ToBytes(Gateway, Anchor))),
        .. Icmpv6.Select(message => new Ipv6Packet(Gateway, Anchor, IpProtocol.Icmpv6, message.ToBytes(Gateway, Anchor)) { HopLimit = 255 }),
        new Ipv6Packet(Gateway, Anchor, IpProtocol.HopByHop, Extended()),
        new Ipv6Packet(Gateway, Anchor, IpProtocol.Ipv6, Invoking()) { TrafficClass = 0xb9, FlowLabel = 0x12345 },
    ];

    private static byte[] Invoking() =>
        new Ipv6Packet(Gateway, Anchor, IpProtocol.Icmpv6, new EchoRequest(1, 1, OctetString.FromText("abcd")).ToBytes(Gateway, Anchor)).ToBytes();

    private static byte[] Extended() =>
    [
        .. Hex.Octets("3c 00 01 04 00 00 00 00  2c 01 01 0c 0000 0000 0000 0000 0000 0000  3a 00 00 00 12 34 56 78"),
        .. new EchoRequest(1, 1, default).ToBytes(Gateway, Anchor),
    ];
}
