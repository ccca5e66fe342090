using System.Collections.Concurrent;
using System.IO.Pipes;
using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Cli;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.TestBeds.External;
using Conformance.Testing.Bed;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Reference.Tests.Linux;
using Xunit;
using Outcome = Conformance.Testing.Bed.Outcome;

namespace Conformance.Harness.Tests.External;

/// <summary>What a profile says is to be done: by a program or by hand, each within a time limit.</summary>
[Collection(ExternalBedTests.StandIns)]
public sealed class ProfileActionTests : IDisposable
{
    private static readonly Dictionary<string, string> _values = new(StringComparer.Ordinal) { ["link"] = "link2" };

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Action_SaysHowItIsDone_AndHowLongItMayTake()
    {
        var profile = Profiles.Parse(
            Profiles.Lma.Replace(
                "\"authorizedGateways\"",
                """
                "restart": { "exec": ["power", "{configuration}"], "timeout": 90000 },
                "upperTester": { "attach": { "manual": "Plug MN1 into {link}" }, "detach": { "exec": ["out"], "timeout": 5 } },
                "authorizedGateways"
                """,
                StringComparison.Ordinal
            )
        );

        profile.Restart.Should().BeOfType<ProfileAction.Exec>().Which.Words.Should().Equal("power", "{configuration}");
        profile.Restart!.Within.Should().Be(TimeSpan.FromSeconds(90));
        profile.UpperTester.Attach.Should().Be(new ProfileAction.Manual("Plug MN1 into {link}", TimeSpan.FromMinutes(10)));
        profile.UpperTester.Detach!.Within.Should().Be(TimeSpan.FromMilliseconds(5));
    }

    /// <summary>By default, the operator has time to walk to the device, and a switch to bring a link up.</summary>
    [Theory]
    [InlineData("\"carrier\": { \"up\": [\"up\"], \"down\": { \"exec\": [\"down\"] } }", 30, 15)]
    [InlineData("\"carrier\": { \"up\": { \"manual\": \"Plug\" }, \"down\": { \"manual\": \"Pull\" } }", 600, 120)]
    [InlineData("\"management\": { \"restart\": { \"manual\": \"Restart\" } }", 600, 120)]
    [InlineData("\"management\": { \"restart\": { \"manual\": \"Restart\" }, \"timeout\": 1000 }", 600, 120)]
    [InlineData("\"management\": { \"renumber\": { \"manual\": \"Renumber\" }, \"reset\": [\"boot\"] }", 600, 120)]
    [InlineData("\"management\": { \"renumber\": { \"manual\": \"Renumber\" }, \"reset\": [\"boot\"], \"timeout\": 90000 }", 90, 120)]
    [InlineData("\"management\": { \"renumber\": [\"renumber\"], \"reset\": [\"boot\"] }", 10, 15)]
    [InlineData("\"upperTester\": { \"detach\": [\"detach\"] }", 10, 15)]
    [InlineData("\"upperTester\": { \"detach\": { \"manual\": \"Detach\" } }", 600, 120)]
    [InlineData("\"restart\": { \"manual\": \"Restart\" }", 600, 15)]
    public void Action_WithoutATimeLimit_HasThatOfItsKind(string actions, int seconds, int minutesOfScenario)
    {
        var profile = Profiles.Parse(
            Profiles
                .Lma.Replace("\"authorizedGateways\"", $"{actions}, \"authorizedGateways\"", StringComparison.Ordinal)
                .Replace(", \"scenario\": 600000", string.Empty, StringComparison.Ordinal)
        );

        var found = profile.Actions.Where(action => action != profile.Management.Reset).ToList();
        found.Should().NotBeEmpty().And.OnlyContain(action => action.Within == TimeSpan.FromSeconds(seconds));
        profile.Ixit.Budget.Should().Be(TimeSpan.FromMinutes(minutesOfScenario));
    }

