using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Checks;

/// <summary>Checks what the tester finds in an acknowledgement that is right, or wrong in one point, for its request.</summary>
public sealed class AcknowledgementCheckTests
{
    private const string NoOctets = "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00";
    private const string OtherPrefix = "16 12 00 40  20 01 0d b8 80 00 00 02 00 00 00 00 00 00 00 00";
    private const string ZeroPrefix = "16 12 00 00 " + NoOctets;
    private const string NoIdentifier = "08 01 01  01 0b 00 00 00 00 00 00 00 00 00 00 00";
    private const string SessionPrefix = "2001:db8:8000:1::/64";

    private const int Status = 6;
    private const int SequenceNumber = 8;

    /// <summary>The octets after type and length.</summary>
    private const int Data = 2;

    private static readonly HandMadeMessage _request = HandMadeMessage.Update;
    private static readonly HandMadeMessage _accepted = HandMadeMessage.Acknowledgement;
    private static readonly HandMadeMessage _rejected = _accepted.With(Status, "9b");

    private static readonly HandMadeMessage _asksForAddress = _request.With(HandMadeMessage.LinkLocal + Data, NoOctets);

    [Fact]
    public void GoodAnswer_ConfirmsEveryStatement()
    {
        var judged = Judged(_request, _accepted);

        judged.Violated.Should().BeEmpty();
        judged
            .Statements.Should()
            .BeEquivalentTo([
                "rfc5213-5.3.6-d1",
                "rfc5213-5.3.6-k2",
                "rfc5213-5.3.6-k3",
                "rfc5213-5.3.6-k32",
                "rfc5213-5.3.6-k4",
                "rfc5213-5.3.6-k5",
                "rfc5213-5.3.6-k7",
                "rfc5213-5.3.6-k10",
                "rfc5213-5.3.6-k11",
                "rfc5213-5.3.6-k12",
                "rfc5213-5.3.6-k14",
                "rfc5213-5.3.6-k15",
                "rfc5213-5.3.6-k19",
                "rfc5213-5.3.6-k21",
                "rfc5213-5.3.6-k22",
                "rfc5213-5.3.6-k29",
                "rfc5213-5.3.6-k17",
                "rfc5213-5.5-k6",
                "rfc5213-5.5-k13",
                "rfc5213-5.5-k11",
                "rfc5213-5.5-k19",
            ]);
        judged.Findings.Should().OnlyContain(finding => finding.Actual == "as expected" && finding.Packet == 2 && finding.Octet == null);
    }

    [Theory]
    [InlineData("rfc5213-5.3.6-d1", 7, "00", "the P flag set to 1", "the P flag is 0", 7)]
    [InlineData(
        "rfc5213-5.3.6-k5",
        HandMadeMessage.Identifier + 3,
        "6e",
        "the request's identifier 'm025e00000001'",
        "'n025e00000001'",
        HandMadeMessage.Identifier
    )]
    [InlineData(
        "rfc5213-5.3.6-k5",
        HandMadeMessage.Identifier + Data,
        "02",
        "the request's identifier 'm025e00000001'",
        "'m025e00000001'",
        HandMadeMessage.Identifier
    )]
    [InlineData(
        "rfc5213-5.3.6-k10",
        HandMadeMessage.Prefix + 3,
        "00",
        "a Home Network Prefix option with each assigned prefix",
        "2001:db8:8000:1::/0",
        HandMadeMessage.Prefix
    )]
    [InlineData(
        "rfc5213-5.3.6-k10",
        HandMadeMessage.Prefix + 3,
        "81",
        "a Home Network Prefix option with each assigned prefix",
        "2001:db8:8000:1::/129",
        HandMadeMessage.Prefix
    )]
    [InlineData(
        "rfc5213-5.3.6-k10",
        HandMadeMessage.Prefix + 4,
        NoOctets,
        "a Home Network Prefix option with each assigned prefix",
        "::/64",
        HandMadeMessage.Prefix
    )]
    [InlineData("rfc5213-5.3.6-k12", HandMadeMessage.Handoff + 3, "04", "the request's Handoff Indicator 1", "4", HandMadeMessage.Handoff)]
    [InlineData(
        "rfc5213-5.3.6-k15",
        HandMadeMessage.Technology + 3,
        "04",
        "the request's Access Technology Type 3",
        "4",
        HandMadeMessage.Technology
    )]
    [InlineData(
        "rfc5213-5.3.6-k21",
        HandMadeMessage.LinkLayer + 9,
        "02",
        "the request's identifier 025e00000001",
        "025e00000002",
        HandMadeMessage.LinkLayer
    )]
    [InlineData(
        "rfc5213-5.3.6-k29",
        HandMadeMessage.LinkLocal + 17,
        "14",
        "the request's link-local address fe80::5213",
        "fe80::5214",
        HandMadeMessage.LinkLocal
    )]
    [InlineData("rfc5213-5.5-k13", SequenceNumber, "12 33", "the request's sequence number 4660", "4659", SequenceNumber)]
    [InlineData(
        "rfc5213-5.5-k19",
        HandMadeMessage.Timestamp + 9,
        "01",
        "the request's timestamp 000069a381800000",
        "000069a381800001",
        HandMadeMessage.Timestamp
    )]
    public void AcceptingAnswer_WithOneFault_ViolatesItsStatementAlone(
        string statement,
        int offset,
        string octets,
        string expected,
        string actual,
        int octet
    ) => Judged(_request, _accepted.With(offset, octets)).Violated.Should().Equal(Violation(statement, expected, actual, octet));

