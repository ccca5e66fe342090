using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Engine;

/// <summary>The conclusion from the findings of a scenario.</summary>
internal sealed record Judgement(
    Verdict Verdict,
    string Reason,
    IReadOnlyList<Finding> Purpose,
    IReadOnlyList<Finding> Incidental,
    IReadOnlyList<StatementId> NotReached,
    IReadOnlyList<string> Remarks
);

/// <summary>
/// Derives the verdict from the findings. Only statements of the scenario's purpose decide the verdict, so that one fault fails its
/// own clause and not the whole suite. A scenario that ends before its purpose is inconclusive.
/// </summary>
internal static class VerdictRule
{
    public static Judgement Judge(TestSession session, StepLog steps, bool strict)
    {
        var purpose = session.Scenario.Purpose;
        var byPurpose = session.Findings.All.ToLookup(finding => purpose.Any(statement => statement.Id == finding.Statement));
        var own = byPurpose[true].ToList();
        var judged = own.Select(finding => finding.Statement).ToHashSet();
        var notReached = purpose.Select(statement => statement.Id).Where(id => !judged.Contains(id)).ToList();
        var violated = own.Where(finding => !finding.Ok).ToList();
        var binding = violated.Where(finding => strict || !IsRecommendation(finding)).ToList();
        var remarks = violated
            .Except(binding)
            .Select(finding => $"recommendation {finding.Statement} is not followed: expected {finding.Expected}; {finding.Actual}")
            .ToList();

        if (steps.Fault is { } alsoWrong && binding.Count > 0 && !steps.IsMismatch)
        {
            remarks.Add($"the scenario ended early: {alsoWrong}");
        }

        // An unmet recommendation that is the only problem ends the scenario, but does not fail it.
        var onlyRecommended = steps is { Decided: true, FailedPhase: Phase.Body } && remarks.Count > 0 && notReached.Count == 0;
        var (verdict, reason) = steps switch
        {
            { IsMismatch: true } => (Verdict.Error, steps.Fault!),
            { Collapse: { } before, IsOpen: false } when binding.Count == 0 => (Verdict.Inconclusive, $"the preamble failed: {before}"),
            { Collapse: { } broken, IsOpen: true, Breakdown: Breakdown.Dead or Breakdown.LostState } => (Verdict.Fail, broken),
            _ when binding is [var first, ..] => (Verdict.Fail, Text(first)),
            { Collapse: { } collapse } => (Verdict.Fail, collapse),
            { Fault: { } fault } => (Verdict.Error, fault),
            { Failure: { } failure } when onlyRecommended => (Verdict.Pass, $"only recommendations are not followed: {failure}"),
            { Failure: { } failure, FailedPhase: Phase.Preamble } => (Verdict.Inconclusive, $"the preamble failed: {failure}"),
            { Failure: { } failure } => (Verdict.Inconclusive, $"the purpose was not reached: {failure}"),
            _ when notReached.Count > 0 => (Verdict.Inconclusive, $"never judged: {string.Join(", ", notReached)}"),
            _ => (Verdict.Pass, "every statement of the purpose holds"),
        };
        return new Judgement(verdict, reason, own, [.. byPurpose[false]], notReached, remarks);

        bool IsRecommendation(Finding finding) => purpose.Any(statement => statement.Id == finding.Statement && statement.IsRecommendation);
    }

    private static string Text(Finding finding) =>
        $"{finding.Statement}: expected {finding.Expected}; {finding.Actual}"
        + (finding.Packet is { } packet ? $" (packet {packet})" : string.Empty);
}