    [Theory]
    [InlineData("\"restart\": {}", "restart: an action has just one of exec, ssh, manual")]
    [InlineData("\"restart\": { \"exec\": [\"a\"], \"manual\": \"b\" }", "restart: an action has just one of exec, ssh, manual")]
    [InlineData("\"restart\": { \"exec\": [\"a\"], \"timeout\": 0 }", "restart.timeout: 0 is out of range")]
    [InlineData("\"restart\": { \"manual\": \"\" }", "restart.manual: the text is empty; expected what the operator is to do")]
    [InlineData("\"restart\": { \"manual\": \"Press {key}\" }", "restart.manual: there is no placeholder 'key'")]
    [InlineData("\"restart\": { \"exec\": [] }", "restart.exec: the list is empty; its first string must be the program")]
    [InlineData("\"restart\": { \"exek\": [\"a\"] }", "restart.exek: there is no such key (did you mean 'exec'?)")]
    [InlineData("\"restart\": { \"ssh\": \"boot\" }", "restart.host: the value is missing; expected one of ")]
    [InlineData("\"restart\": { \"exec\": [\"a\"], \"host\": \"b\" }", "restart.host: only a command by ssh has a host")]
    [InlineData(
        "\"hosts\": { \"b\": {} }, \"restart\": { \"ssh\": \"boot\", \"host\": \"b\" }",
        "hosts.b.keyFile: a host has just one of keyFile, passwordFile, passwordVariable; the secret itself is not in the profile"
    )]
    [InlineData(
        "\"hosts\": { \"b\": { \"hostKey\": \"SHA256:abc\" } }",
        "hosts.b.hostKey: 'SHA256:abc' cannot be used; expected the fingerprint"
    )]
    [InlineData("\"hosts\": { \"b\": { \"password\": \"x\" } }", "hosts.b.password: there is no such key")]
    [InlineData(
        "\"hosts\": { \"b\": { \"keyFile\": \"a\", \"passwordFile\": \"x\" } }",
        "hosts.b.passwordFile: a host has just one of keyFile, passwordFile, passwordVariable"
    )]
    [InlineData("\"restart\": \"reboot\"", "restart: \"reboot\" is not allowed")]
    [InlineData("\"upperTester\": { \"ping\": { \"manual\": \"ping\" } }", "upperTester.ping.manual: what is done by hand has no output")]
    public void Action_WithAMistake_IsRefusedWithLineAndKey(string action, string expected)
    {
        var parse = () =>
            Profiles.Parse(Profiles.Lma.Replace("\"authorizedGateways\"", $"{action}, \"authorizedGateways\"", StringComparison.Ordinal));

        parse.Should().Throw<ProfileException>().Which.Mistakes.Should().Contain(mistake => mistake.ToString().Contains(expected));
    }

    [Fact]
    public void ProgramThatTakesLongerThanItsTimeLimit_IsKilledAndNamed()
    {
        var file = Path.Combine(_directory.Path, "alive");
        var words = new[] { "/bin/sh", "-c", $"echo $$ > {file}; exec sleep 600" };
        var pending = Runner(null).Start(new ProfileAction.Exec(words, TimeSpan.FromSeconds(10)), _values);

        Await(pending);

        var process = int.Parse(File.ReadAllText(file));
        SpinWait.SpinUntil(() => !Directory.Exists($"/proc/{process}"), _patience).Should().BeTrue("the program was killed");
        var problem = pending.Result.Should().BeOfType<Outcome.Expired>().Which.Reason;
        problem.Should().StartWith("'/bin/sh -c ").And.EndWith(" did not end within 10 s and was ended");
    }

    [Fact]
    public void ProgramThatEndsInTime_IsItsOutcome()
    {
        var runner = Runner(null);
        var limit = TimeSpan.FromMinutes(5);

        Done(runner, new ProfileAction.Exec(["/bin/sh", "-c", "test {link} = link2"], limit)).Should().Be(Outcome.Ok);
        Done(runner, new ProfileAction.Exec(["/bin/sh", "-c", "echo no >&2; exit 3"], limit))
            .ToString()
            .Should()
            .EndWith("ended with 3: no");
        Done(runner, new ProfileAction.Exec(["/nowhere"], limit)).ToString().Should().Contain("'/nowhere' cannot be started");
    }