    [Theory]
    [InlineData(
        "rfc5213-5.3.6-k8",
        HandMadeMessage.Prefix + 3,
        "30",
        "the request's Home Network Prefix options: 2001:db8:8000:1::/64",
        "2001:db8:8000:1::/48",
        HandMadeMessage.Prefix
    )]
    [InlineData(
        "rfc5213-5.3.6-k24",
        HandMadeMessage.LinkLocal + 17,
        "14",
        "the request's link-local address fe80::5213",
        "fe80::5214",
        HandMadeMessage.LinkLocal
    )]
    [InlineData(
        "rfc5213-5.5-k11",
        HandMadeMessage.Timestamp + Data,
        "00 00 ed 4e 00 00",
        "seconds since 1970-01-01 UTC in 48.16 fixed point",
        "2096-02-29 00:00:00.000",
        HandMadeMessage.Timestamp
    )]
    public void RejectingAnswer_WithOneFault_ViolatesItsStatementAlone(
        string statement,
        int offset,
        string octets,
        string expected,
        string actual,
        int octet
    ) => Judged(_request, _rejected.With(offset, octets)).Violated.Should().Equal(Violation(statement, expected, actual, octet));

    [Fact]
    public void RejectingAnswer_ThatRepeatsTheRequest_ConfirmsEveryStatement()
    {
        var judged = Judged(_request, _rejected);

        judged.Violated.Should().BeEmpty();
        judged
            .Statements.Should()
            .Contain(["rfc5213-5.3.6-k8", "rfc5213-5.3.6-k24"])
            .And.NotContain(["rfc5213-5.3.6-k10", "rfc5213-5.3.6-k29", "rfc5213-5.5-k19"]);
    }

    [Theory]
    [InlineData(127, "rfc5213-5.3.6-k10")]
    [InlineData(128, "rfc5213-5.3.6-k8")]
    public void Status_From128On_Rejects(byte status, string statement) =>
        Judged(_request, _accepted.With(Status, $"{status:x2}")).Statements.Should().Contain(statement);

    [Theory]
    [InlineData(HandMadeMessage.Identifier, "a Mobile Node Identifier option", "rfc5213-5.3.6-k4")]
    [InlineData(HandMadeMessage.Handoff, "a Handoff Indicator option", "rfc5213-5.3.6-k11")]
    [InlineData(HandMadeMessage.Technology, "an Access Technology Type option", "rfc5213-5.3.6-k14")]
    [InlineData(HandMadeMessage.LinkLayer, "a Mobile Node Link-layer Identifier option, as in the request", "rfc5213-5.3.6-k19")]
    [InlineData(HandMadeMessage.LinkLocal, "a Link-local Address option, as in the request", "rfc5213-5.3.6-k22")]
    [InlineData(HandMadeMessage.Timestamp, "a Timestamp option, as in the request", "rfc5213-5.3.6-k17", "rfc5213-5.5-k6")]
    public void Option_ThatIsMissing_ViolatesItsPresence(int option, string expected, params string[] statements)
    {
        IEnumerable<Finding> violations = statements.Select(statement => Violation(statement, expected, "none", null));

        Judged(_request, _accepted.Without(option)).Violated.Should().Equal(violations);
        Judged(_request, _rejected.Without(option)).Violated.Should().Equal(violations);
    }

