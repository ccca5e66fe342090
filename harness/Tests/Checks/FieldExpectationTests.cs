using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Checks;

/// <summary>Checks the words with which a table of a scenario describes the fields of a received message.</summary>
public sealed class FieldExpectationTests
{
    private const string NoOctets = "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00";
    private const string OtherPrefix = "01 02 00 00  16 12 00 40  20 01 0d b8 80 00 00 02 00 00 00 00 00 00 00 00";

    /// <summary>The octets after type and length.</summary>
    private const int Data = 2;

    private static readonly HandMadeMessage _update = HandMadeMessage.Update;
    private static readonly HandMadeMessage _answer = HandMadeMessage.Acknowledgement;

    [Theory]
    [InlineData("Lifetime", "600 s", true, "600 s", 10)]
    [InlineData("Lifetime", "596 s", false, "600 s", 10)]
    [InlineData("Lifetime", "600000 ms", true, "600 s", 10)]
    [InlineData("Lifetime", "at most MinDelayBeforeBCEDelete", false, "600 s", 10)]
    [InlineData("Lifetime", "at most 600 s", true, "600 s", 10)]
    [InlineData("Lifetime", "at most 599 s", false, "600 s", 10)]
    [InlineData("Lifetime", "greater than 0", true, "600 s", 10)]
    [InlineData("lifetime", "600 s", true, "600 s", 10)]
    [InlineData("Sequence Number", "4660", true, "4660", 6)]
    [InlineData("Sequence Number", "4661", false, "4660", 6)]
    [InlineData("P", "1", true, "1", 8)]
    [InlineData("P", "0", false, "1", 8)]
    [InlineData("A", "1", true, "1", 8)]
    [InlineData("A", "0", false, "1", 8)]
    public void FieldOfAnUpdate_IsComparedWithAValue(string field, string expected, bool ok, string actual, int octet) =>
        new HandMade()
            .Expect(_update, field, expected)
            .Should()
            .Be((ok, $"{field} {expected}", $"{field} {actual}", octet, Observation.Options));

    [Theory]
    [InlineData("Status", "0", true, "0", 6)]
    [InlineData("Status", "128", false, "0", 6)]
    [InlineData("Status", "1 or 0", true, "0", 6)]
    [InlineData("Sequence Number", "4660", true, "4660", 8)]
    [InlineData("P", "1", true, "1", 7)]
    [InlineData("P", "0", false, "1", 7)]
    [InlineData("Lifetime", "600 s", true, "600 s", 10)]
    public void FieldOfAnAcknowledgement_StandsElsewhere(string field, string expected, bool ok, string actual, int octet) =>
        new HandMade()
            .Expect(_answer, field, expected)
            .Should()
            .Be((ok, $"{field} {expected}", $"{field} {actual}", octet, Observation.Options));

    [Fact]
    public void Lifetime_OfZero_IsNotGreater()
    {
        new HandMade().Expect(_answer.With(10, "00 00"), "Lifetime", "greater than 0").Ok.Should().BeFalse();
        new HandMade().Expect(_answer.With(10, "00 00"), "Lifetime", "0 s").Ok.Should().BeTrue();
        new HandMade().Expect(_answer.With(10, "00 01"), "Lifetime", "greater than 0").Ok.Should().BeTrue();
    }

    [Theory]
    [InlineData("12 34", true)]
    [InlineData("12 35", false)]
    public void SequenceNumber_IsComparedWithTheRequest(string octets, bool ok) =>
        new HandMade().Expect(_answer.With(8, octets), "Sequence Number", "the request's", request: _update).Ok.Should().Be(ok);

    /// <summary>Sequence numbers are compared modulo 2^16 (RFC 6275, Section 9.5.1).</summary>
    [Theory]
    [InlineData("12 34", false)]
    [InlineData("12 35", true)]
    [InlineData("12 33", false)]
    [InlineData("92 33", true)]
    [InlineData("92 34", false)]
    public void SequenceNumber_IsComparedWithTheOneBefore(string octets, bool ok)
    {
        const string Expected = "greater than the one before";
        new HandMade().Expect(_update.With(6, octets), "Sequence Number", Expected, earlier: _update).Ok.Should().Be(ok);
        new HandMade().Expect(_update.With(6, octets), "Sequence Number", Expected).Ok.Should().BeFalse();
    }

