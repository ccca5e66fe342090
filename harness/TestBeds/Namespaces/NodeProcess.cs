using System.Diagnostics;
using System.Globalization;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Pmip.Linux;
using Pmip.Node;
using Pmip.Node.Configuration;

namespace Conformance.TestBeds.Namespaces;

/// <summary>A <c>pmip-node</c> in a namespace. It ends with this object, and with this program however that ends.</summary>
public sealed class NodeProcess : IImplementationUnderTest, IDisposable
{
    private const int LinesKept = 20;
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly Queue<string> log = new();
    private readonly Lock gate = new();
    private readonly string name;
    private readonly Action<string>? logged;

    private NodeProcess(Process process, string name, Action<string>? logged)
    {
        this.process = process;
        this.name = name;
        this.logged = logged;
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
    }

    public IutHealth Health => process.HasExited ? IutHealth.Crashed : IutHealth.Running;

    public string? Crash
    {
        get
        {
            if (!process.HasExited)
            {
                return null;
            }

            lock (gate)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{name} ended with {process.ExitCode}{(log.Count > 0 ? $", its last words: {string.Join(" | ", log.TakeLast(3))}" : string.Empty)}");
            }
        }
    }

    public int Id => process.Id;

    /// <summary>Starts a node and waits until it is ready.</summary>
    /// <param name="logged">Called with every line of its log.</param>
    /// <exception cref="BedUnavailableException">It did not become ready.</exception>
    public static NodeProcess Start(NetworkNamespace inside, NodeConfiguration configuration, Action<string>? logged = null)
    {
        var file = Path.Combine(Path.GetTempPath(), $"pmip-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}.json");
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
    /// <exception cref="BedUnavailableException">It did not become ready.</exception>
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
        var first = started.process.StandardOutput.ReadLineAsync();
        if (first.Wait(StartsWithin) && first.Result == "ready")
        {
            return started;
        }

        started.process.Kill();
        started.process.WaitForExit();
        var words = started.Crash;
        started.Dispose();
        throw new BedUnavailableException($"{name} did not get ready: {words}");
    }

    public void Dispose()
    {
        // The end of its input is what it ends at.
        process.StandardInput.Close();
        if (!process.WaitForExit(EndsWithin))
        {
            process.Kill();
        }

        // Without a time it also waits for the rest of the log: nobody is told of a line any more afterwards.
        process.WaitForExit();
        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        logged?.Invoke(line);
        lock (gate)
        {
            log.Enqueue(line);
            if (log.Count > LinesKept)
            {
                log.Dequeue();
            }
        }
    }
}
