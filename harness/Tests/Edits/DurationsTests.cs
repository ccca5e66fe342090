using Conformance.Harness.Tests.Checks;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Edits;

/// <summary>Checks every form of a duration; the margin is 2 ms and MinDelayBeforeBCEDelete 10 s.</summary>
public sealed class DurationsTests
{
    [Theory]
    [InlineData("5 s", 5000)]
    [InlineData("5s", 5000)]
    [InlineData("0 s", 0)]
    [InlineData("0.5 s", 500)]
    [InlineData("400 ms", 400)]
    [InlineData("400ms", 400)]
    [InlineData("1.5 ms", 1.5)]
    [InlineData("  400 ms ", 400)]
    [InlineData("MinDelayBeforeBCEDelete", 10000)]
    [InlineData("INITIAL_BINDACK_TIMEOUT", 1000)]
    [InlineData("just under 400 ms", 398)]
    [InlineData("just over 400 ms", 402)]
    [InlineData("half 400 ms", 200)]
    [InlineData("twice 400 ms", 800)]
    [InlineData("just under MinDelayBeforeBCEDelete", 9998)]
    [InlineData("just over MinDelayBeforeBCEDelete", 10002)]
    [InlineData("half MinDelayBeforeBCEDelete", 5000)]
    [InlineData("just under 1 ms", -1)]
    public void Duration_OfEachForm_IsRead(string text, double milliseconds) =>
        Durations
            .Parse(text, HandMade.Ixit, TimeSpan.FromMilliseconds(2))
            .Should()
            .Be(TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond)));

    [Fact]
    public void Margin_IsNothingUnlessGiven()
    {
        Durations.Parse("just under 5 s", HandMade.Ixit).Should().Be(TimeSpan.FromSeconds(5));
        Durations.Parse("just over 5 s", HandMade.Ixit).Should().Be(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-5 s")]
    [InlineData("5 min")]
    [InlineData("5,5 s")]
    [InlineData(".5 s")]
    [InlineData("nearly 5 s")]
    [InlineData("just under")]
    [InlineData("half just under 5 s")]
    [InlineData("2 MinDelayBeforeBCEDelete")]
    public void Text_OfNoForm_IsNamed(string text)
    {
        var parse = () => Durations.Parse(text, HandMade.Ixit);

        parse
            .Should()
            .Throw<ScenarioFaultException>()
            .Which.Message.Should()
            .Be($"'{text}' is not a duration: say 400 ms, 5 s or the name of a configuration variable.");
    }

    [Fact]
    public void Variable_ThatTheIxitHasNot_IsNamedWithThoseItHas()
    {
        var parse = () => Durations.Parse("just over MinDelayBeforeBceDelete", HandMade.Ixit);

        parse
            .Should()
            .Throw<ScenarioFaultException>()
            .Which.Message.Should()
            .Be(
                "The IXIT has no timer 'MinDelayBeforeBceDelete'; it has INITIAL_BINDACK_TIMEOUT, MinDelayBeforeBCEDelete, "
                    + "TimestampValidityWindow."
            );
    }
}