    [Theory]
    [InlineData("Mobile Node Identifier", HandMadeMessage.Identifier, "m025e00000001", Observation.Options)]
    [InlineData("Home Network Prefix", HandMadeMessage.Prefix, "2001:db8:8000:1::/64", Observation.Prefixes)]
    [InlineData("Handoff Indicator", HandMadeMessage.Handoff, "1", Observation.Options)]
    [InlineData("Access Technology Type", HandMadeMessage.Technology, "3", Observation.Options)]
    [InlineData("Mobile Node Link-layer Identifier", HandMadeMessage.LinkLayer, "0000025e00000001", Observation.Options)]
    [InlineData("Link-local Address", HandMadeMessage.LinkLocal, "fe80::5213", Observation.Options)]
    [InlineData("Timestamp", HandMadeMessage.Timestamp, "00:00:00.0000000", Observation.Clock)]
    public void Option_IsPresentAbsentOrTheRequests(string name, int option, string text, Observation observation)
    {
        // The last octet of every option counts.
        var last = option + 1 + _answer.Octets[option + 1];
        var other = _answer.With(last, $"{_answer.Octets[last] ^ 1:x2}");
        var judged = new HandMade();

        judged.Expect(_answer, name, "present").Should().Be((true, $"{name} present", $"{name} {text}", option, observation));
        judged.Expect(_answer, name, "absent").Should().Be((false, $"{name} absent", $"{name} {text}", option, observation));
        judged
            .Expect(_answer.Without(option), name, "present")
            .Should()
            .Be((false, $"{name} present", $"{name} absent", null, observation));
        judged.Expect(_answer.Without(option), name, "absent").Ok.Should().BeTrue();
        judged.Expect(_answer, name, "the request's", request: _update).Ok.Should().BeTrue();
        judged.Expect(other, name, "the request's", request: _update).Ok.Should().BeFalse();
        var missing = () => judged.Expect(_answer.Without(option), name, "the request's", request: _update);
        missing.Should().Throw<StepFailedException>("there is nothing to compare").Which.Decided.Should().BeFalse();
        judged.Expect(_answer, name, "the request's").Ok.Should().BeFalse("there is no request");
    }

    [Fact]
    public void RequestsPrefixes_AreASet()
    {
        var request = _update.And(OtherPrefix);
        var turned = _answer.With(HandMadeMessage.Prefix + 11, "02").And(OtherPrefix).With(HandMadeMessage.End + 15, "01");

        new HandMade().Expect(turned, "Home Network Prefix", "the request's", request).Ok.Should().BeTrue();
        new HandMade().Expect(_answer, "Home Network Prefix", "the request's", request).Ok.Should().BeFalse();
    }

    [Theory]
    [InlineData("Handoff Indicator", "1", true)]
    [InlineData("Handoff Indicator", "1 or 4", true)]
    [InlineData("Handoff Indicator", "4 or 1", true)]
    [InlineData("Handoff Indicator", "4", false)]
    [InlineData("Access Technology Type", "3", true)]
    [InlineData("Access Technology Type", "33", false)]
    [InlineData("Mobile Node Identifier", "m025e00000001", true)]
    [InlineData("Mobile Node Identifier", "m025e00000002", false)]
    [InlineData("Mobile Node Identifier", "zero-length", false)]
    [InlineData("Link-local Address", "fe80::5213", true)]
    [InlineData("Link-local Address", "fe80::5214", false)]
    [InlineData("Link-local Address", "link-local", true)]
    [InlineData("Link-local Address", "NON_ZERO", true)]
    [InlineData("Link-local Address", "ALL_ZERO", false)]
    [InlineData("Home Network Prefix", "2001:db8:8000:1::/64", true)]
    [InlineData("Home Network Prefix", "2001:db8:8000:1::/48", false)]
    [InlineData("Home Network Prefix", "one, 2001:db8:8000:1::/64", true)]
    [InlineData("Home Network Prefix", "two, 2001:db8:8000:1::/64", false)]
    [InlineData("Home Network Prefix", "NON_ZERO", true)]
    [InlineData("Home Network Prefix", "one, NON_ZERO", true)]
    [InlineData("Home Network Prefix", "two, NON_ZERO", false)]
    [InlineData("Home Network Prefix", "four, NON_ZERO", false)]
    [InlineData("Home Network Prefix", "ALL_ZERO", false)]
    [InlineData("Mobile Node Link-layer Identifier", "0000025e00000001", true)]
    [InlineData("Mobile Node Link-layer Identifier", "0000025e00000002", false)]
    [InlineData("Option 23", "1", true)]
    public void Option_IsComparedWithAValue(string name, string expected, bool ok) =>
        new HandMade().Expect(_answer, name, expected).Ok.Should().Be(ok);

