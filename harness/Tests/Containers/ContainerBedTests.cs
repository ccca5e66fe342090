using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Cli;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.TestBeds.Containers;
using Conformance.Testing.Bed;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Node;
using Xunit;

namespace Conformance.Harness.Tests.Containers;

/// <summary>Tests the containers bed through the program: verdicts, all kinds of ends, and complete cleanup.</summary>
public sealed class ContainerBedTests : IClassFixture<DockerDaemon>, IDisposable
{
    private const string Short = "TC-LMA-REG-BV-01";
    private const string Long = "TC-MAG-RTX-TI-02";
    private const string Mobile = "MN1";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static readonly string _program = Path.Combine(AppContext.BaseDirectory, "pmip-conformance");

    private readonly TemporaryDirectory _directory = new();
    private readonly DockerDaemon _daemon;

    public ContainerBedTests(DockerDaemon daemon)
    {
        _daemon = daemon;
        daemon.Require();
    }

    private string Out => Path.Combine(_directory.Path, "out");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Scenarios_PassInContainers_RejudgeTheSame_AndLeaveNothing()
    {
        var run = Shell.Run([
            "run",
            "--bed",
            "containers",
            .. new[]
            {
                Short,
                "TC-LMA-FWD-BV-01",
                "TC-MAG-FWD-BV-01",
                "TC-LMA-SEC-BV-01",
                "TC-MAG-SEC-BV-01",
                "TC-E2E-MOB-BV-02",
                "TC-E2E-MOB-BV-03",
            }.SelectMany(id => (string[])["--tag", id]),
            "--out",
            Out,
        ]);
        var rejudged = Shell.Run("rejudge", Out);

        run.ExitCode.Should().Be(ExitCode.Success, run.Output + run.Error);
        rejudged.ExitCode.Should().Be(ExitCode.Success, rejudged.Output + rejudged.Error);
        RunJournal
            .Read(Out)
            .Results.Single(result => result.Scenario == "TC-E2E-MOB-BV-03")
            .Remarks.Should()
            .ContainMatch("transfer of MN1: * octets by TCP arrived whole; * echo requests lost, longest interruption * ms");
        _daemon.Containers().Should().BeEmpty();
        NamesOf(Environment.ProcessId).Should().BeEmpty();
    }

    [Fact]
    public void EveryNodeOfADomain_IsAContainer_WithoutPrivilegeOrNetworkOfDocker()
    {
        using var beds = new ContainerBeds(seed: 1);
        using var bed = beds.Open("e2e-baseline");

        var names = _daemon.Containers();
        names.Select(name => name.Split('-')[^1]).Should().BeEquivalentTo("lma1", "mag1", "mag2", "mn1", "cn1");
        foreach (var name in names)
        {
            using var inspected = JsonDocument.Parse(_daemon.Docker("inspect", name));
            var host = inspected.RootElement[0].GetProperty("HostConfig");
            host.GetProperty("Privileged").GetBoolean().Should().BeFalse();
            host.GetProperty("NetworkMode").GetString().Should().Be("none");
            host.GetProperty("CapAdd").EnumerateArray().Select(added => added.GetString()).Should().Equal("NET_ADMIN", "NET_RAW");
            _daemon.Docker("exec", name, "sh", "-c", "! echo 1 2>/dev/null >/proc/sys/kernel/core_uses_pid");
            _daemon.Docker("exec", name, "sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/all/forwarding");
        }
    }

    /// <summary>The node itself refuses a file that others can read, so that it would not start.</summary>
    [Fact]
    public void KeysOfANode_AreInItsContainer_ForTheirOwnerAlone()
    {
        using var beds = new ContainerBeds(seed: 1);
        using var bed = beds.Open("lma-esp");

        var files = _daemon.Docker("exec", NameOf("lma1"), "sh", "-c", "stat -c '%a %n' /etc/*.key");

        files
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Should()
            .HaveCount(8)
            .And.OnlyContain(file => file.StartsWith("600 /etc/esp-", StringComparison.Ordinal));
    }

