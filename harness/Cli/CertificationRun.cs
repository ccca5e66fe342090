using Conformance.Reports;
using Conformance.Reports.Certification;
using Conformance.TestBeds;
using Conformance.Testing.Engine;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>
/// Runs the scenarios of a certification, and those that failed twice more. Every attempt takes mobile nodes that the device does not know
/// yet, and stands in the journal.
/// </summary>
public sealed class CertificationRun(ScenarioSuite suite, IBedProvider beds, RunPlan plan, Terminal terminal)
{
    private readonly SuiteRunner _runner = new(suite);

    /// <summary>Runs the planned scenarios, and writes their journal.</summary>
    /// <param name="cancellation">Ends the run early; the journal says so.</param>
    public Run Execute(RunHeader header, IReadOnlyList<PlannedScenario> planned, CancellationToken cancellation)
    {
        using var journal = new RunJournal(plan.Directory!);
        journal.Begin(header, planned);
        var attempts = new List<ScenarioResult>();
        var results = Attempt(header, planned, 1, Add, cancellation);
        var failed = results.Where(result => result.Verdict == Verdict.Fail).Select(result => result.Key).ToHashSet();
        attempts.AddRange(results.Where(result => failed.Contains(result.Key)));
        for (var number = 2; number <= Repetition.Attempts && failed.Count > 0 && CanGoOn(); number++)
        {
            terminal.Heading(
                $"Attempt {number} of {Repetition.Attempts} at {RunSummary.Plural(failed.Count, "scenario")} of which the first failed"
            );
            attempts.AddRange(Attempt(header, Only(planned, failed), number, journal.AddAttempt, cancellation));
        }

        var repeated = attempts
            .GroupBy(attempt => attempt.Key)
            .ToDictionary(scenario => scenario.Key, scenario => Repetition.Conclude([.. scenario]));
        foreach (var result in repeated.Values)
        {
            journal.Add(result);
        }

        results = [.. results.Select(result => repeated.GetValueOrDefault(result.Key, result))];
        var complete =
            beds.Lost is null
            && results.Count == planned.Count(scenario => scenario.Selection == Selection.Selected)
            && attempts.Count == failed.Count * Repetition.Attempts;
        var end = new RunEnd(
            DateTimeOffset.UtcNow,
            complete,
            complete ? null
                : cancellation.IsCancellationRequested ? "interrupted"
                : beds.Lost
        )
        {
            DeviceClock = beds.DeviceClock,
        };
        journal.End(end);
        return new Run(header, planned, results, end) { Attempts = attempts };

        bool CanGoOn() => !cancellation.IsCancellationRequested && beds.Lost is null;

        void Add(ScenarioResult result)
        {
            if (result.Verdict == Verdict.Fail)
            {
                journal.AddAttempt(result);
            }
            else
            {
                journal.Add(result);
            }
        }
    }

    private IReadOnlyList<ScenarioResult> Attempt(
        RunHeader header,
        IReadOnlyList<PlannedScenario> planned,
        int number,
        Action<ScenarioResult> record,
        CancellationToken cancellation
    ) =>
        RunProgress.Follow(
            terminal,
            new Run(header, planned, [], End: null),
            beds,
            done =>
                _runner.Run(
                    beds,
                    plan with
                    {
                        Attempt = number,
                    },
                    planned,
                    result =>
                    {
                        record(result);
                        done(result);
                    },
                    cancellation
                )
        );

    private static IReadOnlyList<PlannedScenario> Only(IReadOnlyList<PlannedScenario> planned, HashSet<ScenarioKey> selected) =>
        [
            .. planned.Select(scenario =>
                scenario.Selection == Selection.Selected && !selected.Contains(scenario.Key)
                    ? scenario with
                    {
                        Selection = Selection.Deselected,
                    }
                    : scenario
            ),
        ];
}
