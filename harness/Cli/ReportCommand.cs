using System.CommandLine;
using Conformance.Reports;
using Conformance.Reports.Formats;
using Conformance.Testing.Capture;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>The <c>report</c> command: writes the reports of a run, complete or not, from its journal and captures.</summary>
internal sealed class ReportCommand
{
    private const string Cucumber = "cucumber";

    private readonly SuiteOption _suiteOption = new();
    private readonly Argument<string> _directory = new("DIR") { Description = "The directory of the run, as given to --out." };
    private readonly Option<string[]> _formats = new("--format")
    {
        Description =
            $"Writes the run in this format, too: {Cucumber}, the messages of Cucumber, one a line, to {CucumberMessages.FileName}.",
        HelpName = Cucumber,
    };

    private readonly Terminal _terminal;

    private ReportCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var report = new ReportCommand(terminal);
        var command = new Command(
            "report",
            "Writes the reports of an earlier run, complete or not, from its journal and captures. Verdicts do not change. "
                + ExitTable.Of("report")
        )
        {
            report._directory,
            report._formats,
        };
        report._suiteOption.AddTo(command);
        command.SetAction(report.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var written = parsed.GetRequiredValue(_directory);
        var formats = parsed.GetValue(_formats) ?? [];
        if (formats.FirstOrDefault(format => format != Cucumber) is { } unknown)
        {
            throw new CannotRunException($"there is no format '{unknown}'; known: {Cucumber}.");
        }

        var register = _suiteOption.Load(parsed).Register;
        var run = RunDirectory.Read(
            written,
            () =>
            {
                var read = RunJournal.Read(written);
                RequireCaptures(written, read);
                using var locked = RunDirectory.Lock(written);
                Report.WriteAll(written, register);
                if (formats.Length > 0)
                {
                    File.WriteAllText(Path.Combine(written, CucumberMessages.FileName), CucumberMessages.Create(read, register));
                }

                return read;
            }
        );
        new RunView(_terminal, run, register, written).Write(run.Header.Shared);
        return ExitCode.Success;
    }

    /// <summary>A report with a damaged capture would look as if the evidence were there.</summary>
    /// <exception cref="InvalidDataException">A capture or its trace events cannot be read; the message names file and offset.</exception>
    private static void RequireCaptures(string directory, Run run)
    {
        foreach (var capture in run.Results.Select(result => result.Capture).OfType<string>())
        {
            TraceFile.Read(Path.Combine(directory, capture));
        }
    }
}
