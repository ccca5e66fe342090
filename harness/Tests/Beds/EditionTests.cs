using Conformance.Harness.Tests.Cli;
using Conformance.Harness.Tests.Reports;
using Conformance.Harness.Tests.Statements;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using Conformance.Testing.Engine;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Beds;

/// <summary>A scenario with statements of two editions, on an implementation that claims both.</summary>
public sealed class EditionTests : IDisposable
{
    private const string Both = "TC-LMA-REG-BI-09";
    private const string OneOnly = "TC-LMA-REG-BI-10";
    private const string InSecond = $"{Both}.rfc5844";

    private const string Feature = $"""
        Feature: Two editions

          @{Both} @LMA @MUST @config:lma-baseline @rfc5213-5.3.1-k13 @rfc5844-3.1.2-k2 @rfc5844-3.1.2-k3
          Scenario: A registration without a Handoff Indicator is rejected in both editions
            Given MN1 has no mobility session
            When MAG1 registers MN1 with no Handoff Indicator
            Then the LMA rejects it with status 161 MISSING_HANDOFF_INDICATOR_OPTION

          @{OneOnly} @LMA @MUST @config:lma-baseline @edition:rfc5844 @rfc5213-5.3.1-k13 @rfc5844-3.1.2-k2
          Scenario: A registration without a Handoff Indicator is rejected in one edition
            Given MN1 has no mobility session
            When MAG1 registers MN1 with no Handoff Indicator
            Then the LMA rejects it with status 161 MISSING_HANDOFF_INDICATOR_OPTION
        """;

    private static readonly Edition _rfc5844 = Edition.Find("rfc5844")!;

    private readonly SmallSuite _suite = new();

    public EditionTests()
    {
        _suite.RemoveAll();
        _suite.WriteFeature("two.feature", Feature);
        _suite.WriteRegister("5.3.1", Registers.Row("rfc5213-5.3.1-k13"));
        _suite.WriteRegister(_rfc5844, "3.1.2", Registers.Row("rfc5844-3.1.2-k2"), Registers.Row("rfc5844-3.1.2-k3", observed: "timing"));
    }

    public void Dispose() => _suite.Dispose();

    [Fact]
    public void ScenarioOfTwoEditions_IsPlannedInEach_WithTheStatementsThatHoldThere() =>
        Run(Edition.Rfc5213, _rfc5844)
            .Planned.Select(scenario => (scenario.Id, scenario.Edition.Name, string.Join(' ', scenario.Statements)))
            .Should()
            .Equal(
                (Both, "rfc5213", "rfc5213-5.3.1-k13"),
                (Both, "rfc5844", "rfc5213-5.3.1-k13 rfc5844-3.1.2-k2 rfc5844-3.1.2-k3"),
                (OneOnly, "rfc5844", "rfc5213-5.3.1-k13 rfc5844-3.1.2-k2")
            );

    [Fact]
    public void ScenarioOfTwoEditions_RunsInTheNewestAlone_UnlessAllAreAskedFor()
    {
        Planned(_rfc5844).Should().Equal($"{Both}.rfc5844", $"{OneOnly}.rfc5844");
        Planned(Edition.Rfc5213, _rfc5844).Should().Equal($"{Both}.rfc5844", $"{OneOnly}.rfc5844");
        Planned(_rfc5844, Edition.Rfc5213).Should().Equal($"{Both}.rfc5844", $"{OneOnly}.rfc5844");
        Planned(Edition.Rfc5213).Should().Equal($"{Both}.rfc5213", $"{OneOnly}.rfc5844");

        IReadOnlyList<string> Planned(params Edition[] claimed)
        {
            using var beds = new ClaimingBeds(claimed);
            var plan = new RunPlan(_ => true, 1, Strict: false, Directory: null) { NewestEditionOnly = true };
            return [.. Runner().Plan(beds, plan).Select(scenario => scenario.Key.ToString())];
        }
    }

    [Fact]
    public void NewestEdition_IsTheOnePublishedLast()
    {
        Edition.OfIpv4.Select(edition => edition.Name).Should().Equal("rfc5844", "ipv4-draft-04", "ipv4-draft-02");
        Edition.NewestOf(Edition.All).Name.Should().Be("rfc6275");
        Edition.NewestOf([Edition.McoaDraft04, Edition.Rfc5648]).Name.Should().Be("rfc5648");
        Edition.NewestOf([Edition.Find("ipv4-draft-02")!, Edition.Rfc5213]).Should().Be(Edition.Rfc5213);
    }

