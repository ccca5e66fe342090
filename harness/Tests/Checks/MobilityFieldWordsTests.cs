using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Checks;

/// <summary>Checks the words of tables for the fields of messages of Mobile IPv6.</summary>
public sealed class MobilityFieldWordsTests
{
    private const string Init = "3b 01 02 00 00 00 00 00 0102030405060708";
    private const string Test = "3b 03 04 00 00 00 00 07 0102030405060708 1112131415161718 23 04 00 01 a4 00 00 00";
    private const string Answer = "3b 01 06 00 00 00 a4 80 12 34 00 69 01 02 00 00";

    [Theory]
    [InlineData(Test, "Care-of Nonce Index", "7", true)]
    [InlineData(Test, "care-of nonce index", "8 or 9", false)]
    [InlineData(Test, "Care-of Init Cookie", "the request's", true)]
    [InlineData(Test, "Care-of Keygen Token", "0x1112131415161718", true)]
    [InlineData(Test, "Binding Identifier Status", "MCOA_INCOMPLIANT", true)]
    [InlineData(Test, "Binding Identifier Status", "0", false)]
    [InlineData(Test, "Binding Identifier", "1", true)]
    [InlineData(Answer, "Status", "128 or above", true)]
    [InlineData(Answer, "Status", "MCOA_INCOMPLIANT or 0", true)]
    [InlineData(Answer, "Status", "0 or 128", false)]
    [InlineData(Answer, "K", "0", false)]
    [InlineData(Answer, "Lifetime", "420 s", true)]
    public void Field_IsCompared(string message, string field, string expected, bool ok) =>
        Judged("mcoa-draft-04", message, field, expected).Ok.Should().Be(ok);

    [Fact]
    public void Status_IsAnObservationOfItsOwn()
    {
        Judged("rfc5648", Answer, "Status", "MCOA_MALFORMED").Observation.Should().Be(Observation.Status);
        Judged("rfc5648", Answer, "K", "1").Observation.Should().Be(Observation.Options);
        Judged("rfc5213", Answer, "Status", "0")
            .Observation.Should()
            .Be(Observation.Options, "in Proxy Mobile IPv6 it is a field like others");
    }

    [Fact]
    public void WordsThatAreNoValue_AreAFaultOfTheScenario()
    {
        var number = () => Judged("rfc6275", Answer, "K", "set");
        var status = () => Judged("rfc6275", Answer, "Status", "MCOA_MALFORMED");
        var missing = () => Judged("rfc5648", Answer, "Binding Identifier Status", "0");

        number.Should().Throw<ScenarioFaultException>();
        status.Should().Throw<ScenarioFaultException>();
        missing.Should().Throw<StepFailedException>();
    }

    private static FieldJudgement Judged(string edition, string message, string field, string expected)
    {
        var run = new HandMadeMobility(edition);
        var asked = new Exchange(Received(Init), run.Node, "MN1");
        return new FieldExpectation(run.Session, Received(message), asked, before: null).Judge(field, expected);
    }

    private static Packet Received(string message) =>
        Packet.Of(
            new Frame(new PortId("core"), Direction.Received, 1, HandMade.Start, HandMadeMobility.Plain(message, HandMadeMobility.CareOf))
        );
}
