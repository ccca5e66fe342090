using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Errors in mobility messages and their offsets.</summary>
public sealed class MobilityMessageTests
{
    private const string Update = "3b 02 05 00  00 00  00 01  82 00 00 96";

    [Theory]
    [InlineData("", "Truncated", 0)]
    [InlineData("3b 00 05 00  00 00  00", "Truncated", 7)]
    [InlineData("3b 02 05 00  00 00  00 01  82 00 00 96  01 02 00 00", "Truncated", 1)]
    [InlineData("3b 00 05 00  00 00  00 01  82", "TrailingOctets", 8)]
    [InlineData("3a 01 05 00  00 00  00 01  82 00 00 96  01 02 00 00", "PayloadProto", 0)]
    [InlineData("3a 00 05 00  00 00  00 01", "PayloadProto", 0)]
    [InlineData("3b 00 05 00  00 00  00 01", "HeaderLength", 1)]
    [InlineData("3b 00 06 00  00 00  00 01", "HeaderLength", 1)]
    [InlineData("3b 01 07 00  00 00  02 00  0000 0000 0000 0000", "HeaderLength", 1)]
    [InlineData(Update + "01 01 00  17 02 00 01  01 02 00 00  08", "OptionTruncated", 23)]
    [InlineData(Update + "01 01 00  17 02 00 01  01 01 00  08 01", "OptionTruncated", 22)]
    [InlineData(Update + "01 01 00  17 02 00 01  01 01 00  00 01", "OptionTruncated", 23)]
    [InlineData(Update + "01 01 00  17 03 00 01 00  01 02 00 00", "OptionLength", 15)]
    [InlineData(Update + "c8 00  08 00  17 02 00 01  01 02 00 00", "OptionLength", 14)]
    public void Message_ThatIsMalformed_IsRefusedWhereItIs(string octets, string rule, int offset)
    {
        MobilityMessage.TryParse(Hex.Octets(octets), out var message, out var error).Should().BeFalse();

        message.Should().BeNull();
        error.Should().BeEquivalentTo(new { Rule = rule, Offset = offset });
    }

