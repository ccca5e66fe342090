using System.Collections.Concurrent;
using Conformance.TestBeds;
using Conformance.TestBeds.Deviations;
using Conformance.TestBeds.SelfTests;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Engine;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Verdicts;

namespace Conformance.Harness.Tests.Deviations;

/// <summary>Runs the suite on all kinds of implementations; a full run on one implementation is shared by all tests that need it.</summary>
internal static class SuiteRuns
{
    private const int Seed = 1;

    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyDictionary<string, ScenarioResult>>> _complete = new(
        StringComparer.Ordinal
    );

    public static ScenarioSuite Suite { get; } =
        ScenarioSuite.Load(Path.Combine(AppContext.BaseDirectory, "features"), typeof(Steps.Arguments).Assembly);

    /// <summary>What the suite must say of the devices, as for the command <c>selftest</c>.</summary>
    public static DeviceJudge Judge { get; } = new(Suite);

    private static readonly Dictionary<string, Scenario> _scenarios = Suite.Library.Scenarios.ToDictionary(
        scenario => $"{scenario.Id}",
        StringComparer.Ordinal
    );

    /// <summary>The results of the reference, by the name of the run.</summary>
    public static IReadOnlyDictionary<string, ScenarioResult> Reference => Of(Implementation.Reference);

    /// <summary>The results of every scenario that applies to an implementation, in each edition, by the name of the run.</summary>
    public static IReadOnlyDictionary<string, ScenarioResult> Of(Implementation implementation) => Of(implementation, _ => true);

    /// <summary>The results of the scenarios of <see cref="ProofSample"/>, in each edition, by the name of the run.</summary>
    public static IReadOnlyDictionary<string, ScenarioResult> Of(Deviation deviation) =>
        Of(deviation.Implementation, scenario => ProofSample.Contains(deviation, scenario));

    private static IReadOnlyDictionary<string, ScenarioResult> Of(Implementation implementation, Func<Scenario, bool> isSelected) =>
        _complete
            .GetOrAdd(
                implementation.Name,
                _ => new(() => Run(implementation, isSelected).ToDictionary(result => Scenario(result).RunName, StringComparer.Ordinal))
            )
            .Value;

    public static IReadOnlyList<ScenarioResult> Run(Implementation implementation, Func<Scenario, bool> isSelected)
    {
        using var beds = new SimulatedBeds(implementation, Seed);
        var runner = new SuiteRunner(Suite);
        var plan = new RunPlan(isSelected, Seed, Strict: false, Directory: null);
        return runner.Run(beds, plan, runner.Plan(beds, plan));
    }

    /// <summary>Runs every scenario of an LMA or a MAG on one implementation, which is never reset.</summary>
    public static IReadOnlyList<ScenarioResult> RunShared(Implementation implementation)
    {
        using var beds = new SimulatedBeds(implementation, Seed, shared: true);
        var runner = new SuiteRunner(Suite);
        var plan = new RunPlan(scenario => scenario.Role is "LMA" or "MAG", Seed, Strict: false, Directory: null);
        return runner.Run(beds, plan, runner.Plan(beds, plan));
    }

    public static Scenario Scenario(ScenarioResult result) => Scenario(result.Scenario).In(result.Edition);

    public static Scenario Scenario(string id) => _scenarios[id];

    /// <summary>All violations by the implementation, one line each.</summary>
    public static IEnumerable<string> Violations(ScenarioResult result) =>
        result
            .Purpose.Concat(result.Incidental)
            .Where(finding => !finding.Ok)
            .Select(finding => $"{Scenario(result).RunName}: {finding.Statement}: expected {finding.Expected}; {finding.Actual}");

    public static string Line(ScenarioResult result) => $"{Scenario(result).RunName} {result.Verdict}: {result.Reason}";
}
