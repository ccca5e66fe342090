using Conformance.Reports;
using Conformance.Testing.Verdicts;
using Xunit;

namespace Conformance.Suite;

/// <summary>Runs every scenario as a separate test, with a <c>Category</c> for each of its tags.</summary>
[TestCaseOrderer(typeof(SelectedTests))]
public sealed class ScenarioTests
{
    public static IEnumerable<TheoryDataRow<string>> All() =>
        SuiteUnderTest.Plan.Planned.Select(scenario => new TheoryDataRow<string>(SuiteUnderTest.Plan.NameOf(scenario.Key))
        {
            TestDisplayName = $"{SuiteUnderTest.Plan.NameOf(scenario.Key)} {scenario.Title}",
            Traits = { ["Category"] = [.. scenario.Tags] },
        });

    [Theory]
    [MemberData(nameof(All))]
    public void Scenario(string name)
    {
        var plan = SuiteUnderTest.Plan;
        var planned = plan.Planned.First(scenario => plan.NameOf(scenario.Key) == name);
        if (planned.Selection != Selection.Selected)
        {
            AllSkippedGuard.Skipped();
            Assert.Skip(planned.Reason ?? planned.Selection.ToString());
        }

        AllSkippedGuard.Ran();
        if (SuiteUnderTest.Problem is { } problem)
        {
            Assert.Fail(problem);
        }

        var result = SuiteUnderTest.ResultOf(planned.Key);
        if (result.Verdict != Verdict.Pass)
        {
            Assert.Fail(FailureText.Of(plan, planned, result, SuiteUnderTest.Suite.Register));
        }
    }
}
