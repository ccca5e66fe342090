using System.Net;
using Conformance.Testing.Edits;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Edits;

/// <summary>Checks octet by octet how the edits of a table cell change a message.</summary>
public sealed class OctetEditorTests
{
    private static readonly IPAddress _mag = IPAddress.Parse("2001:db8:100::a1");
    private static readonly IPAddress _lma = IPAddress.Parse("2001:db8:100::1");

    private const string Header = "3b 06 05 00  00 00  12 34  82 00 00 96";
    private const string Prefix = "16 12 00 40  20 01 0d b8 80 00 00 01 00 00 00 00 00 00 00 00";
    private const string Handoff = "17 02 00 01";
    private const string Timestamp = "1b 08  00 00 68 e7 78 00 80 00";
    private const string Technology = "18 02 00 03";

    /// <summary>Prefix at 12, Handoff Indicator at 32, padding, Timestamp at 42, Access Technology Type at 52: 56 octets.</summary>
    private const string Registration = Header + Prefix + Handoff + "01 04 00 00 00 00" + Timestamp + Technology;

    [Fact]
    public void NoEdit_LeavesTheMessage()
    {
        Edited("").Should().Equal(WithChecksum(Registration));
        Edited(" ; \n").Should().Equal(WithChecksum(Registration));
    }

    [Theory]
    [InlineData("Payload Proto = 6", 0, "06")]
    [InlineData("Header Len = 255", 1, "ff")]
    [InlineData("MH Type = 0x63", 2, "63")]
    [InlineData("Reserved = 1", 3, "01")]
    [InlineData("Sequence Number = 0xbeef", 6, "be ef")]
    [InlineData("P = 0", 8, "80 00")]
    [InlineData("O = 1", 8, "82 40")]
    [InlineData("Flags = 0xffff", 8, "ff ff")]
    [InlineData("Reserved Flags = 0x3f", 8, "82 3f")]
    [InlineData("Lifetime = 65535", 10, "ff ff")]
    [InlineData("octet 12 = 0xff", 12, "ff")]
    [InlineData("octet 55 = 9", 55, "09")]
    [InlineData("option[Handoff Indicator].Length = 3", 33, "03")]
    [InlineData("option[handoff indicator].type = 200", 32, "c8")]
    [InlineData("option[Handoff Indicator].Handoff Indicator = 9", 35, "09")]
    [InlineData("option[Handoff Indicator].octet 2 = 0xa5", 34, "a5")]
    [InlineData("option[Home Network Prefix].Prefix Length = 129", 15, "81")]
    [InlineData("option[Home Network Prefix].Home Network Prefix = ::1", 16, "00000000000000000000000000000001")]
    [InlineData("option[Timestamp].Timestamp = 0x1122334455667788", 44, "1122334455667788")]
    [InlineData("option[Option 24].octet 3 = 0", 55, "00")]
    public void Field_Set_ChangesItsBitsAndTheChecksumAlone(string edit, int offset, string octets)
    {
        var expected = Octets(Registration);
        Octets(octets).CopyTo(expected, offset);
        MobilityHeader.FillChecksum(_mag, _lma, expected);

        Edited(edit).Should().Equal(expected);
    }

    [Fact]
    public void Fields_OfAnAcknowledgement_StandElsewhere()
    {
        var message = new BindingAcknowledgement(BindingStatus.ACCEPTED, BindingAcknowledgementFlags.ProxyRegistration, 1, 2, []).ToBytes(
            _lma,
            _mag
        );

        var edited = OctetEditor.Apply(
            EditList.Parse("Status = 161; K = 1; P = 0; Sequence Number = 0x1234; Lifetime = 3").Edits,
            message,
            _lma,
            _mag,
            WireEdition.Rfc5213
        );

        edited[6..12].Should().Equal(161, 0x80, 0x12, 0x34, 0, 3);
    }

    [Fact]
    public void Dropped_IsGone_AndTheOthersStayAligned() =>
        Edited("drop option[Handoff Indicator]")
            .Should()
            .Equal(WithChecksum("3b 05 05 00  00 00  12 34  82 00 00 96" + Prefix + "01 00" + Timestamp + Technology));

    [Fact]
    public void Duplicated_StandsTwice_AndTheOthersStayAligned() =>
        Edited("duplicate option[Handoff Indicator]")
            .Should()
            .Equal(WithChecksum(Header + Prefix + Handoff + Handoff + "01 00" + Timestamp + Technology));

    [Fact]
    public void Swapped_ChangePlaces() =>
        Edited("swap option[Handoff Indicator] with option[Access Technology Type]")
            .Should()
            .Equal(WithChecksum(Header + Prefix + Technology + "01 04 00 00 00 00" + Timestamp + Handoff));

