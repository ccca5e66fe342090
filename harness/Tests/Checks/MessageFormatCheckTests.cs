using Conformance.Harness.Tests.Octets;
using Conformance.Testing.Octets;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Checks;

/// <summary>
/// Checks what the tester finds in the octets of a message: nothing wrong in a good one, one fault in one with one fault.
/// </summary>
public sealed class MessageFormatCheckTests
{
    private const string UpdateFormat = "rfc5213-6.9.1.5-k1";
    private const string AcknowledgementFormat = "rfc5213-5.3.6-k1";

    [Fact]
    public void GoodMessage_ConfirmsEveryStatement()
    {
        string[] options =
        [
            "rfc5213-8.3-k1",
            "rfc5213-8.3-d1",
            "rfc5213-8.3-k2",
            "rfc5213-8.4-k1",
            "rfc5213-8.4-k2",
            "rfc5213-8.5-k1",
            "rfc5213-8.5-k2",
            "rfc5213-8.6-k1",
            "rfc5213-8.6-k2",
            "rfc5213-8.7-k1",
            "rfc5213-8.7-d1",
            "rfc5213-8.8-k1",
            "rfc5213-8.8-d1",
        ];

        var update = Judged(HandMadeMessage.Update);
        update.Violated.Should().BeEmpty();
        update.Statements.Should().BeEquivalentTo([UpdateFormat, "rfc5213-8.1-d1", .. options]);
        update.Findings.Should().OnlyContain(finding => finding.Actual == "as expected" && finding.Packet == 1 && finding.Octet == null);

        var acknowledgement = Judged(HandMadeMessage.Acknowledgement);
        acknowledgement.Violated.Should().BeEmpty();
        acknowledgement.Statements.Should().BeEquivalentTo([AcknowledgementFormat, "rfc5213-8.2-d1", .. options]);
    }

    [Theory]
    [InlineData(0, "06", "Payload Proto 59", "Payload Proto 6", 0)]
    [InlineData(1, "0c", "a Header Len that covers the message", "Header Len says 104 octets, but the message has 96", 1)]
    [InlineData(79, "11", "options that end inside the message", "an option runs past the end of the message", 78)]
    public void Header_WithOneFault_ViolatesTheConstruction(int offset, string octets, string expected, string actual, int octet)
    {
        Judged(HandMadeMessage.Update.With(offset, octets))
            .Violated.Should()
            .Equal(HandMade.Violation(UpdateFormat, expected, actual, 1, HandMade.Message + octet));
        Judged(HandMadeMessage.Acknowledgement.With(offset, octets))
            .Violated.Should()
            .Equal(HandMade.Violation(AcknowledgementFormat, expected, actual, 1, HandMade.Message + octet));
    }

    [Fact]
    public void Checksum_ThatIsWrong_ViolatesTheConstruction()
    {
        var frame = HandMadeMessage.Update.ToFrame(HandMade.Mag, HandMade.Lma);
        frame[HandMade.Message + 5] ^= 1;

        new HandMade()
            .WithFormatCheck()
            .Receive(frame)
            .Violated.Should()
            .Equal(
                HandMade.Violation(
                    UpdateFormat,
                    "a Mobility Header with a correct checksum",
                    "the checksum is wrong",
                    1,
                    HandMade.Message + 4
                )
            );
    }

