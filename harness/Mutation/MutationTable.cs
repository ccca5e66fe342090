using System.Globalization;

namespace Conformance.Mutation;

/// <summary>The results as a table for programs, and as a text for people.</summary>
public static class MutationTable
{
    private const int IdWidth = 90;

    /// <summary>One line for each mutant, with a line of column names.</summary>
    public static string Tsv(IEnumerable<MutantResult> results) =>
        string.Concat(
            results
                .Select(result =>
                    string.Join(
                        '\t',
                        result.Mutant.Id,
                        result.Mutant.Location,
                        result.Mutant.Operator,
                        Cell(result.Mutant.Original),
                        Cell(result.Mutant.Mutated),
                        Word(result.Observed.Outcome),
                        result.Observed.Scenario,
                        result.Observed.Statement,
                        Cell(result.Observed.Reason)
                    )
                )
                .Prepend("id\tlocation\toperator\toriginal\tmutated\tresult\tscenario\tstatement\treason")
                .Select(line => line + "\n")
        );

    /// <summary>A number, aligned to the right.</summary>
    public static string Right(int number, int width) => number.ToString(CultureInfo.InvariantCulture).PadLeft(width);

    /// <summary>One line about one result.</summary>
    public static string Line(MutantResult result) =>
        $"{Word(result.Observed.Outcome).PadRight(10)} {result.Mutant.Id.PadRight(IdWidth)} {result.Observed.Scenario} ".TrimEnd()
        + (result.Observed.Statement.Length > 0 ? $" {result.Observed.Statement}" : "");

    /// <summary>What was not killed, the counts by operator, and the measure.</summary>
    public static string Text(IReadOnlyList<MutantResult> results)
    {
        var open = results.Where(result => !result.Observed.IsKill && result.Observed.Outcome != MutantOutcome.Equivalent);
        return string.Join(
            "\n",
            open.Select(result =>
                    $"{result.Mutant.Location}: {Word(result.Observed.Outcome)}\n  {result.Mutant.Id}"
                    + $"\n  - {result.Mutant.Original}\n  + {result.Mutant.Mutated}"
                    + (result.Observed.IsNoticed ? $"\n  {result.Observed.Scenario} {result.Observed.Reason}" : "")
                )
                .Concat(["", "operator     killed   of"])
                .Concat(
                    results
                        .Where(result => result.Observed.Outcome != MutantOutcome.Equivalent)
                        .GroupBy(result => result.Mutant.Operator)
                        .OrderBy(group => group.Key, StringComparer.Ordinal)
                        .Select(group =>
                            $"{group.Key.PadRight(12)} {Right(group.Count(result => result.Observed.IsKill), 6)} {Right(group.Count(), 4)}"
                        )
                )
                .Concat(["", Summary(results)])
        );
    }

    /// <summary>The killed among those that are not equivalent.</summary>
    public static string Summary(IReadOnlyList<MutantResult> results)
    {
        var counted = results.Where(result => result.Observed.Outcome != MutantOutcome.Equivalent).ToList();
        var killed = counted.Count(result => result.Observed.IsKill);
        var share = counted.Count == 0 ? 0 : 100.0 * killed / counted.Count;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"killed/non-equivalent: {killed}/{counted.Count} ({share:0} %)"
                + $": {Count(MutantOutcome.Killed)} by a finding, {Count(MutantOutcome.Breakdown)} broken down, "
                + $"{Count(MutantOutcome.TimedOut)} timed out"
                + $"; not killed: {Count(MutantOutcome.Crash)} crashed, {Count(MutantOutcome.Noticed)} noticed, "
                + $"{Count(MutantOutcome.Survived)} survived"
                + $"; {Count(MutantOutcome.Equivalent)} equivalent"
        );

        int Count(MutantOutcome outcome) => results.Count(result => result.Observed.Outcome == outcome);
    }

    public static string Word(MutantOutcome outcome) => outcome == MutantOutcome.TimedOut ? "timed out" : $"{outcome}".ToLowerInvariant();

    /// <summary>A text that may come from the wire, in one cell.</summary>
    private static string Cell(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
