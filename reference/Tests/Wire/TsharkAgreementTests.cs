using System.Globalization;
using System.Xml.Linq;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>
/// tshark reads the intended values from encoded messages: every field that tshark knows, of every message and option.
/// </summary>
/// <remarks>
/// The following is unknown to tshark or misinterpreted by it, and therefore not compared:
/// <list type="bullet">
/// <item>the checksum of a Mobility Header, which tshark shows but does not verify (unlike the ICMPv6 checksum);</item>
/// <item>the O flag in a Binding Update, RFC 5648, which tshark calls B; the bit is compared under that name;</item>
/// <item>the options of a Mobile Prefix Solicitation, for which RFC 6275 defines none;</item>
/// <item>the data of a Vendor-Specific option and of an option of unknown type;</item>
/// <item>
/// the status names in the IPv4 Address Acknowledgement and IPv4 Home Address Reply options, for which tshark uses the names of Access
/// Technology Types; the numbers are compared;
/// </item>
/// <item>
/// the drafts: in multiplecoa-04, tshark reads the flag C as H and the flags O and H as reserved
/// (<see cref="BindingUniqueIdentifierOfTheDraft_IsReadAsTheRfcHasIt"/>).
/// </item>
/// </list>
/// </remarks>
public sealed class TsharkAgreementTests
{
    private static readonly MacAddress _gatewayMac = MacAddress.Parse("02:5e:00:00:00:a1");
    private static readonly MacAddress _anchorMac = MacAddress.Parse("02:5e:00:00:00:fe");

    /// <summary>tshark's PI_WARN; notes and chats are lower, errors higher.</summary>
    private const int Warning = 0x600000;

    /// <summary>tshark's PROTO_CHECKSUM_E_GOOD.</summary>
    private const string ChecksumIsGood = "1";

    private static readonly Ipv6Packet _empty = new(SampleMessages.Gateway, SampleMessages.Anchor, IpProtocol.NoNextHeader, default)
    {
        TrafficClass = 0xb9,
        FlowLabel = 0x12345,
        HopLimit = 254,
    };

    private static readonly IReadOnlyList<BindingAcknowledgement> _statuses =
    [
        .. Enum.GetValues<BindingStatus>()
            .Select(status => new BindingAcknowledgement(status, BindingAcknowledgementFlags.ProxyRegistration, 1, 0, [])),
    ];

    private static readonly BindingUpdate _draftUpdate = new(1, BindingUpdateFlags.Acknowledge, 150, [SampleMessages.DraftOptions[0]]);

    private static readonly IReadOnlyList<NeighborAdvertisement> _advertisementsWithOneFlag =
    [
        SampleMessages.NeighborAdvertisement with
        {
            Solicited = false,
            Override = false,
        },
        SampleMessages.NeighborAdvertisement with
        {
            Router = false,
            Override = false,
        },
        SampleMessages.NeighborAdvertisement with
        {
            Router = false,
            Solicited = false,
        },
    ];

    /// <summary>One run of tshark for all tests, because tshark needs most of a second to start.</summary>
    private static readonly Lazy<Dictionary<Ipv6Packet, XElement>> _dissected = new(DissectAll);

    [Fact]
    public void EveryKindOfMessage_Written_IsNotMalformed()
    {
        foreach (var (packet, dissected) in _dissected.Value)
        {
            dissected.Elements("proto").Select(Name).Should().NotContain("_ws.malformed", "{0}", packet);
            Shows(dissected, "icmpv6.checksum.status").Take(1).Should().NotContain(status => status != ChecksumIsGood, "{0}", packet);
            Shows(dissected, "_ws.expert.severity")
                .Should()
                .NotContain(severity => int.Parse(severity, CultureInfo.InvariantCulture) >= Warning, "{0}", packet);
        }
    }