    [Theory]
    [InlineData(
        HandMadeMessage.LinkLayer,
        "no Mobile Node Link-layer Identifier option, as the request had none",
        "a Mobile Node Link-layer Identifier option",
        "rfc5213-5.3.6-k20"
    )]
    [InlineData(
        HandMadeMessage.LinkLocal,
        "no Link-local Address option, as the request had none",
        "a Link-local Address option",
        "rfc5213-5.3.6-k23"
    )]
    public void Option_ThatTheRequestHadNot_ViolatesItsAbsence(int option, string expected, string actual, string statement)
    {
        var request = _request.Without(option);

        Judged(request, _accepted).Violated.Should().Equal(Violation(statement, expected, actual, option));
        var good = Judged(request, _accepted.Without(option));
        good.Violated.Should().BeEmpty();
        good.Statements.Should().Contain(statement);
    }

    [Fact]
    public void Timestamp_ThatTheRequestHadNot_ViolatesItsAbsenceInBothSections()
    {
        var request = _request.Without(HandMadeMessage.Timestamp);
        const string Expected = "no Timestamp option, as the request had none";

        Judged(request, _accepted)
            .Violated.Should()
            .Equal(
                Violation("rfc5213-5.3.6-k18", Expected, "a Timestamp option", HandMadeMessage.Timestamp),
                Violation("rfc5213-5.5-k26", Expected, "a Timestamp option", HandMadeMessage.Timestamp)
            );
        var good = Judged(request, _accepted.Without(HandMadeMessage.Timestamp));
        good.Violated.Should().BeEmpty();
        good.Statements.Should().Contain(["rfc5213-5.3.6-k18", "rfc5213-5.5-k26"]);
    }

    [Fact]
    public void HomeNetworkPrefix_ThatIsMissing_ViolatesThePresenceAndTheContent()
    {
        Judged(_request, _accepted.Without(HandMadeMessage.Prefix))
            .Violated.Should()
            .Equal(
                Violation("rfc5213-5.3.6-k7", "at least one Home Network Prefix option", "none", null),
                Violation("rfc5213-5.3.6-k10", "a Home Network Prefix option with each assigned prefix", "none", null)
            );
        Judged(_request, _rejected.Without(HandMadeMessage.Prefix))
            .Violated.Should()
            .Equal(
                Violation("rfc5213-5.3.6-k7", "at least one Home Network Prefix option", "none", null),
                Violation("rfc5213-5.3.6-k8", "the request's Home Network Prefix options: 2001:db8:8000:1::/64", "none", null)
            );
    }

    [Fact]
    public void RejectingAnswer_RepeatsEveryPrefixInAnyOrder()
    {
        var two = _request.And("01 02 00 00" + OtherPrefix);
        var inOtherOrder = _rejected.With(HandMadeMessage.Prefix, OtherPrefix).And("01 02 00 00" + HandMadeMessage.PrefixOption);

        Judged(two, inOtherOrder).Violated.Should().BeEmpty();
        Judged(two, _rejected)
            .Violated.Should()
            .Equal(
                Violation(
                    "rfc5213-5.3.6-k8",
                    "the request's Home Network Prefix options: 2001:db8:8000:1::/64, 2001:db8:8000:2::/64",
                    "2001:db8:8000:1::/64",
                    HandMadeMessage.Prefix
                )
            );
        Judged(_request, inOtherOrder)
            .Violated.Should()
            .Equal(
                Violation(
                    "rfc5213-5.3.6-k8",
                    "the request's Home Network Prefix options: 2001:db8:8000:1::/64",
                    "2001:db8:8000:2::/64, 2001:db8:8000:1::/64",
                    HandMadeMessage.Prefix
                )
            );
    }

