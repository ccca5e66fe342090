using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using FluentAssertions;
using Xunit;
using static Conformance.Harness.Tests.Checks.MobileNodeRun;

namespace Conformance.Harness.Tests.Checks;

/// <summary>Checks the words of tables for Binding Updates of a mobile node.</summary>
public sealed class MobileNodeFieldTests
{
    [Theory]
    [InlineData("Source", OnLink1, true)]
    [InlineData("Source", "the home address", false)]
    [InlineData("Source", $"{OnLink2} or {OnLink1}", true)]
    [InlineData("Destination", HomeAgent, true)]
    [InlineData("Home Address option", "the home address", true)]
    [InlineData("Home Address option", "none", false)]
    [InlineData("Home Address option", "present", true)]
    [InlineData("options", "Binding Identifier", true)]
    [InlineData("options", "no Binding Identifier", false)]
    [InlineData("options", "Binding Identifier, no Alternate Care-of Address", true)]
    [InlineData("options", "Binding Identifier before Nonce Indices", true)]
    [InlineData("option[Binding Identifier].BID", "1", true)]
    [InlineData("option[Binding Identifier].BID", "2 or 3", false)]
    [InlineData("option[Binding Identifier #2].BID", "2", true)]
    [InlineData("option[Binding Identifier].H", "1", false)]
    [InlineData("option[Binding Identifier].Status", "MCOA_MALFORMED", false)]
    [InlineData("option[Binding Identifier].Care-of Address", OnLink1, true)]
    [InlineData("option[Binding Identifier].Care-of Address", "none", false)]
    [InlineData("option[Binding Identifier #2].Care-of Address", "the home address", false)]
    [InlineData("H", "1", true)]
    [InlineData("O", "0", true)]
    [InlineData("Lifetime", "above 0 s", true)]
    [InlineData("Sequence Number", "after 299", true)]
    [InlineData("Sequence Number", "after 300", false)]
    [InlineData("Sequence Number", "300 or after", true)]
    [InlineData("Sequence Number", "301 or after", false)]
    [InlineData("Sequence Number", "after the last", true)]
    public void Field_IsCompared(string field, string expected, bool ok) => Judged(field, expected).Ok.Should().Be(ok);

    [Fact]
    public void WordsThatAreNoValue_AreAFaultOfTheScenario()
    {
        foreach (
            var (field, expected) in new[]
            {
                ("options", "Binding Unknown"),
                ("option[Binding Identifier].Colour", "1"),
                ("option[Nonsense].BID", "1"),
                ("Source", "elsewhere"),
            }
        )
        {
            var judge = () => Judged(field, expected);
            judge.Should().Throw<ScenarioFaultException>();
        }
    }

    [Fact]
    public void OptionThatIsMissing_CannotBeCompared()
    {
        var judge = () => Judged("option[Binding Identifier #3].BID", "1");

        judge.Should().Throw<StepFailedException>();
    }

    private static FieldJudgement Judged(string field, string expected)
    {
        var run = new MobileNodeRun(Rfc);
        return new FieldExpectation(run.Session, Received(300), request: null, Received(299)).Judge(field, expected);
    }

    private static Packet Received(int number) =>
        Packet.Of(
            new Frame(
                new PortId("link1"),
                Direction.Received,
                1,
                HandMade.Start,
                FrameOf(Message(number, 0xc000, 10, First + Second), OnLink1, HomeAgent)
            )
        );
}
