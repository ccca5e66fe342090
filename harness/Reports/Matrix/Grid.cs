using Conformance.Reports.Certification;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Matrix;

/// <summary>One run in a grid.</summary>
/// <param name="Label">A capital letter, or two: the heading of its column.</param>
/// <param name="Directory">The directory of the run, as the user gave it.</param>
/// <param name="ReportAddress">The address of its report, relative to the page; null if there is none.</param>
public sealed record GridColumn(string Label, string Directory, Run Run, string? ReportAddress)
{
    /// <summary>What the certification of the run concludes; null if the run is no certification.</summary>
    public Conclusions? Conclusions { get; init; }
}

/// <summary>What one run showed of one statement.</summary>
/// <param name="Violation">The first violation; null if there is none.</param>
public sealed record GridCell(StatementState State, Violation? Violation);

/// <summary>One statement, with a cell for each run.</summary>
/// <param name="Statement">The row in the register; null if the register does not contain the statement.</param>
public sealed record GridRow(StatementId Id, Statement? Statement, IReadOnlyList<GridCell> Cells)
{
    /// <summary>True if two runs that judged the statement judged it differently.</summary>
    public bool IsDisputed => Cells.Select(cell => cell.State).Where(state => state <= StatementState.Passed).Distinct().Skip(1).Any();
}

/// <summary>How many statements of a role and level each run found in which state.</summary>
/// <param name="Counts">For each run, the statements in each state that occurs.</param>
public sealed record GridTally(string Role, string Level, IReadOnlyList<IReadOnlyDictionary<StatementState, int>> Counts);

/// <summary>One class of conformance for a role in an edition, with a cell for each run.</summary>
/// <param name="Cells">Null for a run that is no certification, or of another role.</param>
public sealed record GridClass(string Class, string Title, string Role, Edition Edition, IReadOnlyList<ClassConclusion?> Cells);

/// <summary>Several devices, or versions of one, by statement.</summary>
/// <param name="Rows">The statements that at least one run has judged or could not judge, by id.</param>
/// <param name="Tallies">The same statements counted by role and level; one that binds two roles counts for both.</param>
/// <param name="Untested">How many further statements of the register no run tested.</param>
/// <param name="Classes">The classes that a certified implementation claims.</param>
public sealed record Grid(
    IReadOnlyList<GridColumn> Columns,
    IReadOnlyList<GridRow> Rows,
    IReadOnlyList<GridTally> Tallies,
    int Untested,
    IReadOnlyList<GridClass> Classes
)
{
    public static Grid Of(IReadOnlyList<GridColumn> columns, StatementRegister register)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(register);
        var outcomes = columns.Select(column => StatementOutcome.Of(column.Run, register).ToDictionary(outcome => outcome.Id)).ToList();
        var ids = outcomes.SelectMany(run => run.Keys).Distinct().Order().ToList();
        var rows = ids.Select(id => new GridRow(
                id,
                register.Find(id),
                [.. outcomes.Select(run => run.TryGetValue(id, out var outcome) ? Of(outcome) : new GridCell(StatementState.NotRun, null))]
            ))
            .Where(row => row.Cells.Any(cell => cell.State <= StatementState.Passed))
            .ToList();
        return new Grid(columns, rows, TalliesOf(rows, columns.Count), ids.Count - rows.Count, ClassesOf(columns));
    }

    /// <summary>The label of a column: A to Z, then AA, AB and so on.</summary>
    public static string LabelOf(int column) => (column < 26 ? "" : LabelOf(column / 26 - 1)) + (char)('A' + column % 26);

    private static GridCell Of(StatementOutcome outcome) => new(outcome.State, outcome.Violations is [var first, ..] ? first : null);

    private static List<GridClass> ClassesOf(IReadOnlyList<GridColumn> columns) =>
        [
            .. columns
                .SelectMany(column => column.Conclusions?.Classes ?? [])
                .Where(known => known.Status != ClassStatus.NotClaimed)
                .DistinctBy(KeyOf)
                .Select(first => new GridClass(
                    first.Class,
                    first.Title,
                    first.Role,
                    first.Edition,
                    [.. columns.Select(column => column.Conclusions?.Classes.FirstOrDefault(known => KeyOf(known) == KeyOf(first)))]
                )),
        ];

    private static (string Role, string Class, Edition Edition) KeyOf(ClassConclusion known) => (known.Role, known.Class, known.Edition);

    private static List<GridTally> TalliesOf(List<GridRow> rows, int columns) =>
        [
            .. rows.Where(row => row.Statement is not null)
                .SelectMany(row => row.Statement!.Roles, (row, role) => (row, role))
                .GroupBy(pair => (pair.role, pair.row.Statement!.Level), pair => pair.row)
                .OrderBy(group => group.Key.role)
                .ThenBy(group => RequirementLevel.OfStatements.ToList().IndexOf(group.Key.Level))
                .Select(group => new GridTally(
                    group.Key.role.ToString(),
                    group.Key.Level.Word,
                    [
                        .. Enumerable
                            .Range(0, columns)
                            .Select(column =>
                                group.CountBy(row => row.Cells[column].State).ToDictionary(state => state.Key, state => state.Value)
                            ),
                    ]
                )),
        ];
}