    [Fact]
    public void PrefixLength_Beyond128_IsRefusedAtItsField()
    {
        var octets = Hex.Octets("3b 03 05 00  00 00  00 01  82 00 00 96  16 12 00 c8  2001 0db8 8000 0001 0000 0000 0000 0000");

        MobilityMessage.TryParse(octets, out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = "PrefixLength", Offset = 15 });
    }

    /// <summary>RFC 6275, Section 9.2: the type is checked before the Payload Proto field.</summary>
    [Fact]
    public void Message_OfUnknownTypeWithAnotherPayloadProto_IsStillOfUnknownType()
    {
        MobilityMessage.TryParse(Hex.Octets("3a 00 c8 00  00 00  00 01"), out var message, out _).Should().BeTrue();

        message.Should().Be(new UnknownMobilityMessage(200, new OctetString([0, 1])));
    }

    [Fact]
    public void Padding_BetweenAndBehindOptions_IsSkipped()
    {
        var octets = Hex.Octets(Update + "00 00 01 00  17 02 00 01  01 02 ff ff");

        MobilityMessage.TryParse(octets, out var message, out _).Should().BeTrue();

        message.As<BindingUpdate>().Options.Should().Equal(new HandoffIndicatorOption(HandoffIndicator.AttachmentOverNewInterface));
    }

    [Fact]
    public void Options_OfUnknownType_AreKeptInTheirPlace()
    {
        var octets = Hex.Octets(Update + "17 02 00 01  c8 02 ca fe  18 02 00 03");

        MobilityMessage.TryParse(octets, out var message, out _).Should().BeTrue();

        message
            .As<BindingUpdate>()
            .Options.Should()
            .Equal(
                new HandoffIndicatorOption(HandoffIndicator.AttachmentOverNewInterface),
                new UnknownOption(200, new OctetString([0xca, 0xfe])),
                new AccessTechnologyTypeOption(AccessTechnologyType.Ieee8023)
            );
    }

    [Fact]
    public void Options_OutOfAlignment_AreReadAndWrittenInAlignment()
    {
        var octets = Hex.Octets("3b 03 05 00  00 00  00 01  82 00 00 96  1b 08 0102 0304 0506 0708  01 08 0000 0000 0000 0000");
        MobilityMessage.TryParse(octets, out var message, out _).Should().BeTrue();

        var written = new byte[message!.Length];
        message.Write(written);

        written
            .Should()
            .Equal(Hex.Octets("3b 03 05 00  00 00  00 01  82 00 00 96  01 04 0000 0000  1b 08 0102 0304 0506 0708  01 02 0000"));
    }

    [Fact]
    public void Options_ThatWouldNotFitInAlignment_AreRefused()
    {
        // 128 unaligned Timestamp options of 10 octets end at 1292; aligned, each takes 16 octets and the last ends at 2060.
        var octets = new byte[12 + 128 * 10 + 4];
        Hex.Octets("3b a1 05 00  00 00  00 01  82 00 00 96").CopyTo(octets, 0);
        for (var i = 0; i < 128; i++)
        {
            Hex.Octets("1b 08").CopyTo(octets, 12 + 10 * i);
        }

        MobilityMessage.TryParse(octets, out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = "MessageLength", Offset = 12 });
    }

    [Fact]
    public void Options_BeyondALongestMessage_Throws()
    {
        var longest = Enumerable
            .Repeat(new UnknownOption(200, new OctetString(new byte[255])), 7)
            .Append(new UnknownOption(200, new OctetString(new byte[235])));
        new BindingUpdate(1, BindingUpdateFlags.None, 0, new MobilityOptionList(longest)).Length.Should().Be(2048);

        var create = () =>
            new BindingUpdate(1, BindingUpdateFlags.None, 0, new MobilityOptionList(longest.Append(new UnknownOption(200, default))));
        var change = () =>
            new BindingUpdate(1, BindingUpdateFlags.None, 0, []) with
            {
                Options = new MobilityOptionList(longest.Append(new UnknownOption(200, default))),
            };

        create.Should().Throw<ArgumentException>();
        change.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void ToBytes_BetweenTwoAddresses_HasTheirChecksum()
    {
        var (source, destination) = (IPAddress.Parse("2001:db8:100::a1"), IPAddress.Parse("2001:db8:100::1"));

        var bytes = new BindingUpdate(1, BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration, 150, []).ToBytes(
            source,
            destination
        );

        // The same message as in InternetChecksumTests, where its checksum is computed by hand.
        bytes.Should().Equal(Hex.Octets("3b 01 05 00  dd b9  00 01  82 00 00 96  01 02 00 00"));
        MobilityHeader.HasValidChecksum(source, destination, bytes).Should().BeTrue();
        MobilityHeader.HasValidChecksum(source, IPAddress.Parse("2001:db8:100::2"), bytes).Should().BeFalse();
    }

    [Fact]
    public void FillChecksum_OverAnOldOne_IsTheSame()
    {
        var (source, destination) = (IPAddress.Parse("2001:db8:100::a1"), IPAddress.Parse("2001:db8:100::1"));
        var bytes = Hex.Octets("3b 01 05 00  ff ff  00 01  82 00 00 96  01 02 00 00");

        MobilityHeader.FillChecksum(source, destination, bytes);

        bytes[4..6].Should().Equal(0xdd, 0xb9);
    }

    [Fact]
    public void Checksum_OfFewerOctetsThanAHeader_IsNotValid()
    {
        MobilityHeader.HasValidChecksum(IPAddress.IPv6Any, IPAddress.IPv6Any, [0xff, 0x78]).Should().BeFalse();
        var fill = () => MobilityHeader.FillChecksum(IPAddress.IPv6Any, IPAddress.IPv6Any, new byte[5]);
        fill.Should().Throw<ArgumentException>();
    }
}
