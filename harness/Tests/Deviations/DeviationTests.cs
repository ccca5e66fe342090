using Conformance.TestBeds.Deviations;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;
using Found = Conformance.TestBeds.Deviations.Deviations;

namespace Conformance.Harness.Tests.Deviations;

/// <summary>Every fault is found by a scenario that tests the violated statement, and is not found in a correct implementation.</summary>
public sealed class DeviationTests
{
    private static readonly StatementId _proxyFlag = new("rfc5213-5.3.6-d1");

    /// <summary>Judged on every received acknowledgement: a result with a finding about it has received an acknowledgement.</summary>
    private static readonly StatementId _sourceAddress = new("rfc5213-5.3.6-k2");

    public static TheoryData<string> Names() => [.. Found.All.Select(deviation => deviation.Name)];

    public static TheoryData<string> Recommendations() =>
        [.. Found.All.Where(deviation => SuiteRuns.Judge.IsRecommendation(deviation.Statement)).Select(deviation => deviation.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Deviation_IsFailedByAScenarioAboutItsStatement(string name)
    {
        var deviation = Named(name);

        SuiteRuns.Judge.Judge(deviation, ResultsAbout(deviation)).Select(problem => $"{problem}").Should().BeEmpty(deviation.Description);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reference_PassesWhatTheDeviationFails(string name)
    {
        var statement = Named(name).Statement;

        SuiteRuns
            .Reference.Values.Where(result => result.Verdict != Verdict.Pass && SuiteRuns.Scenario(result).Statements.Contains(statement))
            .Select(SuiteRuns.Line)
            .Should()
            .BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Recommendations))]
    public void RecommendationNotFollowed_IsARemarkAndNotAFailure(string name)
    {
        var deviation = Named(name);

        var results = ResultsAbout(deviation);

        results.Where(result => result.Verdict is Verdict.Fail or Verdict.Error).Select(SuiteRuns.Line).Should().BeEmpty();
        results
            .Should()
            .Contain(result =>
                result.Remarks.Any(remark =>
                    remark.Contains($"recommendation {deviation.Statement} is not followed", StringComparison.Ordinal)
                )
            );
    }

    [Fact]
    public void Deviations_HaveUniqueNames() => Found.All.Select(deviation => deviation.Name).Should().OnlyHaveUniqueItems();

    [Fact]
    public void ClearProxyFlag_FailsItsClauseAndNothingElse()
    {
        var deviating = SuiteRuns
            .Of(Named("lma-no-proxy-flag"))
            .Values.Where(result => result.Edition == Edition.Rfc5213 && SuiteRuns.Scenario(result).Role == "LMA")
            .ToList();

        deviating
            .Where(result => result.Verdict == Verdict.Fail)
            .Select(result => result.Scenario)
            .Should()
            .NotBeEmpty()
            .And.BeEquivalentTo(
                deviating.Where(result => SuiteRuns.Scenario(result).Statements.Contains(_proxyFlag)).Select(result => result.Scenario)
            );
        deviating
            .Where(result =>
                result.Verdict != Verdict.Fail && result.Verdict != SuiteRuns.Reference[SuiteRuns.Scenario(result).RunName].Verdict
            )
            .Select(SuiteRuns.Line)
            .Should()
            .BeEmpty();
        deviating
            .Where(result => HasAcknowledgement(result) && !Violates([.. result.Purpose, .. result.Incidental], _proxyFlag))
            .Select(SuiteRuns.Line)
            .Should()
            .BeEmpty();
    }

    [Fact]
    public void RejectedTimestampReturned_SaysNothingAgainstTheRejection()
    {
        string[] clauses = ["rfc5213-5.5-k21", "rfc5213-5.5-k23"];

        var violated = SuiteRuns
            .Of(Named("lma-rejected-timestamp-returned"))
            .Values.SelectMany(result => result.Purpose.Concat(result.Incidental))
            .Where(finding => !finding.Ok);

        violated.Select(finding => finding.Statement.ToString()).Distinct().Should().BeEquivalentTo(clauses);
    }

    /// <summary>The results of the scenarios that are tagged with the statement of the deviation.</summary>
    private static List<ScenarioResult> ResultsAbout(Deviation deviation) =>
        [.. SuiteRuns.Of(deviation).Values.Where(result => SuiteRuns.Scenario(result).Statements.Contains(deviation.Statement))];

    private static Deviation Named(string name) => Found.All.First(deviation => deviation.Name == name);

    private static bool Violates(IEnumerable<Finding> findings, StatementId statement) =>
        findings.Any(finding => !finding.Ok && finding.Statement == statement);

    private static bool HasAcknowledgement(ScenarioResult result) =>
        result.Purpose.Concat(result.Incidental).Any(finding => finding.Statement == _sourceAddress);
}
