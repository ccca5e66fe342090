using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>A statement that two judgements of one scenario judged differently.</summary>
/// <param name="IsPurpose">True if the statement is a purpose of the scenario.</param>
/// <param name="Before">The findings of the first judgement only.</param>
/// <param name="After">The findings of the second judgement only.</param>
internal sealed record FindingChange(StatementId Statement, bool IsPurpose, IReadOnlyList<Finding> Before, IReadOnlyList<Finding> After)
{
    /// <summary>Every statement whose findings differ, those of the purpose first.</summary>
    public static IReadOnlyList<FindingChange> Between(ScenarioResult before, ScenarioResult after) =>
        [.. Between(before.Purpose, after.Purpose, isPurpose: true), .. Between(before.Incidental, after.Incidental, isPurpose: false)];

    private static IEnumerable<FindingChange> Between(IReadOnlyList<Finding> before, IReadOnlyList<Finding> after, bool isPurpose) =>
        from finding in before.Except(after).Concat(after.Except(before))
        group finding by finding.Statement into statement
        orderby statement.Key
        select new FindingChange(statement.Key, isPurpose, [.. statement.Except(after)], [.. statement.Except(before)]);
}