    [Fact]
    public void Operator_AnswersWhatIsAskedFor()
    {
        using var keyboard = new AnonymousPipeServerStream(PipeDirection.Out);
        using var typed = new AnonymousPipeClientStream(PipeDirection.In, keyboard.ClientSafePipeHandle);
        using var keys = new StreamWriter(keyboard) { AutoFlush = true };
        var said = new List<string>();
        var runner = Runner(new Operator(new StreamReader(typed), said.Add));
        var plug = new ProfileAction.Manual("Plug the cable into {link}", TimeSpan.FromMinutes(5));

        var first = runner.Start(plug, _values);
        first.IsComplete.Should().BeFalse();
        said.Should().ContainSingle().Which.Should().Contain("within 300 s").And.EndWith(": Plug the cable into link2");
        keys.WriteLine();
        Await(first);
        first.Result.Should().Be(Outcome.Ok);

        var second = runner.Start(plug, _values);
        keys.WriteLine(" it is too short ");
        Await(second);
        second.Result.Should().Be(new Outcome.Failed("'Plug the cable into link2' could not be done: it is too short"));

        var third = runner.Start(plug with { Within = TimeSpan.FromMilliseconds(1) }, _values);
        Await(third);
        third.Result.Should().BeOfType<Outcome.Expired>();
        said[^1].Should().Be("No longer needed: Plug the cable into link2");

        var fourth = runner.Start(plug, _values);
        keys.Close();
        Await(fourth);
        fourth.Result.ToString().Should().Contain("nobody answers: the input has ended");
    }

    /// <summary>What is typed ahead would say that something is done which was not even asked for.</summary>
    [Fact]
    public void Operator_WhatIsTypedBeforeTheRequest_IsNoAnswer()
    {
        using var keyboard = new Keyboard();
        var runner = Runner(new Operator(keyboard, _ => { }, keyboard.Drop));
        var plug = new ProfileAction.Manual("Plug the cable into {link}", TimeSpan.FromMinutes(5));

        for (var number = 1; number <= 2; number++)
        {
            keyboard.Type(string.Empty);
            var request = runner.Start(plug, _values);
            AwaitDrop(keyboard, number);
            keyboard.Type("it is too short");
            Await(request);
            request.Result.ToString().Should().EndWith("could not be done: it is too short");
        }
    }

    /// <summary>Enter that comes after a request was withdrawn may be meant for it, even if there is another one by then.</summary>
    [Fact]
    public void Operator_EnterAfterAWithdrawnRequest_DoesNotAnswerTheNextOne()
    {
        using var keyboard = new Keyboard();
        var said = new ConcurrentQueue<string>();
        var runner = Runner(new Operator(keyboard, said.Enqueue, keyboard.Drop));
        var limit = TimeSpan.FromMinutes(5);

        var first = runner.Start(new ProfileAction.Manual("Plug the first cable", limit), _values);
        AwaitDrop(keyboard, 1);
        ((IDisposable)first).Dispose();
        var second = runner.Start(new ProfileAction.Manual("Plug the second cable", limit), _values);
        keyboard.Type(string.Empty);
        AwaitDrop(keyboard, 2);
        second.IsComplete.Should().BeFalse();
        keyboard.Type(string.Empty);
        Await(second);

        second.Result.Should().Be(Outcome.Ok);
        said.Should().HaveCount(4);
        said.Last().Should().Be("Press Enter once this is done, too, or write why it cannot be done: Plug the second cable");
    }

