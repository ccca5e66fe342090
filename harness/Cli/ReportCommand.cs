using System.CommandLine;
using Conformance.Reports;
using Conformance.Reports.Formats;
using Conformance.Reports.Html;
using Conformance.Testing.Capture;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>The <c>report</c> command: writes the reports of a run, complete or not, from its journal and captures.</summary>
internal sealed class ReportCommand
{
    /// <summary>What each format writes, into which file.</summary>
    private static readonly Dictionary<string, (string File, Func<Run, StatementRegister, string> Create)> _known = new()
    {
        ["cucumber"] = (CucumberMessages.FileName, CucumberMessages.Create),
        ["reqif"] = (ReqIf.FileName, ReqIf.Create),
    };

    private readonly SuiteOption _suiteOption = new();
    private readonly Argument<string> _directory = new("DIR") { Description = "The directory of the run, as given to --out." };
    private readonly Option<string[]> _formats = new("--format")
    {
        Description =
            $"Writes the run in this format, too: cucumber, the messages of Cucumber, one a line, to {CucumberMessages.FileName}; or "
            + $"statements, scenarios and their relations in ReqIF 1.2, to {ReqIf.FileName}. May be repeated.",
        HelpName = "FORMAT",
    };

    private readonly Option<string[]> _specifications = new("--spec")
    {
        Description =
            "Your own copy of a specification as text: writes it as a page beside the report, with the statements and their scenarios in "
            + "its margin. The file has the name of the edition, as in rfc5213.txt, or is given as EDITION=FILE. May be repeated.",
        HelpName = "FILE",
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
            report._specifications,
        };
        report._suiteOption.AddTo(command);
        command.SetAction(report.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var written = parsed.GetRequiredValue(_directory);
        var formats = parsed.GetValue(_formats) ?? [];
        if (formats.FirstOrDefault(format => !_known.ContainsKey(format)) is { } unknown)
        {
            throw new CannotRunException($"there is no format '{unknown}'; known: {string.Join(", ", _known.Keys)}.");
        }

        var register = _suiteOption.Load(parsed).Register;
        var copies = (parsed.GetValue(_specifications) ?? []).Select(given => SpecificationCopy.Read(given, register)).ToList();
        var run = RunDirectory.Read(
            written,
            () =>
            {
                var read = RunJournal.Read(written);
                RequireCaptures(written, read);
                using var locked = RunDirectory.Lock(written);
                foreach (var copy in copies)
                {
                    File.WriteAllText(Path.Combine(written, SpecificationPage.FileNameOf(copy.Edition)), copy.PageOf(read, register));
                }

                Report.WriteAll(written, register);
                foreach (var format in formats.Distinct())
                {
                    File.WriteAllText(Path.Combine(written, _known[format].File), _known[format].Create(read, register));
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
