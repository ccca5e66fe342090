using Conformance.TestBeds;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Engine;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Verdicts;

namespace Conformance.Mutation.Worker;

/// <summary>
/// Runs the scenarios on a mutant until one fails. This class is loaded together with the mutant, apart from the rest of the program; what
/// passes between the two are types of the framework and of the tester, which both share.
/// </summary>
public static class SuiteOnMutant
{
    private const int Seed = 1;

    /// <summary>Runs every scenario that has one node under test.</summary>
    /// <param name="sections">The sections that the mutated file names: their scenarios run first.</param>
    /// <param name="progress">Called after each scenario.</param>
    /// <returns>The texts of an <see cref="Observed"/>, beginning with the name of its outcome.</returns>
    public static string[] Run(ScenarioSuite suite, string[] sections, Action progress)
    {
        var noticed = Observed.Nothing;
        try
        {
            using var beds = new SimulatedBeds(Implementation.Reference, Seed);
            var engine = new ScenarioEngine(suite.Bindings, suite.Register);
            foreach (var scenario in ScenariosFor(suite, beds).OrderBy(scenario => IsAbout(scenario, sections) ? 0 : 1))
            {
                var observed = Run(engine, scenario, beds);
                if (observed.IsKill)
                {
                    return Texts(observed);
                }

                noticed =
                    noticed.Outcome == MutantOutcome.Survived || observed.Outcome == MutantOutcome.Crash
                        ? First(noticed, observed)
                        : noticed;
                progress();
            }
        }
#pragma warning disable CA1031 // A reference that cannot even be set up is an observation about the mutant.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Texts(new Observed(MutantOutcome.Crash, "", "", $"the reference cannot be set up: {Innermost(e)}"));
        }

        return Texts(noticed);
    }

    /// <summary>A crash says more than another observation; otherwise the first counts.</summary>
    private static Observed First(Observed earlier, Observed later) => earlier.Outcome == MutantOutcome.Crash ? earlier : later;

    private static IEnumerable<Scenario> ScenariosFor(ScenarioSuite suite, SimulatedBeds beds)
    {
        var plan = new RunPlan(scenario => IsOfOneNode(scenario), Seed, Strict: false, Directory: null);
        var selected = new SuiteRunner(suite)
            .Plan(beds, plan)
            .Where(scenario => scenario.Selection == Selection.Selected)
            .Select(scenario => scenario.Key)
            .ToHashSet();
        return suite
            .Library.Scenarios.SelectMany(scenario => scenario.Editions.Select(scenario.In))
            .Where(scenario => selected.Contains(scenario.Key));
    }

    /// <summary>False for an end-to-end scenario.</summary>
    private static bool IsOfOneNode(Scenario scenario) => NamedConfiguration.Find(scenario.Configuration)?.Domain.Tested is not null;

    private static bool IsAbout(Scenario scenario, string[] sections) =>
        scenario.Purpose.Any(statement => sections.Contains(statement.Section));

    private static Observed Run(ScenarioEngine engine, Scenario scenario, SimulatedBeds beds)
    {
        using var bed = beds.Open(scenario.Configuration, scenario.Edition);
        var result = engine.Run(scenario, bed).Result;
        var violated = result.Purpose.Concat(result.Incidental).FirstOrDefault(finding => !finding.Ok);
        return (violated, result.Verdict) switch
        {
            ({ } finding, _) => new Observed(
                MutantOutcome.Killed,
                scenario.RunName,
                $"{finding.Statement}",
                $"expected {finding.Expected}; {finding.Actual}"
            ),
            (_, Verdict.Fail) => new Observed(MutantOutcome.Breakdown, scenario.RunName, "", result.Reason),
            _ when bed.Crash is { } crash => new Observed(MutantOutcome.Crash, scenario.RunName, "", $"{crash}; {result.Reason}"),
            (_, Verdict.Pass) => Observed.Nothing,
            _ => new Observed(MutantOutcome.Noticed, scenario.RunName, "", $"{result.Verdict}: {result.Reason}"),
        };
    }

    private static string Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : $"{e.GetType().Name}: {e.Message}";

    private static string[] Texts(Observed observed) => [$"{observed.Outcome}", observed.Scenario, observed.Statement, observed.Reason];
}
