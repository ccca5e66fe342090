using Conformance.Harness.Tests.Deviations;
using Conformance.TestBeds;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Harness.Tests.Foreign;

/// <summary>Runs the suite on the foreign LMA with each of its faults in parallel, because a run mostly waits.</summary>
internal static class ForeignRuns
{
    public const string NoFault = "";

    private static readonly string[] _faults = [NoFault, "echo-prefix", "no-p-flag", "misaligned-hnp"];

    /// <summary>The number of LMAs with the same fault. Each runs a part of the scenarios.</summary>
    private const int Lanes = 3;

    private static readonly Lazy<Dictionary<string, Task<IReadOnlyList<ScenarioResult>>>> _started = new(() =>
        _faults.ToDictionary(fault => fault, RunAsync, StringComparer.Ordinal)
    );

    /// <summary>The results of every scenario that the foreign LMA supports.</summary>
    public static Task<IReadOnlyList<ScenarioResult>> OfAsync(string fault)
    {
        Python.Require();
        return _started.Value[fault];
    }

    /// <summary>The foreign LMA supports the LMA signalling of this edition, but does not forward packets of mobile nodes.</summary>
    private static bool IsSupported(Scenario scenario) =>
        scenario.Role == "LMA"
        && scenario.Statements.All(statement => statement.Edition == Edition.Rfc5213)
        && !scenario.Steps.Any(step => step.Text.Contains("packet", StringComparison.Ordinal));

    private static async Task<IReadOnlyList<ScenarioResult>> RunAsync(string fault)
    {
        var supported = SuiteRuns.Suite.Library.Scenarios.Where(IsSupported).Select(scenario => scenario.Id.ToString()).ToList();
        var lanes = Enumerable
            .Range(0, Lanes)
            .Select(lane => supported.Where((_, index) => index % Lanes == lane).ToHashSet(StringComparer.Ordinal))
            .Select(part =>
                Task.Factory.StartNew(
                    () => Run(fault, part),
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
            );
        return [.. (await Task.WhenAll(lanes)).SelectMany(results => results)];
    }

    private static IReadOnlyList<ScenarioResult> Run(string fault, HashSet<string> scenarios)
    {
        using var beds = new ForeignBeds(fault);
        var runner = new SuiteRunner(SuiteRuns.Suite);
        var plan = new RunPlan(scenario => scenarios.Contains(scenario.Id.ToString()), ForeignBeds.Seed, Strict: true, Directory: null);
        return runner.Run(beds, plan, runner.Plan(beds, plan));
    }
}
