using System.Diagnostics;
using System.Globalization;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Node;
using Pmip.Node.Configuration;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>A <c>pmip-node</c> that a test has started.</summary>
internal sealed class TestedNode : IDisposable
{
    /// <summary>Starting and ending a node takes much less than a second: this limit only ends a failed test.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int KillSignal = 9,
        TerminateSignal = 15;

    private readonly Process _process;
    private readonly List<string> _log = [];
    private readonly Lock _lock = new();

    private TestedNode(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_lock)
            {
                if (line.Data is not null)
                {
                    _log.Add(line.Data);
                }
            }
        };
        process.BeginErrorReadLine();
    }

    internal static string Program => NodeProgram.Current.FileName;

    internal int Id => _process.Id;

    internal int ExitCode => _process.ExitCode;

    /// <summary>The log lines; complete only after the process has ended.</summary>
    internal IReadOnlyList<string> Log
    {
        get
        {
            lock (_lock)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>Starts a node and waits until it is ready.</summary>
    internal static TestedNode Start(NetworkNamespace inside, NodeConfiguration configuration)
    {
        var file = WriteConfiguration(configuration.ToJson());
        try
        {
            var node = Start(inside, "--config", file, "--exit-with-stdin");
            // A thread of its own reads the line: the pool's threads may all wait when many tests start nodes.
            var first = Task.Factory.StartNew(
                node._process.StandardOutput.ReadLine,
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
            if (first.Wait(Patience) && first.Result == "ready")
            {
                return node;
            }
            node.Kill();
            throw new InvalidOperationException($"The node did not become ready: {string.Join(" | ", node.Log)}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Starts the program without waiting until it is ready.</summary>
    internal static TestedNode Start(NetworkNamespace inside, params string[] arguments) =>
        new(inside.Start(StartInfo(Program, arguments)));

    /// <summary>Runs the program in the namespace of the tests until it ends by itself.</summary>
    internal static TestedNode Run(params string[] arguments) => RunCommand([Program, .. arguments]);

    /// <summary>Runs a command that executes the node; the path of the command comes first.</summary>
    internal static TestedNode RunCommand(string[] command)
    {
        var node = new TestedNode(Process.Start(StartInfo(command[0], command[1..]))!);
        node.WaitForExit();
        return node;
    }

    internal static string WriteConfiguration(string json)
    {
        var path = Path.Combine(
            Path.GetTempPath(),
            string.Create(CultureInfo.InvariantCulture, $"pmip-node-test-{Environment.ProcessId}-{Guid.NewGuid():N}.json")
        );
        File.WriteAllText(path, json);
        return path;
    }

    internal void Terminate() => Signal(TerminateSignal);

    internal void Kill() => Signal(KillSignal);

    /// <summary>Closes the node's standard input, which ends the node.</summary>
    internal void CloseInput()
    {
        _process.StandardInput.Close();
        WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            CloseInput();
        }
        _process.Dispose();
    }

    internal void WaitForExit()
    {
        if (_process.WaitForExit(Patience))
        {
            // Without a timeout, this call also waits for the rest of the log.
            _process.WaitForExit();
            return;
        }

        _process.Kill();
        Assert.Fail($"the node has not ended within {Patience.TotalSeconds} s");
    }

    private static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments) =>
        new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    private void Signal(int signal)
    {
        // The kill built into the shell is available on every machine.
        using var kill = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {Id}")])!;
        kill.WaitForExit();
        kill.ExitCode.Should().Be(0);
        WaitForExit();
    }
}
