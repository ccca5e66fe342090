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
        all.Where(result => result.Verdict != _isolated.Value[result.Key])
            .Select(result => $"{result.Scenario}: {result.Reason}")
            .Should()
            .BeEmpty();
        all.SelectMany(result => result.Incidental.Where(finding => !finding.Ok).Select(finding => $"{result.Scenario}: {finding}"))
            .Should()
            .BeEmpty();
    }
}