    /// <summary>
    /// Each prefix counts as often as it occurs: two equal ones do not stand for two different ones, in neither direction.
    /// </summary>
    [Fact]
    public void RejectingAnswer_ThatRepeatsOnePrefixForTwo_ViolatesTheContent()
    {
        var twice = HandMadeMessage.PrefixOption;
        var (equal, different) = (_request.And("01 02 00 00" + twice), _request.And("01 02 00 00" + OtherPrefix));

        Judged(equal, _rejected.And("01 02 00 00" + OtherPrefix)).Violated.Should().ContainSingle();
        Judged(different, _rejected.And("01 02 00 00" + twice)).Violated.Should().ContainSingle();
        Judged(equal, _rejected.And("01 02 00 00" + twice)).Violated.Should().BeEmpty();
    }

    /// <summary>An option after the end that Header Len states is not known to be absent.</summary>
    [Theory]
    [InlineData(HandMadeMessage.LinkLocal)]
    [InlineData(HandMadeMessage.Handoff)]
    [InlineData(HandMadeMessage.Prefix)]
    [InlineData(HandMadeMessage.Timestamp)]
    public void Option_ThatTheHeaderLenHides_IsNotJudgedAsMissing(int option)
    {
        Judged(_request, _accepted.Without(option)).Violated.Should().NotBeEmpty();
        Judged(_request, _accepted.With(1, "00").Without(option)).Violated.Should().BeEmpty();
        Judged(_request, _rejected.With(1, "00").Without(option)).Violated.Should().BeEmpty();
    }

    /// <summary>With the Length of the prefix option, the option after it belongs to it, too.</summary>
    [Fact]
    public void Option_BehindOneOfAWrongLength_IsNotJudgedAsMissing()
    {
        const int LengthOverIdentifier = HandMadeMessage.Handoff - HandMadeMessage.Prefix - Data;
        var length = $"{LengthOverIdentifier:x2}";

        Judged(_request, _accepted.With(HandMadeMessage.Prefix + 1, length)).Violated.Should().BeEmpty();
        Judged(_request, _rejected.With(HandMadeMessage.Prefix + 1, length)).Violated.Should().BeEmpty();
        Judged(_request, _accepted.With(HandMadeMessage.LinkLocal + 1, "0f")).Violated.Should().BeEmpty("the value is incomplete");
    }

    [Fact]
    public void RejectingAnswer_ToARequestWithoutPrefixes_HasOneAllZero()
    {
        const string Statement = "rfc5213-5.3.6-k9";
        const string Expected = "exactly one Home Network Prefix option, ALL_ZERO";
        var request = _request.Without(HandMadeMessage.Prefix);
        var zero = _rejected.With(HandMadeMessage.Prefix, ZeroPrefix);

        var good = Judged(request, zero);
        good.Violated.Should().BeEmpty();
        good.Statements.Should().Contain(Statement);
        Judged(request, _rejected).Violated.Should().Equal(Violation(Statement, Expected, "2001:db8:8000:1::/64", HandMadeMessage.Prefix));
        Judged(request, zero.And("01 02 00 00" + ZeroPrefix)).Violated.Should().Equal(Violation(Statement, Expected, "::/0, ::/0", null));
    }

    [Fact]
    public void AnswerToARequestWithoutIdentifier_HasOneOfZeroLength()
    {
        const string Expected = "a Mobile Node Identifier option with a zero-length identifier";
        var request = _request.Without(HandMadeMessage.Identifier);

        var good = Judged(request, _rejected.With(HandMadeMessage.Identifier, NoIdentifier));
        good.Violated.Should().BeEmpty();
        good.Statements.Should().Contain(["rfc5213-5.3.6-k6", "rfc5213-5.3.1-k6"]);
        Judged(request, _rejected)
            .Violated.Should()
            .Equal(
                Violation("rfc5213-5.3.6-k6", Expected, "'m025e00000001'", HandMadeMessage.Identifier),
                Violation("rfc5213-5.3.1-k6", Expected, "'m025e00000001'", HandMadeMessage.Identifier)
            );
        Judged(request, _rejected.Without(HandMadeMessage.Identifier))
            .Violated.Select(finding => finding.Statement.Value)
            .Should()
            .Equal("rfc5213-5.3.6-k4");
    }

