using Conformance.Harness.Tests.Reports;
using Conformance.Reports.Certification;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Certification;

public sealed class RepetitionTests
{
    private static readonly StatementId _statement = Runs.Fail().Purpose[0].Statement;

    [Fact]
    public void ThreeFailures_AreAFailure()
    {
        var result = Repetition.Conclude([Runs.Fail(), Runs.Fail(), Runs.Fail()]);

        result.Verdict.Should().Be(Verdict.Fail);
        result.Purpose.Should().Equal(Runs.Fail().Purpose);
        result.Remarks.Should().Contain("The scenario was repeated, with the verdicts fail, fail, fail.");
    }

    [Theory]
    [InlineData(Verdict.Pass)]
    [InlineData(Verdict.Inconclusive)]
    [InlineData(Verdict.Error)]
    public void AttemptsThatDisagree_AreInconclusive_AndJudgeNothingThatTheyDoNotAgreeOn(Verdict verdict)
    {
        var other = Runs.Fail() with { Verdict = verdict, Purpose = [Runs.Fail().Purpose[0] with { Ok = true }] };

        var result = Repetition.Conclude([Runs.Fail(), other, Runs.Fail()]);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().StartWith("the attempts disagree: fail, ");
        result.Purpose.Should().NotContain(finding => finding.Statement == _statement);
        result.NotReached.Should().Contain(_statement);
    }
}
