using Conformance.Testing.Bed;
using Conformance.Testing.Engine;
using Conformance.Testing.Ics;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.TestBeds;

/// <summary>Says which scenarios run, in which editions, and why the others do not.</summary>
internal sealed class SuitePlanner(ScenarioSuite suite, IBedProvider beds)
{
    private readonly Dictionary<string, Configuration> _configurations = new(StringComparer.Ordinal);

    public IReadOnlyList<PlannedScenario> Plan(RunPlan plan) =>
        [.. suite.Library.Scenarios.SelectMany(scenario => RunsOf(scenario, plan), (_, run) => Plan(run, plan))];

    /// <summary>Lists the mandatory capabilities that are not claimed for the roles planned to be tested (ISO/IEC 9646-7).</summary>
    public IReadOnlyList<string> StaticFailures(IReadOnlyList<PlannedScenario> planned) =>
        StaticConformance.Failures(
            suite.Ics.Items,
            [
                .. planned.Select(scenario => new AskedScenario(
                    scenario.Role,
                    scenario.Configuration,
                    scenario.Statements,
                    scenario.Selection != Selection.Deselected
                )),
            ],
            beds.Claims
        );

    /// <summary>
    /// One run for each edition that the implementation claims, or for the newest of them; if it claims none of them, only the first, which
    /// is not run.
    /// </summary>
    private IEnumerable<Scenario> RunsOf(Scenario scenario, RunPlan plan)
    {
        var claimed = scenario.Editions.Intersect(In(scenario.Configuration).Editions).ToList();
        return claimed switch
        {
            [] => [scenario],
            _ when plan.NewestEditionOnly => [scenario.In(Edition.NewestOf(claimed))],
            _ => claimed.Select(scenario.In),
        };
    }

    private PlannedScenario Plan(Scenario scenario, RunPlan plan)
    {
        var (selection, reason) = plan.IsSelected(scenario) ? Select(scenario) : (Selection.Deselected, "left out by the selection");
        return new PlannedScenario(
            scenario.Id.ToString(),
            scenario.Title,
            scenario.Feature,
            scenario.Path,
            scenario.Line,
            scenario.Role,
            scenario.Level,
            scenario.Configuration,
            scenario.Tags,
            scenario.Purpose,
            selection,
            reason
        )
        {
            Edition = scenario.Edition,
        };
    }

    private (Selection Selection, string? Reason) Select(Scenario scenario)
    {
        var configuration = In(scenario.Configuration);
        if (configuration.Claims is not { } claims)
        {
            return (Selection.NotTested, $"the {beds.Name} bed has no configuration {scenario.Configuration}");
        }

        if (!configuration.Editions.Contains(scenario.Edition))
        {
            return (Selection.NotApplicable, $"the implementation does not claim the edition {string.Join(" or ", scenario.Editions)}");
        }

        var unmet = scenario.IcsConditions.FirstOrDefault(item => !Holds(item, claims));
        return unmet switch
        {
            { } item when IsMandatory(item) => (
                Selection.NotTested,
                $"static conformance failure: the implementation does not claim {item}, which is mandatory"
            ),
            { } item => (
                Selection.NotApplicable,
                item.StartsWith('!') ? $"the implementation claims {item[1..]}" : $"the implementation does not claim {item}"
            ),
            _ when configuration.Ixit is { } ixit && Abilities.Missing(ixit, scenario) is { } lacking => (Selection.NotTested, lacking),
            _ => (Selection.Selected, null),
        };
    }

    private bool IsMandatory(string item) => suite.Ics.Items.Any(known => known.Id == item && known.Status is IcsStatus.Mandatory);

    private Configuration In(string name)
    {
        if (!_configurations.TryGetValue(name, out var known))
        {
            known = new Configuration(beds.Claims(name), beds.Editions(name), beds.IxitOf(name));
            _configurations.Add(name, known);
        }

        return known;
    }

    private static bool Holds(string item, IReadOnlyList<string> claims) =>
        item.StartsWith('!') ? !claims.Contains(item[1..]) : claims.Contains(item);

    /// <summary>What the beds say of one configuration; claims or an IXIT of null if they lack it.</summary>
    private sealed record Configuration(IReadOnlyList<string>? Claims, IReadOnlyList<Edition> Editions, Ixit? Ixit);
}
