using System.Net;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>One message and option of each type that can be written.</summary>
internal static class SampleMessages
{
    internal static readonly IPAddress Gateway = IPAddress.Parse("2001:db8:100::a1");
    internal static readonly IPAddress Anchor = IPAddress.Parse("2001:db8:100::1");
    internal static readonly IPAddress Home = IPAddress.Parse("2001:db8:8000:1::5e");
    internal static readonly IPAddress LinkLocal = IPAddress.Parse("fe80::5e:ff:fe00:1");
    internal static readonly MacAddress Mac = MacAddress.Parse("02:5e:00:00:00:01");
    internal static readonly Ipv6Prefix Prefix = Ipv6Prefix.Parse("2001:db8:8000:1::/64");
    internal static readonly Ipv6Prefix SecondPrefix = Ipv6Prefix.Parse("2001:db8:8000:2::/64");
    internal static readonly Ipv6Prefix MobileNetwork = Ipv6Prefix.Parse("2001:db8:4000:1::/64");
    internal static readonly Timestamp Time = new(0x0000_68e7_7800_8000);

    internal static readonly IPAddress HomeIpv4 = IPAddress.Parse("10.9.0.7");
    internal static readonly IPAddress RouterIpv4 = IPAddress.Parse("10.9.0.1");
    internal static readonly IPAddress CareOfIpv4 = IPAddress.Parse("192.0.2.161");

    /// <summary>
    /// All options without a required place; Nonce Indices and Binding Authorization Data are in <see cref="AuthorizedUpdate"/>.
    /// </summary>
    internal static IReadOnlyList<MobilityOption> MobilityOptions { get; } =
    [
        MobileNodeIdentifierOption.ForNai("025e00000001@dynamic.pmip.example"),
        new HomeNetworkPrefixOption(Prefix),
        new HomeNetworkPrefixOption(SecondPrefix),
        new MobileNetworkPrefixOption(MobileNetwork),
        new HandoffIndicatorOption(HandoffIndicator.HandoffBetweenMobileAccessGateways),
        new AccessTechnologyTypeOption(AccessTechnologyType.Ieee80211),
        new MobileNodeLinkLayerIdentifierOption(new OctetString(Mac.ToArray())),
        new LinkLocalAddressOption(LinkLocal),
        new TimestampOption(Time),
        new AlternateCareOfAddressOption(Gateway),
        new BindingRefreshAdviceOption(75),
        new MobilityHeaderLinkLayerAddressOption(MobilityHeaderLinkLayerAddressOption.MobileNodeCode, new OctetString(Mac.ToArray())),
        new VendorSpecificOption(32473, 5, new OctetString([0xca, 0xfe])),
        new Ipv4HomeAddressOption(HomeIpv4, 24, RequestsPrefix: true),
        new Ipv4AddressAcknowledgementOption(Ipv4AddressAcknowledgementStatus.PrefixAllocationUnauthorized, 24, HomeIpv4),
        new NatDetectionOption(ForcesUdp: true, 110),
        new Ipv4CareOfAddressOption(CareOfIpv4),
        new GreKeyOption(0xdeadbeef),
        new GreKeyOption(null),
        new BindingIdentifierOption(7, BindingStatus.MCOA_MALFORMED, SimultaneousHomeAndForeign: true, Gateway),
        new BindingIdentifierOption(8, BindingStatus.ACCEPTED, SimultaneousHomeAndForeign: false, CareOfIpv4),
        new BindingIdentifierOption(9, BindingStatus.ACCEPTED, SimultaneousHomeAndForeign: false, null),
        new Ipv4HomeAddressRequestOption(HomeIpv4, 24),
        new Ipv4HomeAddressReplyOption(Ipv4HomeAddressReplyStatus.DynamicAssignmentNotAvailable, 24, HomeIpv4),
        new Ipv4DefaultRouterAddressOption(RouterIpv4),
        new Ipv4DhcpSupportModeOption(ActsAsServer: true),
        new UnknownOption(200, new OctetString([0xca, 0xfe, 0x00])),
    ];

    internal static IReadOnlyList<MobilityOption> DraftOptions { get; } =
    [
        new BindingUniqueIdentifierOption(7, BindingStatus.ACCEPTED, Overwrite: true, HomeBinding: false, Gateway),
        new BindingUniqueIdentifierOption(8, BindingStatus.ACCEPTED, Overwrite: false, HomeBinding: true, null) { OptionType = 200 },
        new Ipv4DefaultRouterAddressOption(RouterIpv4) { OptionType = 201 },
    ];

    /// <summary>
    /// The predefined editions, and one that combines the drafts and chooses different values for the numbers that they leave open.
    /// </summary>
    internal static IReadOnlyList<WireEdition> Editions { get; } =
    [
        WireEdition.Default,
        WireEdition.Rfc5213,
        WireEdition.Rfc5844,
        WireEdition.Rfc5648,
        WireEdition.Ipv4Draft02,
        WireEdition.Ipv4Draft04,
        WireEdition.McoaDraft04,
        WireEdition.McoaDraft04 with
        {
            Name = "both drafts, other numbers",
            BindingUniqueIdentifierType = 200,
            Ipv4Options = Ipv4OptionSet.Draft04,
            Ipv4DefaultRouterType = 201,
        },
    ];

    internal static IReadOnlyList<NdOption> NdOptions { get; } =
    [
        new SourceLinkLayerAddressOption(Mac),
        new TargetLinkLayerAddressOption(Mac),
        new MtuOption(1460),
        new PrefixInformationOption(Prefix, OnLink: true, Autonomous: true, 2_592_000, 604_800),
        new UnknownNdOption(200, new OctetString([1, 2, 3, 4, 5, 6])),
    ];

