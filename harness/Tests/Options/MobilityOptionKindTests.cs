using Conformance.Harness.Tests.Checks;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Options;

/// <summary>Checks each kind of option: the octets for its words, and its words for octets.</summary>
public sealed class MobilityOptionKindTests
{
    private const string Zeros = "00000000000000000000000000000000";

    /// <summary>Name, words of a scenario, option data, the value in a table of fields.</summary>
    public static TheoryData<string, string, string, string> Values() =>
        new()
        {
            { "Binding Refresh Advice", "258", "0102", "Refresh Interval 258" },
            { "Alternate Care-of Address", "2001:db8::5", "20010db8000000000000000000000005", "2001:db8::5" },
            { "Nonce Indices", "258, 3", "01020003", "Home Nonce Index 258, Care-of Nonce Index 3" },
            { "Binding Authorization Data", "0102030405060708090a0b0c", "0102030405060708090a0b0c", "0102030405060708090a0b0c" },
            { "Mobile Network Prefix", "2001:db8:4000::/64", "004020010db8400000000000000000000000", "2001:db8:4000::/64" },
            { "Mobility Header Link-Layer Address", "02:5e:00:00:00:01", "02025e00000001", "Option-Code 2, 025e00000001" },
            { "Mobile Node Identifier", "mn@example", "016d6e406578616d706c65", "mn@example" },
            { "Vendor-Specific", "01020304 05 0607", "01020304050607", "Vendor ID 16909060, Sub-Type 5, 0607" },
            { "Home Network Prefix", "2001:db8:5::/48", "003020010db8000500000000000000000000", "2001:db8:5::/48" },
            { "Handoff Indicator", "4", "0004", "4 handoff state unknown" },
            { "Access Technology Type", "200", "00c8", "200" },
            { "Mobile Node Link-layer Identifier", "02:5e:00:00:00:01", "0000025e00000001", "025e00000001" },
            { "Link-local Address", "fe80::5", "fe800000000000000000000000000005", "fe80::5" },
            { "Timestamp", "last", "000069a381000001", "2026-02-28T23:57:52.000015Z" },
            { "IPv4 Home Address", "192.0.2.1/24", "6000c0000201", "Prefix-len 24, P 0, 192.0.2.1" },
            { "IPv4 Address Acknowledgement", "192.0.2.1/24", "0060c0000201", "Status 0, Prefix-len 24, 192.0.2.1" },
            { "NAT Detection", "F 0, refresh 110 s", "00000000006e", "F 0, Refresh Time 110" },
            { "NAT Detection", "F 1, refresh 30 s", "80000000001e", "F 1, Refresh Time 30" },
            { "IPv4 Care-of Address", "192.0.2.1", "0000c0000201", "192.0.2.1" },
            { "GRE Key", "258", "000000000102", "GRE Key Identifier 258" },
            { "Binding Identifier", "258", "01020000", "BID 258, Status 0, H 0" },
            { "IPv4 Home Address Request", "192.0.2.1/24", "6000c0000201", "Prefix-len 24, 192.0.2.1" },
            { "IPv4 Home Address Reply", "192.0.2.1/24", "0060c0000201", "Status 0, Prefix-len 24, 192.0.2.1" },
            { "IPv4 Default-Router Address", "192.0.2.1", "0000c0000201", "192.0.2.1" },
            { "IPv4 DHCP Support Mode", "1", "0001", "S 1" },
            { "Option 200", "0102", "0102", "0102" },
        };

    [Theory]
    [MemberData(nameof(Values))]
    public void Words_BecomeOctets_AndOctetsWords(string name, string words, string data, string value)
    {
        var kind = MobilityOptionKind.Named(name, WireEdition.Default)!;
        var session = new HandMade();
        session.Node.Binding.LastTimestamp = 0x69a3_8100_0001;

        var message = Encoded(kind.Build(words, new OptionContext(session.Session, session.Node)));

        var option = message.Options.Should().ContainSingle().Subject;
        option.Type.Should().Be(kind.Number);
        Convert.ToHexStringLower(option.Data.Span).Should().Be(data);
        (option.Offset % kind.Alignment(option.Length).Multiple).Should().Be(kind.Alignment(option.Length).Offset);
        kind.Value(option).Should().Be(value);
        kind.FixedLength?.Should().Be(option.Length);
        kind.Content(option).Length.Should().Be(option.Length - kind.ReservedOctets);
    }

    [Fact]
    public void EveryKind_HasARow_ButTheOneOfADraft() =>
        MobilityOptionKind
            .All.Select(kind => kind.Name)
            .Except(Values().Select(row => row.Data.Item1))
            .Should()
            .Equal("Binding Unique Identifier");

    [Fact]
    public void NumberOfADraft_ComesFromTheEdition()
    {
        var edition = WireEdition.McoaDraft04 with { BindingUniqueIdentifierType = 203 };
        var kind = MobilityOptionKind.Named("Binding Unique Identifier", edition)!;

        kind.NumberIn(edition).Should().Be(203);
        MobilityOptionKind.OfType(203, edition).Should().BeSameAs(kind);
        MobilityOptionKind.OfType(35, edition).Name.Should().Be("Option 35");
    }

