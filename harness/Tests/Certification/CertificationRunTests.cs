using Conformance.Cli;
using Conformance.Harness.Tests.Cli;
using Conformance.Reports;
using Conformance.Reports.Certification;
using Conformance.TestBeds;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Conformance.Testing.Engine;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Spectre.Console;
using Xunit;

namespace Conformance.Harness.Tests.Certification;

/// <summary>A scenario that failed is repeated twice, and only in a certification.</summary>
public sealed class CertificationRunTests : IDisposable
{
    private readonly SmallSuite _small = new();

    public void Dispose() => _small.Dispose();

    [Fact]
    public void ADeviceThatFailsOnce_IsInconclusive_AndEveryAttemptStandsInTheJournal()
    {
        using var beds = new ChangingBeds(faulty: 1);

        var run = Certify(beds);

        run.Results.Should().ContainSingle().Which.Verdict.Should().Be(Verdict.Inconclusive);
        run.Results[0].Reason.Should().StartWith("the attempts disagree: fail, pass, pass. The first: rfc5213-5.3.1-k13");
        run.Attempts.Select(attempt => (attempt.Verdict, attempt.Capture))
            .Should()
            .Equal(
                (Verdict.Fail, $"captures/{SmallSuite.Passing}.pcapng"),
                (Verdict.Pass, $"captures/attempt-2/{SmallSuite.Passing}.pcapng"),
                (Verdict.Pass, $"captures/attempt-3/{SmallSuite.Passing}.pcapng")
            );
        run.Attempts.Should().OnlyContain(attempt => File.Exists(Path.Combine(_small.Out, attempt.Capture!)));
    }

    [Fact]
    public void ADeviceThatFailsAlways_Fails()
    {
        using var beds = new ChangingBeds(faulty: Repetition.Attempts);

        var run = Certify(beds);

        run.Results.Should().ContainSingle().Which.Verdict.Should().Be(Verdict.Fail);
        run.Attempts.Should().HaveCount(Repetition.Attempts);
    }

    /// <summary>
    /// The result of a repeated scenario is written after all attempts: a run that is killed before still tells of the failure.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ARunThatIsKilled_KeepsTheFirstFailure(int attempts)
    {
        using var beds = new ChangingBeds(faulty: Repetition.Attempts);
        Certify(beds);
        var journal = Path.Combine(_small.Out, RunJournal.FileName);
        var lines = File.ReadAllLines(journal);
        var first = Array.FindIndex(lines, line => line.StartsWith("{\"kind\":\"attempt\"", StringComparison.Ordinal));
        File.WriteAllLines(journal, lines[..(first + attempts)]);

        var run = RunJournal.Read(_small.Out);

        run.Attempts.Should().HaveCount(attempts);
        run.Results.Should().ContainSingle().Which.Should().BeEquivalentTo(run.Attempts[0]);
        new RunSummary(run).IsIncomplete.Should().BeTrue();
    }

    [Fact]
    public void ADeviceThatPasses_IsNotAskedAgain()
    {
        using var beds = new ChangingBeds(faulty: 0);

        var run = Certify(beds);

        run.Results.Should().ContainSingle().Which.Verdict.Should().Be(Verdict.Pass);
        run.Attempts.Should().BeEmpty();
        beds.Opened.Should().Be(1);
    }

    private Run Certify(ChangingBeds beds)
    {
        var suite = ScenarioSuite.Load(_small.Features, typeof(Conformance.Steps.Arguments).Assembly);
        var plan = new RunPlan(scenario => scenario.Id.ToString() == SmallSuite.Passing, Seed: 1, Strict: false, _small.Out);
        var planned = new SuiteRunner(suite).Plan(beds, plan);
        var terminal = new Terminal(
            AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(TextWriter.Null) }),
            TextWriter.Null
        );
        var run = new CertificationRun(suite, beds, plan, terminal).Execute(
            Reports.Runs.Header,
            planned,
            TestContext.Current.CancellationToken
        );
        RunJournal.Read(_small.Out).Should().BeEquivalentTo(run, options => options.Including(read => read.Attempts).WithStrictOrdering());
        return run;
    }

    /// <summary>A device that is faulty at first, and has been mended when it is asked again.</summary>
    private sealed class ChangingBeds(int faulty) : IBedProvider
    {
        private readonly SimulatedBeds _good = new(Conformance.TestBeds.Implementation.Reference, seed: 1);
        private readonly SimulatedBeds _bad = new(
            Conformance
                .TestBeds.Deviations.Deviations.All.First(deviation => deviation.Statement == new StatementId("rfc5213-5.3.1-k13"))
                .Implementation,
            seed: 1
        );

        public int Opened { get; private set; }

        public string Name => _good.Name;

        public string Implementation => _good.Implementation;

        public bool IsShared => false;

        public int Parallelism => 1;

        public bool IsRealTime => false;

        public string? Lost => null;

        public IReadOnlyList<string>? Claims(string configuration) => _good.Claims(configuration);

        public ITestBed Open(string configuration, Edition edition) => (Opened++ < faulty ? _bad : _good).Open(configuration, edition);

        public void Dispose()
        {
            _good.Dispose();
            _bad.Dispose();
        }
    }
}
