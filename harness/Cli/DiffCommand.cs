using System.CommandLine;
using Conformance.Reports;
using Conformance.Reports.Comparison;
using Conformance.Reports.Evidence;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>The <c>diff</c> command: compares two runs scenario by scenario, for example of two beds or two device versions.</summary>
internal sealed class DiffCommand
{
    private const string Text = "text";
    private const string Markdown = "markdown";
    private const string Json = "json";

    private readonly Argument<string> _before = new("DIR1") { Description = "The directory of a run, as given to --out." };
    private readonly Argument<string> _after = new("DIR2") { Description = "The directory of the other run." };
    private readonly Option<bool> _evidence = new("--evidence")
    {
        Description =
            "Compares two runs with the same seed exactly: octets, times, ports and order of the packets, all other input that "
            + "the tester got from its bed, verdicts, and of each finding its statement, whether it holds, its packet and its octet. "
            + "Wording, paths and line numbers are ignored. A scenario that only one of the runs contains is a difference.",
    };

    private readonly Option<string> _format = new("--format")
    {
        Description =
            $"{Text}: scenario by scenario. {Markdown}, for a pull request, and {Json}, for other programs: by statement, what is newly "
            + "violated first.",
        HelpName = $"{Text}|{Markdown}|{Json}",
        DefaultValueFactory = _ => Text,
    };

    private readonly SuiteOption _suiteOption = new();
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
            diff._format,
        };
        diff._suiteOption.AddTo(command);
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
            CommandMistakes.RefuseIdle(parsed, _format, "with --evidence");
            return CompareEvidence(before, after);
        }

        var format = FormatOf(parsed);
        var register = format == Text ? StatementRegister.Empty : _suiteOption.Load(parsed).Register;
        var diff = RunDiff.Between(Read(before), Read(after), register);
        if (diff.Common.Count == 0)
        {
            throw new CannotRunException("the two runs have no scenario in common.");
        }

        switch (format)
        {
            case Markdown:
                _terminal.Console.Profile.Out.Writer.Write(MarkdownDiff.Create(diff));
                break;
            case Json:
                _terminal.Console.Profile.Out.Writer.WriteLine(JsonDiff.Create(diff));
                break;
            default:
                Write(diff);
                break;
        }

        return diff.Differing.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private string FormatOf(ParseResult parsed)
    {
        var format = parsed.GetRequiredValue(_format);
        return format is Text or Markdown or Json
            ? format
            : throw new CannotRunException($"--format takes {Text}, {Markdown} or {Json}, not {format}.");
    }

    private void Write(RunDiff diff)
    {
        foreach (var partial in new[] { diff.Before, diff.After }.Select(run => new RunSummary(run).Partial).OfType<string>().Distinct())
        {
            _terminal.Line(partial);
        }

        foreach (var scenario in diff.Differing)
        {
            _terminal.Heading($"{scenario.Name}  {scenario.Title}");
            Write(diff.Before, scenario.Before);
            Write(diff.After, scenario.After);
            _terminal.Line();
        }

        _terminal.Line(
            $"{RunSummary.Plural(diff.Common.Count, "scenario")} of {Name(diff.Before)} and {Name(diff.After)}: "
                + $"{(diff.Differing.Count == 0 ? "none differs" : $"{diff.Differing.Count} with differences")}."
        );
        WriteOnly(diff.Before, diff.After);
        WriteOnly(diff.After, diff.Before);
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

    private static string Name(Run run) => $"{run.Header.Bed} ({run.Header.Implementation})";

    private void Write(Run run, ScenarioResult? result)
    {
        var violated = result is null ? [] : RunDiff.Violated(result).Order().ToList();
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
        var only = RunDiff.OnlyIn(run, other);
        if (only > 0)
        {
            _terminal.Line($"{RunSummary.Plural(only, "scenario")} only in {Name(run)}, not compared.");
        }
    }
}