    [Fact]
    public void Ipv6AndEthernet_OfAPacket_AreReadAlike()
    {
        var dissected = _dissected.Value[_empty];

        Expect(dissected, "eth.dst", _anchorMac.ToString());
        Expect(dissected, "eth.src", _gatewayMac.ToString());
        Expect(dissected, "eth.type", "0x86dd");
        Expect(dissected, "ipv6.version", "6");
        Convert.ToUInt32(Shows(dissected, "ipv6.tclass").Single(), 16).Should().Be(_empty.TrafficClass);
        Convert.ToUInt32(Shows(dissected, "ipv6.flow").Single(), 16).Should().Be(_empty.FlowLabel);
        Expect(dissected, "ipv6.tclass.ecn", (int)_empty.Ecn);
        Expect(dissected, "ipv6.plen", "0");
        Expect(dissected, "ipv6.nxt", "59");
        Expect(dissected, "ipv6.hlim", "254");
        Expect(dissected, "ipv6.src", "2001:db8:100::a1");
        Expect(dissected, "ipv6.dst", "2001:db8:100::1");
    }

    [Fact]
    public void BindingUpdate_WithEveryOption_IsReadAlike()
    {
        var message = SampleMessages.Update;

        var dissected = Dissect(message);

        ExpectHeader(dissected, message);
        Expect(dissected, "mip6.bu.seqnr", message.SequenceNumber);
        Expect(dissected, "mip6.bu.lifetime", message.LifetimeUnits);
        ExpectOptions(dissected, message.Options);
    }

    /// <summary>The bit after T, which is O in RFC 5648, is the B flag of another document in tshark.</summary>
    [Theory]
    [InlineData(BindingUpdateFlags.Acknowledge, "mip6.bu.a_flag")]
    [InlineData(BindingUpdateFlags.HomeRegistration, "mip6.bu.h_flag")]
    [InlineData(BindingUpdateFlags.LinkLocalCompatibility, "mip6.bu.l_flag")]
    [InlineData(BindingUpdateFlags.KeyManagement, "mip6.bu.k_flag")]
    [InlineData(BindingUpdateFlags.MapRegistration, "mip6.bu.m_flag")]
    [InlineData(BindingUpdateFlags.MobileRouter, "mip6.nemo.bu.r_flag")]
    [InlineData(BindingUpdateFlags.ProxyRegistration, "mip6.bu.p_flag")]
    [InlineData(BindingUpdateFlags.ForcingUdp, "mip6.bu.f_flag")]
    [InlineData(BindingUpdateFlags.TlvHeader, "mip6.bu.t_flag")]
    [InlineData(BindingUpdateFlags.BulkOverwrite, "mip6.bu.b_flag")]
    public void BindingUpdate_WithOneFlag_IsReadWithThatFlagAlone(BindingUpdateFlags flag, string field) =>
        SetFlags(Dissect(WithFlags(flag))).Should().Equal(field);

    [Theory]
    [InlineData(BindingAcknowledgementFlags.KeyManagement, "mip6.ba.k_flag")]
    [InlineData(BindingAcknowledgementFlags.MobileRouter, "mip6.nemo.ba.r_flag")]
    [InlineData(BindingAcknowledgementFlags.ProxyRegistration, "mip6.ba.p_flag")]
    [InlineData(BindingAcknowledgementFlags.TlvHeader, "mip6.ba.t_flag")]
    public void BindingAcknowledgement_WithOneFlag_IsReadWithThatFlagAlone(BindingAcknowledgementFlags flag, string field) =>
        SetFlags(Dissect(WithFlags(flag))).Should().Equal(field);

    [Fact]
    public void BindingAcknowledgement_WithEveryOption_IsReadAlike()
    {
        var message = SampleMessages.Acknowledgement;

        var dissected = Dissect(message);

        ExpectHeader(dissected, message);
        Expect(dissected, "mip6.ba.status", (byte)message.Status);
        Expect(dissected, "mip6.ba.seqnr", message.SequenceNumber);
        Expect(dissected, "mip6.ba.lifetime", message.LifetimeUnits);
        ExpectOptions(dissected, message.Options);
    }