    [Theory]
    [InlineData(
        HandMadeMessage.Handoff,
        "a Handoff Indicator option with value 0, as the request had none",
        "value 1",
        "rfc5213-5.3.6-k13"
    )]
    [InlineData(
        HandMadeMessage.Technology,
        "an Access Technology Type option with value 0, as the request had none",
        "value 3",
        "rfc5213-5.3.6-k16"
    )]
    public void AnswerToARequestWithoutTheOption_HasValueZero(int option, string expected, string actual, string statement)
    {
        var request = _request.Without(option);

        Judged(request, _rejected).Violated.Should().Equal(Violation(statement, expected, actual, option));
        var good = Judged(request, _rejected.With(option + 3, "00"));
        good.Violated.Should().BeEmpty();
        good.Statements.Should().Contain(statement);
        Judged(request, _rejected.Without(option)).Statements.Should().NotContain(statement, "there is no value to judge");
    }

    [Fact]
    public void Addresses_AreThoseOfTheRequestTheOtherWayRound()
    {
        var request = _request.ToFrame(HandMade.Mag, HandMade.Lma);
        new HandMade()
            .Answer(request, _accepted.ToFrame("2001:db8:100::2", HandMade.Mag))
            .Violated.Should()
            .Equal(
                Violation(
                    "rfc5213-5.3.6-k2",
                    "source address 2001:db8:100::1, the destination of the request",
                    "source address 2001:db8:100::2",
                    null
                )
            );
        new HandMade()
            .Answer(request, _accepted.ToFrame(HandMade.Lma, "2001:db8:100::a2"))
            .Violated.Should()
            .Equal(
                Violation(
                    "rfc5213-5.3.6-k3",
                    "destination address 2001:db8:100::a1, the source of the request",
                    "destination address 2001:db8:100::a2",
                    null
                )
            );
    }

    [Theory]
    [InlineData("02", true)]
    [InlineData("04", false)]
    public void RoutingHeader_OfType2_IsForbidden(string type, bool forbidden)
    {
        var headers = $"87 02 {type} 00  00 00 00 00  20 01 0d b8 01 00 00 00 00 00 00 00 00 00 00 a1";
        Finding[] violations = forbidden
            ? [Violation("rfc5213-5.3.6-k32", "no Type 2 Routing header", "a Type 2 Routing header", null)]
            : [];

        new HandMade()
            .Answer(_request.ToFrame(HandMade.Mag, HandMade.Lma), _accepted.ToFrame(HandMade.Lma, HandMade.Mag, 43, headers))
            .Violated.Should()
            .Equal(violations);
    }

    [Fact]
    public void Octet_OfAViolation_CountsTheExtensionHeadersBeforeTheMessage() =>
        new HandMade()
            .Answer(
                _request.ToFrame(HandMade.Mag, HandMade.Lma),
                _accepted.With(7, "00").ToFrame(HandMade.Lma, HandMade.Mag, 60, "87 00 01 04 00 00 00 00")
            )
            .Violated.Should()
            .ContainSingle()
            .Which.Octet.Should()
            .Be(HandMade.Message + 8 + 7);

    [Fact]
    public void LinkLocalAddress_OfANewSession_IsGenerated()
    {
        var good = Judged(_asksForAddress, _accepted);
        good.Violated.Should().BeEmpty();
        good.Statements.Should().Contain(["rfc5213-5.3.6-k26", "rfc5213-5.3.6-k27"]).And.NotContain("rfc5213-5.3.6-k29");

        Judged(_asksForAddress, _accepted.With(HandMadeMessage.LinkLocal + Data, NoOctets))
            .Violated.Should()
            .Equal(
                Violation("rfc5213-5.3.6-k26", "a generated link-local address", "::", HandMadeMessage.LinkLocal),
                Violation(
                    "rfc5213-5.3.6-k27",
                    "the generated link-local address in the Link-local Address option",
                    "::",
                    HandMadeMessage.LinkLocal
                )
            );
    }

