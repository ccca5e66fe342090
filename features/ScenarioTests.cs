using Conformance.Reports;
using Conformance.Testing.Verdicts;
using Xunit;

namespace Conformance.Suite;

/// <summary>Runs every scenario as a separate test, with a <c>Category</c> for each of its tags.</summary>
public sealed class ScenarioTests
{
    public static IEnumerable<TheoryDataRow<string>> All() =>
        SuiteUnderTest.Planned.Select(scenario => new TheoryDataRow<string>(scenario.Id)
        {
            TestDisplayName = $"{scenario.Id} {scenario.Title}",
            Traits = { ["Category"] = [.. scenario.Tags] },
        });

    [Theory]
    [MemberData(nameof(All))]
    public void Scenario(string id)
    {
        var planned = SuiteUnderTest.Planned.First(scenario => scenario.Id == id);
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

        var result = SuiteUnderTest.Run(id);
        if (result.Verdict != Verdict.Pass)
        {
            Assert.Fail(FailureText.Of(SuiteUnderTest.Header, planned, result, SuiteUnderTest.Suite.Register));
        }
    }
}
