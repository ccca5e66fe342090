using System.Diagnostics;
using System.Globalization;
using Conformance.Harness.Tests.Cli;
using FluentAssertions;
using Pmip.Node;

namespace Conformance.Harness.Tests.Lab;

/// <summary>The program with <c>lab up</c>, without a terminal; killed if it has not ended by itself.</summary>
internal sealed class RunningLab : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static int _labs;

    private readonly List<string> _said = [];

    /// <summary>The number of output lines at the time of the last command.</summary>
    private int _before;

    private RunningLab(string name, string[] arguments)
    {
        NodeProgram.Prepare();
        Name = name;
        Process = Process.Start(Command(["lab", "up", "--name", name, .. arguments]))!;
        Process.OutputDataReceived += (_, line) => Take(line.Data);
        Process.ErrorDataReceived += (_, line) => Take(line.Data);
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
    }

    public string Name { get; }

    public Process Process { get; }

    /// <summary>The names of the namespaces of the lab, running or not.</summary>
    public IEnumerable<string> Namespaces => Directory.GetFiles("/run/netns", $"pmip-{Name}-*").Select(Path.GetFileName).OfType<string>();

    public static string NewName() =>
        string.Create(CultureInfo.InvariantCulture, $"t{Environment.ProcessId}n{Interlocked.Increment(ref _labs)}");

    /// <summary>Starts a lab and waits until it is up.</summary>
    public static RunningLab Start(string name, params string[] arguments)
    {
        var lab = new RunningLab(name, arguments);
        lab.WaitFor("The lab is up");
        return lab;
    }

    /// <summary>Runs a command on the lab to completion.</summary>
    public Outcome Ask(string command, params string[] arguments)
    {
        lock (_said)
        {
            _before = _said.Count;
        }

        using var process = Process.Start(Command(["lab", command, "--name", Name, .. arguments]))!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.WaitForExit(_patience).Should().BeTrue("lab {0} ends", command);
        return new Outcome(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts a program in the network of a node, which goes on while other commands run.</summary>
    public Process Begin(string node, params string[] program) =>
        Process.Start(Command(["lab", "exec", "--name", Name, node, "--", .. program]))!;

    /// <summary>
    /// Waits for an output line of the lab, including lines since the last command. There is no order between frames captured on
    /// links and states reported by nodes, because they arrive on separate channels.
    /// </summary>
    public string WaitFor(string part)
    {
        var waited = Stopwatch.StartNew();
        lock (_said)
        {
            for (var looked = _before; ; looked++)
            {
                while (looked == _said.Count)
                {
                    if (_patience - waited.Elapsed is not { Ticks: > 0 } left || !Monitor.Wait(_said, left))
                    {
                        throw new TimeoutException($"The lab has not written '{part}', but:\n{string.Join('\n', _said)}");
                    }
                }

                if (_said[looked].Contains(part, StringComparison.Ordinal))
                {
                    return _said[looked];
                }
            }
        }
    }

    /// <summary>Kills the program without giving it a chance to clean up.</summary>
    public void Kill()
    {
        Process.Kill();
        Process.WaitForExit();
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Kill();
        }

        Ask("down");
        Process.Dispose();
    }

    private static ProcessStartInfo Command(IEnumerable<string> arguments) =>
        new(Path.Combine(AppContext.BaseDirectory, "pmip-conformance"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    /// <param name="line">Null at the end of the stream.</param>
    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_said)
        {
            _said.Add(line);
            Monitor.PulseAll(_said);
        }
    }
}