    [Fact]
    public void BindingAcknowledgement_WithAnyStatus_IsReadAlike()
    {
        foreach (var message in _statuses)
        {
            Expect(Dissect(message), "mip6.ba.status", (byte)message.Status);
        }
    }

    [Fact]
    public void BindingError_IsReadAlike()
    {
        var dissected = Dissect(SampleMessages.Error);

        ExpectHeader(dissected, SampleMessages.Error);
        Expect(dissected, "mip6.be.status", SampleMessages.Error.Status);
        Expect(dissected, "mip6.be.haddr", SampleMessages.Error.HomeAddress.ToString());
    }

    [Fact]
    public void BindingRefreshRequest_IsReadAlike()
    {
        var message = SampleMobility<BindingRefreshRequest>();

        var dissected = Dissect(message);

        ExpectHeader(dissected, message);
        Expect(dissected, "mip6.binding_refresh_request", "00:00");
        Expect(dissected, "mip6.bi.bid", 7);
    }

    [Fact]
    public void TestInits_AreReadAlike()
    {
        var (home, careOf) = (SampleMobility<HomeTestInit>(), SampleMobility<CareOfTestInit>());

        ExpectHeader(Dissect(home), home);
        Expect(Dissect(home), "mip6.hoti.cookie", Word(home.Cookie));
        ExpectHeader(Dissect(careOf), careOf);
        Expect(Dissect(careOf), "mip6.coti.cookie", Word(careOf.Cookie));
        Expect(Dissect(careOf), "mip6.bi.bid", 7);
    }

    /// <summary>tshark uses one field name for both keygen tokens.</summary>
    [Fact]
    public void Tests_AreReadAlike()
    {
        var (home, careOf) = (SampleMobility<HomeTest>(), SampleMobility<CareOfTest>());

        ExpectHeader(Dissect(home), home);
        Expect(Dissect(home), "mip6.hot.nindex", home.NonceIndex);
        Expect(Dissect(home), "mip6.hot.cookie", Word(home.Cookie));
        Expect(Dissect(home), "mip6.hot.token", Word(home.KeygenToken));
        ExpectHeader(Dissect(careOf), careOf);
        Expect(Dissect(careOf), "mip6.cot.nindex", careOf.NonceIndex);
        Expect(Dissect(careOf), "mip6.cot.cookie", Word(careOf.Cookie));
        Expect(Dissect(careOf), "mip6.hot.token", Word(careOf.KeygenToken));
    }

    [Fact]
    public void BindingUpdate_ToACorrespondentNode_IsReadAlike()
    {
        var dissected = Dissect(SampleMessages.AuthorizedUpdate);

        ExpectHeader(dissected, SampleMessages.AuthorizedUpdate);
        Expect(dissected, "mip6.ni.hni", 0x1234);
        Expect(dissected, "mip6.ni.cni", 0x5678);
        Expect(dissected, "mip6.bad.auth", "01:02:03:04:05:06:07:08:09:0a:0b:0c");
    }

    [Fact]
    public void ExtensionHeaders_AreReadAlike()
    {
        var dissected = _dissected.Value[SampleMessages.Chain];

        Expect(dissected, "ipv6.routing.type", Type2RoutingHeader.RoutingType);
        Expect(dissected, "ipv6.routing.segleft", 1);
        Expect(dissected, "ipv6.routing.mipv6.home_address", SampleMessages.Home.ToString());
        Expect(dissected, "ipv6.opt.mipv6.home_address", SampleMessages.Home.ToString());
        Expect(dissected, "ipv6.fraghdr.offset", 0);
        Expect(dissected, "ipv6.fraghdr.more", 0);
        Expect(dissected, "ipv6.fraghdr.ident", "0x12345678");
        Expect(dissected, "mip6.bu.seqnr", SampleMessages.AuthorizedUpdate.SequenceNumber);
    }

