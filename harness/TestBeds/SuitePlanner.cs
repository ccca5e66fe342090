using Conformance.Testing.Engine;
using Conformance.Testing.Ics;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.TestBeds;

/// <summary>Says which scenarios run, in which editions, and why the others do not.</summary>
internal sealed class SuitePlanner(ScenarioSuite suite, IBedProvider beds)
{
    public IReadOnlyList<PlannedScenario> Plan(RunPlan plan) =>
        [.. suite.Library.Scenarios.SelectMany(scenario => RunsOf(scenario, plan), (_, run) => Plan(run, plan))];

    /// <summary>Lists the mandatory capabilities that are not claimed for the roles planned to be tested (ISO/IEC 9646-7).</summary>
    public IReadOnlyList<string> StaticFailures(IReadOnlyList<PlannedScenario> planned)
    {
        var tested = planned.SelectMany(scenario => scenario.Statements).Select(statement => statement.Edition).ToHashSet();
        var asked = suite.Ics.Items.Where(item => item.Statements.Any(statement => tested.Contains(statement.Edition))).ToList();
        return
        [
            .. planned
                .Where(scenario => scenario.Selection != Selection.Deselected && beds.Claims(scenario.Configuration) is not null)
                .GroupBy(scenario => scenario.Role)
                .OrderBy(role => role.Key, StringComparer.Ordinal)
                .SelectMany(role =>
                    StaticConformance
                        .Check(
                            asked,
                            [
                                .. role.Select(scenario => scenario.Configuration)
                                    .Distinct()
                                    .SelectMany(configuration => beds.Claims(configuration) ?? []),
                            ],
                            role.Key
                        )
                        .Select(failure => $"{role.Key}: {failure.Message}")
                ),
        ];
    }

    /// <summary>
    /// One run for each edition that the implementation claims, or for the newest of them; if it claims none of them, only the first, which
    /// is not run.
    /// </summary>
    private IEnumerable<Scenario> RunsOf(Scenario scenario, RunPlan plan)
    {
        var claimed = scenario.Editions.Intersect(beds.Editions(scenario.Configuration)).ToList();
        return claimed switch
        {
            [] => [scenario],
            _ when plan.NewestEditionOnly => [scenario.In(Edition.NewestOf(claimed))],
            _ => claimed.Select(scenario.In),
        };
    }

    private PlannedScenario Plan(Scenario scenario, RunPlan plan)
    {
        var claims = beds.Claims(scenario.Configuration);
        var unmet = scenario.IcsConditions.FirstOrDefault(item => claims is not null && !Holds(item, claims));
        var lacking = beds.IxitOf(scenario.Configuration) is { } ixit ? Abilities.Missing(ixit, scenario) : null;
        var isOfEdition = beds.Editions(scenario.Configuration).Contains(scenario.Edition);
        var (selection, reason) = (plan.IsSelected(scenario), claims, isOfEdition, unmet) switch
        {
            (false, _, _, _) => (Selection.Deselected, "left out by the selection"),
            (_, null, _, _) => (Selection.NotTested, $"the {beds.Name} bed has no configuration {scenario.Configuration}"),
            (_, _, false, _) => (
                Selection.NotApplicable,
                $"the implementation does not claim the edition {string.Join(" or ", scenario.Editions)}"
            ),
            (_, _, _, { } item) when IsMandatory(item) => (
                Selection.NotTested,
                $"static conformance failure: the implementation does not claim {item}, which is mandatory"
            ),
            (_, _, _, { } item) => (
                Selection.NotApplicable,
                item.StartsWith('!') ? $"the implementation claims {item[1..]}" : $"the implementation does not claim {item}"
            ),
            _ when lacking is not null => (Selection.NotTested, lacking),
            _ => (Selection.Selected, (string?)null),
        };
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

    private bool IsMandatory(string item) => suite.Ics.Items.Any(known => known.Id == item && known.Status is IcsStatus.Mandatory);

    private static bool Holds(string item, IReadOnlyList<string> claims) =>
        item.StartsWith('!') ? !claims.Contains(item[1..]) : claims.Contains(item);
}
