using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Cli;
using Conformance.Harness.Tests.Deviations;
using Conformance.Reports;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Reference.Tests.Linux;
using Xunit;

namespace Conformance.Harness.Tests.External;

/// <summary>Tests the external bed with the stand-in devices of the repository. Requires root for namespaces and processes.</summary>
[Collection(StandIns)]
public sealed class ExternalBedTests : IDisposable
{
    /// <summary>Tests that find the namespaces of a stand-in by their names, or start other stand-ins, run one after the other.</summary>
    internal const string StandIns = "Tests.External.StandIns";

    private readonly TemporaryDirectory _directory = new();

    private string Out => Path.Combine(_directory.Path, "out");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("stand-in-lma.json", "5.3.2")]
    [InlineData("stand-in-lma.json", "4")]
    [InlineData("stand-in-mag.json", "6.9.1.1")]
    [InlineData("stand-in-mag-esp.json", "4")]
    [InlineData("stand-in-ha.json", "rfc5648-4.4")]
    [InlineData("stand-in-cn.json", "rfc5648-4.4")]
    public void AStandIn_PassesAsTheReferenceDoes_AndIsJudgedAgainAlike(string profile, string section)
    {
        Privilege.Require();

        var run = Shell.Run("run", "--bed", "external", "--profile", Profiles.OfRepository(profile), "--section", section, "--out", Out);

        run.ExitCode.Should().Be(ExitCode.Success, run.Output + run.Error);
        RunJournal.Read(Out).Header.Bed.Should().Be("external");
        var again = Shell.Run("rejudge", Out, "--keys", Keys);
        again.ExitCode.Should().Be(ExitCode.Success, again.Output + again.Error);
        again.Output.Should().Contain("judged again, none differs").And.NotContain("by hash only");
        NothingIsLeft();
    }

    /// <summary>The names of key files in a stand-in's configuration count from its directory.</summary>
    [Fact]
    public void AStandIn_WithoutItsKeys_IsRefused()
    {
        Privilege.Require();
        var profile = Changed("stand-in-lma-esp.node.json", "keyless.node.json");
        var node = File.ReadAllText(Path.Combine(_directory.Path, "stand-in-lma-esp.node.json"));
        var keyless = _directory.File("keyless.node.json", node.Replace("esp-2003.key", "none.key", StringComparison.Ordinal));

        var run = Shell.Run("run", "--bed", "external", "--profile", profile, "--section", "4", "--out", Out);

        run.ExitCode.Should().Be(ExitCode.CannotRun);
        run.Error.Should().Contain($"{keyless}: Security: there is no file {Path.Combine(_directory.Path, "keys", "none.key")}");
    }

    /// <summary>The stand-in's clock is an hour ahead: unless the tester learns it from the answers, nothing is accepted.</summary>
    [Fact]
    public void ATester_ThatDoesNotLearnTheClock_IsRejected()
    {
        Privilege.Require();
        var profile = Changed("\"timestamp-option\", \"sequence-number-scheme\", ", string.Empty);

        var run = Shell.Run("run", "--bed", "external", "--profile", profile, "--tag", "TC-LMA-REG-BV-03", "--out", Out);

        run.ExitCode.Should().Be(ExitCode.Failure, run.Output + run.Error);
        RunJournal.Read(Out).Results.Should().ContainSingle().Which.Reason.Should().Contain("156 TIMESTAMP_MISMATCH");
    }

    [Fact]
    public void ACableThatIsPulled_EndsTheRunWithWhatItHas()
    {
        Privilege.Require();

        // No scenario of the section changes the device, so that one stand-in serves all.
        using var pull = new AfterLines(2, static () => InTester(netlink => netlink.Links.SetDown(netlink.Links.Get("nic-core").Index)));

        var run = Shell.Run(
            pull,
            CancellationToken.None,
            "run",
            "--bed",
            "external",
            "--profile",
            Profiles.OfRepository("stand-in-lma.json"),
            "--section",
            "5.3.3",
            "--out",
            Out
        );

        run.ExitCode.Should().Be(ExitCode.CannotRun);
        var journal = RunJournal.Read(Out);
        journal
            .End.Should()
            .BeEquivalentTo(
                new
                {
                    Complete = false,
                    Reason = "nic-core, which port core is on, lost its link: its cable was out, or the other side was down",
                }
            );
        journal.Results[^1].Verdict.Should().Be(Verdict.Error);
        journal.Results[^1].Reason.Should().Contain("nic-core, which port core is on, lost its link");

        // Under load, a tester that is late in every attempt ends a scenario with an error.
        journal.Results.SkipLast(1).Should().OnlyContain(result => result.Verdict == Verdict.Pass || result.LateAttempts.Count > 0);
        run.Output.Should().Contain("Incomplete: the run was ended early: nic-core, which port core is on");
        NothingIsLeft();
        var again = Shell.Run("rejudge", Out);
        again.ExitCode.Should().Be(ExitCode.Success, again.Output + again.Error);
    }

    [Fact]
    public void AnInterfaceThatVanishes_EndsTheRun()
    {
        Privilege.Require();
        using var pull = new AfterLines(1, static () => InTester(netlink => netlink.Links.Delete(netlink.Links.Get("nic-core").Index)));

        var run = Shell.Run(
            pull,
            CancellationToken.None,
            "run",
            "--bed",
            "external",
            "--profile",
            Profiles.OfRepository("stand-in-mag.json"),
            "--section",
            "6.9.1.1",
            "--out",
            Out
        );

        run.ExitCode.Should().Be(ExitCode.CannotRun);
        run.Output.Should().Contain("Incomplete: the run was ended early: nic-core, which port core is on, is gone");
        NothingIsLeft();
    }

    [Theory]
    [InlineData(
        "stand-in-lma.json",
        "Neighbour  LMA1, 2001:db8:200::1, is at 02:1a:00:00:00:02",
        "a registration and a de-registration are accepted",
        "+0.01:02:0",
        "Drift"
    )]
    [InlineData(
        "stand-in-mag.json",
        "Neighbour  MAG1, 2001:db8:100::a1, is at 02:1a:00:00:01:a1",
        "on link4 a mobile node is registered when it attaches",
        "not learned: a MAG",
        "about "
    )]
    [InlineData(
        "stand-in-ha.json",
        "Neighbour  HA1, 2001:db8:200::1, is at ",
        "Neighbour  HA1, 2001:db8:100::1, is at ",
        "a registration and a de-registration are accepted",
        "not needed: the messages of Mobile IPv6 have no timestamps"
    )]
    [InlineData(
        "stand-in-cn.json",
        "Neighbour  CN1, 2001:db8:100::c1, is at ",
        "a registration and a de-registration are accepted",
        "not needed: the messages of Mobile IPv6 have no timestamps"
    )]
    public void Check_OfAStandIn_IsReady(string profile, params string[] expected)
    {
        Privilege.Require();

        var check = Shell.Run("profile", "check", Profiles.OfRepository(profile));

        check.ExitCode.Should().Be(ExitCode.Success, check.Output + check.Error);
        check.Output.Should().ContainAll(expected).And.Contain("scenarios: the external bed has no configuration").And.EndWith("Ready.\n");
        NothingIsLeft();
    }

    [Fact]
    public void Check_OfADeviceThatDoesNotAnswer_IsNotReady()
    {
        Privilege.Require();
        var profile = Changed("\"LMA1\": \"2001:db8:100::1\"", "\"LMA1\": \"2001:db8:100::2\"");

        var check = Shell.Run("profile", "check", profile);

        check.ExitCode.Should().Be(ExitCode.Failure);
        check
            .Output.Should()
            .Contain("! Neighbour  LMA1 does not answer: no answer to 3 Neighbor Solicitations for 2001:db8:100::2 on core")
            .And.Contain("Not ready");
    }

    [Fact]
    public void Check_OfInterfacesThatAreNotThere_NamesThemAndThoseThereAre()
    {
        Privilege.Require();

        var check = Shell.Run("profile", "check", Profiles.OfRepository("example.json"));

        check.ExitCode.Should().Be(ExitCode.Failure);
        check.Output.Should().Contain("there is no interface eth1 (port core), eth1 (port home) on this machine; available interfaces: ");
    }

    [Fact]
    public void Check_OfAProfileWithMistakes_ListsThem()
    {
        var profile = Changed("\"interface\": \"nic-core\"", "\"interfase\": \"nic-core\"");

        var check = Shell.Run("profile", "check", profile);

        check.ExitCode.Should().Be(ExitCode.Failure);
        check.Error.Should().Contain($"{profile}:8: ports.core.interfase: there is no such key (did you mean 'interface'?)");
    }

    [Fact]
    public void Check_OfNoFile_IsRefused() =>
        Shell
            .Run("profile", "check", "/nowhere.json")
            .Should()
            .BeEquivalentTo(new { ExitCode = ExitCode.CannotRun, Error = "pmip-conformance: there is no file /nowhere.json.\n" });

    [Fact]
    public void ADeviceThatDies_IsOneFailure_AndEndsTheRun_IfItCannotBeRestarted()
    {
        Privilege.Require();
        var profile = ThatDies(restart: null);

        var run = Shell.Run("run", "--bed", "external", "--profile", profile, "--section", "5.3.1", "--out", Out);

        run.ExitCode.Should().Be(ExitCode.CannotRun, run.Output + run.Error);
        var journal = RunJournal.Read(Out);
        var death = journal.Results[^1];
        death.Verdict.Should().Be(Verdict.Fail);
        death
            .Reason.Should()
            .Match("the implementation under test crashed: LMA1 ended with 1*fails at message 40*; the last stimulus was packet *, PBU *");
        death.Purpose.Should().NotContain(finding => !finding.Ok);
        journal.Results.SkipLast(1).Should().NotBeEmpty().And.OnlyContain(result => result.Verdict == Verdict.Pass);
        journal.End!.Complete.Should().BeFalse();
        journal.End.Reason.Should().StartWith(death.Reason).And.EndWith("has no 'restart' command");
        NothingIsLeft();
    }

    /// <summary>The stand-in dies again and again, after as many messages each time.</summary>
    [Fact]
    public void ADeviceThatDies_IsRestarted_AndTheRunGoesOn()
    {
        Privilege.Require();
        var profile = ThatDies(restart: "touch restarted");

        var run = Shell.Run("run", "--bed", "external", "--profile", profile, "--section", "5.3.1", "--out", Out);

        run.ExitCode.Should().Be(ExitCode.Failure, run.Output + run.Error);
        File.Exists(Path.Combine(_directory.Path, "restarted")).Should().BeTrue();
        var journal = RunJournal.Read(Out);
        journal.End!.Complete.Should().BeTrue();
        journal.Results.SelectMany(result => result.Purpose.Concat(result.Incidental)).Should().OnlyContain(finding => finding.Ok);
        journal.Results.Should().OnlyContain(result => result.Verdict == Verdict.Pass || result.Reason.Contains("crashed"));
        journal.Results.Count(result => result.Verdict == Verdict.Pass).Should().BeGreaterThan(journal.Results.Count / 2);
    }

    [Fact]
    public void ARestartThatFails_EndsTheRun()
    {
        Privilege.Require();

        var run = Shell.Run("run", "--bed", "external", "--profile", ThatDies(restart: "false"), "--section", "5.3.1", "--out", Out);

        run.ExitCode.Should().Be(ExitCode.CannotRun, run.Output + run.Error);
        RunJournal.Read(Out).End!.Reason.Should().Contain("; its restart failed: ");
    }

    [Fact]
    public void AKindOfMobileNodes_ThatTheDeviceHasNot_IsNotTested()
    {
        Privilege.Require();
        var profile = Changed("\"count\": 2000", "\"count\": 2000, \"kinds\": [\"dynamic\", \"unknown\"]");

        var check = Shell.Run("profile", "check", profile, "--tag", "TC-LMA-REG-BV-07");

        check.Output.Should().Contain("1 scenario: identities.kinds: the device has no mobile nodes of the kind two-prefix", check.Error);
    }

    [Fact]
    public void ADeviceWithProvisionedPrefixes_IsAskedForThem_AndViolatesNothing()
    {
        Privilege.Require();

        var run = Shell.Run(
            "run",
            "--bed",
            "external",
            "--profile",
            WithProvisionedPrefixes(),
            "--section",
            "5.3.1",
            "5.3.2",
            "--out",
            Out
        );

        run.ExitCode.Should().Be(ExitCode.Success, run.Output + run.Error);
        var results = RunJournal.Read(Out).Results;
        results.Count.Should().BeGreaterThan(20);
        results.Where(result => result.Verdict != Verdict.Pass).Select(result => $"{result.Scenario} {result.Reason}").Should().BeEmpty();
        results.SelectMany(SuiteRuns.Violations).Should().BeEmpty();
    }

    [Fact]
    public void Check_OfADeviceWhoseClockCannotBeRead_IsReady_AndSaysWhatFollows()
    {
        Privilege.Require();
        var profile = Changed("stand-in-lma.node.json", "any-time.node.json");
        var node = File.ReadAllText(Path.Combine(_directory.Path, "stand-in-lma.node.json"))
            .Replace(
                "\"MinDelayBeforeBCEDelete\": 2000",
                "\"MinDelayBeforeBCEDelete\": 2000, \"TimestampValidityWindow\": 86400000000",
                StringComparison.Ordinal
            );
        _directory.File("any-time.node.json", node);

        var check = Shell.Run("profile", "check", profile);

        check.ExitCode.Should().Be(ExitCode.Success, check.Output + check.Error);
        check.Output.Should().Contain("  Clock      cannot be read: ").And.Contain("judged by that").And.EndWith("Ready.\n");
    }

    [Fact]
    public void Check_TellsTwoMobileNodesApart()
    {
        Privilege.Require();

        var check = Shell.Run("profile", "check", Profiles.OfRepository("stand-in-lma.json"));

        check.Output.Should().MatchRegex(@"  Identities 025e\S+@dynamic\.pmip\.example has 2001:db8:8000:\S+, 025e\S+ has 2001:db8:8000:");
    }

    [Fact]
    public void Run_WithoutAProfile_IsRefused()
    {
        var run = Shell.Run("run", "--bed", "external", "--out", Out);

        run.ExitCode.Should().Be(ExitCode.CannotRun);
        run.Error.Should().Contain("the external bed needs a profile of the device: --profile FILE.");
    }

    private static void InTester(Action<RouteNetlink> action)
    {
        var name = Directory.GetFiles("/run/netns", $"pmip-external-{Environment.ProcessId}-*-tester").Should().ContainSingle().Which;
        using var inside = NetworkNamespace.Open(Path.GetFileName(name));
        inside.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            action(netlink);
        });
    }

    private static void NothingIsLeft() => Directory.GetFiles("/run/netns", $"pmip-external-{Environment.ProcessId}-*").Should().BeEmpty();

    /// <summary>A file with all keys of the repository.</summary>
    private string Keys =>
        _directory.KeyFile("all-keys", string.Concat(Directory.GetFiles(Profiles.OfRepository("keys")).Select(File.ReadAllText)));

    /// <summary>The LMA profile with one text replaced, in the directory of the files that it names.</summary>
    private string Changed(string right, string wrong)
    {
        foreach (var node in Directory.GetFiles(Profiles.OfRepository("."), "*.node.json"))
        {
            File.Copy(node, Path.Combine(_directory.Path, Path.GetFileName(node)), overwrite: true);
        }
        foreach (var key in Directory.GetFiles(Profiles.OfRepository("keys")))
        {
            _directory.File(Path.Combine("keys", Path.GetFileName(key)), File.ReadAllText(key));
        }

        var text = File.ReadAllText(Profiles.OfRepository("stand-in-lma.json"));
        text.Should().Contain(right);
        return _directory.File("device.json", text.Replace(right, wrong, StringComparison.Ordinal));
    }

    /// <summary>The LMA profile with a stand-in that gives each mobile node the one prefix that is provisioned for it.</summary>
    private string WithProvisionedPrefixes()
    {
        const int Nodes = 120;
        var profile = Changed(
            "\"count\": 2000",
            $"\"count\": {Nodes}, \"kinds\": [\"dynamic\", \"disabled\", \"unknown\"], \"prefixes\": [\"2001:db8:8000:{{n}}::/64\"]"
        );
        var text = File.ReadAllText(profile)
            .Replace("stand-in-lma.node.json", "provisioned.node.json", StringComparison.Ordinal)
            .Replace("\"timestamp-option\",", "\"timestamp-option\", \"static-prefixes\",", StringComparison.Ordinal);
        File.WriteAllText(profile, text);
        var policies = Enumerable
            .Range(1, Nodes)
            .Select(number =>
                $$"""
                    {
                      "IdentifierPattern": "025e0000{{number:x4}}@dynamic.pmip.example",
                      "AuthorizedPrefixes": ["2001:db8:8000:{{number:x}}::/64"]
                    },
                    """
            );
        const string OfAll = "{ \"IdentifierPattern\": \"*@dynamic.pmip.example\" },";
        var node = File.ReadAllText(Path.Combine(_directory.Path, "stand-in-lma.node.json"));
        node.Should().Contain(OfAll);
        _directory.File("provisioned.node.json", node.Replace(OfAll, string.Join('\n', policies), StringComparison.Ordinal));
        return profile;
    }

    /// <summary>The LMA profile with a stand-in that dies at its fortieth message.</summary>
    /// <param name="restart">The command that restarts it; null for none.</param>
    private string ThatDies(string? restart)
    {
        var profile = Changed("stand-in-lma.node.json", "dying.node.json");
        var node = File.ReadAllText(Path.Combine(_directory.Path, "stand-in-lma.node.json"));
        _directory.File(
            "dying.node.json",
            node.Replace("\"Name\": \"LMA1\",", "\"Name\": \"LMA1\", \"FailsAtMessage\": 40,", StringComparison.Ordinal)
        );
        if (restart is not null)
        {
            var words = string.Join(", ", restart.Split(' ').Select(word => $"\"{word}\""));
            var text = File.ReadAllText(profile);
            File.WriteAllText(
                profile,
                text.Replace("\"role\": \"lma\",", $"\"role\": \"lma\", \"restart\": [{words}],", StringComparison.Ordinal)
            );
        }

        return profile;
    }

    /// <summary>Executes an action after the given number of lines.</summary>
    private sealed class AfterLines(int count, Action action) : StringWriter
    {
        private int _left = count;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (--_left == 0)
            {
                action();
            }
        }
    }
}