    [Fact]
    public void Misaligned_StartsBehindWhereItShould_AndTheOthersDoNot() =>
        Edited("misalign option[Timestamp] by 2")
            .Should()
            .Equal(
                WithChecksum(
                    "3b 07 05 00  00 00  12 34  82 00 00 96"
                        + Prefix
                        + Handoff
                        + "01 06 00 00 00 00 00 00"
                        + Timestamp
                        + Technology
                        + "01 04 00 00 00 00"
                )
            );

    [Fact]
    public void MisalignedByOne_HasPad1BeforeIt() =>
        Edited("drop option[Handoff Indicator]; drop option[Timestamp]; misalign option[Home Network Prefix] by 1")
            .Should()
            .Equal(WithChecksum("3b 04 05 00  00 00  12 34  82 00 00 96  00" + Prefix + Technology + "01 01 00"));

    [Fact]
    public void Truncated_KeepsTheFirstOctetsAndTheHeaderLenThatLies()
    {
        var expected = Octets(Registration)[..10];
        MobilityHeader.FillChecksum(_mag, _lma, expected);

        Edited("truncate 10").Should().Equal(expected);
        Edited("truncate 3").Should().Equal(0x3b, 0x06, 0x05);
    }

    [Fact]
    public void Cut_KeepsTheFirstOctets_AndHeaderLenSaysSo()
    {
        var expected = Octets(Registration)[..^8];
        expected[1]--;
        MobilityHeader.FillChecksum(_mag, _lma, expected);

        Edited("cut 8").Should().Equal(expected);
    }

    [Fact]
    public void Checksum_IsRightUnlessToldOtherwise()
    {
        MobilityHeader.HasValidChecksum(_mag, _lma, Edited("drop option[Timestamp]; Header Len = 0")).Should().BeTrue();
        MobilityHeader.HasValidChecksum(_mag, _lma, Edited("Checksum = wrong")).Should().BeFalse();
        Edited("Checksum = wrong")[6..].Should().Equal(Octets(Registration)[6..]);
        Edited("Checksum = 0x1234; Reserved = 1")[3..6].Should().Equal(1, 0x12, 0x34);
        Edited("checksum = 0")[4..6].Should().Equal(0, 0);
    }

    [Fact]
    public void WrongLength_DoesNotAffectOtherEdits()
    {
        var edited = Edited("option[Home Network Prefix].Length = 0; option[Timestamp].Length = 9; drop option[Handoff Indicator]");

        edited[13].Should().Be(0);
        edited[34..36].Should().Equal(0x1b, 9);
    }

    [Fact]
    public void OptionThatStandsTwice_IsFoundByItsNumber()
    {
        var edited = Edited(
            "duplicate option[Home Network Prefix]; option[Home Network Prefix #2].Prefix Length = 48; "
                + "option[Home Network Prefix].Reserved = 1"
        );

        edited[12..16].Should().Equal(0x16, 0x12, 1, 0x40);
        edited[36..40].Should().Equal(0x16, 0x12, 0, 48);
    }