    [Theory]
    [InlineData("fe80::5213", "rfc5213-5.3.6-k30", "rfc5213-5.3.6-k28", "uploaded")]
    [InlineData(null, "rfc5213-5.3.6-k28", "rfc5213-5.3.6-k30", "generated")]
    [InlineData("fe80::2", "rfc5213-5.3.6-k28", "rfc5213-5.3.6-k30", "generated")]
    public void LinkLocalAddress_OfAKnownSession_IsTheStoredOne(string? uploaded, string statement, string other, string origin)
    {
        var good = WithAddress("fe80::5213", uploaded);
        Judged(good, _asksForAddress, _accepted, SessionPrefix).Violated.Should().BeEmpty();
        good.Statements.Should().Contain(["rfc5213-5.3.6-k25", statement]).And.NotContain(["rfc5213-5.3.6-k26", other]);

        var bad = WithAddress("fe80::1", uploaded == "fe80::5213" ? "fe80::1" : uploaded);
        Judged(bad, _asksForAddress, _accepted, SessionPrefix)
            .Violated.Should()
            .Equal(
                Violation("rfc5213-5.3.6-k25", "the link-local address of the session, fe80::1", "fe80::5213", HandMadeMessage.LinkLocal),
                Violation(statement, $"the link-local address that was {origin} earlier, fe80::1", "fe80::5213", HandMadeMessage.LinkLocal)
            );

        static HandMade WithAddress(string address, string? uploaded) =>
            new()
            {
                Node =
                {
                    Session =
                    {
                        LinkLocalAddress = IPAddress.Parse(address),
                        UploadedLinkLocalAddress = uploaded is null ? null : IPAddress.Parse(uploaded),
                    },
                },
            };
    }

    [Fact]
    public void LinkLocalAddress_OfASessionOfOtherPrefixes_IsJudgedAsThatOfANewOne()
    {
        var judged = new HandMade { Node = { Session = { LinkLocalAddress = IPAddress.Parse("fe80::1") } } };

        Judged(judged, _asksForAddress, _accepted, "2001:db8:8000:2::/64").Violated.Should().BeEmpty();
        judged.Statements.Should().Contain("rfc5213-5.3.6-k26").And.NotContain("rfc5213-5.3.6-k25");
    }

    [Fact]
    public void LinkLocalAddress_OfAKnownSessionWithoutMark_IsNotJudged() =>
        Judged(new HandMade(), _asksForAddress, _accepted, SessionPrefix)
            .Statements.Should()
            .NotContain(["rfc5213-5.3.6-k25", "rfc5213-5.3.6-k26", "rfc5213-5.3.6-k27", "rfc5213-5.3.6-k28", "rfc5213-5.3.6-k30"]);

    /// <summary>A day before the answer, half a second after the start: 0x69a23000.8 to 0x69a4d300.8.</summary>
    [Theory]
    [InlineData("00 00 69 a2 30 00 80 00", true)]
    [InlineData("00 00 69 a2 30 00 80 01", false)]
    [InlineData("00 00 69 a4 d3 00 7f ff", false)]
    [InlineData("00 00 69 a4 d3 00 80 00", true)]
    public void Timestamp_OneDayOff_IsOfAnotherFormat(string timestamp, bool violated) =>
        Judged(_request, _rejected.With(HandMadeMessage.Timestamp + Data, timestamp))
            .Violated.Any(finding => finding.Statement.Value == "rfc5213-5.5-k11")
            .Should()
            .Be(violated);

    /// <summary>
    /// The request came at 0x69a38180.0 and the answer at 0x69a38180.8; the clocks of a domain may differ by 300 ms: 19660.8 units.
    /// </summary>
    [Theory]
    [InlineData("9d", "rfc5213-5.5-k21", "00 00 69 a3 81 7f b3 33", false)]
    [InlineData("9d", "rfc5213-5.5-k21", "00 00 69 a3 81 7f b3 34", true)]
    [InlineData("9d", "rfc5213-5.5-k21", "00 00 69 a3 81 80 cc cc", true)]
    [InlineData("9d", "rfc5213-5.5-k21", "00 00 69 a3 81 80 cc cd", false)]
    [InlineData("9d", "rfc5213-5.5-k21", "00 00 69 a3 81 80 00 00", false)]
    [InlineData("9c", "rfc5213-5.5-k23", "00 00 69 a3 81 7f b3 33", false)]
    [InlineData("9c", "rfc5213-5.5-k23", "00 00 69 a3 81 7f b3 34", true)]
    [InlineData("9c", "rfc5213-5.5-k23", "00 00 69 a3 81 80 cc cc", true)]
    [InlineData("9c", "rfc5213-5.5-k23", "00 00 69 a3 81 80 cc cd", false)]
    [InlineData("9c", "rfc5213-5.5-k23", "00 00 69 a3 81 80 00 00", false)]
    public void Timestamp_OfARejectionForTime_IsTheClockOfTheLma(string status, string statement, string timestamp, bool good)
    {
        var judged = Judged(_request, _accepted.With(Status, status).With(HandMadeMessage.Timestamp + Data, timestamp));

        judged.Statements.Should().Contain(statement);
        judged
            .Violated.Select(finding => (finding.Statement.Value, finding.Expected, finding.Octet))
            .Should()
            .Equal(
                good
                    ? []
                    :
                    [
                        (
                            statement,
                            "the LMA's time of day, 00:00:00.500, not the request's timestamp",
                            HandMade.Message + HandMadeMessage.Timestamp
                        ),
                    ]
            );
    }

