using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Cli;
using Conformance.Reports;
using Conformance.TestBeds.External;
using Conformance.Testing.Domains;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.External;

/// <summary>The dialogue that writes a profile.</summary>
public sealed class ProfileNewTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string File => Path.Combine(_directory.Path, "device.json");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("lma", NodeRole.Lma)]
    [InlineData("mag", NodeRole.Mag)]
    [InlineData("ha", NodeRole.Ha)]
    [InlineData("cn", NodeRole.Cn)]
    [InlineData("mn", NodeRole.Mn)]
    public void EmptyAnswers_MakeAValidProfileOfEachRole(string role, NodeRole expected)
    {
        var run = Answer(role);

        run.ExitCode.Should().Be(ExitCode.Success, run.Output + run.Error);
        run.Error.Should().BeEmpty();
        ProfileFile.Load(File).Role.Should().Be(expected);
        run.Output.Should().Contain($"profile check {File}");
    }

    [Fact]
    public void Answers_AreTheProfile_AndAWrongOneIsAskedForAgain()
    {
        var run = Answer(
            // Role and description.
            "router",
            "lma",
            "our anchor",
            // Ports: the second one first as the first one.
            "eth7 100",
            "eth7 100",
            "eth7 200",
            // Addresses, the second one first as the first one.
            "2001:db8:1::1",
            "2001:db8:1::1",
            "2001:db8:2::1",
            "2001:db8:1::a1",
            "2001:db8:1::a2",
            "2001:db8:1::a3",
            "2001:db8:2::c1",
            // Identities.
            "",
            "",
            "many",
            "50",
            // Prefixes, the last one first as a part of the first one.
            "2001:db8:8000::/40",
            "",
            "2001:db8:8000:1::/64",
            "2001:db8:dead::/64",
            // The MAGs, first too few of them, and the waits.
            "MAG1",
            "MAG1, MAG2",
            "0",
            "2000",
            "",
            // The configuration and its claims.
            "lma-esp",
            "lma-baseline",
            "timestamp-options",
            "timestamp-option, dynamic-tunnels",
            // Its set-up.
            "ssh",
            "anchor",
            "lma.example",
            "root",
            "SHA256:short",
            "SHA256:mVPwvezndPv/ARoIadVY98vAC0g+P/5633yTC4d/wXE",
            "",
            "load {configurations}",
            "",
            "load {configuration}",
            "90000",
            // The restart.
            "by foot",
            "manual",
            "",
            ""
        );

        run.ExitCode.Should().Be(ExitCode.Success, run.Output + run.Error);
        run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ")[0])
            .Should()
            .StartWith([
                "! role",
                "! ports.home",
                "! addresses.LMA1-home",
                "! identities.count",
                "! prefixes.foreign",
                "! authorizedGateways",
            ]);
        run.Error.Should().Contain("! configurations.lma-baseline.claims: there is no ICS item 'timestamp-options'");
        run.Error.Should().Contain("! hosts.anchor.hostKey: 'SHA256:short'").And.Contain("no placeholder 'configurations'");
        var profile = ProfileFile.Load(File);
        profile.Device.Should().Be("our anchor");
        profile.Ports.Select(port => port.ToString()).Should().Equal("eth7, VLAN 100", "eth7, VLAN 200");
        profile.Ixit.Domain.Of(NodeRole.Mag).Where(mag => mag.IsAuthorized).Select(mag => mag.Name).Should().Equal("MAG1", "MAG2");
        (profile.Identities, profile.Tolerance, profile.Ixit.AnswerWithin).Should().Be((50, TimeSpan.Zero, TimeSpan.FromSeconds(2)));
        profile.Find("lma-baseline")!.Claims.Should().Equal("timestamp-option", "dynamic-tunnels");
        var setUp = profile.Find("lma-baseline")!.SetUp.Should().BeOfType<ProfileAction.Ssh>().Subject;
        (setUp.Line, setUp.Within, setUp.Host.Address, setUp.Host.User)
            .Should()
            .Be(("load {configuration}", TimeSpan.FromSeconds(90), "lma.example", "root"));
        setUp.Host.KeyFile.Should().Be(Path.Combine(_directory.Path, "anchor.key"));
        profile.Restart.Should().BeOfType<ProfileAction.Manual>().Which.Within.Should().Be(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void LinksThatAreVlansOfOneInterface_AreAskedForAfterTheirCommands()
    {
        var run = Answer("mag", "", "exec", "switch {link} up", "", "switch {link} down", "", "eth1 1", "eth1 2", "eth1 3");

        run.ExitCode.Should().Be(ExitCode.Success, run.Output + run.Error);
        run.Error.Should().BeEmpty();
        var profile = ProfileFile.Load(File);
        profile.Carrier!.Up.Should().BeOfType<ProfileAction.Exec>().Which.Words.Should().Equal("switch", "{link}", "up");
        profile.Ports.Select(port => port.Name).Should().Equal("core", "link1", "link2");
    }

    [Fact]
    public void Dialogue_ThatEndsEarly_WritesNothing()
    {
        var run = Shell.RunWith(new StringReader("lma\n"), "profile", "new", File);

        (run.ExitCode, System.IO.File.Exists(File)).Should().Be((ExitCode.CannotRun, false));
        run.Error.Should().EndWith("nothing is written: the input has ended.\n");
    }

    /// <summary>As Ctrl-C does, while a line is being typed.</summary>
    [Fact]
    public void Dialogue_ThatIsEndedWhileItWaits_WritesNothing()
    {
        using var interruption = new CancellationTokenSource();
        using var keyboard = new InterruptedKeyboard(interruption);

        var run = Shell.RunWith(keyboard, interruption.Token, "profile", "new", File);

        (run.ExitCode, System.IO.File.Exists(File)).Should().Be((ExitCode.CannotRun, false));
        run.Error.Should().EndWith("nothing is written: the dialogue was ended early.\n");
    }

    [Fact]
    public void FileThatIsThere_IsLeftAsItIs()
    {
        _directory.File("device.json", "mine");

        Answer("lma").Error.Should().Contain($"{File} is there already, and is left as it is.");
        System.IO.File.ReadAllText(File).Should().Be("mine");
    }

    [Fact]
    public void Dialogue_WithNobodyAtTheTerminal_IsRefused()
    {
        var run = Shell.Run("profile", "new", File);

        run.ExitCode.Should().Be(ExitCode.CannotRun);
        run.Error.Should().Contain("nobody is at a terminal");
    }

    /// <summary>Answers as given, and then with Enter alone.</summary>
    private Cli.Outcome Answer(params string[] answers) =>
        Shell.RunWith(new StringReader(string.Join('\n', answers) + new string('\n', 40)), "profile", "new", File);

    /// <summary>A keyboard at which somebody presses Ctrl-C instead of Enter.</summary>
    private sealed class InterruptedKeyboard(CancellationTokenSource interruption) : TextReader
    {
        private readonly TaskCompletionSource<string?> _line = new();

        public override string? ReadLine()
        {
            interruption.Cancel();
            return _line.Task.GetAwaiter().GetResult();
        }

        protected override void Dispose(bool disposing)
        {
            _line.TrySetResult(null);
            base.Dispose(disposing);
        }
    }
}
