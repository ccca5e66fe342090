using System.Diagnostics;
using Conformance.Harness.Tests.Capture;
using FluentAssertions;
using Pmip.Node;
using Pmip.Reference.Tests.Linux;
using Xunit;

namespace Conformance.Harness.Tests.Containers;

/// <summary>
/// A Docker daemon of the tests' own (<c>containers/engine</c>) with the image of this build (<c>containers/build</c>), so that tests
/// may kill it. Its directory is removed at the end.
/// </summary>
public sealed class DockerDaemon : IDisposable
{
    private const string HostVariable = "DOCKER_HOST";
    private const string Answers = "API listen on";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static readonly string[] _programs = ["/usr/sbin/dockerd", "/usr/bin/busybox", "/usr/bin/ping", "/usr/bin/iperf3"];

    private readonly TemporaryDirectory _directory = new();
    private readonly string? _before = Environment.GetEnvironmentVariable(HostVariable);
    private readonly string? _missing;
    private Process? _daemon;

    public DockerDaemon()
    {
        _missing = Privilege.Missing() ?? (Array.Find(_programs, program => !File.Exists(program)) is { } absent ? $"{absent}" : Start());
        if (_missing is null)
        {
            Environment.SetEnvironmentVariable(HostVariable, Host);
            NodeProgram.Prepare();
            Build(NodeProgram.Current.FileName);
        }
    }

    /// <summary>The address of the daemon.</summary>
    public string Host => $"unix://{_directory.Path}/sock";

    /// <summary>Skips the test if no daemon can run here.</summary>
    public void Require() => Assert.SkipUnless(_missing is null, $"needs a Docker daemon: {_missing}");

    /// <summary>Ends the daemon, without a chance to end its containers, and waits until it has ended.</summary>
    public void Kill()
    {
        _daemon!.Kill();
        _daemon.WaitForExit();
        // They are left, and the daemon and its containerd look like running ones to the next daemon until init has reaped them.
        File.Delete(Path.Combine(_directory.Path, "pid"));
        File.Delete(Path.Combine(_directory.Path, "exec", "containerd", "containerd.pid"));
    }

    /// <summary>Starts the daemon.</summary>
    /// <returns>Why it does not start; null if it answers.</returns>
    public string? Start()
    {
        _daemon = Process.Start(
            new ProcessStartInfo(Path.Combine(Repository.Root, "containers", "engine"), [_directory.Path]) { RedirectStandardError = true }
        )!;
        var last = "it said nothing";
        var started = new TaskCompletionSource<string?>();
        _daemon.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                started.TrySetResult($"dockerd does not start: {last}");
            }
            else if (line.Data.Contains(Answers, StringComparison.Ordinal))
            {
                started.TrySetResult(null);
            }

            last = line.Data ?? last;
        };
        _daemon.BeginErrorReadLine();
        return started.Task.Wait(_patience) ? started.Task.Result : $"dockerd does not answer: {last}";
    }

    /// <summary>Makes the image with a program.</summary>
    public void Build(string program) => Run(Path.Combine(Repository.Root, "containers", "build"), program);

    /// <summary>Runs the command <c>docker</c> and returns its output.</summary>
    public string Docker(params string[] arguments) => Run("docker", arguments);

    /// <summary>Starts the command <c>docker</c>. The caller reads its output, which must be short.</summary>
    public Process Begin(params string[] arguments) => Begin("docker", arguments);

    /// <summary>The names of the containers, running or not.</summary>
    public IReadOnlyList<string> Containers() =>
        Docker("ps", "--all", "--format", "{{.Names}}").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(HostVariable, _before);
        if (_daemon is { HasExited: false })
        {
            using var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {_daemon.Id}"]);
            _daemon.WaitForExit(_patience).Should().BeTrue("dockerd ends");
        }

        _daemon?.Dispose();
        _directory.Dispose();
    }

    private Process Begin(string program, string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { [HostVariable] = Host, ["DOCKER_API_VERSION"] = "1.41" },
            }
        )!;

    private string Run(string program, params string[] arguments)
    {
        using var process = Begin(program, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, "{0} {1} succeeds: {2}", program, string.Join(' ', arguments), error.Result);
        return output;
    }
}
