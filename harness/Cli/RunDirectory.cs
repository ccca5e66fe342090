using System.Text.Json;
using Conformance.Reports;
using Conformance.Reports.Formats;
using Conformance.Reports.Html;
using Conformance.Testing.Capture;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>The directory to which a run writes its journal, captures and reports, locked until it is disposed of.</summary>
internal sealed class RunDirectory : IDisposable
{
    public const string Default = "out";

    public const string LockName = ".lock";

    private const string Captures = "captures";

    /// <summary>The directories of the captures of a certification's later attempts.</summary>
    private const string Attempts = "attempt-*";

    private static readonly string[] _files =
    [
        RunJournal.FileName,
        JunitReport.FileName,
        TraceabilityReport.FileName,
        HtmlReport.FileName,
        CucumberMessages.FileName,
        ReqIf.FileName,
    ];

    private readonly FileStream _lock;

    private RunDirectory(FileStream locked) => _lock = locked;

    /// <summary>Creates the directory, or deletes the files of an earlier run from it. Other files are kept.</summary>
    /// <param name="mayReplace">True if an earlier run in the directory may be replaced.</param>
    /// <exception cref="CannotRunException">
    /// The directory cannot be written to, another run writes to it, or it contains files that may not be replaced.
    /// </exception>
    public static RunDirectory Prepare(string directory, bool mayReplace)
    {
        try
        {
            Directory.CreateDirectory(directory);
            var locked = Lock(directory);
            try
            {
                Clear(directory, mayReplace);
                return locked;
            }
            catch
            {
                locked.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"the run cannot be written to {directory}: {e.Message}");
        }
    }

    /// <summary>Locks the directory of an earlier run, to write reports to it.</summary>
    /// <exception cref="CannotRunException">A run still writes to it.</exception>
    public static RunDirectory Lock(string directory)
    {
        var path = Path.Combine(directory, LockName);
        try
        {
            return new RunDirectory(new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None));
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(path))
        {
            throw new CannotRunException($"another run is writing to {directory}; wait for its end, or choose another directory.");
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

    /// <summary>Runs scenarios and writes what they give to the directory of a run.</summary>
    /// <exception cref="CannotRunException">A file cannot be written; what was written before is kept.</exception>
    public static T Write<T>(string directory, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (FaultOfDisk(e) is { } fault)
        {
            throw new CannotRunException($"the run cannot be written to {directory}: {fault.Message}");
        }
    }

    /// <summary>Unlocks the directory.</summary>
    public void Dispose()
    {
        // Delete the file while it is locked: another run that opens it later makes a new one.
        File.Delete(_lock.Name);
        _lock.Dispose();
    }

    private static Exception? FaultOfDisk(Exception e)
    {
        var cause = (e as AggregateException)?.InnerException ?? e;
        return cause is IOException or UnauthorizedAccessException ? cause : null;
    }

    private static void Clear(string directory, bool mayReplace)
    {
        if (!Directory.EnumerateFileSystemEntries(directory).Any(path => Path.GetFileName(path) != LockName))
        {
            return;
        }

        if (!HoldsRun(directory))
        {
            throw new CannotRunException($"{directory} contains files but not an earlier run; choose an empty directory with --out.");
        }

        if (!mayReplace)
        {
            throw new CannotRunException($"{directory} contains an earlier run; replace it with --force, or choose another directory.");
        }

        foreach (
            var file in _files
                .Select(name => Path.Combine(directory, name))
                .Concat(Directory.GetFiles(directory, SpecificationPage.FileNames))
                .Concat(CapturesIn(Path.Combine(directory, Captures)))
        )
        {
            File.Delete(file);
        }
    }

    /// <summary>True if the directory has the journal of a run, which may have been cut off after its first line.</summary>
    private static bool HoldsRun(string directory)
    {
        var journal = Path.Combine(directory, RunJournal.FileName);
        try
        {
            using var line = JsonDocument.Parse(File.Exists(journal) ? File.ReadLines(journal).FirstOrDefault("") : "");
            return line.RootElement.GetProperty("kind").GetString() == "run"
                && line.RootElement.GetProperty("data").GetProperty(nameof(RunHeader.Product)).GetString() == Terminal.Product;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return false;
        }
    }

    private static IEnumerable<string> CapturesIn(string directory) =>
        Directory.Exists(directory)
            ? Directory
                .GetDirectories(directory, Attempts)
                .Prepend(directory)
                .SelectMany(place =>
                    new[] { TraceFile.CaptureExtension, TraceFile.EventsExtension }.SelectMany(extension =>
                        Directory.GetFiles(place, "*" + extension)
                    )
                )
            : [];
}
