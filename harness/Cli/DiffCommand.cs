using System.CommandLine;
using Conformance.Reports;
using Conformance.Reports.Evidence;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>The <c>diff</c> command: compares two runs scenario by scenario, for example of two beds or two device versions.</summary>
internal sealed class DiffCommand
{
    private readonly Argument<string> _before = new("DIR1") { Description = "The directory of a run, as given to --out." };
    private readonly Argument<string> _after = new("DIR2") { Description = "The directory of the other run." };
    private readonly Option<bool> _evidence = new("--evidence")
    {
        Description =
            "Compares two runs with the same seed exactly: octets, times, ports and order of the packets, all other input that "
            + "the tester got from its bed, verdicts, and of each finding its statement, whether it holds, its packet and its octet. "
            + "Wording, paths and line numbers are ignored. A scenario that only one of the runs contains is a difference.",
    };

    private readonly Terminal _terminal;

    private DiffCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var diff = new DiffCommand(terminal);
        var command = new Command("diff", $"Compares the verdicts and the violated statements of two runs. {ExitTable.Of("diff")}")
        {
            diff._before,
            diff._after,
            diff._evidence,
        };
        command.SetAction(diff.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var (before, after) = (parsed.GetRequiredValue(_before), parsed.GetRequiredValue(_after));
        if (Path.TrimEndingDirectorySeparator(Path.GetFullPath(before)) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(after)))
        {
            throw new CannotRunException($"{before} and {after} are the same directory: there is nothing to compare.");
        }

        if (parsed.GetValue(_evidence))
        {
            return CompareEvidence(before, after);
        }

        var (one, other) = (Read(before), Read(after));
        var both = Selected(one)
            .Intersect(Selected(other))
            .OrderBy(key => key.Scenario, StringComparer.Ordinal)
            .ThenBy(key => key.Edition.Name)
            .ToList();
        if (both.Count == 0)
        {
            throw new CannotRunException("the two runs have no scenario in common.");
        }

        foreach (var partial in new[] { one, other }.Select(run => new RunSummary(run).Partial).OfType<string>().Distinct())
        {
            _terminal.Line(partial);
        }

        var titles = one.Planned.ToDictionary(scenario => scenario.Key, scenario => scenario.Title);
        var (first, second) = (ByKey(one), ByKey(other));
        var differing = 0;
        foreach (var key in both)
        {
            var (left, right) = (first.GetValueOrDefault(key), second.GetValueOrDefault(key));
            if (left is not null && right is not null && left.Verdict == right.Verdict && Violated(left).SetEquals(Violated(right)))
            {
                continue;
            }

            differing++;
            _terminal.Heading($"{one.NameOf(key)}  {titles[key]}");
            Write(one, left);
            Write(other, right);
            _terminal.Line();
        }

        _terminal.Line(
            $"{RunSummary.Plural(both.Count, "scenario")} of {Name(one)} and {Name(other)}: "
                + $"{(differing == 0 ? "none differs" : $"{differing} with differences")}."
        );
        WriteOnly(one, other);
        WriteOnly(other, one);
        return differing == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private int CompareEvidence(string one, string other)
    {
        var (a, b) = (RunDirectory.Read(one, () => RunEvidence.Read(one)), RunDirectory.Read(other, () => RunEvidence.Read(other)));
        if (a.Run.Results.Count == 0 && b.Run.Results.Count == 0)
        {
            throw new CannotRunException("neither run has a result.");
        }

        var report = EvidenceComparison.Between(a, b);
        new EvidenceView(_terminal).Write((one, a.Run), (other, b.Run), report);
        return report.Differing.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static Run Read(string directory) => RunDirectory.Read(directory, () => RunJournal.Read(directory));

    private static IEnumerable<ScenarioKey> Selected(Run run) =>
        run.Planned.Where(scenario => scenario.Selection == Selection.Selected).Select(scenario => scenario.Key);

    private static Dictionary<ScenarioKey, ScenarioResult> ByKey(Run run) => run.Results.ToDictionary(result => result.Key);

    private static HashSet<StatementId> Violated(ScenarioResult result) =>
        [.. result.Purpose.Concat(result.Incidental).Where(finding => !finding.Ok).Select(finding => finding.Statement)];

    private static string Name(Run run) => $"{run.Header.Bed} ({run.Header.Implementation})";

    private void Write(Run run, ScenarioResult? result)
    {
        var violated = result is null ? [] : Violated(result).Order().ToList();
        _terminal.Line(
            $"  {run.Header.Bed.PadRight(12)} {(result is null ? "has no result" : $"{ReportText.Of(result.Verdict)}: {result.Reason}")}"
        );
        if (violated.Count > 0)
        {
            _terminal.Line($"  {"".PadRight(12)} violated: {string.Join(", ", violated)}");
        }
    }

    private void WriteOnly(Run run, Run other)
    {
        var only = Selected(run).Except(Selected(other)).Count();
        if (only > 0)
        {
            _terminal.Line($"{RunSummary.Plural(only, "scenario")} only in {Name(run)}, not compared.");
        }
    }
}