    internal static BindingUpdate Update { get; } =
        new(
            0x1234,
            BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration | BindingUpdateFlags.ProxyRegistration,
            150,
            new MobilityOptionList(MobilityOptions)
        );

    internal static BindingAcknowledgement Acknowledgement { get; } =
        new(BindingStatus.ACCEPTED, BindingAcknowledgementFlags.ProxyRegistration, 0x1234, 75, new MobilityOptionList(MobilityOptions));

    internal static BindingUpdate AuthorizedUpdate { get; } =
        new(
            7,
            BindingUpdateFlags.Acknowledge,
            105,
            [
                new NonceIndicesOption(0x1234, 0x5678),
                new BindingAuthorizationDataOption(new OctetString([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])),
            ]
        );

    internal static BindingError Error { get; } = new(BindingError.UnrecognizedMobilityHeaderType, Gateway, MobilityOptionList.Empty);

    internal static IReadOnlyList<MobilityMessage> Mobility { get; } =
    [
        Update,
        Acknowledgement,
        Error,
        new BindingUpdate(1, BindingUpdateFlags.None, 0, MobilityOptionList.Empty),
        new BindingRefreshRequest([new BindingIdentifierOption(7, BindingStatus.ACCEPTED, SimultaneousHomeAndForeign: false, null)]),
        new HomeTestInit(0x0102_0304_0506_0708, []),
        new CareOfTestInit(
            0x1112_1314_1516_1718,
            [new BindingIdentifierOption(7, BindingStatus.ACCEPTED, SimultaneousHomeAndForeign: false, null)]
        ),
        new HomeTest(0x1234, 0x0102_0304_0506_0708, 0x2122_2324_2526_2728, []),
        new CareOfTest(0x5678, 0x1112_1314_1516_1718, 0x3132_3334_3536_3738, [new UnknownOption(200, default)]),
        AuthorizedUpdate,
        new UnknownMobilityMessage(200, new OctetString([0, 0, 1, 2, 3, 4, 5, 6, 7, 8])),
    ];

    internal static RouterAdvertisement RouterAdvertisement { get; } =
        new(64, Managed: true, OtherConfig: true, 1800, 30_000, 1_000, [NdOptions[0], NdOptions[2], NdOptions[3]]);

    internal static NeighborAdvertisement NeighborAdvertisement { get; } =
        new(Gateway, Router: true, Solicited: true, Override: true, [NdOptions[1]]);

    internal static MobilePrefixAdvertisement MobilePrefixAdvertisement { get; } =
        new(
            0x1234,
            Managed: true,
            OtherConfig: false,
            [new PrefixInformationOption(Prefix, OnLink: true, Autonomous: true, 2_592_000, 604_800) { RouterAddress = Home }]
        );

    internal static IReadOnlyList<Icmpv6Message> Icmpv6 { get; } =
    [
        new RouterSolicitation([NdOptions[0]]),
        RouterAdvertisement,
        new NeighborSolicitation(Gateway, [NdOptions[0]]),
        NeighborAdvertisement,
        new MobilePrefixSolicitation(0x1234, [NdOptions[0]]),
        MobilePrefixAdvertisement,
        new EchoRequest(0x1234, 7, OctetString.FromText("abcdefgh")),
        new EchoReply(0x1234, 7, OctetString.FromText("abcdefgh")),
        new DestinationUnreachable(DestinationUnreachable.AddressUnreachable, new OctetString(Invoking())),
        new PacketTooBig(1460, new OctetString(Invoking())),
        new TimeExceeded(TimeExceeded.HopLimitExceeded, new OctetString(Invoking())),
        new ParameterProblem(ParameterProblem.ErroneousHeaderField, 40, new OctetString(Invoking())),
        new UnknownIcmpv6Message(200, 1, new OctetString([1, 2, 3, 4])),
    ];

    /// <summary>A Binding Update with every extension header that can be written.</summary>
    internal static Ipv6Packet Chain { get; } =
        new(
            Gateway,
            Anchor,
            IpProtocol.Routing,
            new Type2RoutingHeader(IpProtocol.DestinationOptions, Home).Before(
                new DestinationOptionsHeader(IpProtocol.Fragment, [new HomeAddressOption(Home)]).Before(
                    new FragmentHeader(IpProtocol.MobilityHeader, 0, MoreFragments: false, 0x12345678).Before(
                        AuthorizedUpdate.ToBytes(Home, Home)
                    )
                )
            )
        );

    internal static IReadOnlyList<Ipv6Packet> Packets { get; } =
    [
        .. Mobility.Select(message => new Ipv6Packet(Gateway, Anchor, IpProtocol.MobilityHeader, message.ToBytes(Gateway, Anchor))),
        .. Icmpv6.Select(message => new Ipv6Packet(Gateway, Anchor, IpProtocol.Icmpv6, message.ToBytes(Gateway, Anchor))
        {
            HopLimit = 255,
        }),
        Chain,
        new Ipv6Packet(Gateway, Anchor, IpProtocol.HopByHop, Extended()),
        new Ipv6Packet(Gateway, Anchor, IpProtocol.Ipv6, Invoking()) { TrafficClass = 0xb9, FlowLabel = 0x12345 },
    ];

    private static byte[] Invoking() =>
        new Ipv6Packet(
            Gateway,
            Anchor,
            IpProtocol.Icmpv6,
            new EchoRequest(1, 1, OctetString.FromText("abcd")).ToBytes(Gateway, Anchor)
        ).ToBytes();

    private static byte[] Extended() =>
        [
            .. Hex.Octets("3c 00 01 04 00 00 00 00  2c 01 01 0c 0000 0000 0000 0000 0000 0000  3a 00 00 00 12 34 56 78"),
            .. new EchoRequest(1, 1, default).ToBytes(Gateway, Anchor),
        ];
}