    [Fact]
    public void Configuration_IsSetUpForOneOfItsEditions()
    {
        var configuration = NamedConfiguration.Find("lma-baseline")! with
        {
            Editions = [Edition.Rfc5213, .. Edition.OfIpv4],
            ChangesOf = edition => Changes.To<string>(text => $"{text} {edition}"),
        };

        configuration.Edition.Should().Be(_rfc5844);
        Said(configuration).Should().Be("as in rfc5844");
        Said(configuration.In(Edition.OfIpv4[2])).Should().Be("as in ipv4-draft-02");
        configuration.In(Edition.OfIpv4[2]).Key.Should().NotBe(configuration.Key);
        Action foreign = () => configuration.In(Edition.Find("rfc5648")!);
        foreign.Should().Throw<ArgumentException>().WithMessage("The configuration 'lma-baseline' does not exist in the edition rfc5648.*");
        Action unknown = () => NamedConfiguration.Find("lma-baselin", Edition.Rfc5213);
        unknown.Should().Throw<ArgumentException>().WithMessage("There is no configuration 'lma-baselin'.*");

        static string Said(NamedConfiguration configuration) => ReferenceSetup.Of(configuration).Changes.Apply("as in");
    }

    [Fact]
    public void EditionThatTheImplementationDoesNotClaim_HasNoRun()
    {
        var planned = Run(Edition.Rfc5213).Planned;

        planned
            .Select(scenario => (scenario.Key.ToString(), scenario.Selection))
            .Should()
            .Equal(($"{Both}.rfc5213", Selection.Selected), ($"{OneOnly}.rfc5844", Selection.NotApplicable));
        planned[1].Reason.Should().Be("the implementation does not claim the edition rfc5844");
    }

    [Fact]
    public void StatementsOfAnExtension_DoNotCountInARunOfTheBase()
    {
        var results = Run(Edition.Rfc5213, _rfc5844).Results;

        results
            .Select(result => (result.Key.ToString(), result.Verdict))
            .Should()
            .Equal(($"{Both}.rfc5213", Verdict.Pass), ($"{Both}.rfc5844", Verdict.Inconclusive), ($"{OneOnly}.rfc5844", Verdict.Pass));
        results[1].NotReached.Select(statement => statement.Value).Should().Equal("rfc5844-3.1.2-k3");
        results[0].Purpose.Select(finding => finding.Statement.Value).Should().Equal("rfc5213-5.3.1-k13");
        results[1].Purpose.Select(finding => finding.Statement.Value).Should().Equal("rfc5213-5.3.1-k13", "rfc5844-3.1.2-k2");
    }

    [Fact]
    public void FirstEdition_KeepsCaptureAndOctets_WhenAnotherIsAdded()
    {
        var alone = Path.Combine(Run(Edition.Rfc5213).Directory, "captures", $"{Both}.pcapng");
        var before = File.ReadAllBytes(alone);

        var run = Run(Edition.Rfc5213, _rfc5844);

        run.Results.Select(result => result.Capture)
            .Should()
            .Equal($"captures/{Both}.pcapng", $"captures/{InSecond}.pcapng", $"captures/{OneOnly}.pcapng");
        File.ReadAllBytes(alone).Should().Equal(before);
        Frames(InSecond).Should().NotBeEquivalentTo(Frames(Both), "another edition has another seed");
    }