    [Fact]
    public void ProfileWithSomethingDoneByHand_IsRefusedWhereNobodyIs()
    {
        Privilege.Require();
        var profile = WithRestart("{ \"manual\": \"Restart the device\" }");

        var run = Shell.Run("run", "--profile", profile, "--tag", "TC-LMA-REG-BV-01", "--out", Path.Combine(_directory.Path, "out"));

        run.ExitCode.Should().Be(ExitCode.CannotRun);
        run.Error.Should().Contain($"{profile}: 'Restart the device' is done by hand, which needs somebody at a terminal");
    }

    /// <summary>A scenario that gives the command, and which passes if the device has done it.</summary>
    [Fact]
    public void Operator_ManagesTheDeviceOfARun()
    {
        Privilege.Require();
        var directory = Path.Combine(_directory.Path, "out");
        var profile = WithRestart("{ \"manual\": \"Restart the device\" }");

        var run = Shell.RunWith(
            // A scenario whose tester was late begins again, and asks again.
            new StringReader(string.Concat(Enumerable.Repeat("it is locked up\n", SuiteRunner.Attempts))),
            "run",
            "--profile",
            profile,
            "--tag",
            Restarting,
            "--out",
            directory
        );

        run.Error.Should().Contain("then press Enter. If it cannot be done, write why: Restart the device");
        var result = RunJournal.Read(directory).Results.Should().ContainSingle().Subject;
        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain("'Restart the device' could not be done: it is locked up");
    }

    [Fact]
    public void CommandThatExceedsItsTimeLimit_MakesItsScenarioAnError_AndIsJudgedAgainAlike()
    {
        Privilege.Require();
        var directory = Path.Combine(_directory.Path, "out");
        var profile = WithRestart("{ \"exec\": [\"sleep\", \"600\"], \"timeout\": 200 }");

        Shell.Run("run", "--profile", profile, "--tag", Restarting, "TC-LMA-REG-BV-03", "--out", directory);

        var results = RunJournal.Read(directory).Results;
        var late = results.Single(result => result.Scenario.StartsWith(Restarting, StringComparison.Ordinal));
        (late.Verdict, late.Reason).Should().Be((Verdict.Error, "'sleep 600' did not end within 0.2 s and was ended"));
        results.Except([late]).Should().NotBeEmpty().And.OnlyContain(result => result.Verdict == Verdict.Pass, "the run goes on");
        var again = Shell.Run("rejudge", directory);
        again.Output.Should().Contain("judged again, none differs", again.Error);
    }

    private const string Restarting = "TC-LMA-VAR-BV-02";

    private static ActionRunner Runner(Operator? person) => new(Path.GetTempPath(), person);

    private static Outcome Done(ActionRunner runner, ProfileAction action)
    {
        var pending = runner.Start(action, _values);
        Await(pending);
        return pending.Result;
    }

    private static void Await(IPending pending) => SpinWait.SpinUntil(() => pending.IsComplete, _patience).Should().BeTrue();

    private static void AwaitDrop(Keyboard keyboard, int number) =>
        SpinWait.SpinUntil(() => keyboard.Drops == number, _patience).Should().BeTrue();

    /// <summary>A keyboard, with the lines that are typed and not read yet.</summary>
    private sealed class Keyboard : TextReader
    {
        private readonly Queue<string> _typed = new();
        private volatile int _drops;

        /// <summary>How often what was typed has been dropped.</summary>
        public int Drops => _drops;

        public void Type(string line)
        {
            lock (_typed)
            {
                _typed.Enqueue(line);
                Monitor.Pulse(_typed);
            }
        }

        public void Drop()
        {
            lock (_typed)
            {
                _typed.Clear();
            }

            _drops++;
        }

        public override string ReadLine()
        {
            lock (_typed)
            {
                while (_typed.Count == 0)
                {
                    Monitor.Wait(_typed);
                }

                return _typed.Dequeue();
            }
        }
    }

    /// <summary>The profile of the stand-in for an LMA, with another command to restart it.</summary>
    private string WithRestart(string command)
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
        return _directory.File("lma.json", text.Replace(Right, command, StringComparison.Ordinal));
    }
}