    [Fact]
    public void OrdinaryPrograms_OfTheMobileNodesContainer_GoOnThroughAHandoff()
    {
        using var beds = new ContainerBeds(seed: 1);
        using var bed = beds.Open("e2e-baseline");
        var correspondent = bed.Facts.Ixit.Domain.Find("CN1")!.Address!.ToString();
        var mobile = NameOf("mn1");
        Attach(bed, "link1");
        Eventually(() => Addresses(bed) > 0, bed);
        _daemon.Docker("exec", "--detach", NameOf("cn1"), "iperf3", "--server", "--one-off");

        using var ping = _daemon.Begin("exec", mobile, "ping", "-6", "-q", "-i", "0.05", "-w", "4", correspondent);
        using var transfer = _daemon.Begin(
            "exec",
            mobile,
            "iperf3",
            "--json",
            "--time",
            "3",
            "--bitrate",
            "10M",
            "--client",
            correspondent
        );
        var octets = Sent(mobile);
        Eventually(() => Sent(mobile) > octets + 100_000 || transfer.HasExited, bed);
        Attach(bed, "link2");

        using var result = JsonDocument.Parse(transfer.StandardOutput.ReadToEnd());
        var end = result.RootElement.GetProperty("end");
        end.GetProperty("sum_received").GetProperty("bytes").GetInt64().Should().BeGreaterThan(1_000_000);
        ping.StandardOutput.ReadToEnd().Should().MatchRegex(@"packets transmitted, [1-9]\d* received");
    }

    [Fact]
    public void ANodeThatDies_IsReportedWithItsEnd_AndTheNextScenarioGetsANewContainer()
    {
        using var beds = new ContainerBeds(seed: 1);
        using (var bed = beds.Open("lma-baseline"))
        {
            bed.Health.Should().Be(IutHealth.Running);
            _daemon.Docker("kill", NameOf("lma1"));

            Eventually(() => bed.Health == IutHealth.Crashed, bed);
            bed.Crash.Should().StartWith("LMA1 ended with 137, the end of its log: ").And.Contain("LMA1: Ready");
        }

        using var next = beds.Open("lma-baseline");
        next.Health.Should().Be(IutHealth.Running);
    }

    [Fact]
    public void AKilledRun_LeavesItsContainersToTheNextStart_WhichLeavesThoseOfARunThatGoesOn()
    {
        using var going = StartedRun("going");
        using var killed = StartedRun("killed");
        var left = ContainersOf(killed.Id);
        killed.Kill();
        killed.WaitForExit();
        left.Should().NotBeEmpty();
        NamesOf(killed.Id).Should().NotBeEmpty();

        using (new ContainerBeds(seed: 1))
        {
            ContainersOf(killed.Id).Should().BeEmpty();
            NamesOf(killed.Id).Should().BeEmpty();
            ContainersOf(going.Id).Should().NotBeEmpty();
        }

        Terminate(going);
        going.WaitForExit(_patience).Should().BeTrue();
        going.ExitCode.Should().Be(ExitCode.CannotRun);
        ContainersOf(going.Id).Should().BeEmpty();
        NamesOf(going.Id).Should().BeEmpty();
    }

    [Fact]
    public void AKilledDaemon_EndsTheRunWithClearWords_AndWhatIsLeftIsRemovedByTheNextStart()
    {
        using var run = StartedRun("daemon");
        var until = KernelTime.Now + _patience;
        while (!ContainersOf(run.Id).Exists(name => name.EndsWith("-mag1", StringComparison.Ordinal) && IsReady(name)))
        {
            KernelTime.Now.Should().BeLessThan(until);
        }

        _daemon.Kill();
        run.WaitForExit(_patience).Should().BeTrue("the run does not wait for the timers of its scenarios");
        run.ExitCode.Should().Be(ExitCode.CannotRun);
        var end = RunJournal.Read(Path.Combine(_directory.Path, "daemon")).End!;
        end.Complete.Should().BeFalse();
        end.Reason.Should().StartWith($"the Docker daemon at {_daemon.Host} has ended").And.Contain("the next start");
        NamesOf(run.Id).Should().BeEmpty();

        var refused = Shell.Run("run", "--bed", "containers", "--tag", Short, "--out", Out);
        refused.ExitCode.Should().Be(ExitCode.CannotRun);
        refused.Error.Trim().Should().Contain($"no Docker daemon answers at {_daemon.Host}").And.NotContain("\n");

        _daemon.Start().Should().BeNull();
        ContainersOf(run.Id).Should().NotBeEmpty();
        using (new ContainerBeds(seed: 1))
        {
            ContainersOf(run.Id).Should().BeEmpty();
        }
    }