    [Fact]
    public void BindingUniqueIdentifierOfTheDraft_IsReadAsTheRfcHasIt()
    {
        var dissected = Dissect(_draftUpdate);

        Expect(dissected, "mip6.bi.bid", 7);
        Expect(dissected, "mip6.bi.h_flag", 1);
        Expect(dissected, "mip6.bi.coa_ipv6", SampleMessages.Gateway.ToString());
    }

    [Fact]
    public void RouterAdvertisement_WithEveryOption_IsReadAlike()
    {
        var dissected = Dissect(SampleMessages.RouterAdvertisement);

        Expect(dissected, "icmpv6.type", Icmpv6Type.RouterAdvertisement);
        Expect(dissected, "icmpv6.code", 0);
        Expect(dissected, "icmpv6.nd.ra.cur_hop_limit", 64);
        Expect(dissected, "icmpv6.nd.ra.flag", "0xc0");
        Expect(dissected, "icmpv6.nd.ra.flag.m", 1);
        Expect(dissected, "icmpv6.nd.ra.flag.o", 1);
        Expect(dissected, "icmpv6.nd.ra.router_lifetime", 1800);
        Expect(dissected, "icmpv6.nd.ra.reachable_time", 30_000);
        Expect(dissected, "icmpv6.nd.ra.retrans_timer", 1_000);
        Shows(dissected, "icmpv6.opt.type").Should().Equal("1", "5", "3");
        Shows(dissected, "icmpv6.opt.length").Should().Equal("1", "1", "4");
        Expect(dissected, "icmpv6.opt.src_linkaddr", SampleMessages.Mac.ToString());
        Expect(dissected, "icmpv6.opt.mtu", 1460);
        Expect(dissected, "icmpv6.opt.prefix.length", 64);
        Expect(dissected, "icmpv6.opt.prefix.flag.l", 1);
        Expect(dissected, "icmpv6.opt.prefix.flag.a", 1);
        Expect(dissected, "icmpv6.opt.prefix.valid_lifetime", 2_592_000);
        Expect(dissected, "icmpv6.opt.prefix.preferred_lifetime", 604_800);
        Expect(dissected, "icmpv6.opt.prefix", "2001:db8:8000:1::");
    }

    [Fact]
    public void RouterSolicitation_IsReadAlike()
    {
        var dissected = Dissect(Sample<RouterSolicitation>());

        Expect(dissected, "icmpv6.type", Icmpv6Type.RouterSolicitation);
        Expect(dissected, "icmpv6.opt.src_linkaddr", SampleMessages.Mac.ToString());
    }

    [Fact]
    public void MobilePrefixMessages_AreReadAlike()
    {
        var solicitation = Dissect(Sample<MobilePrefixSolicitation>());
        var advertisement = Dissect(SampleMessages.MobilePrefixAdvertisement);

        Expect(solicitation, "icmpv6.type", Icmpv6Type.MobilePrefixSolicitation);
        Expect(solicitation, "icmpv6.mip6.identifier", 0x1234);
        Expect(advertisement, "icmpv6.type", Icmpv6Type.MobilePrefixAdvertisement);
        Expect(advertisement, "icmpv6.mip6.identifier", 0x1234);
        Expect(advertisement, "icmpv6.mip6.flag.m", 1);
        Expect(advertisement, "icmpv6.mip6.flag.o", 0);
        Expect(advertisement, "icmpv6.opt.prefix.flag.r", 1);
        Expect(advertisement, "icmpv6.opt.prefix.length", 64);
        Expect(advertisement, "icmpv6.opt.prefix", SampleMessages.Home.ToString());
    }