    /// <summary>
    /// A structural edit makes the editor lay out the options again. An edit without effect must give the layout of the codec.
    /// </summary>
    [Fact]
    public void Layout_OfEveryOption_IsThatOfTheCodec()
    {
        MobilityOption[] options =
        [
            new HandoffIndicatorOption(HandoffIndicator.HandoffStateUnknown),
            new BindingRefreshAdviceOption(1),
            new AlternateCareOfAddressOption(_mag),
            new NonceIndicesOption(1, 2),
            new MobilityHeaderLinkLayerAddressOption(2, new OctetString(new byte[6])),
            MobileNodeIdentifierOption.ForNai("mn@example"),
            new VendorSpecificOption(1, 2, new OctetString(new byte[2])),
            new HomeNetworkPrefixOption(Ipv6Prefix.Parse("2001:db8::/64")),
            new AccessTechnologyTypeOption(AccessTechnologyType.Ieee8023),
            new MobileNodeLinkLayerIdentifierOption(default),
            new MobileNodeLinkLayerIdentifierOption(new OctetString(new byte[4])),
            new MobileNodeLinkLayerIdentifierOption(new OctetString(new byte[6])),
            new MobileNodeLinkLayerIdentifierOption(new OctetString(new byte[8])),
            new LinkLocalAddressOption(IPAddress.Parse("fe80::1")),
            new TimestampOption(new Timestamp(1)),
            new Ipv4HomeAddressOption(IPAddress.Any, 0, RequestsPrefix: false),
            new Ipv4AddressAcknowledgementOption(0, 0, IPAddress.Any),
            new NatDetectionOption(ForcesUdp: false, 0),
            new Ipv4CareOfAddressOption(IPAddress.Any),
            new GreKeyOption(null),
            new GreKeyOption(1),
            new BindingIdentifierOption(1, 0, SimultaneousHomeAndForeign: false, null),
            new BindingIdentifierOption(1, 0, SimultaneousHomeAndForeign: false, IPAddress.Any),
            new BindingIdentifierOption(1, 0, SimultaneousHomeAndForeign: false, _mag),
            new Ipv4HomeAddressRequestOption(IPAddress.Any, 0),
            new Ipv4HomeAddressReplyOption(0, 0, IPAddress.Any),
            new Ipv4DefaultRouterAddressOption(IPAddress.Any),
            new Ipv4DhcpSupportModeOption(ActsAsServer: true),
            new UnknownOption(200, new OctetString(new byte[3])),
            new BindingAuthorizationDataOption(new OctetString(new byte[12])),
        ];
        foreach (var option in options)
        {
            // Precede the option with options of every length modulo 8, to test each alignment at each offset.
            for (var length = 0; length < 8; length++)
            {
                MobilityMessage[] messages =
                [
                    new BindingUpdate(1, 0, 1, [new UnknownOption(201, new OctetString(new byte[length])), option]),
                    new BindingRefreshRequest([new UnknownOption(201, new OctetString(new byte[length])), option]),
                    new CareOfTest(1, 2, 3, [new UnknownOption(201, new OctetString(new byte[length])), option]),
                ];
                foreach (var message in messages)
                {
                    var octets = message.ToBytes(_mag, _lma);
                    var name = $"option[Option {option.Type}]";
                    OctetEditor
                        .Apply(EditList.Parse($"swap {name} with {name}").Edits, octets, _mag, _lma, WireEdition.Default)
                        .Should()
                        .Equal(octets, "{0}", option);
                }
            }
        }
    }

    [Fact]
    public void FieldsOfEveryOption_LieSideBySideFromItsTypeOn()
    {
        foreach (var kind in MobilityOptionKind.All)
        {
            var end = 0;
            foreach (var field in kind.Fields)
            {
                field.Bit.Should().Be(end, "{0} of {1}", field.Name, kind.Name);
                end = field.Bit + field.Width;
            }

            (end % 8).Should().Be(0);
        }
    }

    [Fact]
    public void OptionOfADraft_HasTheNumberOfTheEdition()
    {
        var edition = WireEdition.McoaDraft04 with { BindingUniqueIdentifierType = 203 };
        var option = new BindingUniqueIdentifierOption(7, 0, Overwrite: false, HomeBinding: false, null) { OptionType = 203 };
        var message = new BindingUpdate(1, 0, 1, [option]).ToBytes(_mag, _lma);

        var edited = OctetEditor.Apply(
            EditList.Parse("option[Binding Unique Identifier].C = 1; option[Binding Unique Identifier].O = 1").Edits,
            message,
            _mag,
            _lma,
            edition
        );

        edited[12..18].Should().Equal(203, 4, 0, 7, 0, 0xc0);
    }

    [Fact]
    public void MessageGiven_StaysAsItIs()
    {
        var message = WithChecksum(Registration);

        OctetEditor.Apply(
            EditList.Parse("octet 0 = 0; drop option[Timestamp]; truncate 8").Edits,
            message,
            _mag,
            _lma,
            WireEdition.Rfc5213
        );

        message.Should().Equal(WithChecksum(Registration));
    }

    [Theory]
    [InlineData("drop Timestamp", "'drop Timestamp'")]
    [InlineData("Reserved = 1; nonsense", "'nonsense'")]
    [InlineData("swap option[Timestamp]", "'swap option[Timestamp]': 'with option[Name]' is missing")]
    [InlineData("misalign option[Timestamp]", "'misalign option[Timestamp]': 'by' and the number of octets are missing")]
    [InlineData("drop option[Timestamp] by 2", "'drop option[Timestamp] by 2': 'drop' takes one option and nothing else")]
    [InlineData("drop option[Timestamp #0]", "counted from #1")]
    [InlineData("truncate 99999999999", "'truncate 99999999999'")]
    [InlineData("cut 99999999999", "'cut 99999999999'")]
    public void TextThatIsNotAnEdit_IsNamed(string text, string part)
    {
        var parse = () => EditList.Parse(text);

        parse.Should().Throw<ScenarioFaultException>().Which.Message.Should().Contain(part);
    }

