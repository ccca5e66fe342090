using Conformance.Harness.Tests.Deviations;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Scenarios;

/// <summary>How the answer to a request is found among what comes.</summary>
public sealed class AnswerTests
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    [Fact]
    public void AnswerOfStatus135_WhoseNumberIsNotTheRequests_IsFoundWhenItComes()
    {
        var result = Trials.Reference["TC-LMA-ORD-BO-04-b"];

        result.ProtocolTime.Should().BeLessThan(AnswerWithin);
    }
}
