using System.Globalization;
using Conformance.Reports;
using Conformance.Reports.Comparison;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>How a scenario stands to the requirements, worst first.</summary>
internal enum Requirement
{
    /// <summary>It had to pass, and did not.</summary>
    NotMet,

    /// <summary>It did not pass, and the known failure that would excuse it has expired.</summary>
    Expired,

    /// <summary>It passed although it is a known failure.</summary>
    UnexpectedPass,

    /// <summary>It did not pass, which is known.</summary>
    Known,

    /// <summary>It had to pass, and did.</summary>
    Met,
}

/// <param name="Scenario">Its name, with the edition if the run has it in several.</param>
/// <param name="Text">The verdict and what else is to be said of it, in one line.</param>
internal sealed record RequirementOutcome(string Scenario, Requirement Requirement, string Text);

/// <summary>Compares a run with the list of <c>--require</c>, which decides its exit code.</summary>
internal static class RequireRule
{
    /// <summary>Every scenario that the requirements concern, in the order of the plan.</summary>
    /// <param name="today">The date in UTC. A known failure counts to the end of its last day.</param>
    public static IReadOnlyList<RequirementOutcome> Of(Requirements requirements, Run run, StatementRegister register, DateOnly today)
    {
        var results = run.Results.ToDictionary(result => result.Key);
        var selected = run.Planned.Where(scenario => scenario.Selection == Selection.Selected).ToList();
        return
        [
            .. selected
                .Select(scenario => Of(requirements, run, register, scenario, results.GetValueOrDefault(scenario.Key), today))
                .OfType<RequirementOutcome>(),
            .. requirements.Pass.Where(IsId).SelectMany(id => NotSelected(requirements, run, id)),
        ];
    }

    /// <summary>
    /// 0 if all requirements are met, 1 if one is not or if they concern no scenario of a whole run, 2 if the run is incomplete.
    /// </summary>
    public static int ExitCodeOf(IReadOnlyList<RequirementOutcome> outcomes, Run run) =>
        new RunSummary(run).IsIncomplete ? ExitCode.CannotRun
        : outcomes.Count == 0 && run.Header.Shard is null ? ExitCode.Failure
        : outcomes.Any(outcome => outcome.Requirement is Requirement.NotMet or Requirement.Expired) ? ExitCode.Failure
        : ExitCode.Success;

    private static RequirementOutcome? Of(
        Requirements requirements,
        Run run,
        StatementRegister register,
        PlannedScenario scenario,
        ScenarioResult? result,
        DateOnly today
    )
    {
        var passed = result?.Verdict == Verdict.Pass;
        var verdict = result is null ? "has no result" : $"{ReportText.Of(result.Verdict)}: {result.Reason}";
        if (requirements.KnownFailures.FirstOrDefault(known => known.Concerns(scenario.Key)) is { } failure)
        {
            var known = string.Create(
                CultureInfo.InvariantCulture,
                $"{failure.Owner}, until {failure.Expires:yyyy-MM-dd}: {failure.Reason}"
            );
            return passed ? Outcome(Requirement.UnexpectedPass, $"pass, but a known failure ({known}): take it out of {requirements.File}")
                : result?.Verdict is not (Verdict.Fail or Verdict.Inconclusive)
                    ? Outcome(Requirement.NotMet, $"{verdict}; no known failure excuses that ({known})")
                : Unknown(failure, run, register, result) is { Count: > 0 } others
                    ? Outcome(Requirement.NotMet, $"{verdict}; it is not known for {string.Join(", ", others)} ({known})")
                : today > failure.Expires ? Outcome(Requirement.Expired, $"{verdict}; known, but expired ({known})")
                : Outcome(Requirement.Known, $"{verdict}; known ({known})");
        }

        return !requirements.Pass.Any(name => Names(name, scenario))
            ? null
            : Outcome(passed ? Requirement.Met : Requirement.NotMet, verdict);

        RequirementOutcome Outcome(Requirement requirement, string text) => new(run.NameOf(scenario.Key), requirement, text);
    }

    /// <summary>The requirements that a result shows violated and that the known failure does not name.</summary>
    private static List<StatementId> Unknown(KnownFailure failure, Run run, StatementRegister register, ScenarioResult result) =>
        failure.Statements.Count == 0
            ? []
            : [.. RunDiff.Violated(result).Except(failure.Statements).Where(id => RootCause.IsBinding(run, register, id)).Order()];

    /// <summary>
    /// A scenario that is required by its id must run, and of an outline every row, unless it runs in another shard. A tag requires only
    /// what the run selects.
    /// </summary>
    private static IEnumerable<RequirementOutcome> NotSelected(Requirements requirements, Run run, string id)
    {
        var scenarios = run.Planned.Where(scenario => Names(id, scenario)).GroupBy(scenario => scenario.Id).ToList();
        if (scenarios.Count == 0)
        {
            return [new RequirementOutcome(id, Requirement.NotMet, "the run has no such scenario")];
        }

        return scenarios
            .Where(editions =>
                editions.All(scenario => scenario.Selection != Selection.Selected)
                && (run.Header.Shard is null || editions.All(scenario => scenario.Selection != Selection.Deselected))
                && !requirements.KnownFailures.Any(known => editions.Any(scenario => known.Concerns(scenario.Key)))
            )
            .Select(editions => editions.First())
            .Select(first => new RequirementOutcome(
                run.NameOf(first.Key),
                Requirement.NotMet,
                $"{ReportText.Of(first.Selection)}: {first.Reason}"
            ));
    }

    private static bool IsId(string name) => name.StartsWith("TC-", StringComparison.OrdinalIgnoreCase);

    private static bool Names(string name, PlannedScenario scenario) =>
        name == RequireFile.All
        || scenario.Id.Equals(name, StringComparison.OrdinalIgnoreCase)
        || scenario.Tags.Contains(name, StringComparer.OrdinalIgnoreCase);
}