    [Fact]
    public void Rejudge_JudgesEachEditionFromItsOwnCapture()
    {
        Run(Edition.Rfc5213, _rfc5844);

        var outcome = Shell.Run("rejudge", _suite.Out, "--features", _suite.Features);

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output + outcome.Error);
        outcome.Output.Should().Contain("3 scenarios judged again, none differs.");
    }

    [Theory]
    [InlineData]
    [InlineData("--evidence")]
    public void Diff_ComparesAnEditionWithTheSameEdition(params string[] options)
    {
        Run(Edition.Rfc5213, _rfc5844);
        var again = _suite.Out + "-again";
        Directory.Move(_suite.Out, again);
        Run(Edition.Rfc5213, _rfc5844);

        Shell.Run(["diff", _suite.Out, again, .. options]).ExitCode.Should().Be(ExitCode.Success);

        var journal = Path.Combine(again, RunJournal.FileName);
        var changed = File.ReadAllLines(journal)
            .Select(line =>
                line.Contains("\"Edition\":\"rfc5844\",\"Verdict\":\"Inconclusive\"", StringComparison.Ordinal)
                    ? line.Replace("\"Verdict\":\"Inconclusive\"", "\"Verdict\":\"Fail\"", StringComparison.Ordinal)
                    : line
            )
            .ToList();
        File.WriteAllLines(journal, changed);
        var outcome = Shell.Run(["diff", _suite.Out, again, .. options]);

        outcome.ExitCode.Should().Be(ExitCode.Failure, outcome.Error);
        outcome.Output.Should().Contain($"\n{InSecond}  A registration").And.NotContain($"{Both}.rfc5213").And.NotContain(OneOnly);
    }

    [Fact]
    public void Reports_ShowTheEdition_OnlyWhereAScenarioRunsInSeveral()
    {
        Run(Edition.Rfc5213, _rfc5844);
        var outcome = Shell.Run("report", _suite.Out, "--features", _suite.Features);

        outcome.Output.Should().Contain($"Scenarios    {InSecond}\n").And.Contain($"--tag {Both} --edition rfc5844 --seed 1");
        Report("junit.xml")
            .Should()
            .Contain($"name=\"{Both}.rfc5213 A")
            .And.Contain($"name=\"{InSecond} A")
            .And.Contain($"name=\"{OneOnly} A");
        Report("traceability.csv").Should().Contain($",{InSecond} {OneOnly},").And.Contain($",{Both}.rfc5213 {InSecond} {OneOnly},");
        var html = UnpackedReport.Of(Report("report.html"));
        foreach (var anchor in new[] { $"{Both}.rfc5213", InSecond, OneOnly })
        {
            html.Should().Contain($"<details class=\"scenario\" id=\"{anchor}\"").And.Contain($"id=\"{anchor}-p1\"");
        }

        Run(Edition.Rfc5213);
        Shell.Run("report", _suite.Out, "--features", _suite.Features).Output.Should().NotContain($"{Both}.rfc5213");
        Report("junit.xml").Should().Contain($"name=\"{Both} A").And.NotContain($"{Both}.rfc5213");
        Report("report.html").Should().Contain($"id=\"{Both}\"").And.NotContain($"{Both}.rfc5213");
    }

    [Fact]
    public void Journal_WithoutEditions_IsReadAsRfc5213()
    {
        Run(Edition.Rfc5213);
        var journal = Path.Combine(_suite.Out, RunJournal.FileName);
        var old = File.ReadAllText(journal).Replace(",\"Edition\":\"rfc5213\"", string.Empty, StringComparison.Ordinal);
        old = old.Replace(",\"Edition\":\"rfc5844\"", string.Empty, StringComparison.Ordinal);
        old.Should().NotContain("\"Edition\"");
        File.WriteAllText(journal, old);

        var run = RunJournal.Read(_suite.Out);

        run.Planned.Select(scenario => scenario.Edition).Should().AllBeEquivalentTo(Edition.Rfc5213);
        run.Results.Should().ContainSingle().Which.Key.Should().Be(new ScenarioKey(Both, Edition.Rfc5213));
    }

    [Theory]
    [InlineData("\"Level\":\"MUST\"", "MUST")]
    [InlineData("\"Level\":\"ambiguous\"", "ambiguous")]
    [InlineData("\"Level\":\"\"", null)]
    public void Journal_KeepsTheWordsOfLevels(string written, string? word)
    {
        Run(Edition.Rfc5213);
        var journal = Path.Combine(_suite.Out, RunJournal.FileName);
        File.WriteAllText(journal, File.ReadAllText(journal).Replace("\"Level\":\"MUST\"", written, StringComparison.Ordinal));

        RunJournal.Read(_suite.Out).Planned.Select(scenario => scenario.Level?.Word).Should().Equal(word, word);
    }

    [Fact]
    public void Journal_WithAnUnknownEdition_IsRefused()
    {
        Run(Edition.Rfc5213);
        var journal = Path.Combine(_suite.Out, RunJournal.FileName);
        File.WriteAllText(journal, File.ReadAllText(journal).Replace("\"rfc5844\"", "\"rfc9999\"", StringComparison.Ordinal));

        Action reading = () => RunJournal.Read(_suite.Out);

        reading.Should().Throw<InvalidDataException>().WithMessage("*there is no edition 'rfc9999'*");
    }

    [Fact]
    public void EditionOption_SelectsTheRunsInThatEdition()
    {
        var listed = Shell.Run("list", "--edition", "rfc5213", "--features", _suite.Features);

        listed.Output.Should().Contain(Both).And.NotContain(OneOnly);
        Shell
            .Run("list", "--edition", "rfc5648", "--features", _suite.Features)
            .Error.Should()
            .Contain("no scenario runs in the edition rfc5648");
    }

    private (IReadOnlyList<PlannedScenario> Planned, IReadOnlyList<ScenarioResult> Results, string Directory) Run(params Edition[] claimed)
    {
        var runner = Runner();
        using var beds = new ClaimingBeds(claimed);
        var plan = new RunPlan(_ => true, Seed: 1, Strict: false, _suite.Out);
        var planned = runner.Plan(beds, plan);
        using var journal = new RunJournal(_suite.Out);
        journal.Begin(Reports.Runs.Header with { Seed = 1 }, planned);
        var results = runner.Run(beds, plan, planned);
        foreach (var result in results)
        {
            journal.Add(result);
        }

        journal.End(new RunEnd(default, Complete: true, Reason: null));
        return (planned, results, _suite.Out);
    }

    private SuiteRunner Runner() => new(ScenarioSuite.Load(_suite.Features, typeof(Steps.Arguments).Assembly));

    private string Report(string name) => File.ReadAllText(Path.Combine(_suite.Out, name));

    private IEnumerable<byte[]> Frames(string name) =>
        TraceFile.Read(Path.Combine(_suite.Out, "captures", $"{name}.pcapng")).Frames.Select(frame => frame.Bytes.ToArray());

    /// <summary>The simulated beds of an implementation that claims these editions, whatever its configuration.</summary>
    private sealed class ClaimingBeds(IReadOnlyList<Edition> claimed) : BedsInBetween
    {
        public override IReadOnlyList<Edition> Editions(string configuration) => claimed;

        public override ITestBed Open(string configuration, Edition edition) => Beds.Open(configuration);
    }
}
