using Conformance.Testing.Drivers;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>Converts tables to the form that drivers take.</summary>
internal static class Tables
{
    /// <summary>A table of field and expectation without a heading: its first line is a row like the others.</summary>
    public static IReadOnlyCollection<(string Field, string Expected)> Pairs(DataTable table)
    {
        var heading = table.Header.ToArray();
        return [(heading[0], heading[1]), .. table.Rows.Select(row => (row[0], row[1]))];
    }

    /// <summary>A table of one column without a heading, as one text: its lines joined by semicolons.</summary>
    public static string Lines(DataTable table) => string.Join("; ", table.Header.Concat(table.Rows.Select(row => row[0])));

    /// <summary>
    /// A table of changes without a heading: of two columns, field and value; of one, lines such as <c>Lifetime = 40 s</c>, or other words,
    /// which are about the options.
    /// </summary>
    public static IReadOnlyCollection<(string Field, string Value)> Changes(DataTable table) =>
        table.Header.Count > 1
            ? Pairs(table)
            :
            [
                .. table
                    .Header.Concat(table.Rows.Select(row => row[0]))
                    .Select(line => line.Split(" = ", 2) is [var field, var value] ? (field.Trim(), value.Trim()) : ("options", line)),
            ];

    /// <summary>A table with the columns outcome, reading and allowed when.</summary>
    public static IReadOnlyList<Reading> Readings(DataTable table) =>
        [.. table.Rows.Select(row => new Reading(row["outcome"], row["reading"], row["allowed when"]))];
}
