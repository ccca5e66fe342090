using Conformance.Reports;
using Conformance.Reports.Html;
using Conformance.Testing.Capture;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>The directory to which a run writes its journal, captures and reports.</summary>
internal static class RunDirectory
{
    private const string Captures = "captures";

    private static readonly string[] _files = [RunJournal.FileName, JunitReport.FileName, TraceabilityReport.FileName, HtmlReport.FileName];

    /// <summary>Creates the directory, or deletes the files of an earlier run from it. Other files are kept.</summary>
    /// <exception cref="CannotRunException">The directory cannot be written to, or contains files but not a run.</exception>
    public static void Prepare(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            if (Directory.EnumerateFileSystemEntries(directory).Any() && !File.Exists(Path.Combine(directory, RunJournal.FileName)))
            {
                throw new CannotRunException($"{directory} contains files but not an earlier run; choose an empty directory with --out.");
            }

            foreach (var file in _files.Select(name => Path.Combine(directory, name)).Concat(CapturesIn(Path.Combine(directory, Captures))))
            {
                File.Delete(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"the run cannot be written to {directory}: {e.Message}");
        }
    }

    /// <summary>Reads data from the directory of an earlier run.</summary>
    /// <exception cref="CannotRunException">The directory does not exist, or does not contain a run.</exception>
    public static T Read<T>(string directory, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DirectoryNotFoundException) when (!Directory.Exists(directory))
        {
            throw new CannotRunException($"there is no directory {directory}.");
        }
        catch (FileNotFoundException e)
        {
            throw new CannotRunException($"{directory} is not the directory of a complete run: {e.FileName} is missing.");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException(e.Message);
        }
    }

    private static string[] CapturesIn(string directory) =>
        Directory.Exists(directory)
            ?
            [
                .. Directory.GetFiles(directory, "*" + TraceFile.CaptureExtension),
                .. Directory.GetFiles(directory, "*" + TraceFile.EventsExtension),
            ]
            : [];
}
