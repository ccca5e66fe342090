using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Engine;

/// <summary>What the findings of a scenario come to.</summary>
internal sealed record Judgement(
    Verdict Verdict, string Reason, IReadOnlyList<Finding> Purpose, IReadOnlyList<Finding> Incidental, IReadOnlyList<StatementId> NotReached, IReadOnlyList<string> Remarks);

/// <summary>
/// From findings to the verdict. Only statements of the scenario's purpose decide it: one fault reddens its
/// clause and not the suite. A scenario that ends before its purpose says nothing.
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
        var remarks = violated.Except(binding).Select(finding => $"recommendation {finding.Statement} is not followed: expected {finding.Expected}; {finding.Actual}").ToList();

        var (verdict, reason) = (steps.Fault, binding, steps.Failure, notReached) switch
        {
            ({ } fault, _, _, _) => (Verdict.Error, fault),
            (_, [var first, ..], _, _) => (Verdict.Fail, Text(first)),
            (_, _, { } failure, _) when remarks.Count > 0 && notReached.Count == 0 => (Verdict.Pass, $"only recommendations are not followed: {failure}"),
            (_, _, { } failure, _) => (Verdict.Inconclusive, steps.FailedPhase == Phase.Preamble ? $"the preamble did not come about: {failure}" : $"the purpose was not reached: {failure}"),
            (_, _, _, { Count: > 0 }) => (Verdict.Inconclusive, $"never judged: {string.Join(", ", notReached)}"),
            _ => (Verdict.Pass, "every statement of the purpose holds"),
        };
        return new Judgement(verdict, reason, own, [.. byPurpose[false]], notReached, remarks);

        bool IsRecommendation(Finding finding) => purpose.Any(statement => statement.Id == finding.Statement && statement.IsRecommendation);
    }

    private static string Text(Finding finding) =>
        $"{finding.Statement}: expected {finding.Expected}; {finding.Actual}{(finding.Packet is { } packet ? $" (packet {packet})" : string.Empty)}";
}
