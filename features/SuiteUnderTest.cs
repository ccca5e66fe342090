using System.Globalization;
using Conformance.TestBeds;
using Conformance.Testing.Engine;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Verdicts;

namespace Conformance.Suite;

/// <summary>The suite as <c>dotnet test</c> runs it: loaded once, on the bed that the environment chooses.</summary>
internal static class SuiteUnderTest
{
    /// <summary>The environment variable that chooses the seed; the default is 1.</summary>
    public const string SeedVariable = "PMIP_SEED";

    private static readonly string? _writtenSeed = Environment.GetEnvironmentVariable(SeedVariable);

    private static readonly int _seed = int.TryParse(_writtenSeed, CultureInfo.InvariantCulture, out var seed) ? seed : 1;

    private static readonly Lazy<ScenarioSuite> _loaded = new(() =>
        ScenarioSuite.Load(Path.Combine(AppContext.BaseDirectory, "features"), typeof(Steps.Arguments).Assembly)
    );

    private static readonly BedChoice _choice = FromHere(BedChoice.Parse(Environment.GetEnvironmentVariable(BedChoice.Variable)));

    private static readonly Lazy<(IBedProvider Beds, string? Problem)> _opened = new(() => Open(_choice, _writtenSeed));

    private static readonly RunPlan _plan = new(_ => true, _seed, Strict: false, Directory: null);

    private static readonly Lazy<ScenarioRuns> _runs = new(() =>
        new ScenarioRuns(
            new SuiteRunner(Suite),
            Beds,
            _plan,
            [.. Plan.Planned.Where(scenario => SelectedTests.Contains(Plan.NameOf(scenario.Key)))]
        )
    );

    private static readonly Lazy<Run> _planned = new(() => new Run(Header, new SuiteRunner(Suite).Plan(Beds, _plan), [], End: null));

    public static ScenarioSuite Suite => _loaded.Value;

    /// <summary>The run before it has results.</summary>
    public static Run Plan => _planned.Value;

    /// <summary>Why the chosen bed is not available; null if it is. The tests are listed nevertheless, and fail with this reason.</summary>
    public static string? Problem => _opened.Value.Problem;

    private static IBedProvider Beds => _opened.Value.Beds;

    private static RunHeader Header =>
        new("pmip-conformance", "", default, Beds.Name, Beds.Implementation, _seed, Strict: false, string.Empty)
        {
            BedOptions = _choice == BedChoice.Simulated ? null : _choice.ToString(),
        };

    /// <summary>Disposes of the bed, if it was opened.</summary>
    public static void Close()
    {
        if (_runs.IsValueCreated)
        {
            _runs.Value.Dispose();
        }

        if (_opened.IsValueCreated)
        {
            Beds.Dispose();
        }
    }

    /// <summary>Waits for the result of a scenario. The first call starts the run of all selected scenarios.</summary>
    public static ScenarioResult ResultOf(ScenarioKey key) => _runs.Value.ResultOf(key);

    /// <summary>Opens a bed; if it is not available, the simulated bed, to list the tests, with the reason why they fail.</summary>
    internal static (IBedProvider Beds, string? Problem) Open(BedChoice choice, string? writtenSeed)
    {
        var seed = 1;
        if (!string.IsNullOrEmpty(writtenSeed) && !int.TryParse(writtenSeed, CultureInfo.InvariantCulture, out seed))
        {
            return (BedChoice.Simulated.Open(1), $"{SeedVariable}: '{writtenSeed}' is not a number.");
        }

        try
        {
            return (choice.Open(seed, knownClaims: [.. Suite.Ics.Items.Select(item => item.Id)]), null);
        }
        catch (BedUnavailableException e)
        {
            return (BedChoice.Simulated.Open(seed), $"{BedChoice.Variable}: {e.Message}");
        }
    }

    /// <summary>The path of a profile is relative to the directory in which the command was typed, where tests do not run.</summary>
    private static BedChoice FromHere(BedChoice choice) =>
        choice.Profile is { } profile && Environment.GetEnvironmentVariable("PWD") is { } here
            ? choice with
            {
                Profile = Path.Combine(here, profile),
            }
            : choice;
}
