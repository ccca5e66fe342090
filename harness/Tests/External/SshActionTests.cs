using System.Globalization;
using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Cli;
using Conformance.Reports;
using Conformance.TestBeds.External;
using Conformance.Testing.Bed;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;
using Outcome = Conformance.Testing.Bed.Outcome;

namespace Conformance.Harness.Tests.External;

/// <summary>Commands of a profile at a host, by SSH to an sshd of Debian. Requires root.</summary>
[Collection(ExternalBedTests.StandIns)]
public sealed class SshActionTests : IDisposable
{
    private static readonly TimeSpan _long = TimeSpan.FromMinutes(5);

    private readonly TemporaryDirectory _directory = new();
    private readonly SshServer _server = SshServer.Start();

    public void Dispose()
    {
        _server.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Line_IsExecutedByTheHost_AsTheUserOfTheKey()
    {
        Do("""test "$(id -u) {link}" = "65534 link2" """, ByKey()).Should().Be(Outcome.Ok);
        Do("echo first >&2; echo second >&2; exit 3", ByKey()).ToString().Should().EndWith("at host router ended with 3: first | second");

        string? read = null;
        var pending = Runner()
            .Start(
                new ProfileAction.Ssh(ByKey(), "echo 2001:db8::7", _long),
                Values,
                written =>
                {
                    read = written;
                    return Outcome.Ok;
                }
            );
        Await(pending);
        (pending.Result, read).Should().Be((Outcome.Ok, "2001:db8::7"));
    }

    [Fact]
    public void Password_IsThatOfTheFileOrTheVariable_AndIsNeverSaid()
    {
        const string Variable = "CONFORMANCE_TEST_PASSWORD";
        var (right, wrong) = (_directory.KeyFile("right", SshServer.Password + "\n"), _directory.KeyFile("wrong", "sesame open"));

        Do("true", Host() with { PasswordFile = right }).Should().Be(Outcome.Ok);
        var refused = Do("true", Host() with { PasswordFile = wrong }).ToString();
        refused.Should().StartWith("failed: 'true' at host router failed: ").And.NotContain("sesame");

        Environment.SetEnvironmentVariable(Variable, null);
        var host = Host() with { PasswordVariable = Variable };
        Do("true", host).ToString().Should().Be($"failed: host router: the environment variable {Variable} has no password");
        Environment.SetEnvironmentVariable(Variable, SshServer.Password);
        Do("true", host).Should().Be(Outcome.Ok);
        Environment.SetEnvironmentVariable(Variable, null);
    }

    [Fact]
    public void FileThatOthersMayRead_OrThatIsNotThere_IsNotUsed()
    {
        var open = _directory.KeyFile("open", SshServer.Password);
        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Do("true", Host() with { PasswordFile = open }).ToString().Should().EndWith("give the file the mode 0600");
        Do("true", Host() with { KeyFile = "/nowhere" }).ToString().Should().EndWith("there is no file /nowhere");
        _server.Log.Should().NotContain("Connection");
    }

    [Fact]
    public void HostWithAnotherKey_GetsNoPassword()
    {
        var other = "SHA256:" + new string('A', 43);
        var password = _directory.KeyFile("password", SshServer.Password);

        Do("true", Host() with { HostKey = other, PasswordFile = password })
            .ToString()
            .Should()
            .Be(
                $"failed: host router shows the key {_server.HostKey} (ssh-ed25519), and the profile says {other}: is it another host, or "
                    + "another of its keys?"
            );
        _server.Log.Should().NotContainAny("Accepted", "Failed");
    }

    [Theory]
    [InlineData("not a key", "there is no private key in {0} that can be used: ")]
    [InlineData(
        "-----BEGIN RSA PRIVATE KEY-----\n***\n-----END RSA PRIVATE KEY-----\n",
        "there is no private key in {0} that can be used: "
    )]
    [InlineData(null, "the private key in {0} has a passphrase, which nobody can give in a run; use a key without one")]
    public void KeyThatCannotBeUsed_IsFoundBeforeTheRun(string? text, string expected)
    {
        var file = text is null ? _server.KeyWithPassphrase() : _directory.KeyFile("key", text);
        var host = Host() with { KeyFile = file };

        host.Problem().Should().StartWith($"host router: {expected.Replace("{0}", file, StringComparison.Ordinal)}");
        Do("true", host).Should().Be(new Outcome.Failed(host.Problem()!));
        _server.Log.Should().NotContain("Connection");
    }

    [Fact]
    public void LineThatTakesLongerThanItsTimeLimit_IsKilledAtTheHost()
    {
        var file = Path.Combine(_directory.Path, "alive");
        File.SetUnixFileMode(_directory.Path, (UnixFileMode)0b111_111_111);

        // What the first connection of a process costs does not count into the limit.
        Do("true", ByKey()).Should().Be(Outcome.Ok);
        var outcome = Do($"echo $$ > {file}; exec sleep 600", ByKey(), TimeSpan.FromSeconds(30));

        outcome
            .Should()
            .BeOfType<Outcome.Expired>()
            .Which.Reason.Should()
            .EndWith("at host 'router' did not end within 30 s and was ended");
        var process = int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture);
        SpinWait.SpinUntil(() => !Directory.Exists($"/proc/{process}"), TimeSpan.FromMinutes(1)).Should().BeTrue("the host has killed it");
    }

