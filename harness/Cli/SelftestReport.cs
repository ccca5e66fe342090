using System.Globalization;
using Conformance.Reports;
using Conformance.TestBeds.SelfTests;
using Conformance.Testing.Engine;
using Pmip.Wire;
using Spectre.Console;

namespace Conformance.Cli;

/// <summary>What a self-test has shown, as tables or as JSON.</summary>
/// <param name="sample">The scenarios of each legal variant and null device; null if all have run.</param>
internal sealed class SelftestReport(IReadOnlyList<DeviceOutcome> outcomes, ScenarioSuite suite, int? sample, int seed, TimeSpan elapsed)
{
    private const int ShownProblems = 5;

    private readonly List<DeviceOutcome> _wrong = [.. outcomes.Where(outcome => outcome.Problems.Count > 0)];

    /// <summary>True if the suite is right about every device.</summary>
    public bool IsRight => _wrong.Count == 0;

    /// <summary>What is wrong about a device, in one word.</summary>
    public static string WordOf(DeviceOutcome outcome) =>
        outcome.Kind switch
        {
            DeviceKind.Deviation when outcome.KilledBy is null => "survives",
            DeviceKind.LegalVariant => "blamed",
            _ => "misjudged",
        };

    public void Write(Terminal terminal)
    {
        terminal.Console.Write(Totals());
        if (!IsRight)
        {
            terminal.Console.Write(Wrong());
        }

        terminal.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{RunSummary.Plural(outcomes.Count, "device")}, {RunSummary.Plural(outcomes.Sum(outcome => outcome.Runs), "run")}, "
            )
                + string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:F0} s, seed {seed}")
                + (sample is { } drawn ? $", a sample of {RunSummary.Plural(drawn, "scenario")} of each legal variant and null device" : "")
        );
        terminal.Line(
            IsRight
                ? "The suite is right about every device."
                : $"The suite is wrong about {RunSummary.Plural(_wrong.Count, "device")}, listed above."
        );
    }

    public string ToJson() =>
        ReportJson.Write(
            new
            {
                Product = Terminal.Product,
                CommandLine.Version,
                Seed = seed,
                Sample = sample,
                Seconds = Math.Round(elapsed.TotalSeconds, 1),
                IsRight,
                Totals = Kinds()
                    .Select(kind => new
                    {
                        Kind = NameOf(kind.Key),
                        Devices = kind.Count(),
                        Runs = kind.Sum(outcome => outcome.Runs),
                        Wrong = kind.Count(outcome => outcome.Problems.Count > 0),
                    }),
                Devices = outcomes.Select(outcome => new
                {
                    Kind = NameOf(outcome.Kind),
                    outcome.Name,
                    outcome.Description,
                    Statement = outcome.Statement?.ToString(),
                    Where = WhereIs(outcome),
                    outcome.Runs,
                    outcome.KilledBy,
                    Problems = outcome.Problems.Select(problem => new
                    {
                        problem.Scenario,
                        Statement = problem.Statement?.ToString(),
                        problem.What,
                    }),
                }),
            }
        );

    private IEnumerable<IGrouping<DeviceKind, DeviceOutcome>> Kinds() => outcomes.GroupBy(outcome => outcome.Kind);

    private Table Totals()
    {
        var table = Terminal.Table("Device", "#devices", "#runs", "#right", "#wrong");
        foreach (var kind in Kinds())
        {
            var wrong = kind.Count(outcome => outcome.Problems.Count > 0);
            table.AddRow(
                new Text(NameOf(kind.Key)),
                Terminal.Count(kind.Count()),
                Terminal.Count(kind.Sum(outcome => outcome.Runs)),
                Terminal.Count(kind.Count() - wrong, Color.Green),
                Terminal.Count(wrong, Color.Red)
            );
        }

        return table;
    }

    private Table Wrong()
    {
        var table = Terminal.Table("Device", "Where", "Statement", "What");
        foreach (var outcome in _wrong)
        {
            foreach (var (index, problem) in outcome.Problems.Take(ShownProblems).Index())
            {
                table.AddRow(
                    new Text(index == 0 ? $"{outcome.Name} ({WordOf(outcome)})" : ""),
                    new Text(problem.Scenario ?? WhereIs(outcome) ?? ""),
                    new Text(problem.Statement?.ToString() ?? ""),
                    new Text(PrintableText.Of(problem.What))
                );
            }

            if (outcome.Problems.Count > ShownProblems)
            {
                table.AddRow("", "", "", $"and {outcome.Problems.Count - ShownProblems} more, with --json");
            }
        }

        return table;
    }

    /// <summary>The row of the register that a deviation violates: file and line.</summary>
    private string? WhereIs(DeviceOutcome outcome) =>
        outcome.Statement is { } id && suite.Register.Find(id) is { } statement
            ? string.Create(CultureInfo.InvariantCulture, $"{statement.File}:{statement.FileLine}")
            : null;

    private static string NameOf(DeviceKind kind) =>
        kind switch
        {
            DeviceKind.Deviation => "deviation",
            DeviceKind.LegalVariant => "legal variant",
            _ => "null device",
        };
}
