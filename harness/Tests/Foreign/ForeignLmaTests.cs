using Conformance.Harness.Tests.Deviations;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Foreign;

/// <summary>Runs the suite on an implementation that shares no code with the reference, over real interfaces and in real time.</summary>
public sealed class ForeignLmaTests
{
    [Fact]
    public async Task Lma_IsFoundCorrect()
    {
        var results = await ForeignRuns.OfAsync(ForeignRuns.NoFault);

        results.SelectMany(SuiteRuns.Violations).Should().BeEmpty();
        results.Where(result => result.Verdict != Verdict.Pass).Select(SuiteRuns.Line).Should().BeEmpty();
        results.Should().HaveCountGreaterThan(80, "an LMA with signalling only is judged by most LMA scenarios");
    }

    /// <summary>Several register rows may forbid a fault; no scenario finds a violation of any other statement.</summary>
    [Theory]
    // 5.3.2, item 3, forbids accepting a prefix of another LMA; the same item and Section 4, any that the mobile node may not use.
    [InlineData("echo-prefix", "rfc5213-5.3.2-k5a", "rfc5213-5.3.2-k6", "rfc5213-4-k6b")]
    // Figure 6 of 5.3.6 requires the flag. 8.2 only says when the flag must not be set.
    [InlineData("no-p-flag", "rfc5213-5.3.6-d1")]
    // 8.3 defines the alignment; 5.3.6 defines the contents of the option, which are correct.
    [InlineData("misaligned-hnp", "rfc5213-8.3-d1")]
    public async Task LmaWithFault_ViolatesTheStatementsThatForbidTheFault_AndNothingElse(string fault, params string[] statements)
    {
        var results = await ForeignRuns.OfAsync(fault);

        Violated(results).Should().BeEquivalentTo(statements);
        Violated(results.Where(result => result.Verdict == Verdict.Fail))
            .Should()
            .BeEquivalentTo(statements, "each statement has a scenario, which fails");
        results.Where(result => result.Verdict == Verdict.Error).Select(SuiteRuns.Line).Should().BeEmpty();
    }

    private static IEnumerable<string> Violated(IEnumerable<ScenarioResult> results) =>
        results
            .SelectMany(result => result.Purpose.Concat(result.Incidental))
            .Where(finding => !finding.Ok)
            .Select(finding => finding.Statement.ToString())
            .Distinct();
}
