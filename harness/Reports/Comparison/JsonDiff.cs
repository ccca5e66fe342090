using System.Text.Json;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Comparison;

/// <summary>Writes the comparison of two runs by statement as JSON, for other programs.</summary>
public static class JsonDiff
{
    public static string Create(RunDiff diff)
    {
        ArgumentNullException.ThrowIfNull(diff);
        return JsonSerializer.Serialize(
            new
            {
                Before = Of(diff.Before, diff.After),
                After = Of(diff.After, diff.Before),
                InBoth = diff.Common.Count,
                Differing = diff.Differing.Count,
                Statements = diff.Statements.Select(statement => new
                {
                    Statement = statement.Id.Value,
                    Level = statement.Statement?.Level.Word,
                    Roles = statement.Statement?.Roles.Select(role => role.ToString()),
                    statement.Statement?.Paraphrase,
                    Change = DiffText.Of(statement.Change),
                    Scenarios = statement.Scenarios.Select(scenario => Of(scenario, statement.Id)),
                }),
                OtherScenarios = diff.Others.Select(scenario => Of(scenario, id: null)),
            },
            ReportJson.Options
        );
    }

    private static object Of(Run run, Run other)
    {
        var summary = new RunSummary(run);
        return new
        {
            run.Header.Implementation,
            run.Header.Device?.Model,
            run.Header.Device?.Firmware,
            run.Header.Bed,
            Suite = run.Header.Suite?.Hash,
            Incomplete = summary.IsIncomplete,
            Verdicts = Enum.GetValues<Verdict>().ToDictionary(ReportText.Of, summary.Count),
            OnlyInThisRun = RunDiff.OnlyIn(run, other),
        };
    }

    private static object Of(ScenarioDifference scenario, StatementId? id) =>
        new
        {
            Scenario = scenario.Key.Scenario,
            Edition = scenario.Key.Edition.Name,
            scenario.Title,
            Before = Of(scenario.Before, id),
            After = Of(scenario.After, id),
        };

    private static object Of(ScenarioResult? result, StatementId? id)
    {
        var violation = result?.Purpose.Concat(result.Incidental).FirstOrDefault(finding => !finding.Ok && finding.Statement == id);
        return new
        {
            Verdict = result is null ? null : ReportText.Of(result.Verdict),
            result?.Reason,
            Judgement = id is null ? null : DiffText.Of(ScenarioDifference.Of(result, id.Value)),
            violation?.Expected,
            violation?.Actual,
        };
    }
}