    [Theory]
    [InlineData("Handoff Indicator", "1")]
    [InlineData("Home Network Prefix", "ALL_ZERO")]
    [InlineData("Home Network Prefix", "NON_ZERO")]
    [InlineData("Timestamp", "the time of day")]
    public void Option_ThatIsMissing_HasNoValueThatCouldBeJudged(string name, string expected)
    {
        var judge = () =>
            new HandMade().Expect(
                _answer.Without(HandMadeMessage.Handoff).Without(HandMadeMessage.Prefix).Without(HandMadeMessage.Timestamp),
                name,
                expected
            );

        judge.Should().Throw<StepFailedException>().Which.Message.Should().Contain($"no {name} option");
    }

    [Theory]
    [InlineData("Handoff Indicator", "1")]
    [InlineData("Home Network Prefix", "absent")]
    public void Option_ThatTheHeaderLenHides_IsNotJudged(string name, string expected)
    {
        var judge = () => new HandMade().Expect(_answer.With(1, "01"), name, expected);

        judge.Should().Throw<StepFailedException>().Which.Decided.Should().BeFalse();
    }

    [Fact]
    public void ZeroValues_HaveTheirWords()
    {
        var judged = new HandMade();
        var zeroAddress = _answer.With(HandMadeMessage.LinkLocal + Data, NoOctets);
        var zeroPrefix = _answer.With(HandMadeMessage.Prefix + Data, "00 00" + NoOctets);
        var noIdentifier = _answer.With(HandMadeMessage.Identifier, "08 01 01  01 0b 00 00 00 00 00 00 00 00 00 00 00");

        judged.Expect(zeroAddress, "Link-local Address", "ALL_ZERO").Ok.Should().BeTrue();
        judged.Expect(zeroAddress, "Link-local Address", "NON_ZERO").Ok.Should().BeFalse();
        judged.Expect(zeroAddress, "Link-local Address", "link-local").Actual.Should().Be("Link-local Address ALL_ZERO");
        judged.Expect(zeroPrefix, "Home Network Prefix", "one, ALL_ZERO").Ok.Should().BeTrue();
        judged.Expect(zeroPrefix, "Home Network Prefix", "NON_ZERO").Actual.Should().Be("Home Network Prefix ALL_ZERO");
        judged.Expect(noIdentifier, "Mobile Node Identifier", "zero-length").Ok.Should().BeTrue();
        judged.Expect(noIdentifier, "Mobile Node Identifier", "mn").Actual.Should().Be("Mobile Node Identifier zero-length");
    }

    [Theory]
    [InlineData("two, 2001:db8:8000:1::/64, 2001:db8:8000:2::/64", true)]
    [InlineData("2001:db8:8000:2::/64, 2001:db8:8000:1::/64", true)]
    [InlineData("two, NON_ZERO", true)]
    [InlineData("one, NON_ZERO", false)]
    [InlineData("three, NON_ZERO", false)]
    [InlineData("2001:db8:8000:1::/64", false)]
    public void Prefixes_AreCountedAndComparedInAnyOrder(string expected, bool ok)
    {
        var sorted = _answer.And(OtherPrefix);
        var turned = _answer.With(HandMadeMessage.Prefix + 11, "02").And(OtherPrefix).With(HandMadeMessage.End + 15, "01");

        new HandMade().Expect(sorted, "Home Network Prefix", expected).Ok.Should().Be(ok);
        new HandMade().Expect(turned, "Home Network Prefix", expected).Ok.Should().Be(ok);
    }

    /// <summary>
    /// The request came at 0x69a38180.0 and the answer at 0x69a38180.8; the clocks of a domain may differ by 300 ms: 19660.8 units.
    /// </summary>
    [Theory]
    [InlineData("00 00 69 a3 81 7f b3 33", false)]
    [InlineData("00 00 69 a3 81 7f b3 34", true)]
    [InlineData("00 00 69 a3 81 80 cc cc", true)]
    [InlineData("00 00 69 a3 81 80 cc cd", false)]
    public void TimeOfDay_IsThatBetweenRequestAndAnswer(string timestamp, bool ok)
    {
        var answer = _answer.With(HandMadeMessage.Timestamp + Data, timestamp);

        new HandMade().Expect(answer, "Timestamp", "the time of day", request: _update).Ok.Should().Be(ok);
        new HandMade().Expect(answer, "Timestamp", "the LMA's time of day", request: _update).Ok.Should().Be(ok);
    }