    [Fact]
    public void TheCommandNode_PrintsTheProgramThatTheBedWants() =>
        Shell.Run("node").Output.Trim().Should().Be(NodeProgram.Current.FileName);

    [Fact]
    public void AnImageOfAnotherBuild_IsRefused()
    {
        var other = Path.Combine(_directory.Path, "other");
        File.Copy("/usr/bin/busybox", other);
        _daemon.Build(other);
        try
        {
            FluentActions
                .Invoking(() => new ContainerBeds(seed: 1))
                .Should()
                .Throw<BedUnavailableException>()
                .WithMessage("the image pmip-node:dev has another pmip-node than this build: *containers/build*");
        }
        finally
        {
            _daemon.Build(NodeProgram.Current.FileName);
        }
    }

    private static void Attach(ITestBed bed, string link)
    {
        var attachment = bed.UpperTester.Start(new UpperTesterAction.Attach(Mobile, new PortId(link)));
        Eventually(() => attachment.IsComplete, bed);
    }

    private static int Addresses(ITestBed bed) =>
        ((Testing.Bed.Outcome.Addresses)bed.UpperTester.Start(new UpperTesterAction.ReadAddresses(Mobile)).Result).All.Count;

    /// <summary>The number of octets that a container has sent.</summary>
    private long Sent(string container) =>
        long.Parse(
            _daemon.Docker("exec", container, "sh", "-c", "cat /sys/class/net/*/statistics/tx_bytes | sort -n | tail -n 1"),
            CultureInfo.InvariantCulture
        );

    private bool IsReady(string container) => _daemon.Docker("logs", container).Contains("ready", StringComparison.Ordinal);

    private string NameOf(string node) =>
        ContainersOf(Environment.ProcessId).Should().ContainSingle(name => name.EndsWith($"-{node}", StringComparison.Ordinal)).Subject;

    /// <summary>Starts a run with a scenario that has ended and a scenario that takes much longer.</summary>
    private Process StartedRun(string directory)
    {
        var run = Process.Start(
            new ProcessStartInfo(
                _program,
                ["run", "--bed", "containers", "--tag", Short, "--tag", Long, "--out", Path.Combine(_directory.Path, directory)]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        var first = run.StandardOutput.ReadLineAsync();
        first.Wait(_patience).Should().BeTrue();
        first.Result.Should().Contain(Short);
        return run;
    }

    private static void Terminate(Process run)
    {
        using var kill = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {run.Id}")]);
        kill.WaitForExit();
    }

    private List<string> ContainersOf(int process) =>
        [.. _daemon.Containers().Where(name => name.StartsWith(PrefixOf(process), StringComparison.Ordinal))];

    private static List<string> NamesOf(int process) =>
        [.. Directory.GetFiles("/run/netns", $"{PrefixOf(process)}*").Select(path => Path.GetFileName(path))];

    private static string PrefixOf(int process) => string.Create(CultureInfo.InvariantCulture, $"{ContainerBeds.Prefix}-{process}-");

    private static void Eventually(Func<bool> condition, ITestBed bed)
    {
        var until = bed.Now + _patience;
        while (!condition())
        {
            bed.Now.Should().BeBefore(until);
            bed.TryReceive(bed.Now, out _);
        }
    }
}
