using System.Diagnostics;
using System.Globalization;
using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Cli;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.TestBeds.Namespaces;
using Conformance.Testing.Bed;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Node;
using Pmip.Reference.Tests.Linux;
using Pmip.Reference.Tests.Node;
using Xunit;
using Outcome = Conformance.Testing.Bed.Outcome;

namespace Conformance.Harness.Tests.Namespaces;

/// <summary>Tests the namespaces bed through the program: verdicts, all kinds of ends, and complete cleanup.</summary>
public sealed class NamespaceBedTests : IDisposable
{
    private const string Short = "TC-LMA-REG-BV-01";
    private const string Long = "TC-MAG-RTX-TI-02";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static readonly string _program = Path.Combine(AppContext.BaseDirectory, "pmip-conformance");

    private readonly TemporaryDirectory _directory = new();

    public NamespaceBedTests()
    {
        Privilege.Require();
        NodeProgram.Prepare();
    }

    private string Out => Path.Combine(_directory.Path, "out");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Scenarios_PassOnARealKernel_RejudgeTheSame_AndLeaveNothing()
    {
        var run = Shell.Run(
            "run",
            "--bed",
            "namespaces",
            "--tag",
            Short,
            "--tag",
            "TC-LMA-FWD-BV-01",
            "--tag",
            "TC-MAG-FWD-BV-01",
            "--tag",
            "TC-E2E-MOB-BV-03",
            "--out",
            Out
        );
        var rejudged = Shell.Run("rejudge", Out);

        run.ExitCode.Should().Be(ExitCode.Success, run.Output + run.Error);
        rejudged.ExitCode.Should().Be(ExitCode.Success, rejudged.Output + rejudged.Error);
        RunJournal
            .Read(Out)
            .Results.Single(result => result.Scenario == "TC-E2E-MOB-BV-03")
            .Remarks.Should()
            .ContainMatch("transfer of MN1: * octets by TCP arrived whole; * echo requests lost, longest interruption * ms");
        NamesOf(Environment.ProcessId).Should().BeEmpty();
    }

    [Theory]
    [InlineData("dhcpd", "isc-dhcp-server")]
    [InlineData("dnsmasq", "dnsmasq-base")]
    [InlineData("kea-dhcp4", "kea-dhcp4-server")]
    public void ServerOnAHost_GetsReady_IsReportedWhenItEnds_AndLeavesNothing(string program, string package)
    {
        DebianProgram.Require(program, package);
        using var beds = new NamespaceBeds(seed: 1);
        using var bed = beds.Open("e2e-ipv4-relay");
        var host = NamesOf(Environment.ProcessId).Single(name => name.EndsWith("-dhcp1", StringComparison.Ordinal));

        Perform(new UpperTesterAction.Run("DHCP1", program)).Should().Be(Outcome.Ok);
        using (var process = Process.GetProcessById(NodesIn(host).Should().ContainSingle().Subject))
        {
            Perform(new UpperTesterAction.ReadAddresses("DHCP1")).Should().BeOfType<Outcome.Addresses>();
            process.Kill();
            process.WaitForExit(_patience).Should().BeTrue();
        }

        Eventually(() => Perform(new UpperTesterAction.ReadAddresses("DHCP1")) is Outcome.Failed, bed);
        Perform(new UpperTesterAction.ReadAddresses("DHCP1")).ToString().Should().StartWith($"failed: {program} has ended with 137");
        Perform(new UpperTesterAction.EndPrograms("DHCP1")).Should().Be(Outcome.Ok);
        Perform(new UpperTesterAction.Run("DHCP1", program)).Should().Be(Outcome.Ok);
        Perform(new UpperTesterAction.EndPrograms("DHCP1")).Should().Be(Outcome.Ok);
        NodesIn(host).Should().BeEmpty();

        Outcome Perform(UpperTesterAction action)
        {
            var pending = bed.UpperTester.Start(action);
            Eventually(() => pending.IsComplete, bed);
            return pending.Result;
        }
    }

