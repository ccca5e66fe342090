using System.CommandLine;
using Conformance.Reports;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary><c>report</c>: the reports of a run again, from its journal and captures; also of a run that something killed.</summary>
internal sealed class ReportCommand
{
    private readonly SuiteOption suiteOption = new();
    private readonly Argument<string> directory = new("DIR") { Description = "The directory of the run, as given to --out." };
    private readonly Terminal terminal;

    private ReportCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var report = new ReportCommand(terminal);
        var command = new Command("report", "Writes the reports of an earlier run again, also of one that was cut off. Judges nothing.")
        {
            report.directory,
        };
        report.suiteOption.AddTo(command);
        command.SetAction(report.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var written = parsed.GetRequiredValue(directory);
        var register = suiteOption.Load(parsed).Register;
        var run = RunDirectory.Read(written, () =>
        {
            Report.WriteAll(written, register);
            return RunJournal.Read(written);
        });
        new RunView(terminal, run, register, written).Write(run.Header.Shared);
        return ExitCode.Success;
    }
}
