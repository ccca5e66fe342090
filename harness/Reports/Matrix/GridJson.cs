using System.Text.Json;
using Conformance.Reports.Certification;

namespace Conformance.Reports.Matrix;

/// <summary>Writes a grid as JSON, for other programs.</summary>
public static class GridJson
{
    public const string FileName = "matrix.json";

    public static string Create(Grid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return JsonSerializer.Serialize(
            new
            {
                Runs = grid.Columns.Select(column => new
                {
                    column.Label,
                    column.Directory,
                    column.Run.Header.Implementation,
                    column.Run.Header.Device,
                    column.Run.Header.Bed,
                    column.Run.Header.Started,
                    Suite = column.Run.Header.Suite?.Hash,
                    new RunSummary(column.Run).Conclusion,
                    Incomplete = new RunSummary(column.Run).IsIncomplete,
                }),
                Classes = grid.Classes.Select(known => new
                {
                    known.Class,
                    known.Title,
                    known.Role,
                    Edition = known.Edition.Name,
                    Runs = ByLabel(grid, known.Cells, Of),
                }),
                RolesAndLevels = grid.Tallies.Select(tally => new
                {
                    tally.Role,
                    tally.Level,
                    Runs = ByLabel(
                        grid,
                        tally.Counts,
                        counts => counts.OrderBy(count => count.Key).ToDictionary(count => ReportText.Of(count.Key), count => count.Value)
                    ),
                }),
                Statements = grid.Rows.Select(row => new
                {
                    Statement = row.Id.Value,
                    Level = row.Statement?.Level.Word,
                    Roles = row.Statement?.Roles.Select(role => role.ToString()),
                    row.Statement?.Paraphrase,
                    Runs = ByLabel(grid, row.Cells, Of),
                }),
                grid.Untested,
            },
            ReportJson.Options
        );
    }

    private static object? Of(ClassConclusion? known) =>
        known is null
            ? null
            : new
            {
                Conclusion = CertificationText.Of(known.Status),
                known.Applicable,
                known.Pass,
                known.Fail,
                known.Inconclusive,
                known.Error,
                known.NotTested,
                Violated = known.Violated.Select(statement => statement.Value),
            };

    private static object Of(GridCell cell) =>
        new
        {
            State = ReportText.Of(cell.State),
            cell.Violation?.Scenario,
            cell.Violation?.Finding.Expected,
            cell.Violation?.Finding.Actual,
        };

    private static Dictionary<string, TResult> ByLabel<T, TResult>(Grid grid, IReadOnlyList<T> values, Func<T, TResult> of) =>
        grid.Columns.Zip(values).ToDictionary(pair => pair.First.Label, pair => of(pair.Second));
}