    [Fact]
    public void NeighborSolicitation_IsReadAlike()
    {
        var dissected = Dissect(Sample<NeighborSolicitation>());

        Expect(dissected, "icmpv6.type", Icmpv6Type.NeighborSolicitation);
        Expect(dissected, "icmpv6.nd.ns.target_address", SampleMessages.Gateway.ToString());
        Expect(dissected, "icmpv6.opt.src_linkaddr", SampleMessages.Mac.ToString());
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void NeighborAdvertisement_WithOneFlag_IsReadAlike(bool router, bool solicited, bool overriding)
    {
        var dissected = Dissect(
            SampleMessages.NeighborAdvertisement with
            {
                Router = router,
                Solicited = solicited,
                Override = overriding,
            }
        );

        Expect(dissected, "icmpv6.type", Icmpv6Type.NeighborAdvertisement);
        Expect(dissected, "icmpv6.nd.na.flag.r", router ? 1 : 0);
        Expect(dissected, "icmpv6.nd.na.flag.s", solicited ? 1 : 0);
        Expect(dissected, "icmpv6.nd.na.flag.o", overriding ? 1 : 0);
        Expect(dissected, "icmpv6.nd.na.target_address", SampleMessages.Gateway.ToString());
        Expect(dissected, "icmpv6.opt.target_linkaddr", SampleMessages.Mac.ToString());
    }

    [Fact]
    public void Echo_OfBothKinds_IsReadAlike()
    {
        var request = Dissect(Sample<EchoRequest>());
        var reply = Dissect(Sample<EchoReply>());

        Expect(request, "icmpv6.type", Icmpv6Type.EchoRequest);
        Expect(reply, "icmpv6.type", Icmpv6Type.EchoReply);
        foreach (var dissected in new[] { request, reply })
        {
            Expect(dissected, "icmpv6.echo.identifier", "0x1234");
            Expect(dissected, "icmpv6.echo.sequence_number", 7);
            Expect(dissected, "data.data", "61:62:63:64:65:66:67:68");
        }
    }

    [Fact]
    public void Icmpv6Errors_AreReadAlike()
    {
        var tooBig = Dissect(Sample<PacketTooBig>());
        var problem = Dissect(Sample<ParameterProblem>());
        var unreachable = Dissect(Sample<DestinationUnreachable>());
        var exceeded = Dissect(Sample<TimeExceeded>());

        Expect(tooBig, "icmpv6.type", Icmpv6Type.PacketTooBig);
        Expect(tooBig, "icmpv6.code", 0);
        Expect(tooBig, "icmpv6.mtu", 1460);
        Expect(problem, "icmpv6.type", Icmpv6Type.ParameterProblem);
        Expect(problem, "icmpv6.code", 0);
        Expect(problem, "icmpv6.pointer", 40);
        Expect(unreachable, "icmpv6.type", Icmpv6Type.DestinationUnreachable);
        Expect(unreachable, "icmpv6.code", 3);
        Expect(exceeded, "icmpv6.type", Icmpv6Type.TimeExceeded);
        Expect(exceeded, "icmpv6.code", 0);
    }

    private static void ExpectHeader(XElement dissected, MobilityMessage message)
    {
        var checksum = message.ToBytes(SampleMessages.Gateway, SampleMessages.Anchor)[4..6];
        Expect(dissected, "mip6.proto", MobilityHeader.PayloadProtoNone);
        Expect(dissected, "mip6.hlen", message.Length / 8 - 1);
        Expect(dissected, "mip6.mhtype", message.Type);
        Expect(dissected, "mip6.reserved", "0x00");
        Expect(dissected, "mip6.csum", $"0x{Convert.ToHexStringLower(checksum)}");
    }

    /// <summary>Every option of <see cref="SampleMessages.MobilityOptions"/>, with its position, length and fields.</summary>
    private static void ExpectOptions(XElement dissected, MobilityOptionList options)
    {
        var read = dissected
            .Descendants("field")
            .Where(field => Name(field).StartsWith("mip6.options.", StringComparison.Ordinal))
            .ToList();
        var padding = read.Where(field => Name(field) is "mip6.options.padn" or "mip6.options.pad1").ToList();
        var known = read.Except(padding).ToList();
        var expected = options.Where(option => option is not UnknownOption).ToList();

        known
            .Select(field => Convert.FromHexString((string)field.Attribute("value")!))
            .Select(octets => (octets[0], octets.Length))
            .Should()
            .Equal(expected.Select(option => (option.Type, option.Length)));
        known
            .Select(field => int.Parse(Shows(field, "mip6.mobility_opt.len").Single(), CultureInfo.InvariantCulture))
            .Should()
            .Equal(expected.Select(option => option.DataLength));
        padding.Should().NotBeEmpty();

        Shows(dissected, "mip6.nemo.mnp.pfl").Should().Equal("64", "64", "64");
        Shows(dissected, "mip6.nemo.mnp.mnp")
            .Should()
            .Equal([
                .. options.All<HomeNetworkPrefixOption>().Select(option => option.Prefix.Network.ToString()),
                .. options.All<MobileNetworkPrefixOption>().Select(option => option.Prefix.Network.ToString()),
            ]);
        Expect(dissected, "mip6.mnid.subtype", MobileNodeIdentifierOption.NaiSubtype);
        Expect(dissected, "mip6.mnid.identifier", options.First<MobileNodeIdentifierOption>()!.Nai);
        Expect(dissected, "mip6.hi", (byte)options.First<HandoffIndicatorOption>()!.Value);
        Expect(dissected, "mip6.att", (byte)options.First<AccessTechnologyTypeOption>()!.Value);
        Expect(dissected, "mip6.mnlli.lli", SampleMessages.Mac.ToString());
        Expect(dissected, "mip6.lila_lla", options.First<LinkLocalAddressOption>()!.Address.ToString());
        Expect(dissected, "mip6.acoa.acoa", options.First<AlternateCareOfAddressOption>()!.Address.ToString());
        Shows(dissected, "mip6.timestamp_tmp")
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain(SampleMessages.Time.ToUtc().ToString("MMM  d, yyyy HH:mm:ss.fffffff", CultureInfo.InvariantCulture));
        Expect(dissected, "mip6.bra.interval", options.First<BindingRefreshAdviceOption>()!.RefreshIntervalUnits);
        Expect(dissected, "mip6.lla.optcode", MobilityHeaderLinkLayerAddressOption.MobileNodeCode);
        Expect(dissected, "mip6.lla", SampleMessages.Mac.ToString());
        Expect(dissected, "mip6.vsm.vendorId", 32473);
        Expect(dissected, "mip6.vsm.subtype", 5);
        ExpectIpv4Options(dissected);
        ExpectBindingIdentifiers(dissected);
    }

    private static void ExpectIpv4Options(XElement dissected)
    {
        // Options 29, 30, 36 and 37 share the fields for prefix length and home address.
        Shows(dissected, "mip6.ipv4ha.preflen").Should().Equal("24", "24", "24", "24");
        Shows(dissected, "mip6.ipv4ha.ha").Should().Equal(Enumerable.Repeat(SampleMessages.HomeIpv4.ToString(), 4));
        Shows(dissected, "mip6.ipv4ha.p_flag").Should().Equal("1");
        Shows(dissected, "mip6.ipv4aa.sts").Should().Equal("133", "132");
        Expect(dissected, "mip6.natd.f_flag", 1);
        Expect(dissected, "mip6.natd.reserved", 0);
        Expect(dissected, "mip6.natd.refresh_t", 110);
        Expect(dissected, "mip6.ipv4coa.addr", SampleMessages.CareOfIpv4.ToString());
        Shows(dissected, "mip6.gre_key").Should().Equal("3735928559");
        Expect(dissected, "mip6.ipv4dra.dra", SampleMessages.RouterIpv4.ToString());
        Expect(dissected, "mip6.ipv4dsm.reserved", 0);
        Expect(dissected, "mip6.ipv4dsm.s_flag", 1);
    }

    private static void ExpectBindingIdentifiers(XElement dissected)
    {
        Shows(dissected, "mip6.bi.bid").Should().Equal("7", "8", "9");
        Shows(dissected, "mip6.bi.status").Should().Equal("164", "0", "0");
        Shows(dissected, "mip6.bi.h_flag").Should().Equal("1", "0", "0");
        Shows(dissected, "mip6.bi.coa_ipv6").Should().Equal(SampleMessages.Gateway.ToString());
        Shows(dissected, "mip6.bi.coa_ipv4").Should().Equal(SampleMessages.CareOfIpv4.ToString());
    }

    private static string Word(ulong value) => $"0x{value:x16}";

    private static IEnumerable<string> SetFlags(XElement dissected) =>
        dissected
            .Descendants("field")
            .Where(field => Name(field).EndsWith("_flag", StringComparison.Ordinal) && Show(field) == "1")
            .Select(Name);

    private static BindingUpdate WithFlags(BindingUpdateFlags flags) => new(1, flags, 150, []);

    private static BindingAcknowledgement WithFlags(BindingAcknowledgementFlags flags) => new(BindingStatus.ACCEPTED, flags, 1, 150, []);

    private static TMessage Sample<TMessage>()
        where TMessage : Icmpv6Message => SampleMessages.Icmpv6.OfType<TMessage>().Single();

    private static TMessage SampleMobility<TMessage>()
        where TMessage : MobilityMessage => SampleMessages.Mobility.OfType<TMessage>().Single();

    private static XElement Dissect(MobilityMessage message) => _dissected.Value[Carry(message)];

    private static XElement Dissect(Icmpv6Message message) => _dissected.Value[Carry(message)];

    private static Dictionary<Ipv6Packet, XElement> DissectAll()
    {
        Ipv6Packet[] packets = [.. Packets().Distinct()];
        var frames = packets.Select(packet =>
            new EthernetFrame(_anchorMac, _gatewayMac, EthernetFrame.Ipv6EtherType, packet.ToBytes()).ToBytes()
        );
        return packets.Zip(Tshark.Dissect(frames)).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static IEnumerable<Ipv6Packet> Packets() =>
        [
            _empty,
            .. SampleMessages.Packets,
            .. Enum.GetValues<BindingUpdateFlags>().Select(flag => Carry(WithFlags(flag))),
            .. Enum.GetValues<BindingAcknowledgementFlags>().Select(flag => Carry(WithFlags(flag))),
            .. _statuses.Select(Carry),
            Carry(_draftUpdate),
            .. _advertisementsWithOneFlag.Select(Carry),
        ];

    private static Ipv6Packet Carry(MobilityMessage message) =>
        new(
            SampleMessages.Gateway,
            SampleMessages.Anchor,
            IpProtocol.MobilityHeader,
            message.ToBytes(SampleMessages.Gateway, SampleMessages.Anchor)
        );

    private static Ipv6Packet Carry(Icmpv6Message message) =>
        new(
            SampleMessages.Gateway,
            SampleMessages.Anchor,
            IpProtocol.Icmpv6,
            message.ToBytes(SampleMessages.Gateway, SampleMessages.Anchor)
        )
        {
            HopLimit = 255,
        };

    private static void Expect(XElement dissected, string field, int value) =>
        Expect(dissected, field, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The outermost field with this name; an ICMPv6 error also shows the fields of the invoking packet.</summary>
    private static void Expect(XElement dissected, string field, string value) =>
        Shows(dissected, field).FirstOrDefault().Should().Be(value, "{0}", field);

    private static IEnumerable<string> Shows(XElement dissected, string field) =>
        dissected.Descendants("field").Where(candidate => Name(candidate) == field).Select(Show);

    private static string Name(XElement field) => (string?)field.Attribute("name") ?? "";

    private static string Show(XElement field) => (string?)field.Attribute("show") ?? "";
}