    /// <summary>
    /// A clock 1 s ahead and known to within 100 ms, on a bed with a tolerance of 50 ms, may state 0x69a38181.0 - 450 ms (29491.2
    /// units) to 0x69a38181.8 + 450 ms.
    /// </summary>
    [Theory]
    [InlineData("00 00 69 a3 81 80 8c cc", false)]
    [InlineData("00 00 69 a3 81 80 8c cd", true)]
    [InlineData("00 00 69 a3 81 81 f3 33", true)]
    [InlineData("00 00 69 a3 81 81 f3 34", false)]
    public void Timestamp_OfADeviceWithItsOwnClock_IsComparedWithThatClock(string timestamp, bool good)
    {
        var clock = new DeviceClock(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100));
        var judged = new HandMade(clock: clock, tolerance: TimeSpan.FromMilliseconds(50));

        Judged(judged, _request, _accepted.With(Status, "9c").With(HandMadeMessage.Timestamp + Data, timestamp))
            .Violated.Any()
            .Should()
            .Be(!good);
    }

    [Theory]
    [InlineData("12 34", true)]
    [InlineData("12 33", false)]
    public void SequenceNumberOutOfWindow_StatesTheLastAcceptedOne(string sequenceNumber, bool good)
    {
        var judged = new HandMade { Node = { Binding = { LastSequenceNumber = 0x1234 } } }.WithSessions(1);
        Finding[] violations = good ? [] : [Violation("rfc5213-5.5-k25", "the last accepted sequence number 4660", "4659", SequenceNumber)];

        Judged(judged, WithoutTimestamp(_request), WithoutTimestamp(_accepted.With(Status, "87").With(SequenceNumber, sequenceNumber)))
            .Violated.Should()
            .Equal(violations);
        judged.Statements.Should().Contain("rfc5213-5.5-k25");
    }

    [Theory]
    [InlineData(null, 1, "87")]
    [InlineData(0x1234, 0, "87")]
    [InlineData(0x1234, 2, "87")]
    [InlineData(0x1234, 1, "86")]
    public void SequenceNumber_IfTheLastAcceptedOneIsNotKnown_IsNotJudged(int? last, int sessions, string status) =>
        Judged(
            new HandMade { Node = { Binding = { LastSequenceNumber = (ushort?)last } } }.WithSessions(sessions),
            WithoutTimestamp(_request),
            WithoutTimestamp(_accepted.With(Status, status).With(SequenceNumber, "00 01"))
        )
            .Statements.Should()
            .NotContain(["rfc5213-5.5-k25", "rfc5213-5.5-k13"]);

    private static HandMadeMessage WithoutTimestamp(HandMadeMessage message) => message.Without(HandMadeMessage.Timestamp);

    private static Finding Violation(string statement, string expected, string actual, int? octet) =>
        HandMade.Violation(statement, expected, actual, 2, HandMade.Message + octet);

    private static HandMade Judged(HandMadeMessage request, HandMadeMessage answer) => Judged(new HandMade(), request, answer);

    private static HandMade Judged(HandMade exchange, HandMadeMessage request, HandMadeMessage answer, params IEnumerable<string> known) =>
        exchange.Answer(request.ToFrame(HandMade.Mag, HandMade.Lma), answer.ToFrame(HandMade.Lma, HandMade.Mag), known);
}
