using System.Diagnostics;
using System.Globalization;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Pmip.Linux;
using Pmip.Node;
using Pmip.Node.Configuration;

namespace Conformance.TestBeds.Namespaces;

/// <summary>A <c>pmip-node</c> in a namespace. It ends with this object, and with this program even if that is killed.</summary>
public sealed class NodeProcess : IImplementationUnderTest, IDisposable
{
    private const int LinesKept = 20;
    private static readonly TimeSpan _startsWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _endsWithin = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly Queue<string> _log = new();
    private readonly Lock _gate = new();
    private readonly string _name;
    private readonly Action<string>? _logged;

    private NodeProcess(Process process, string name, Action<string>? logged)
    {
        _process = process;
        _name = name;
        _logged = logged;
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
    }

    public IutHealth Health => _process.HasExited ? IutHealth.Crashed : IutHealth.Running;

    public string? Crash
    {
        get
        {
            if (!_process.HasExited)
            {
                return null;
            }

            // Without a time limit this also waits for the rest of the log.
            _process.WaitForExit();
            lock (_gate)
            {
                var log = _log.Count > 0 ? $", the end of its log: {string.Join(" | ", _log.TakeLast(3))}" : string.Empty;
                return string.Create(CultureInfo.InvariantCulture, $"{_name} ended with {_process.ExitCode}{log}");
            }
        }
    }

    public int Id => _process.Id;

    public void AwaitEnd(TimeSpan within) => _process.WaitForExit(within);

    /// <summary>Starts a node and waits until it is ready.</summary>
    /// <param name="logged">Called with every line of its log.</param>
    /// <exception cref="BedUnavailableException">The node did not become ready.</exception>
    public static NodeProcess Start(NetworkNamespace inside, NodeConfiguration configuration, Action<string>? logged = null)
    {
        var file = Path.Combine(
            Path.GetTempPath(),
            $"pmip-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}.json"
        );
        File.WriteAllText(file, configuration.ToJson());
        try
        {
            return Start(inside, configuration.Role, configuration.Name, file, logged);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Starts a node from a configuration file.</summary>
    /// <exception cref="BedUnavailableException">The node did not become ready.</exception>
    public static NodeProcess Start(NetworkNamespace inside, string role, string name, string file, Action<string>? logged = null)
    {
        var program = NodeProgram.Current.FileName;
        if (!File.Exists(program))
        {
            throw new BedUnavailableException($"{program} is missing: build the whole solution (dotnet build).");
        }

        var start = new ProcessStartInfo(program, ["--role", role, "--config", file, "--exit-with-stdin"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var started = new NodeProcess(inside.Start(start), name, logged);

        // A thread of its own reads the line: the pool's threads may all wait when many lanes start nodes.
        var first = Task.Factory.StartNew(
            started._process.StandardOutput.ReadLine,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        if (first.Wait(_startsWithin) && first.Result == "ready")
        {
            return started;
        }

        started._process.Kill();
        started._process.WaitForExit();
        var words = started.Crash;
        started.Dispose();
        throw new BedUnavailableException($"{name} did not become ready: {words}");
    }

    public void Dispose()
    {
        // The node exits at the end of its standard input.
        _process.StandardInput.Close();
        if (!_process.WaitForExit(_endsWithin))
        {
            _process.Kill();
        }

        // Without a time limit this also waits for the rest of the log, so that no line is reported afterwards.
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _logged?.Invoke(line);
        lock (_gate)
        {
            _log.Enqueue(line);
            if (_log.Count > LinesKept)
            {
                _log.Dequeue();
            }
        }
    }
}
