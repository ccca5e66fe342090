using System.CommandLine;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>The <c>rejudge</c> command: judges a run again from its journal, captures and trace files.</summary>
internal sealed class RejudgeCommand
{
    private readonly SuiteOption _suiteOption = new();
    private readonly Argument<string> _directory = new("DIR") { Description = "The directory of the run, as given to --out." };
    private readonly Terminal _terminal;

    private RejudgeCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var rejudge = new RejudgeCommand(terminal);
        var command = new Command(
            "rejudge",
            "Judges an earlier run again from its journal, captures and .trace.ndjson files, and shows where verdicts or findings "
                + $"differ. {ExitTable.Of("rejudge")}"
        )
        {
            rejudge._directory,
        };
        rejudge._suiteOption.AddTo(command);
        command.SetAction(rejudge.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var suite = _suiteOption.LoadSound(parsed, _terminal);
        var recorded = parsed.GetRequiredValue(_directory);
        var (run, judged) = RunDirectory.Read(
            recorded,
            () =>
            {
                var run = RunJournal.Read(recorded);
                return (run, new SuiteRunner(suite).Rejudge(recorded, run));
            }
        );
        if (judged.Count == 0)
        {
            throw new CannotRunException($"the run in {recorded} has no captures to judge.");
        }

        if (new RunSummary(run).Partial is { } partial)
        {
            _terminal.Line(partial);
        }

        var titles = run.Planned.ToDictionary(scenario => scenario.Key, scenario => scenario.Title);
        var differing = 0;
        foreach (var (before, after) in judged)
        {
            var changes = FindingChange.Between(before, after);
            if (before.Verdict != after.Verdict || changes.Count > 0)
            {
                differing++;
                Write($"{run.NameOf(before.Key)}  {titles.GetValueOrDefault(before.Key)}", before, after, changes);
            }
        }

        _terminal.Line(
            $"{RunSummary.Plural(judged.Count, "scenario")} judged again, "
                + $"{(differing == 0 ? "none differs" : $"{differing} with differences")}."
        );
        if (run.Results.Count > judged.Count)
        {
            _terminal.Line($"Not judged again for lack of a capture: {RunSummary.Plural(run.Results.Count - judged.Count, "result")}.");
        }

        return differing == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private void Write(string heading, ScenarioResult before, ScenarioResult after, IReadOnlyList<FindingChange> changes)
    {
        _terminal.Heading(heading);
        if (before.Verdict != after.Verdict)
        {
            _terminal.Line("  verdict");
            _terminal.Line($"    before  {ReportText.Of(before.Verdict)}: {before.Reason}");
            _terminal.Line($"    after   {ReportText.Of(after.Verdict)}: {after.Reason}");
        }

        foreach (var change in changes)
        {
            _terminal.Line($"  {change.Statement} ({(change.IsPurpose ? "purpose" : "incidental")})");
            WriteFindings("before", change.Before);
            WriteFindings("after", change.After);
        }

        _terminal.Line();
    }

    private void WriteFindings(string when, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
        {
            _terminal.Line($"    {when.PadRight(6)}  not judged");
        }

        foreach (var finding in findings)
        {
            var where = (finding.Packet, finding.Octet) switch
            {
                ({ } packet, { } octet) => $" (packet {packet}, octet {octet})",
                ({ } packet, null) => $" (packet {packet})",
                _ => "",
            };
            _terminal.Line(
                $"    {when.PadRight(6)}  {(finding.Ok ? "holds" : "violated")}: expected {finding.Expected}; {finding.Actual}{where}"
            );
        }
    }
}