    /// <summary>The limit falls into the time in which the connection is made, or soon after.</summary>
    [Fact]
    public void LineThatIsEndedAtAnyTime_IsEndedOnce_AndNothingIsThrown()
    {
        foreach (var limit in Enumerable.Range(0, 8).Select(step => TimeSpan.FromMilliseconds(50 * step)))
        {
            var pending = Runner().Start(new ProfileAction.Ssh(ByKey(), "exec sleep 600", limit), Values);
            Await(pending);
            pending.Result.Should().BeOfType<Outcome.Expired>();
            ((IDisposable)pending).Dispose();
        }
    }

    [Fact]
    public void HostThatIsNotThere_IsAFailure() =>
        Do("true", ByKey() with { Port = 1 }).ToString().Should().StartWith("failed: 'true' at host router failed: ");

    [Fact]
    public void CommandsOfARun_AreExecutedByTheHost_AndNoPasswordIsInItsFiles()
    {
        var password = _directory.KeyFile("password", SshServer.Password);
        var (log, run) = (Path.Combine(_directory.Path, "log"), Path.Combine(_directory.Path, "out"));
        File.WriteAllText(log, string.Empty);
        File.SetUnixFileMode(log, UnixFileMode.OtherWrite | UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(_directory.Path, (UnixFileMode)0b111_111_111);
        var profile = WithRestart(
            $$"""{ "ssh": "echo {configuration} >> {{log}}; echo beyond help >&2; false", "host": "router" }""",
            $$"""
            "router": {
              "address": "127.0.0.1", "port": {{_server.Port}}, "user": "{{SshServer.User}}", "hostKey": "{{_server.HostKey}}",
              "passwordFile": "{{Path.GetFileName(password)}}"
            }
            """
        );

        var done = Shell.Run("run", "--profile", profile, "--tag", "TC-LMA-VAR-BV-02", "--out", run);

        var result = RunJournal.Read(run).Results.Should().ContainSingle(done.Error).Subject;
        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain(" at host router ended with 1: beyond help");
        // A scenario whose tester was late begins again.
        File.ReadAllLines(log).Should().NotBeEmpty().And.OnlyContain(line => line == "lma-baseline");
        foreach (var file in Directory.GetFiles(run, "*", SearchOption.AllDirectories))
        {
            File.ReadAllText(file).Should().NotContain(SshServer.Password, file);
        }

        File.SetUnixFileMode(password, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var refused = Shell.Run("run", "--profile", profile, "--out", run + "-2");
        refused.ExitCode.Should().Be(ExitCode.CannotRun);
        refused.Error.Should().Contain($"{profile}: host router: other users can read or change {password}; give the file the mode 0600");
    }

    private string WithRestart(string command, string host)
    {
        const string Right = """["{pmip-node}", "manage", "{socket}", "restart"]""";
        foreach (var node in Directory.GetFiles(Profiles.OfRepository("."), "*.node.json"))
        {
            _directory.File(Path.GetFileName(node), File.ReadAllText(node));
        }
        foreach (var key in Directory.GetFiles(Profiles.OfRepository("keys")))
        {
            _directory.File(Path.Combine("keys", Path.GetFileName(key)), File.ReadAllText(key));
        }

        var text = File.ReadAllText(Profiles.OfRepository("stand-in-lma.json"));
        text.Should().Contain(Right);
        return _directory.File(
            "lma.json",
            text.Replace(Right, command, StringComparison.Ordinal)
                .Replace("\"management\": {", $"\"hosts\": {{ {host} }},\n\"management\": {{", StringComparison.Ordinal)
        );
    }

    private static Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal) { ["link"] = "link2" };

    private SshHost Host() => new("router", "127.0.0.1", _server.Port, SshServer.User, _server.HostKey);

    private SshHost ByKey() => Host() with { KeyFile = _server.KeyFile };

    private static ActionRunner Runner() => new(Path.GetTempPath(), person: null);

    private static Outcome Do(string line, SshHost host, TimeSpan? within = null)
    {
        var pending = Runner().Start(new ProfileAction.Ssh(host, line, within ?? _long), Values);
        Await(pending);
        return pending.Result;
    }

    private static void Await(IPending pending) => SpinWait.SpinUntil(() => pending.IsComplete, _long).Should().BeTrue();
}
