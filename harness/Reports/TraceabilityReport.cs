using System.Globalization;
using System.Text;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports;

/// <summary>Writes every statement with the scenarios that test it, as comma-separated values (RFC 4180) for other tools.</summary>
public static class TraceabilityReport
{
    public const string FileName = "traceability.csv";

    private static readonly string[] _columns =
    [
        "statement",
        "level",
        "roles",
        "item",
        "paraphrase",
        "disposal",
        "state",
        "covering",
        "scenarios",
        "verdicts",
        "shown",
        "violated as purpose",
        "violated in passing",
    ];

    public static string Create(Run run, StatementRegister register)
    {
        var csv = new StringBuilder();
        Row(csv, _columns);
        foreach (var outcome in StatementOutcome.Of(run, register))
        {
            var statement = outcome.Statement;
            Row(
                csv,
                outcome.Id.Value,
                statement?.Level.Word ?? string.Empty,
                string.Join(' ', statement?.Roles ?? []),
                statement?.Item ?? string.Empty,
                statement?.Paraphrase ?? string.Empty,
                statement?.Disposal?.ToString() ?? string.Empty,
                ReportText.Of(outcome.State),
                outcome.Covering is { } covering ? ReportText.Of(covering) : string.Empty,
                string.Join(' ', outcome.Scenarios.Select(scenario => run.NameOf(scenario.Key))),
                outcome.Verdicts,
                string.Join(", ", outcome.Shown.CountBy(shown => shown.Found).Select(found => $"{found.Value} {found.Key}")),
                Count(outcome.Violations, isPurpose: true),
                Count(outcome.Violations, isPurpose: false)
            );
        }

        return csv.ToString();
    }

    private static string Count(IEnumerable<Violation> violations, bool isPurpose) =>
        violations.Count(violation => violation.IsPurpose == isPurpose).ToString(CultureInfo.InvariantCulture);

    private static void Row(StringBuilder csv, params IEnumerable<string> cells) =>
        csv.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