    [Theory]
    [InlineData("rfc5213-8.3-k1", 13, "11", "Home Network Prefix option of length 18", "length 17", 13)]
    [InlineData("rfc5213-8.3-k1", 13, "14", "Home Network Prefix option of length 18", "length 20", 13)]
    [InlineData("rfc5213-8.3-k2", 14, "01", "the reserved field of the Home Network Prefix option set to 0", "it is 01", 14)]
    [InlineData("rfc5213-8.4-k1", 49, "01 00 00", "Handoff Indicator option of length 2", "length 1", 49)]
    [InlineData("rfc5213-8.4-k2", 50, "80", "the reserved field of the Handoff Indicator option set to 0", "it is 80", 50)]
    [InlineData("rfc5213-8.5-k1", 53, "01 00 00", "Access Technology Type option of length 2", "length 1", 53)]
    [InlineData("rfc5213-8.5-k2", 54, "ff", "the reserved field of the Access Technology Type option set to 0", "it is ff", 54)]
    [InlineData(
        "rfc5213-8.6-k2",
        58,
        "00 01",
        "the reserved field of the Mobile Node Link-layer Identifier option set to 0",
        "it is 0001",
        58
    )]
    [InlineData("rfc5213-8.7-k1", 79, "0f fe8000000000000000000000000000 00", "Link-local Address option of length 16", "length 15", 79)]
    [InlineData("rfc5213-8.8-k1", 67, "07", "Timestamp option of length 8", "length 7", 67)]
    public void Option_WithOneFault_ViolatesItsStatementAlone(
        string statement,
        int offset,
        string octets,
        string expected,
        string actual,
        int octet
    )
    {
        Finding[] violation = [HandMade.Violation(statement, expected, actual, 1, HandMade.Message + octet)];

        Judged(HandMadeMessage.Update.With(offset, octets)).Violated.Should().Equal(violation);
        Judged(HandMadeMessage.Acknowledgement.With(offset, octets)).Violated.Should().Equal(violation);
    }

    [Theory]
    [InlineData("rfc5213-8.3-d1", HandMadeMessage.Prefix, HandMadeMessage.PrefixOption + "01020000", "Home Network Prefix", "8n+4")]
    [InlineData(
        "rfc5213-8.7-d1",
        HandMadeMessage.LinkLocal,
        HandMadeMessage.LinkLocalOption + "010400000000",
        "Link-local Address",
        "8n+6"
    )]
    [InlineData("rfc5213-8.8-d1", HandMadeMessage.Timestamp, HandMadeMessage.TimestampOption + "010400000000", "Timestamp", "8n+2")]
    public void Option_AtAMultipleOfEight_IsNotAligned(string statement, int option, string moved, string name, string alignment) =>
        Judged(HandMadeMessage.Update.Without(option).And(moved))
            .Violated.Should()
            .Equal(
                HandMade.Violation(
                    statement,
                    $"{name} option aligned to {alignment}",
                    "it starts at octet 96 of the Mobility Header",
                    1,
                    HandMade.Message + HandMadeMessage.End
                )
            );

    /// <summary>The reserved field has two octets, and an identifier of 8 octets ends at a multiple of 8.</summary>
    [Theory]
    [InlineData("00" + HandMadeMessage.LinkLayerOption + "01 03 00 00 00", "2n+0", 97)]
    [InlineData("19 0a 00 00 02 5e 00 00 00 01 00 00 01 02 00 00", "8n+4", 96)]
    public void LinkLayerIdentifier_IsAlignedForItsSize(string moved, string alignment, int octet) =>
        Judged(HandMadeMessage.Update.Without(HandMadeMessage.LinkLayer).And(moved))
            .Violated.Should()
            .Equal(
                HandMade.Violation(
                    "rfc5213-8.6-k1",
                    $"Mobile Node Link-layer Identifier option aligned to {alignment}",
                    $"it starts at octet {octet} of the Mobility Header",
                    1,
                    HandMade.Message + octet
                )
            );

