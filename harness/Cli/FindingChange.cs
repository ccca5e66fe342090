using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>A statement that one scenario judged in two ways.</summary>
/// <param name="IsPurpose">It is a purpose of the scenario.</param>
/// <param name="Before">The findings that came only the first time.</param>
/// <param name="After">The findings that came only the second time.</param>
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
