using System.Globalization;
using Conformance.TestBeds;
using Conformance.Testing.Engine;
using Conformance.Testing.Verdicts;

namespace Conformance.Suite;

/// <summary>The suite as <c>dotnet test</c> runs it: loaded once, on the bed that the environment chooses.</summary>
internal static class SuiteUnderTest
{
    /// <summary>Chooses the seed; the default is 1.</summary>
    public const string SeedVariable = "PMIP_SEED";

    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var seed) ? seed : 1;

    private static readonly Lazy<ScenarioSuite> Loaded = new(() => ScenarioSuite.Load(Path.Combine(AppContext.BaseDirectory, "features"), typeof(Steps.Arguments).Assembly));

    private static readonly BedChoice Choice = BedChoice.Parse(Environment.GetEnvironmentVariable(BedChoice.Variable));

    private static readonly Lazy<IBedProvider> Opened = new(() => Choice.Open(Seed));

    private static readonly RunPlan Plan = new(_ => true, Seed, Strict: false, Directory: null);

    private static readonly Lazy<IReadOnlyList<PlannedScenario>> Scenarios = new(() => new SuiteRunner(Suite).Plan(Opened.Value, Plan));

    public static ScenarioSuite Suite => Loaded.Value;

    public static IReadOnlyList<PlannedScenario> Planned => Scenarios.Value;

    public static RunHeader Header => new("pmip-conformance", "", default, Opened.Value.Name, Opened.Value.Implementation, Seed, Strict: false, string.Empty) { BedOptions = Choice == BedChoice.Simulated ? null : Choice.ToString() };

    /// <summary>Takes down what the bed put up.</summary>
    public static void Close()
    {
        if (Opened.IsValueCreated)
        {
            Opened.Value.Dispose();
        }
    }

    public static ScenarioResult Run(string id)
    {
        var scenario = Suite.Library.Scenarios.First(scenario => scenario.Id.ToString() == id);
        using var bed = Opened.Value.Open(scenario.Configuration);
        return SuiteRunner.RunOne(new ScenarioEngine(Suite.Bindings, Suite.Register), scenario, bed, directory: null);
    }
}
