using Conformance.Harness.Tests.Deviations;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Scenarios;

/// <summary>What the tester need not wait for in vain.</summary>
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

        result.ProtocolTime.Should().BeLessThan(_answerWithin, "an anchor answers a de-registration that fits the session, and no other");
    }
}
