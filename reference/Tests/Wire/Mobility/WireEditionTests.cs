using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>The same octets in two editions, and the names and numbers of each edition.</summary>
public sealed class WireEditionTests
{
    private static readonly IPAddress _careOf = IPAddress.Parse("2001:db8:300::5e");

    /// <summary>The C flag of the draft is the H flag of the RFC; the octets do not show which is meant.</summary>
    [Fact]
    public void BindingIdentifier_WithTheFirstFlag_IsAHomeBindingInOneEditionAndACareOfAddressInTheOther()
    {
        var octets = Hex.Octets("23 14  00 07 00 80  2001 0db8 0300 0000 0000 0000 0000 005e");

        Read(octets, WireEdition.Rfc5648).Should().Be(new BindingIdentifierOption(7, 0, SimultaneousHomeAndForeign: true, _careOf));
        Read(octets, WireEdition.McoaDraft04)
            .Should()
            .Be(new BindingUniqueIdentifierOption(7, 0, Overwrite: false, HomeBinding: false, _careOf));
    }

    [Fact]
    public void BindingIdentifier_WithTheHFlagOfTheDraft_IsNotAHomeBindingInTheRfc()
    {
        var octets = Hex.Octets("23 04  00 07 00 20");

        Read(octets, WireEdition.Rfc5648).Should().Be(new BindingIdentifierOption(7, 0, SimultaneousHomeAndForeign: false, null));
        Read(octets, WireEdition.McoaDraft04)
            .Should()
            .Be(new BindingUniqueIdentifierOption(7, 0, Overwrite: false, HomeBinding: true, null));
    }

    [Fact]
    public void BindingIdentifier_WithACareOfAddressAndWithoutTheCFlag_IsMalformedInTheDraftOnly()
    {
        var octets = Hex.Octets("23 14  00 07 00 00  2001 0db8 0300 0000 0000 0000 0000 005e");

        Read(octets, WireEdition.Rfc5648).Should().Be(new BindingIdentifierOption(7, 0, SimultaneousHomeAndForeign: false, _careOf));
        MobilityOption.TryParse(octets, WireEdition.McoaDraft04, out _, out var error).Should().BeFalse();
        error!.Rule.Should().Be("CareOfAddressFlag");
    }

    [Fact]
    public void BindingIdentifier_WithAnIpv4CareOfAddress_IsMalformedInTheDraftOnly()
    {
        var octets = Hex.Octets("23 08  00 07 00 80  c0 00 02 5e");

        Read(octets, WireEdition.Rfc5648)
            .Should()
            .Be(new BindingIdentifierOption(7, 0, SimultaneousHomeAndForeign: true, IPAddress.Parse("192.0.2.94")));
        MobilityOption.TryParse(octets, WireEdition.McoaDraft04, out _, out var error).Should().BeFalse();
        error!.Rule.Should().Be("OptionLength");
    }

    /// <summary>For each type, the editions that know it. The other editions must accept the option with any length.</summary>
    public static TheoryData<byte, string[]> Knowledge()
    {
        string[] rfc5555 = ["all RFCs", "RFC 5648", "draft-ietf-netlmm-pmip6-ipv4-support-02", "draft-ietf-netlmm-pmip6-ipv4-support-04"];
        return new TheoryData<byte, string[]>
        {
            { 6, ["all RFCs", "RFC 5648", "draft-ietf-monami6-multiplecoa-04"] },
            { 7, ["all RFCs", "RFC 5648"] },
            { 29, rfc5555 },
            { 30, rfc5555 },
            { 31, [.. rfc5555, "RFC 5844"] },
            { 32, rfc5555 },
            { 33, ["all RFCs", "RFC 5844"] },
            { 35, ["all RFCs", "RFC 5648", "draft-ietf-monami6-multiplecoa-04"] },
            { 36, ["all RFCs", "RFC 5844"] },
            { 37, ["all RFCs", "RFC 5844"] },
            { 38, ["all RFCs", "RFC 5844", "draft-ietf-netlmm-pmip6-ipv4-support-04"] },
            { 39, ["all RFCs", "RFC 5844"] },
            { 9, [] },
            { 200, [] },
        };
    }

    [Theory]
    [MemberData(nameof(Knowledge))]
    public void OptionOfNoOctets_IsUnknownExceptWhereTheEditionKnowsItsType(byte type, string[] knowing)
    {
        foreach (var edition in SampleMessages.Editions.Where(edition => edition.Name != "both drafts, other numbers"))
        {
            var read = MobilityOption.TryParse([type, 0], edition, out var option, out _);

            read.Should().Be(!knowing.Contains(edition.Name), "{0} in {1}", type, edition.Name);
            if (read)
            {
                option.Should().Be(new UnknownOption(type, default));
            }
        }
    }