    [Theory]
    [InlineData("drop option[Timestmp]", "'drop option[Timestmp]': 'Timestmp' is not an option")]
    [InlineData("option[Option 1].Length = 2", "'Option 1' is not an option")]
    [InlineData(
        "drop option[Link-local Address]",
        "no option 'Link-local Address'. It has: Home Network Prefix, Handoff Indicator, Timestamp, Access Technology Type"
    )]
    [InlineData("option[Timestamp #2].Length = 3", "no option 'Timestamp #2'")]
    [InlineData("Staus = 3", "'Staus' is not a field here. Fields: Payload Proto")]
    [InlineData("Status = 3", "'Status' is not a field here")]
    [InlineData("option[Timestamp].Prefix Length = 3", "Fields: Type, Length, Timestamp, octet <number>")]
    [InlineData("Reserved = 256", "'256' needs more than 8 bits")]
    [InlineData("P = 2", "'2' needs more than 1 bits")]
    [InlineData("Lifetime = soon", "'soon' is not a number")]
    [InlineData("Lifetime = -1", "'-1' is not a number")]
    [InlineData("octet 56 = 1", "there is no 'octet 56' in these 56 octets")]
    [InlineData("option[Timestamp].octet 10 = 1", "there is no 'octet 10' in these 10 octets")]
    [InlineData("truncate 57", "the message has 56 octets only")]
    [InlineData("cut 56", "the message has 56 octets, and Header Len counts in 8 of them")]
    [InlineData("cut 7", "the message has 56 octets, and Header Len counts in 8 of them")]
    [InlineData("truncate 5; Checksum = wrong", "no checksum in these 5 octets")]
    [InlineData("misalign option[Handoff Indicator] by 2", "Handoff Indicator may start anywhere")]
    [InlineData("misalign option[Timestamp] by 8", "8 octets leave Timestamp aligned to 8n+2")]
    [InlineData("misalign option[Timestamp] by 249", "at most 248 octets")]
    [InlineData("Checksum = bad", "'Checksum = bad'")]
    public void Edit_ThatDoesNotFitTheMessage_IsNamed(string text, string part)
    {
        var apply = () => Edited(text);

        apply.Should().Throw<ScenarioFaultException>().Which.Message.Should().Contain(part);
    }

    [Fact]
    public void MessageThatBecomesTooLong_IsNamed()
    {
        var message = new BindingUpdate(
            1,
            0,
            1,
            new MobilityOptionList(Enumerable.Repeat(new UnknownOption(200, new OctetString(new byte[250])), 8))
        ).ToBytes(_mag, _lma);

        var apply = () => OctetEditor.Apply(EditList.Parse("duplicate option[Option 200]").Edits, message, _mag, _lma, WireEdition.Rfc5213);

        apply.Should().Throw<ScenarioFaultException>().Which.Message.Should().Contain("room for 2048");
    }

    [Fact]
    public void LongField_TakesItsOctetsInHexadecimal()
    {
        var message = new BindingUpdate(1, 0, 1, [MobileNodeIdentifierOption.ForNai(new string('x', 20))]).ToBytes(_mag, _lma);
        var digits = string.Concat(Enumerable.Repeat("79", 20));

        OctetEditor
            .Apply(
                EditList.Parse($"option[Mobile Node Identifier].Identifier = 0x{digits}").Edits,
                message,
                _mag,
                _lma,
                WireEdition.Rfc5213
            )[15..35]
            .Should()
            .OnlyContain(octet => octet == 0x79);
        var tooShort = () =>
            OctetEditor.Apply(
                EditList.Parse("option[Mobile Node Identifier].Identifier = 0x7979").Edits,
                message,
                _mag,
                _lma,
                WireEdition.Rfc5213
            );
        tooShort.Should().Throw<ScenarioFaultException>().Which.Message.Should().Contain("not 20 octets");
    }

    [Fact]
    public void EveryOption_IsFoundByItsNameAndItsNumber()
    {
        foreach (var kind in MobilityOptionKind.All.Where(kind => kind.IsIn(WireEdition.Default)))
        {
            MobilityOptionKind.Named(kind.Name.ToLowerInvariant(), WireEdition.Default).Should().BeSameAs(kind);
            MobilityOptionKind.Named($"Option {kind.Number}", WireEdition.Default).Should().BeSameAs(kind);
        }

        MobilityOptionKind.OfType(200).Name.Should().Be("Option 200");
        MobilityOptionKind.Named("Option 1", WireEdition.Default).Should().BeNull();
    }

    private static byte[] Edited(string edits) =>
        OctetEditor.Apply(EditList.Parse(edits).Edits, WithChecksum(Registration), _mag, _lma, WireEdition.Rfc5213);

    private static byte[] WithChecksum(string hex)
    {
        var octets = Octets(hex);
        MobilityHeader.FillChecksum(_mag, _lma, octets);
        return octets;
    }

    private static byte[] Octets(string hex) => Convert.FromHexString(string.Concat(hex.Where(c => !char.IsWhiteSpace(c))));
}
