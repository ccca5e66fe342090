using System.CommandLine;
using Conformance.Reports;
using Conformance.Reports.Html;
using Conformance.Reports.Matrix;
using Conformance.Testing.Engine;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>The <c>matrix</c> command: one page of several devices, or versions of one, by statement and class.</summary>
internal sealed class MatrixCommand
{
    private readonly SuiteOption _suiteOption = new();

    private readonly Argument<string[]> _directories = new("DIR")
    {
        Description = "The directories of the runs, as given to --out, in the order of the columns.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = $"The directory for {GridPage.FileName} and {GridJson.FileName}; earlier ones are replaced.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Terminal _terminal;

    private MatrixCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var matrix = new MatrixCommand(terminal);
        var command = new Command(
            "matrix",
            $"Writes one page, and JSON, of several devices or versions by statement and class. {ExitTable.Of("matrix")}"
        )
        {
            matrix._directories,
            matrix._out,
        };
        matrix._suiteOption.AddTo(command);
        command.SetAction(matrix.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var written = parsed.GetRequiredValue(_out);
        var directories = parsed.GetRequiredValue(_directories);
        if (directories.GroupBy(Path.GetFullPath, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new CannotRunException($"{twice.First()} is given twice.");
        }

        var suite = _suiteOption.Load(parsed);
        var columns = directories.Select((directory, at) => ColumnOf(directory, at, written, suite)).ToList();
        var grid = Grid.Of(columns, suite.Register);
        try
        {
            Directory.CreateDirectory(written);
            File.WriteAllText(Path.Combine(written, GridPage.FileName), GridPage.Create(grid));
            File.WriteAllText(Path.Combine(written, GridJson.FileName), GridJson.Create(grid));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"the matrix cannot be written to {written}: {e.Message}");
        }

        _terminal.Line(
            $"{RunSummary.Plural(grid.Rows.Count, "statement")} of {RunSummary.Plural(columns.Count, "run")}, "
                + $"{grid.Rows.Count(row => row.IsDisputed)} with differences: {Path.Combine(written, GridPage.FileName)}"
        );
        return ExitCode.Success;
    }

    private static GridColumn ColumnOf(string directory, int at, string written, ScenarioSuite suite)
    {
        var run = RunDirectory.Read(directory, () => RunJournal.Read(directory));
        return new GridColumn(Grid.LabelOf(at), directory, run, AddressOf(directory, written))
        {
            Conclusions = run.Header.Signer is null ? null : CertificationPapers.ConclusionsOf(suite, run),
        };
    }

    /// <summary>The address of the report of a run, relative to the page; null if the run has none.</summary>
    private static string? AddressOf(string directory, string written)
    {
        var report = Path.Combine(directory, HtmlReport.FileName);
        return File.Exists(report)
            ? string.Join(
                '/',
                Path.GetRelativePath(Path.GetFullPath(written), Path.GetFullPath(report))
                    .Split(Path.DirectorySeparatorChar)
                    .Select(Uri.EscapeDataString)
            )
            : null;
    }
}
