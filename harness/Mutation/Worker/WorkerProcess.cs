using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Conformance.Mutation.Worker;

/// <summary>A <see cref="MutantWorker"/> as its parent sees it. One that hangs or dies is replaced by the next mutant's.</summary>
/// <param name="patience">The longest processor time that a scenario may take.</param>
internal sealed class WorkerProcess(TimeSpan patience) : IDisposable
{
    /// <summary>The memory of a worker in bytes, in hexadecimal: a mutant that fills it must not take that of the machine.</summary>
    private const string MemoryLimit = "80000000";

    private static readonly TimeSpan _glance = TimeSpan.FromSeconds(1);

    private Process? _process;

    /// <summary>Runs the suite on a mutant.</summary>
    public Observed Run(MutantJob job)
    {
        _process ??= Start();
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(job));
        while (true)
        {
            var reading = _process.StandardOutput.ReadLineAsync();
            if (IsStuck(_process, reading))
            {
                End();
                return new Observed(
                    MutantOutcome.TimedOut,
                    "",
                    "",
                    $"a scenario did not end within {patience.TotalSeconds} s of processor time"
                );
            }
            if (reading.Result is not { } line)
            {
                End();
                return new Observed(MutantOutcome.Crash, "", "", "the process died");
            }
            if (line.Length > 0)
            {
                return JsonSerializer.Deserialize<Observed>(line)!;
            }
        }
    }

    public void Dispose() => End();

    /// <summary>
    /// Waits for a line. Time is virtual in a worker, so one that hangs is busy; one that has to wait for a busy machine must not be taken
    /// for it.
    /// </summary>
    private bool IsStuck(Process process, Task reading)
    {
        var before = TimeOf(process);
        while (!reading.Wait(_glance))
        {
            if (TimeOf(process) - before > patience)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The processor time of a process so far; zero once it has ended.</summary>
    private static TimeSpan TimeOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            return TimeSpan.Zero;
        }
    }

    private static Process Start()
    {
        var process = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(WorkerProcess).Assembly.Location, MutantWorker.Argument])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["DOTNET_GCHeapHardLimit"] = MemoryLimit },
            }
        )!;

        // What the runtime says of a crash is dropped, but must be read, or the process waits before it ends.
        process.BeginErrorReadLine();
        return process;
    }

    private void End()
    {
        if (_process is not { } process)
        {
            return;
        }

        process.Kill();
        process.WaitForExit();
        process.Dispose();
        _process = null;
    }
}