    [Theory]
    [InlineData("Mobile Node Identifier", "08 06 01 6d 6e 31 6e 31", 96)]
    [InlineData("Handoff Indicator", HandMadeMessage.HandoffOption + "01020000", 96)]
    [InlineData("Access Technology Type", HandMadeMessage.TechnologyOption + "01020000", 96)]
    [InlineData("Mobile Node Link-layer Identifier", HandMadeMessage.LinkLayerOption + "010400000000", 96)]
    [InlineData("Link-local Address", "01 04 00 00 00 00" + HandMadeMessage.LinkLocalOption, 102)]
    [InlineData("Timestamp", "01 00" + HandMadeMessage.TimestampOption + "01020000", 98)]
    public void Option_ThatStandsTwice_ViolatesTheCount(string name, string again, int octet)
    {
        const string Expected = "each option but Home Network Prefix at most once";
        Judged(HandMadeMessage.Update.And(again))
            .Violated.Should()
            .Equal(HandMade.Violation("rfc5213-8.1-d1", Expected, $"2 {name} options", 1, HandMade.Message + octet));
        Judged(HandMadeMessage.Acknowledgement.And(again))
            .Violated.Should()
            .Equal(HandMade.Violation("rfc5213-8.2-d1", Expected, $"2 {name} options", 1, HandMade.Message + octet));
    }

    [Fact]
    public void HomeNetworkPrefix_MayStandTwice() =>
        Judged(HandMadeMessage.Update.And("01 02 00 00" + HandMadeMessage.PrefixOption)).Violated.Should().BeEmpty();

    [Fact]
    public void OtherMessages_AreNotJudged()
    {
        // A Binding Error, type 7; and what the tester itself sends.
        Judged(HandMadeMessage.Update.With(0, "06").With(2, "07")).Findings.Should().BeEmpty();
        var sending = new HandMade().WithFormatCheck();
        sending.Send(HandMadeMessage.Update.With(0, "06").ToFrame(HandMade.Mag, HandMade.Lma));
        sending.Findings.Should().BeEmpty();
    }

    /// <summary>The frame ends before the message; the message is the first fragment of a longer one.</summary>
    [Theory]
    [InlineData("truncated")]
    [InlineData("first fragment")]
    public void PartOfAMessage_IsNotJudgedAsAWhole(string part)
    {
        // Header Len covers 8 octets more than the part has: checksum and Header Len are wrong for the part alone.
        var message = HandMadeMessage.Update.With(1, "0c");
        var frame =
            part == "truncated"
                ? Truncated(message.ToFrame(HandMade.Mag, HandMade.Lma))
                : message.ToFrame(HandMade.Mag, HandMade.Lma, header: 44, headers: "87 00 00 01 00 00 00 01");

        var judged = new HandMade().WithFormatCheck().Receive(frame);

        judged.Violated.Should().BeEmpty();
        judged.Statements.Should().Contain("rfc5213-8.4-k1", "what the part contains is judged");
    }

    [Theory]
    [InlineData("IPv4")]
    [InlineData("AH")]
    public void MessageOfAnotherProtocol_IsNotJudged(string protocol)
    {
        var message = HandMadeMessage.Update.With(0, "06");
        var frame =
            protocol == "AH"
                ? message.ToFrame(HandMade.Mag, HandMade.Lma, header: 51, headers: "87 01 00 00 00 00 00 01 00 00 00 01")
                : Frames.Ethernet(Frames.Packet4(135, message.Octets));

        PacketStack.Of(frame).Innermost.Should().BeOfType<MobilityOctets>();
        new HandMade().WithFormatCheck().Receive(frame).Findings.Should().BeEmpty();
    }

    private static byte[] Truncated(byte[] frame)
    {
        // Payload Length.
        frame[19] += 8;
        return frame;
    }

    [Fact]
    public void Violation_NamesThePacketThatHasIt() =>
        new HandMade()
            .WithFormatCheck()
            .Receive(HandMadeMessage.Update.ToFrame(HandMade.Mag, HandMade.Lma))
            .Receive(HandMadeMessage.Update.With(50, "01").ToFrame(HandMade.Mag, HandMade.Lma))
            .Violated.Should()
            .ContainSingle()
            .Which.Packet.Should()
            .Be(2);

    private static HandMade Judged(HandMadeMessage message) =>
        new HandMade().WithFormatCheck().Receive(message.ToFrame(HandMade.Mag, HandMade.Lma));
}
