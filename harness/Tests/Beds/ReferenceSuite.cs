using Conformance.TestBeds;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Engine;
using Conformance.Testing.Verdicts;

namespace Conformance.Harness.Tests.Beds;

/// <summary>The repository's own suite, loaded once for all tests that run it.</summary>
internal static class ReferenceSuite
{
    public static ScenarioSuite Suite { get; } =
        ScenarioSuite.Load(Path.Combine(AppContext.BaseDirectory, "features"), typeof(Steps.Arguments).Assembly);

    public static SuiteRunner Runner { get; } = new(Suite);

    /// <summary>Runs every applicable scenario on the reference.</summary>
    public static IReadOnlyList<ScenarioResult> Run(int seed, bool shared = false, string? directory = null)
    {
        using var beds = new SimulatedBeds(Implementation.Reference, seed, shared);
        var plan = new RunPlan(_ => true, seed, Strict: false, directory, RandomOrder: shared);
        return Runner.Run(beds, plan, Runner.Plan(beds, plan));
    }
}