    [Fact]
    public void ANodeThatDies_IsReportedWithItsEnd_AndTheNextScenarioGetsANewNode()
    {
        using var beds = new NamespaceBeds(seed: 1);
        using (var bed = beds.Open("lma-baseline"))
        {
            bed.Health.Should().Be(IutHealth.Running);
            var node = NodesIn(NamesOf(Environment.ProcessId).Single(name => name.EndsWith("-lma1", StringComparison.Ordinal)))
                .Should()
                .ContainSingle()
                .Subject;
            using var process = Process.GetProcessById(node);
            process.Kill();
            process.WaitForExit(_patience).Should().BeTrue();

            Eventually(() => bed.Health == IutHealth.Crashed, bed);
            bed.Crash.Should().StartWith("LMA1 ended with 137");
        }

        using var next = beds.Open("lma-baseline");
        next.Health.Should().Be(IutHealth.Running);
        beds.Invoking(opened => opened.Interrupt()).Should().NotThrow("the lane of the dead node is closed");
    }

    [Fact]
    public void AKilledRun_LeavesNoProcess_AndItsNamespacesToTheNextStart()
    {
        using var run = StartedRun();
        var names = NamesOf(run.Id);
        var nodes = names.SelectMany(NodesIn).ToList();

        run.Kill();
        run.WaitForExit();
        foreach (var node in nodes)
        {
            WaitForEnd(node);
        }

        names.Should().NotBeEmpty();
        nodes.Should().NotBeEmpty();
        NetworkNamespace.RemoveLeftovers(NamespaceBeds.Prefix).Should().Contain(names);
        NamesOf(run.Id).Should().BeEmpty();
    }

    [Fact]
    public void ATerminatedRun_EndsAtOnceWithACorrectPartialJournal_AndLeavesNothing()
    {
        using var run = StartedRun();
        // The kill command of a shell is available on every machine.
        using (var kill = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {run.Id}")]))
        {
            kill.WaitForExit();
        }

        run.WaitForExit(_patience).Should().BeTrue("a terminated run does not wait for the timers of its scenarios");

        run.ExitCode.Should().Be(ExitCode.CannotRun);
        var journal = RunJournal.Read(Out);
        journal.End.Should().BeEquivalentTo(new { Complete = false, Reason = "interrupted" });
        journal.Results.Should().ContainSingle().Which.Verdict.Should().Be(Verdict.Pass);
        NamesOf(run.Id).Should().BeEmpty();
    }

    [Fact]
    public void WithoutRoot_OneLineSaysWhatHelps()
    {
        var (exitCode, error) = Run(Privilege.WithoutRoot(_program, "run", "--bed", "namespaces", "--out", Out));

        exitCode.Should().Be(ExitCode.CannotRun);
        error.Trim().Should().StartWith("pmip-conformance: the namespaces bed").And.Contain("sudo").And.NotContain("\n");
    }

    private static (int ExitCode, string Error) Run(string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

    /// <summary>Starts a run with a scenario that has ended and a scenario that takes much longer.</summary>
    private Process StartedRun()
    {
        var run = Process.Start(
            new ProcessStartInfo(_program, ["run", "--bed", "namespaces", "--tag", Short, "--tag", Long, "--out", Out])
            {
                RedirectStandardOutput = true,
            }
        )!;
        var first = run.StandardOutput.ReadLineAsync();
        first.Wait(_patience).Should().BeTrue();
        first.Result.Should().Contain(Short);
        return run;
    }

    private static List<string> NamesOf(int process) =>
        [
            .. Directory
                .GetFiles("/run/netns", $"{NamespaceBeds.Prefix}-{process.ToString(CultureInfo.InvariantCulture)}-*")
                .Select(path => Path.GetFileName(path)),
        ];

    /// <summary>The processes in a namespace; none if the namespace has only been named and not yet created.</summary>
    private static List<int> NodesIn(string name)
    {
        string identity;
        try
        {
            using var inside = NetworkNamespace.Open(name);
            identity = inside.Run(NetworkNamespace.CurrentIdentity);
        }
        catch (LinuxException notYetMade) when (notYetMade.ErrorNumber == Errno.InvalidArgument)
        {
            return [];
        }

        return
        [
            .. Process
                .GetProcesses()
                .Select(process => process.Id)
                .Where(process => process != Environment.ProcessId && NetworkNamespace.IsIn(process, identity)),
        ];
    }

    private static void WaitForEnd(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            found.WaitForExit(_patience).Should().BeTrue();
        }
        catch (ArgumentException)
        {
            // The process has already ended.
        }
    }

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