    [Fact]
    public void TimeOfDayOfTheLma_IsNotTheTimestampOfTheRequest()
    {
        new HandMade().Expect(_answer, "Timestamp", "the time of day", request: _update).Ok.Should().BeTrue();
        new HandMade().Expect(_answer, "Timestamp", "the LMA's time of day", request: _update).Ok.Should().BeFalse();
    }

    /// <summary>Without a request, only the time of arrival counts: 0x69a38180.8 - 300 ms is 0x69a38180 and 13107.2 units.</summary>
    [Theory]
    [InlineData("00 00 69 a3 81 80 33 33", false)]
    [InlineData("00 00 69 a3 81 80 33 34", true)]
    public void TimeOfDay_WithoutARequest_IsThatOfTheArrival(string timestamp, bool ok) =>
        new HandMade().Expect(_update.With(HandMadeMessage.Timestamp + Data, timestamp), "Timestamp", "the time of day").Ok.Should().Be(ok);

    [Theory]
    [InlineData("00 00 69 a3 81 80 00 00", false)]
    [InlineData("00 00 69 a3 81 80 00 01", true)]
    public void Timestamp_IsLaterThanTheOneBefore(string timestamp, bool ok)
    {
        const string Expected = "later than the one before";
        var update = _update.With(HandMadeMessage.Timestamp + Data, timestamp);

        new HandMade().Expect(update, "Timestamp", Expected, earlier: _update).Ok.Should().Be(ok);
    }

    /// <summary>Half a second in the units of the format, in milliseconds, and not at all.</summary>
    [Theory]
    [InlineData("00 00 69 a3 81 80 80 00", true)]
    [InlineData("00 00 69 a3 81 80 74 00", true)]
    [InlineData("00 00 69 a3 81 80 71 00", false)]
    [InlineData("00 00 69 a3 81 80 01 f4", false)]
    [InlineData("00 00 69 a3 81 80 00 00", false)]
    [InlineData("00 00 69 a3 81 81 00 00", false)]
    public void Timestamp_IsAsMuchLaterAsItsMessage(string timestamp, bool ok)
    {
        var update = _update.With(HandMadeMessage.Timestamp + Data, timestamp);

        new HandMade().Expect(update, "Timestamp", "as much later as it came", earlier: _update).Ok.Should().Be(ok);
    }

    /// <summary>
    /// The first answer took 200 ms, and the second none: the clock was read 448 ms to 752 ms before, 50 ms and the tester's 2 ms included.
    /// </summary>
    [Theory]
    [InlineData("00 00 69 a3 81 80 72 00", false)]
    [InlineData("00 00 69 a3 81 80 73 00", true)]
    [InlineData("00 00 69 a3 81 80 c0 00", true)]
    [InlineData("00 00 69 a3 81 80 c1 00", false)]
    public void Timestamp_IsAsMuchLaterAsItsMessage_IfTheAnswerBeforeTookItsTime(string timestamp, bool ok)
    {
        var update = _update.With(HandMadeMessage.Timestamp + Data, timestamp);

        new HandMade()
            .Expect(
                update,
                "Timestamp",
                "as much later as it came",
                earlier: _update,
                requestBefore: _update,
                took: TimeSpan.FromMilliseconds(200)
            )
            .Ok.Should()
            .Be(ok);
    }

    /// <summary>The answer of the tester says 0x69a38180.</summary>
    [Theory]
    [InlineData("00 00 69 a3 81 80 80 00", false)]
    [InlineData("00 00 69 a3 81 45 00 00", false)]
    [InlineData("00 00 69 a3 81 43 00 00", true)]
    [InlineData("00 00 69 a3 81 bf 00 00", true)]
    public void Timestamp_IsNotThatOfTheClockOfTheAnswer(string timestamp, bool ok)
    {
        var made = new HandMade();
        made.Send(_answer.ToFrame(HandMade.Lma, HandMade.Mag));

        made.Expect(_update.With(HandMadeMessage.Timestamp + Data, timestamp), "Timestamp", "not by the clock of the answer")
            .Ok.Should()
            .Be(ok);
    }

