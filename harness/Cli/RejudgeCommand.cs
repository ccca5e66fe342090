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
    private readonly KeyOptions _keyOptions = new();
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
        rejudge._keyOptions.AddTo(command, takesKeys: true);
        rejudge._suiteOption.AddTo(command);
        command.SetAction(rejudge.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var suite = _suiteOption.LoadSound(parsed, _terminal);
        var recorded = parsed.GetRequiredValue(_directory);
        var keys = _keyOptions.Read(parsed);
        var (run, rejudged) = RunDirectory.Read(
            recorded,
            () =>
            {
                var run = RunJournal.Read(recorded);
                return (run, new SuiteRunner(suite).Rejudge(recorded, run, keys));
            }
        );
        var judged = rejudged.Judged;
        if (judged.Count + rejudged.Unread.Count == 0)
        {
            throw new CannotRunException($"the run in {recorded} has no captures to judge.");
        }

        _keyOptions.WriteSideFile(parsed, recorded, rejudged.ProtectedDomains, keys);
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
        WriteUnread(run, rejudged);
        var without = run.Judgements.Count(result => result.Capture is null);
        if (without > 0)
        {
            _terminal.Line($"Not judged again for lack of a capture: {RunSummary.Plural(without, "result")}.");
        }

        return differing + rejudged.Changed.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Says which scenarios were compared with their hashes alone, and which keys would be needed to judge them.</summary>
    private void WriteUnread(Run run, RejudgedRun rejudged)
    {
        if (rejudged.Unread.Count == 0)
        {
            return;
        }

        _terminal.Line(
            $"Checked by hash only, for lack of keys (--keys): {RunSummary.Plural(rejudged.Unread.Count, "scenario")}: "
                + $"{Names(rejudged.Unread)}."
        );
        _terminal.Line($"Missing keys, by fingerprint: {string.Join(", ", rejudged.MissingKeys)}.");
        if (rejudged.Changed.Count > 0)
        {
            _terminal.Line($"Not the files of the journal: {Names(rejudged.Changed)}.");
        }

        string Names(IEnumerable<ScenarioResult> results) => string.Join(", ", results.Select(result => run.NameOf(result.Key)));
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