    [Theory]
    [InlineData("rfc5213", 35, "Option 35")]
    [InlineData("rfc5648", 35, "Binding Identifier")]
    [InlineData("mcoa-draft-04", 35, "Binding Unique Identifier")]
    [InlineData("rfc5844", 33, "GRE Key")]
    [InlineData("ipv4-draft-04", 33, "Option 33")]
    [InlineData("rfc5648", 7, "Mobility Header Link-Layer Address")]
    [InlineData("mcoa-draft-04", 7, "Option 7")]
    [InlineData("rfc5648", 6, "Mobile Network Prefix")]
    [InlineData("rfc5213", 6, "Option 6")]
    [InlineData("ipv4-draft-02", 29, "IPv4 Home Address")]
    [InlineData("rfc5844", 29, "Option 29")]
    [InlineData("rfc5844", 36, "IPv4 Home Address Request")]
    [InlineData("rfc5648", 36, "Option 36")]
    [InlineData("ipv4-draft-04", 38, "IPv4 Default-Router Address")]
    [InlineData("rfc5213", 27, "Timestamp")]
    public void Type_MeansTheOptionOfTheEdition(string edition, int type, string name)
    {
        var wire = Edition.Find(edition)!.Wire;
        var kind = MobilityOptionKind.OfType(type, wire);

        kind.Name.Should().Be(name);
        MobilityOptionKind.Named(name, wire)!.Name.Should().Be(name);
    }

    [Theory]
    [InlineData("IPv4 home address", "rfc5844", 36)]
    [InlineData("IPv4 home address", "ipv4-draft-04", 29)]
    [InlineData("IPv4 home address", "ipv4-draft-02", 29)]
    [InlineData("IPv4 home address", "rfc5213", null)]
    [InlineData("IPv4 answer", "rfc5844", 37)]
    [InlineData("IPv4 answer", "ipv4-draft-04", 30)]
    [InlineData("default router", "ipv4-draft-04", 38)]
    [InlineData("default router", "ipv4-draft-02", null)]
    [InlineData("DHCP support mode", "rfc5844", 39)]
    [InlineData("DHCP support mode", "ipv4-draft-04", null)]
    [InlineData("Binding Identifier", "mcoa-draft-04", 35)]
    [InlineData("Binding Identifier", "rfc5648", 35)]
    [InlineData("Binding Identifier", "rfc6275", null)]
    public void CommonName_MeansTheOptionOfEachEdition(string name, string edition, int? type) =>
        (MobilityOptionKind.Named(name, Edition.Find(edition)!.Wire)?.NumberIn(Edition.Find(edition)!.Wire)).Should().Be(type);

    [Theory]
    [InlineData("Binding Unique Identifier", "rfc5648")]
    [InlineData("IPv4 DHCP Support Mode", "rfc5213")]
    public void Name_OfAnotherEdition_NamesNoOption(string name, string edition) =>
        MobilityOptionKind.Named(name, Edition.Find(edition)!.Wire).Should().BeNull();

    [Fact]
    public void EditionOfTheScenario_ReachesMessagesAndExpectations()
    {
        var draft = new HandMade(edition: Edition.Find("mcoa-draft-04")!);
        var message = draft.Edited("Binding Identifier = 7; option[Binding Identifier].O = 1; option[Binding Unique Identifier].C = 1");

        Convert.ToHexStringLower(message).Should().Contain("2304" + "000700c0");
        draft.Expect(HandMadeMessage.Of(Convert.ToHexString(message)), "Binding Unique Identifier", "present").Ok.Should().BeTrue();
        var edit = () => new HandMade().Edited("Binding Unique Identifier = 7");
        edit.Should().Throw<ScenarioFaultException>();
    }

    [Theory]
    [InlineData("Mobile Node Identifier", "016d6e", "016d6e")]
    [InlineData("Home Network Prefix", "0000" + Zeros, "0040" + "20010db8800000010000000000000000")]
    [InlineData("Home Network Prefix", "ff30" + "20010db8000500000000000000000000", "0030" + "20010db8000500000000000000000000")]
    [InlineData("Home Network Prefix", "0081" + Zeros, null)]
    [InlineData("Home Network Prefix", "0040", null)]
    [InlineData("Handoff Indicator", "ff05", "0005")]
    [InlineData("Access Technology Type", "0004", "0004")]
    [InlineData("Mobile Node Link-layer Identifier", "00000102", "00000102")]
    [InlineData("Link-local Address", Zeros, "fe800000000000000a00000000000001")]
    [InlineData("Timestamp", "0102030405060708", "0102030405060708")]
    [InlineData("Nonce Indices", "00000000", null)]
    [InlineData("Option 200", "00", null)]
    public void Echo_OfAPeer_IsTheRequestsValueOrItsOwn(string name, string asked, string? answer)
    {
        var kind = MobilityOptionKind.Named(name, WireEdition.Default)!;
        var session = new HandMade();

        var echo = kind.Echo(Option(kind, asked), new OptionContext(session.Session, session.Node));

        (echo is null ? null : Convert.ToHexStringLower(Encoded([echo]).Options[0].Data.Span)).Should().Be(answer);
    }

