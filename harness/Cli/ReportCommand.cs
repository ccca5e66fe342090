using System.CommandLine;
using Conformance.Reports;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>The <c>report</c> command: writes the reports of a run, complete or not, from its journal and captures.</summary>
internal sealed class ReportCommand
{
    private readonly SuiteOption _suiteOption = new();
    private readonly Argument<string> _directory = new("DIR") { Description = "The directory of the run, as given to --out." };
    private readonly Terminal _terminal;

    private ReportCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var report = new ReportCommand(terminal);
        var command = new Command(
            "report",
            "Writes the reports of an earlier run, complete or not, from its journal and captures. Verdicts do not change."
        )
        {
            report._directory,
        };
        report._suiteOption.AddTo(command);
        command.SetAction(report.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var written = parsed.GetRequiredValue(_directory);
        var register = _suiteOption.Load(parsed).Register;
        var run = RunDirectory.Read(
            written,
            () =>
            {
                Report.WriteAll(written, register);
                return RunJournal.Read(written);
            }
        );
        new RunView(_terminal, run, register, written).Write(run.Header.Shared);
        return ExitCode.Success;
    }
}