    /// <summary>The mobile node gave 0x69a38180.</summary>
    [Theory]
    [InlineData("00 00 69 a3 81 80 00 00", true)]
    [InlineData("00 00 69 a3 81 80 00 01", false)]
    [InlineData("00 00 69 a3 81 81 00 00", false)]
    public void Timestamp_IsThatOfTheMobileNode_OrNot(string timestamp, bool same)
    {
        var made = new HandMade();
        made.Node.Timestamp = DateTimeOffset.FromUnixTimeSeconds(0x69a38180);
        var update = _update.With(HandMadeMessage.Timestamp + Data, timestamp);

        made.Expect(update, "Timestamp", "that of the mobile node").Ok.Should().Be(same);
        made.Expect(update, "Timestamp", "not that of the mobile node").Ok.Should().Be(!same);
    }

    [Fact]
    public void Timestamp_IsNotComparedWithAnAnswerThatWasNotSent()
    {
        var compare = () => new HandMade().Expect(_update, "Timestamp", "not by the clock of the answer");

        compare.Should().Throw<StepFailedException>().Which.Decided.Should().BeFalse();
    }

    [Theory]
    [InlineData("12 33", false)]
    [InlineData("12 34", false)]
    [InlineData("12 35", true)]
    [InlineData("92 33", true)]
    public void SequenceNumber_IsGreaterThanThatOfTheAnswer(string number, bool ok)
    {
        var made = new HandMade();
        made.Send(_answer.ToFrame(HandMade.Lma, HandMade.Mag));

        made.Expect(_update.With(6, number), "Sequence Number", "greater than that of the answer").Ok.Should().Be(ok);
    }

    [Fact]
    public void Timestamp_IsNotComparedWithNone()
    {
        var without = _update.Without(HandMadeMessage.Timestamp);
        Action[] comparisons =
        [
            () => Compare(_update, null),
            () => Compare(_update, without),
            () => Compare(without, _update),
            () => Compare(without, without),
        ];

        comparisons.Should().AllSatisfy(compare => compare.Should().Throw<StepFailedException>().Which.Decided.Should().BeFalse());

        static void Compare(HandMadeMessage update, HandMadeMessage? earlier) =>
            new HandMade().Expect(update, "Timestamp", "later than the one before", earlier: earlier);
    }

    [Theory]
    [InlineData("Handof Indicator", "1", "'Handof Indicator' is not a field of this message. Options: Binding Refresh Advice, ")]
    [InlineData("Handof Indicator", "1", "Option <number>. Fields: Sequence Number, Lifetime, Status, P, A, transport, outer source")]
    [InlineData("Option 256", "present", "'Option 256' is not a field")]
    [InlineData("Option 1", "present", "'Option 1' is not a field")]
    [InlineData("Lifetime", "long", "no timer 'long'")]
    [InlineData("Lifetime", "MinDelayBeforeBCEDelete", "'MinDelayBeforeBCEDelete' is not a Lifetime")]
    [InlineData("Lifetime", "5 s", "'5 s' is not a Lifetime: it counts in 4 s, up to 262140 s.")]
    [InlineData("Lifetime", "262144 s", "'262144 s' is not a Lifetime")]
    [InlineData("Sequence Number", "the next", "'the next' is not a number from 0 to 65535")]
    [InlineData("Status", "0 or accepted", "'accepted' is not a number from 0 to 255")]
    [InlineData("P", "set", "'set' is not a number from 0 to 1")]
    [InlineData("Handoff Indicator", "new", "'new' is not a number from 0 to 255")]
    [InlineData("Home Network Prefix", "five, NON_ZERO", "'five' is not an expectation for a Home Network Prefix")]
    [InlineData("Home Network Prefix", "nonzero", "'nonzero' is not an expectation for a Home Network Prefix")]
    [InlineData("Link-local Address", "nonzero", "'nonzero' is not an expectation for a Link-local Address")]
    [InlineData("Mobile Node Link-layer Identifier", "mine", "'mine' is not a sequence of hexadecimal octets")]
    [InlineData("Lifetime", "40", "'40' is not a duration")]
    [InlineData("Lifetime", "at most 40", "'40' is not a duration")]
    [InlineData("Timestamp", "now", "'now' is not an expectation for a Timestamp: say absent, present, the request's, ")]
    public void Words_ThatSayNothing_AreNamed(string field, string expected, string part)
    {
        var judge = () => new HandMade().Expect(_answer, field, expected);

        judge.Should().Throw<ScenarioFaultException>().Which.Message.Should().Contain(part);
    }
}