    [Fact]
    public void Echo_OfAnIdentifierThatIsNoText_HasItsOctets()
    {
        var kind = MobilityOptionKind.OfType(MobileNodeIdentifierKind.Type);
        var asked = new OptionOctets(kind.Number, 12, Enumerable.Repeat((byte)0xff, 255).ToArray());
        var session = new HandMade();

        var echo = kind.Echo(asked, new OptionContext(session.Session, session.Node))!;

        Encoded([echo]).Options[0].Data.ToArray().Should().Equal(asked.Data.ToArray());
    }

    [Theory]
    [InlineData("Alternate Care-of Address", "20010db8010000000000000000000004")]
    [InlineData("IPv4 Care-of Address", "0000c0000204")]
    public void NameOfANode_StandsForItsAddressOfTheFamily(string name, string data)
    {
        var session = new HandMade(ixit: HandMade.Ixit with { Domain = HandMade.DualStack });
        var built = MobilityOptionKind.Named(name, WireEdition.Default)!.Build("CN1", new OptionContext(session.Session, session.Node));

        Convert.ToHexStringLower(Encoded(built).Options[0].Data.Span).Should().Be(data);
    }

    [Fact]
    public void FieldOf64Bits_HasAllBits()
    {
        var part = new FramePart(Convert.FromHexString("00" + "8102030405060708"), Offset: 0);

        part.Bits(8, 64).Should().Be(0x8102030405060708);
        part.Bits(8, 1).Should().Be(1);
        part.Bits(12, 20).Should().Be(0x10203);
    }

    /// <summary>The first flag is H in RFC 5648 and C in the draft.</summary>
    [Theory]
    [InlineData("01020000", "BID 258")]
    [InlineData("01020080", "BID 258 flags 0x80")]
    [InlineData("0001a400" + "20010db8000000000000000000000001", "BID 1 Status 164 2001:db8::1")]
    [InlineData("00010000" + "c0000201", "BID 1 c0000201")]
    [InlineData("0001", "BID option 0001")]
    public void BindingIdentifier_InALine_SaysWhatIsNotZero(string data, string words)
    {
        var option = new OptionOctets(BindingIdentifierKind.Type, 12, Convert.FromHexString(data));

        MobilityOptionKind.OfType(option.Type).Words(option, AddressNames.Instance).Should().Be(words);
    }

    /// <summary>A received option may have any length and any octets.</summary>
    [Fact]
    public void AnyOctets_HaveWords()
    {
        var session = new HandMade();
        var context = new OptionContext(session.Session, session.Node);
        foreach (var kind in MobilityOptionKind.All)
        {
            for (var length = 0; length < 24; length++)
            {
                var option = new OptionOctets(kind.Number, 12, Enumerable.Repeat((byte)0xf9, length).ToArray());
                kind.Text(option).Should().NotBeNull();
                kind.Words(option, AddressNames.Instance).Should().NotBeEmpty().And.NotContain("\n");
                kind.Content(option).Length.Should().BeLessThanOrEqualTo(length);
                var echo = () => kind.Echo(option, context);
                echo.Should().NotThrow("{0} of {1} octets", kind.Name, length);
            }
        }
    }

    [Theory]
    [InlineData("Nonce Indices", "1", "'1' is not a pair of nonce indices")]
    [InlineData("Vendor-Specific", "0102", "'0102' is too short")]
    [InlineData("IPv4 Home Address", "192.0.2.1", "'192.0.2.1' is not an IPv4 address with a prefix length")]
    [InlineData("IPv4 Home Address", "192.0.2.1/33", "'33' is not a number from 0 to 32")]
    [InlineData("IPv4 Care-of Address", "2001:db8::1", "'2001:db8::1' is neither an IPv4 address nor a node")]
    [InlineData("Alternate Care-of Address", "192.0.2.1", "'192.0.2.1' is neither an address nor a node")]
    [InlineData("NAT Detection", "30", "'30' is no part of NAT Detection")]
    [InlineData("NAT Detection", "F 2", "'F 2' is no part of NAT Detection")]
    [InlineData("Binding Refresh Advice", "65536", "'65536' is not a number from 0 to 65535")]
    public void Words_OfNoValue_AreNamed(string name, string words, string part)
    {
        var build = () =>
            MobilityOptionKind
                .Named(name, WireEdition.Default)!
                .Build(words, new OptionContext(new HandMade().Session, node: null))
                .ToList();

        build.Should().Throw<ScenarioFaultException>().Which.Message.Should().Contain(part);
    }

    private static OptionOctets Option(MobilityOptionKind kind, string data) => new(kind.Number, 12, Convert.FromHexString(data));

    private static MobilityOctets Encoded(IEnumerable<MobilityOption> options) =>
        new(
            new BindingUpdate(1, 0, 1, new MobilityOptionList(options)).ToBytes(
                System.Net.IPAddress.IPv6Loopback,
                System.Net.IPAddress.IPv6Loopback
            ),
            offset: 0
        );
}