    [Theory]
    [InlineData("02 00")]
    [InlineData("03 00")]
    [InlineData("04 00")]
    [InlineData("08 00")]
    [InlineData("13 00")]
    [InlineData("16 00")]
    [InlineData("17 00")]
    [InlineData("18 00")]
    [InlineData("19 00")]
    [InlineData("1a 00")]
    [InlineData("1b 00")]
    public void OptionOfNoOctets_OfATypeThatAllKnow_IsRefusedInEveryEdition(string octets)
    {
        foreach (var edition in SampleMessages.Editions)
        {
            MobilityOption.TryParse(Hex.Octets(octets), edition, out _, out _).Should().BeFalse(edition.Name);
        }
    }

    [Fact]
    public void TypeThatADraftLeavesOpen_IsTheOneOfTheEdition()
    {
        var mcoa = WireEdition.McoaDraft04 with { BindingUniqueIdentifierType = 200 };
        var ipv4 = WireEdition.Ipv4Draft04 with { Ipv4DefaultRouterType = 201 };

        Read(Hex.Octets("c8 04 00 07 00 40"), mcoa)
            .Should()
            .Be(new BindingUniqueIdentifierOption(7, 0, Overwrite: true, HomeBinding: false, null) { OptionType = 200 });
        Read(Hex.Octets("23 04 00 07 00 40"), mcoa).Should().BeOfType<UnknownOption>();
        Read(Hex.Octets("c9 06 00 00 0a 09 00 01"), ipv4)
            .Should()
            .Be(new Ipv4DefaultRouterAddressOption(IPAddress.Parse("10.9.0.1")) { OptionType = 201 });
        Read(Hex.Octets("26 06 00 00 0a 09 00 01"), ipv4).Should().BeOfType<UnknownOption>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(22)]
    public void TypeThatADraftLeavesOpen_CannotBeOneThatIsTaken(byte type)
    {
        var mcoa = () => WireEdition.McoaDraft04 with { BindingUniqueIdentifierType = type };
        var ipv4 = () => WireEdition.Ipv4Draft04 with { Ipv4DefaultRouterType = type };

        mcoa.Should().Throw<ArgumentException>();
        ipv4.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Message_InAnEditionAndByDefault_DiffersInItsOptionsAlone()
    {
        var octets = Hex.Octets("3b 02 05 00  00 00  00 01  80 40 00 96  23 04 00 07 00 40  01 04 00 00 00 00");

        MobilityMessage.TryParse(octets, out var byDefault, out _).Should().BeTrue();
        MobilityMessage.TryParse(octets, WireEdition.Rfc5213, out var plain, out _).Should().BeTrue();
        MobilityMessage.TryParse(octets, WireEdition.McoaDraft04, out var draft, out _).Should().BeTrue();

        var flags = BindingUpdateFlags.Acknowledge | BindingUpdateFlags.BulkOverwrite;
        byDefault
            .Should()
            .Be(new BindingUpdate(1, flags, 150, [new BindingIdentifierOption(7, 0, SimultaneousHomeAndForeign: false, null)]));
        plain.Should().Be(new BindingUpdate(1, flags, 150, [new UnknownOption(35, new OctetString([0, 7, 0, 0x40]))]));
        draft
            .Should()
            .Be(new BindingUpdate(1, flags, 150, [new BindingUniqueIdentifierOption(7, 0, Overwrite: true, HomeBinding: false, null)]));
    }

    [Fact]
    public void MalformedBindingIdentifier_ReadAgainWithoutTheOption_LeavesTheMessage()
    {
        var octets = Hex.Octets("3b 02 05 00  00 00  00 01  80 40 00 96  23 05 00 07 00 40 00  01 03 00 00 00");

        MobilityMessage.TryParse(octets, WireEdition.Rfc5648, out _, out var error).Should().BeFalse();
        MobilityMessage
            .TryParse(octets, WireEdition.Rfc5648 with { BindingIdentifier = BindingIdentifierLayout.None }, out var message, out _)
            .Should()
            .BeTrue();

        error.Should().BeEquivalentTo(new { Offset = 12, Rule = "OptionLength" });
        message.As<BindingUpdate>().Options.Should().Equal(new UnknownOption(35, new OctetString([0, 7, 0, 0x40, 0])));
    }

    [Fact]
    public void Overwriting_IsAskedForWhereTheEditionHasItsFlag()
    {
        var inMessage = new BindingUpdate(1, BindingUpdateFlags.BulkOverwrite, 1, []);
        var inOption = new BindingUpdate(1, 0, 1, [new BindingUniqueIdentifierOption(7, 0, Overwrite: true, HomeBinding: false, null)]);

        Asks(inMessage).Should().Equal(true, false, false);
        Asks(inOption).Should().Equal(false, true, false);

        static bool[] Asks(BindingUpdate update) =>
            [
                WireEdition.Rfc5648.RequestsOverwrite(update),
                WireEdition.McoaDraft04.RequestsOverwrite(update),
                WireEdition.Rfc5213.RequestsOverwrite(update),
            ];
    }

    /// <summary>RFC 5648, Section 4.4, with the spelling of the RFC.</summary>
    [Theory]
    [InlineData("MCOA NOTCOMPLETE", 4)]
    [InlineData("MCOA RETURNHOME WO/NDP", 5)]
    [InlineData("MCOA MALFORMED", 164)]
    [InlineData("MCOA NON-MCOA BINDING EXISTS", 165)]
    [InlineData("MCOA PROHIBITED", 166)]
    [InlineData("MCOA UNKNOWN COA", 167)]
    [InlineData("MCOA BULK REGISTRATION PROHIBITED", 168)]
    [InlineData("MCOA SIMULTANEOUS HOME AND FOREIGN PROHIBITED", 169)]
    public void Status_OfRfc5648_HasItsNumberThereAndNoneInAnEditionWithoutIt(string name, byte number)
    {
        WireEdition.Rfc5648.TryFindStatus(name, out var status).Should().BeTrue();
        ((byte)status).Should().Be(number);
        WireEdition.Rfc5213.TryFindStatus(name, out _).Should().BeFalse();
        WireEdition.Rfc5213.NameOf(status).Should().Be($"{number}");
    }

    /// <summary>RFC 3963, Section 4.2, with the spelling of the RFC.</summary>
    [Theory]
    [InlineData("Mobile Router Operation not permitted", 140)]
    [InlineData("Invalid Prefix", 141)]
    [InlineData("Not Authorized for Prefix", 142)]
    [InlineData("Forwarding Setup failed", 143)]
    public void Status_OfAMobileRouter_HasItsNumberInEveryEdition(string name, byte number)
    {
        foreach (var edition in SampleMessages.Editions)
        {
            edition.TryFindStatus(name, out var status).Should().BeTrue();
            ((byte)status).Should().Be(number);
        }
    }

    /// <summary>draft-ietf-monami6-multiplecoa-04, Section 4.3.</summary>
    [Theory]
    [InlineData("MCOA INCOMPLIANT", 164, 201)]
    [InlineData("MCOA BID CONFLICT", 165, 202)]
    [InlineData("MCOA PROHIBITED", 166, 203)]
    [InlineData("MCOA BULK REGISTRATION NOT SUPPORTED", 168, 204)]
    [InlineData("MCOA FLAG CONFLICTS", 192, 205)]
    public void Status_OfTheDraft_HasTheNumberOfTheEdition(string name, byte byDefault, byte chosen)
    {
        var edition = WireEdition.McoaDraft04 with
        {
            DraftStatuses = new DraftStatusCodes
            {
                McoaIncompliant = 201,
                McoaBidConflict = 202,
                McoaProhibited = 203,
                McoaBulkRegistrationNotSupported = 204,
                McoaFlagConflicts = 205,
            },
        };

        WireEdition.McoaDraft04.TryFindStatus(name, out var status).Should().BeTrue();
        edition.TryFindStatus(name, out var other).Should().BeTrue();

        ((byte)status, (byte)other).Should().Be((byDefault, chosen));
        edition.NameOf(other).Should().Be(name.Replace(' ', '_'));
        edition.NameOf(BindingStatus.MCOA_UNKNOWN_COA).Should().Be("167");
    }

    [Fact]
    public void Status_WithOneNumberInTwoEditions_HasTheNameOfEach()
    {
        WireEdition.Rfc5648.NameOf((BindingStatus)165).Should().Be("MCOA_NON_MCOA_BINDING_EXISTS");
        WireEdition.McoaDraft04.NameOf((BindingStatus)165).Should().Be("MCOA_BID_CONFLICT");
    }

    [Fact]
    public void Status_OfTheIpv4Draft_HasTheNumberOfTheEdition()
    {
        var edition = WireEdition.Ipv4Draft04 with { DraftStatuses = new DraftStatusCodes { NotAuthorizedForIpv4HomeAddress = 210 } };

        edition.TryFindStatus("NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS", out var status).Should().BeTrue();

        ((byte)status).Should().Be(210);
        edition.NameOf((BindingStatus)171).Should().Be("171");
        WireEdition.Ipv4Draft02.TryFindStatus("NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS", out _).Should().BeFalse();
    }

    [Fact]
    public void StatusOfEveryRfc_IsFoundByTheNameItHas()
    {
        foreach (var status in Enum.GetValues<BindingStatus>())
        {
            WireEdition.Default.TryFindStatus(WireEdition.Default.NameOf(status), out var found).Should().BeTrue();
            found.Should().Be(status);
        }
    }

    private static MobilityOption Read(byte[] octets, WireEdition edition)
    {
        MobilityOption.TryParse(octets, edition, out var option, out var error).Should().BeTrue(error?.ToString());
        return option!;
    }
}
