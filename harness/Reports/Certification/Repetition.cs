using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Certification;

/// <summary>
/// What follows from several attempts at a scenario. A certification repeats a scenario that failed with other mobile nodes, so that no
/// device is refused for something that does not show again; and none is accepted for it either.
/// </summary>
public static class Repetition
{
    /// <summary>How many attempts are made at a scenario whose first attempt failed.</summary>
    public const int Attempts = 3;

    /// <summary>
    /// The result of a repeated scenario: that of the first attempt if all have the same verdict, or else inconclusive. Then a statement
    /// counts as judged only if all attempts judged it alike.
    /// </summary>
    /// <param name="attempts">The attempts in their order, at least one, of which the first failed.</param>
    public static ScenarioResult Conclude(IReadOnlyList<ScenarioResult> attempts)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        var first = attempts[0];
        var verdicts = string.Join(", ", attempts.Select(attempt => ReportText.Of(attempt.Verdict)));
        var result = first with { Remarks = [.. first.Remarks, $"The scenario was repeated, with the verdicts {verdicts}."] };
        if (attempts.All(attempt => attempt.Verdict == first.Verdict))
        {
            return result;
        }

        var purpose = Alike(attempts, attempt => attempt.Purpose);
        return result with
        {
            Verdict = Verdict.Inconclusive,
            Reason = $"the attempts disagree: {verdicts}. The first: {first.Reason}",
            Breakdown = null,
            Purpose = purpose,
            Incidental = Alike(attempts, attempt => attempt.Incidental),
            NotReached =
            [
                .. first
                    .NotReached.Concat(first.Purpose.Select(finding => finding.Statement))
                    .Except(purpose.Select(finding => finding.Statement)),
            ],
        };
    }

    /// <summary>The findings of the first attempt about statements that every attempt found violated, or none did.</summary>
    private static IReadOnlyList<Finding> Alike(
        IReadOnlyList<ScenarioResult> attempts,
        Func<ScenarioResult, IReadOnlyList<Finding>> findingsOf
    )
    {
        var outcomes = attempts.Select(attempt => OutcomesOf(findingsOf(attempt))).ToList();
        return
        [
            .. findingsOf(attempts[0])
                .Where(finding =>
                    outcomes.All(outcome =>
                        outcome.TryGetValue(finding.Statement, out var holds) && holds == outcomes[0][finding.Statement]
                    )
                ),
        ];
    }

    private static Dictionary<StatementId, bool> OutcomesOf(IReadOnlyList<Finding> findings) =>
        findings.GroupBy(finding => finding.Statement).ToDictionary(found => found.Key, found => found.All(finding => finding.Ok));
}
