using Conformance.Reports;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public sealed class RunCommandTests : IDisposable
{
    private readonly SmallSuite _suite = new();

    public void Dispose() => _suite.Dispose();

    [Fact]
    public void Run_WhereEverythingPasses_Exits0AndLeavesJournalCaptureAndReports()
    {
        var outcome = _suite.Run("--tag", SmallSuite.Passing);

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Error);
        outcome
            .Output.Should()
            .Contain($"1/1  pass          {SmallSuite.Passing}")
            .And.Contain("No failures among 1 selected.")
            .And.Contain(_suite.Out);
        Directory
            .GetFileSystemEntries(_suite.Out, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_suite.Out, file))
            .Should()
            .BeEquivalentTo(
                "journal.ndjson",
                "junit.xml",
                "traceability.csv",
                "report.html",
                "captures",
                $"captures/{SmallSuite.Passing}.pcapng",
                $"captures/{SmallSuite.Passing}.trace.ndjson"
            );
    }

    [Fact]
    public void Run_WithAFailure_Exits1AndSaysLastWhatFailedAndWhatToDo()
    {
        var outcome = _suite.Run("--seed", "7");

        outcome.ExitCode.Should().Be(ExitCode.Failure);
        outcome.Output[outcome.Output.LastIndexOf("─\n", StringComparison.Ordinal)..].Should().Contain("1 failure among 5 selected");
        outcome
            .Output[outcome.Output.LastIndexOf("by root cause: 1", StringComparison.Ordinal)..]
            .Should()
            .Contain("Clause       rfc5213-5.3.1-k12 (MUST)")
            .And.Contain("Expected     status 158")
            .And.Contain($"First in     {SmallSuite.Failing} A registration that lacks nothing is rejected\n")
            .And.MatchRegex($@"Evidence     packet \d+, octet \d+ of {_suite.Out}/captures/{SmallSuite.Failing}\.pcapng\n")
            .And.Contain("Behind it    no other scenario\n")
            .And.Contain(
                $"Replay       pmip-conformance run --tag {SmallSuite.Failing} --seed 7 --features {_suite.Features} --out out-replay\n"
            )
            .And.Contain($"Report       {_suite.Out}/report.html");
    }

    [Fact]
    public void Run_OfAFileNamedByEditionAndSection_ShowsTheSectionInTheTable()
    {
        File.Move(Path.Combine(_suite.Features, "small.feature"), Path.Combine(_suite.Features, "rfc5213-5.3.1-small.feature"));

        _suite.Run("--tag", SmallSuite.Passing).Output.Should().Contain("5.3.1 A small suite");
    }

    [Fact]
    public void Run_WithoutFailureButNotAllPassed_Exits1() =>
        _suite.Run("--tag", SmallSuite.Inconclusive).ExitCode.Should().Be(ExitCode.Failure);

    [Fact]
    public void Run_OfTheSameSeed_LeavesTheSameCaptures()
    {
        byte[][] Captures(string seed)
        {
            Shell.Run("run", "--section", "5.3.2", "--seed", seed, "--out", _suite.Out, "--force").ExitCode.Should().Be(ExitCode.Success);
            return [.. Directory.GetFiles(Path.Combine(_suite.Out, "captures")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        }

        var first = Captures("3");

        first.Should().NotBeEmpty();
        Captures("3").Should().BeEquivalentTo(first, options => options.WithStrictOrdering());
        Captures("4").Should().NotBeEquivalentTo(first);
    }

    [Fact]
    public void Run_OnASharedImplementation_TakesTheOrderFromTheSeed()
    {
        string[] Order(string seed)
        {
            var outcome = Shell.Run("run", "--section", "5.3.6", "--shared-iut", "--seed", seed, "--out", _suite.Out, "--force");
            outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output);
            outcome.Output.Should().Contain($"Repeat       pmip-conformance run --section 5.3.6 --shared-iut --seed {seed}");
            return [.. RunJournal.Read(_suite.Out).Results.Select(result => result.Scenario)];
        }

        var first = Order("3");

        Order("3").Should().Equal(first);
        Order("4").Should().NotEqual(first).And.BeEquivalentTo(first);
    }

    [Fact]
    public void Run_ThatIsInterrupted_ReportsWhatItHas()
    {
        using var interrupt = new CancellationTokenSource();

        var outcome = Shell.Run(new InterruptingWriter(interrupt), interrupt.Token, "run", "--out", _suite.Out, "--force");

        var run = RunJournal.Read(_suite.Out);
        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Output.Should().Contain("\nIncomplete: the run was ended early");
        run.End.Should().BeEquivalentTo(new { Complete = false, Reason = "interrupted" });
        run.Results.Should().HaveCountGreaterThan(0).And.HaveCountLessThan(run.Planned.Count);
        File.ReadAllText(Path.Combine(_suite.Out, "report.html")).Should().Contain("Incomplete: the run was ended early");
    }

    [Fact]
    public void Run_IntoADirectoryOfAnEarlierRun_ReplacesThatRunAlone()
    {
        _suite.Run();
        var note = Path.Combine(_suite.Out, "captures", "note.txt");
        File.WriteAllText(note, "mine");

        _suite.Run("--tag", SmallSuite.Passing).ExitCode.Should().Be(ExitCode.Success);

        Directory.GetFiles(Path.Combine(_suite.Out, "captures"), "*.pcapng").Should().ContainSingle();
        File.Exists(note).Should().BeTrue();
    }

    [Fact]
    public void Run_IntoADirectoryOfSomethingElse_IsRefused()
    {
        Directory.CreateDirectory(_suite.Out);
        var file = Path.Combine(_suite.Out, "report.html");
        File.WriteAllText(file, "mine");

        Refused(_suite.Run(), "contains files but not an earlier run");
        File.ReadAllText(file).Should().Be("mine");
    }

    [Fact]
    public void Run_IntoADirectoryThatCannotBe_IsRefused()
    {
        File.WriteAllText(_suite.Out, "a file");

        Refused(_suite.Run(), "cannot be written to");
    }

    [Theory]
    [InlineData("no scenario has the tag TC-LMA-REG-BI-99", "--tag", SmallSuite.Passing, "TC-LMA-REG-BI-99")]
    [InlineData("no scenario tests a statement of section rfc5844-5.3", "--section", "rfc5844-5.3")]
    [InlineData("no scenario tests the role MAG", "--role", "MAG")]
    [InlineData("no scenario matches the whole selection", "--tag", "SHOULD", "--section", "5.3.1")]
    [InlineData("there is no bed 'moon'; available beds: simulated, namespaces", "--bed", "moon")]
    [InlineData("--sede", "--sede", "3")]
    [InlineData("--seed", "--seed", "many")]
    public void Run_WithOptionsThatCannotBe_IsRefused(string reason, params string[] options) => Refused(_suite.Run(options), reason);

    [Fact]
    public void Run_OfASuiteWithProblems_IsRefusedWithFileAndLine()
    {
        _suite.WriteFeature(
            "broken.feature",
            """
            Feature: Broken

              @TC-LMA-REG-BI-50 @LMA @MUST @config:lma-baseline @rfc5213-5.3.1-k99
              Scenario: Steps that nobody knows
                When something happens
            """
        );

        var outcome = _suite.Run();

        Refused(outcome, "broken.feature:5: UndefinedStep");
        outcome.Error.Should().Contain("broken.feature:4: TC-LMA-REG-BI-50 is tagged rfc5213-5.3.1-k99");
    }

    [Fact]
    public void Run_OfAnUnknownConfiguration_IsRefusedWithFileAndLine()
    {
        _suite.WriteFeature(
            "other.feature",
            """
            Feature: Another configuration

              @TC-LMA-REG-BI-50 @LMA @MUST @config:lma-on-the-moon @rfc5213-5.3.1-k13
              Scenario: A registration without a Handoff Indicator is rejected
                When MAG1 registers MN1 with no Handoff Indicator
                Then the LMA rejects it with status 161 MISSING_HANDOFF_INDICATOR_OPTION
            """
        );

        Refused(
            _suite.Run("--tag", "TC-LMA-REG-BI-50"),
            "other.feature:4: UnknownConfiguration: There is no @config:lma-on-the-moon; configurations: lma-baseline, "
        );
    }

    [Fact]
    public void Run_WithoutFeatures_IsRefused() =>
        Refused(
            Shell.Run("run", "--features", Path.Combine(_suite.Features, "nowhere"), "--out", _suite.Out, "--force"),
            "there is no directory"
        );

    private static void Refused(Outcome outcome, string reason)
    {
        outcome.ExitCode.Should().Be(ExitCode.CannotRun, outcome.Output);
        outcome.Error.Should().Contain(reason);
        outcome.Output.Should().BeEmpty();
    }

    /// <summary>Interrupts the run as soon as it reports its first scenario.</summary>
    private sealed class InterruptingWriter(CancellationTokenSource interrupt) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            interrupt.Cancel();
        }
    }
}
