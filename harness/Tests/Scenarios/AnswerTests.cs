using Conformance.Harness.Tests.Deviations;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Scenarios;

/// <summary>Cases in which the tester must not wait until its timeout.</summary>
public sealed class AnswerTests
{
    private static readonly TimeSpan _answerWithin = TimeSpan.FromSeconds(2);

    [Fact]
    public void AnswerOfStatus135_WhoseNumberIsNotTheRequests_IsFoundWhenItComes()
    {
        var result = SuiteRuns.Reference["TC-LMA-ORD-BO-04-b"];

        result.ProtocolTime.Should().BeLessThan(_answerWithin);
    }

    [Fact]
    public void SessionThatMovedToAnotherInterface_IsEndedByThePostamble()
    {
        var result = SuiteRuns.Reference["TC-LMA-LKP-BV-01-c"];

        result.ProtocolTime.Should().BeLessThan(_answerWithin, "an LMA answers only a de-registration that matches the session");
    }
}
