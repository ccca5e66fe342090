using System.Diagnostics;
using System.Globalization;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Pmip.Linux;

namespace Conformance.TestBeds.Lanes;

/// <summary>A program that a host runs, while it becomes ready, and afterwards.</summary>
internal sealed class HostProcess : IPending, IDisposable
{
    private static readonly TimeSpan _readyWithin = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly DirectoryInfo _files;
    private readonly string? _ready;
    private readonly DateTimeOffset _until = WiredPorts.Now + _readyWithin;
    private readonly List<string> _said = [];
    private bool _isReady;

    /// <param name="start">What to start; its streams are redirected.</param>
    /// <param name="ready">Words of a line by which it says that it is ready; null if it is ready at once.</param>
    /// <param name="files">Its directory, which is deleted with it.</param>
    /// <param name="ownFiles">Files and directories of the machine that it has for itself.</param>
    public HostProcess(
        NetworkNamespace inside,
        string node,
        ProcessStartInfo start,
        string? ready,
        DirectoryInfo files,
        IReadOnlyList<string> ownFiles
    )
    {
        (Node, _ready, _files, _isReady) = (node, ready, files, ready is null);
        Program = Path.GetFileName(start.FileName);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = inside.Start(start, ownFiles);
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Node { get; }

    public string Program { get; }

    public bool HasEnded => _process.HasExited;

    /// <summary>Everything that it has said, for a program that says little.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_said)
            {
                return [.. _said];
            }
        }
    }

    /// <summary>How the program has ended, although it was to go on; null while it runs.</summary>
    public Outcome.Failed? Failure =>
        HasEnded
            ? new Outcome.Failed(string.Create(CultureInfo.InvariantCulture, $"{Program} has ended with {_process.ExitCode}: {LastWords}"))
            : null;

    public bool IsComplete => IsReady || HasEnded || WiredPorts.Now >= _until;

    public Outcome Result =>
        Failure is { } failure ? failure
        : IsReady ? Outcome.Ok
        : new Outcome.Failed($"{Program} is not ready after {_readyWithin.TotalSeconds} s: {LastWords}");

    private bool IsReady
    {
        get
        {
            lock (_said)
            {
                return _isReady;
            }
        }
    }

    private string LastWords => string.Join(" | ", Said.TakeLast(3));

    /// <summary>Waits for the rest of what a program that has ended has said.</summary>
    public int AwaitEnd()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            // A program may have children, which share its streams.
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit();
        _process.Dispose();
        _files.Delete(recursive: true);
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_said)
        {
            _isReady |= _ready is not null && line.Contains(_ready, StringComparison.Ordinal);
            _said.Add(line);
        }
    }
}
