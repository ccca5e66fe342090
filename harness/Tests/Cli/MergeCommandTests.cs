using Conformance.Harness.Tests.Statements;
using Conformance.Reports;
using Conformance.Testing.Capture;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public sealed class MergeCommandTests : IDisposable
{
    private readonly SmallSuite _suite = new();

    private string Merged => _suite.Out + "-merged";

    public void Dispose() => _suite.Dispose();

    [Fact]
    public void TheShards_Merged_AreTheWholeRun()
    {
        _suite.Run();
        RunShards();

        var merged = Merge(3, 1, 2);

        merged.ExitCode.Should().Be(ExitCode.Failure, merged.Error);
        merged.Output.Should().Contain("1 failure among 5 selected");
        Shell.Run("diff", _suite.Out, Merged).ExitCode.Should().Be(ExitCode.Success);
        var evidence = Shell.Run("diff", _suite.Out, Merged, "--evidence");
        evidence.ExitCode.Should().Be(ExitCode.Success, evidence.Output + evidence.Error);
        evidence.Output.Should().Contain("5 scenarios compared");
        Files(Merged).Should().BeEquivalentTo(Files(_suite.Out));
        File.ReadAllText(Path.Combine(Merged, "traceability.csv"))
            .Should()
            .Be(File.ReadAllText(Path.Combine(_suite.Out, "traceability.csv")));
        var run = RunJournal.Read(Merged);
        run.End!.Complete.Should().BeTrue();
        run.Header.Shard.Should().BeNull();
        run.Header.Shards!.Select(shard => shard.Shard).Should().Equal("1/3", "2/3", "3/3");
        run.Header.Options.Should().NotContain("--shard");
    }

    [Fact]
    public void AMissingShard_IsNamed()
    {
        RunShards();

        Refused(Merge(1, 3), $"shard 2/3 is missing: given are shard 1/3 in {ShardAt(1)}, shard 3/3 in {ShardAt(3)}.");
    }

    [Fact]
    public void AShardThatIsThereTwice_IsNamed()
    {
        RunShards();
        RunShard(4, "2/3");

        Refused(Merge(1, 2, 3, 4), $"shard 2/3 is given twice: {ShardAt(2)} and {ShardAt(4)}.");
        Refused(Merge(1, 2, 2), $"{ShardAt(2)} is given twice.");
    }

    [Fact]
    public void AShardOfAnotherSuite_IsNamed()
    {
        RunShards(2);
        _suite.WriteRegister("5.3.3", Registers.Row("rfc5213-5.3.3-k1", disposal: "pending"));
        RunShard(3, "3/3");

        Refused(Merge(1, 2, 3), $"shard 1/3 in {ShardAt(1)} and shard 3/3 in {ShardAt(3)} are of different suites: ");
    }

    [Fact]
    public void AShardOfAnotherSeed_IsNamed()
    {
        RunShards(2);
        RunShard(3, "3/3", "--seed", "2");

        Refused(Merge(1, 2, 3), $"shard 1/3 in {ShardAt(1)} and shard 3/3 in {ShardAt(3)} are of different seeds: 1 and 2.");
    }

    [Fact]
    public void AShardOfOtherEditions_IsNamed_AndTheFirstScenarioToo()
    {
        RunShards();
        var journal = Path.Combine(ShardAt(2), RunJournal.FileName);
        var other = File.ReadAllText(journal)
            .Replace($"\"Edition\":\"{Edition.Rfc5213}\"", $"\"Edition\":\"{Edition.Rfc5844}\"", StringComparison.Ordinal);
        File.WriteAllText(journal, other);

        Refused(
            Merge(1, 2, 3),
            $"plan different scenarios or editions: {SmallSuite.Passing} in edition rfc5213 and 4 more only in {ShardAt(1)} "
                + $"{SmallSuite.Passing} in edition rfc5844 and 4 more only in {ShardAt(2)}"
        );
    }

    [Fact]
    public void ACaptureThatHasChanged_IsNamed()
    {
        RunShards();
        var capture = Directory.GetFiles(Path.Combine(ShardAt(2), "captures"), "*.pcapng")[0];
        File.AppendAllText(capture, "x");

        Refused(Merge(1, 2, 3), $"{capture}, or the trace events beside it, is not the file of the journal");
        File.Delete(capture);
        Refused(Merge(1, 2, 3), $"{capture} is missing");
    }

    [Fact]
    public void ShardsOfDifferentNumbers_AndAWholeRun_AreRefused()
    {
        RunShards(2);
        RunShard(3, "2/2");
        _suite.Run();

        Refused(Merge(1, 3), $"shard 1/3 in {ShardAt(1)} and shard 2/2 in {ShardAt(3)} are of runs with different numbers of shards.");
        Refused(Shell.Run("merge", "--features", _suite.Features, _suite.Out, "--out", Merged), "holds no shard of a run");
    }

    [Fact]
    public void AShardThatWasCutOff_MakesTheWholeIncomplete()
    {
        RunShards();
        var journal = Path.Combine(ShardAt(2), RunJournal.FileName);
        File.WriteAllLines(journal, File.ReadAllLines(journal).SkipLast(1));

        var merged = Merge(1, 2, 3);

        merged.ExitCode.Should().Be(ExitCode.CannotRun);
        merged.Output.Should().Contain($"Incomplete: the run was ended early: shard 2/3 in {ShardAt(2)} was cut off.");
    }

    [Fact]
    public void ACaptureWithoutItsHash_IsRefused()
    {
        RunShards();
        Rewrite(2, result => result with { CaptureHash = null });

        Refused(Merge(1, 2, 3), $"{Path.Combine(ShardAt(2), RunJournal.FileName)} has no hash of the capture captures/");
        Directory.Exists(Merged).Should().BeFalse();
    }

    [Fact]
    public void OneCaptureOfTwoScenarios_IsRefused()
    {
        RunShards();
        var taken = RunJournal.Read(ShardAt(1)).Results[0];
        TraceFile.Copy(Path.Combine(ShardAt(1), taken.Capture!), Path.Combine(ShardAt(2), taken.Capture!));
        Rewrite(2, result => result with { Capture = taken.Capture, CaptureHash = taken.CaptureHash });

        Refused(Merge(1, 2, 3), $"{ShardAt(1)} and {ShardAt(2)} both have the capture {taken.Capture}");
    }

    [Fact]
    public void AShardOfAnotherSelection_IsNamed()
    {
        RunShards();
        var others = Enumerable
            .Range(1, 3)
            .Where(shard => RunJournal.Read(ShardAt(shard)).Planned[0].Selection != Selection.Selected)
            .ToList();
        others.Should().HaveCount(2);
        RunShard(others[0], $"{others[0]}/3", "--force", "--tag", SmallSuite.Failing, SmallSuite.Outline);

        Refused(
            Merge(1, 2, 3),
            $"shard {others[0]}/3 in {ShardAt(others[0])} does not leave {SmallSuite.Passing} in edition rfc5213 to shard "
        );
    }

    [Fact]
    public void AShardWithoutScenarios_EndsWell_AndIsMerged()
    {
        foreach (var number in Enumerable.Range(1, 4))
        {
            RunShard(number, $"{number}/4", "--tag", SmallSuite.Passing, SmallSuite.Outline);
        }

        RunJournal.Read(ShardAt(4)).Should().Match<Run>(run => run.End!.Complete && run.Results.Count == 0);
        var report = Shell.Run("report", ShardAt(4), "--features", _suite.Features);
        report.Output.Should().Contain("No scenario is in this share of the run").And.NotContain("Incomplete");

        var merged = Merge(1, 2, 3, 4);

        merged.ExitCode.Should().Be(ExitCode.Success, merged.Error + merged.Output);
        merged.Output.Should().Contain("3 selected");
    }

    [Fact]
    public void NoScenarioAtAll_IsNoShard()
    {
        var outcome = Shell.Run("run", "--features", _suite.Features, "--shard", "1/2", "--out", ShardAt(1), "--role", "MAG");

        outcome.ExitCode.Should().Be(ExitCode.CannotRun, outcome.Output);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ConfigurationsThatDiffer_AreRefused_InWhicheverShards(bool isEdition)
    {
        RunShards();
        Rewrite(
            3,
            header =>
                header with
                {
                    Configurations =
                    [
                        .. header.Configurations!.Select(known =>
                            isEdition ? known with { Editions = [Edition.Rfc5844] } : known with { Claims = [.. known.Claims, "x"] }
                        ),
                    ],
                }
        );
        Rewrite(1, header => header with { Configurations = [] });

        Refused(
            Merge(1, 2, 3),
            $"shard 2/3 in {ShardAt(2)} and shard 3/3 in {ShardAt(3)} are of different "
                + $"{(isEdition ? "editions" : "claims")} in the configuration lma-baseline"
        );
    }

    [Fact]
    public void AShardOfAnotherDay_IsTold()
    {
        RunShards();
        Merge(1, 2, 3).Error.Should().BeEmpty();
        Rewrite(2, header => header with { Started = header.Started.AddDays(-7) }, end => end with { Ended = end.Ended.AddDays(-7) });

        var merged = Merge(1, 2, 3);

        merged.ExitCode.Should().Be(ExitCode.Failure, merged.Error);
        merged.Error.Should().Contain("shard 2/3 had ended 7 days before shard 3/3 began");
    }

    private static IEnumerable<string> Files(string directory) =>
        Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(directory, file));

    private string ShardAt(int number) => $"{_suite.Out}-{number}";

    private void RunShards(int count = 3)
    {
        foreach (var number in Enumerable.Range(1, count))
        {
            RunShard(number, $"{number}/3");
        }
    }

    private void RunShard(int at, string shard, params string[] options)
    {
        var outcome = Shell.Run(["run", "--features", _suite.Features, "--shard", shard, "--out", ShardAt(at), .. options]);
        outcome.ExitCode.Should().BeOneOf([ExitCode.Success, ExitCode.Failure], outcome.Error);
    }

    private void Rewrite(int shard, Func<ScenarioResult, ScenarioResult> change)
    {
        var run = RunJournal.Read(ShardAt(shard));
        Write(shard, run with { Results = [change(run.Results[0]), .. run.Results.Skip(1)] });
    }

    private void Rewrite(int shard, Func<RunHeader, RunHeader> change, Func<RunEnd, RunEnd>? ended = null)
    {
        var run = RunJournal.Read(ShardAt(shard));
        Write(shard, run with { Header = change(run.Header), End = ended is null ? run.End : ended(run.End!) });
    }

    private void Write(int shard, Run run)
    {
        using var journal = new RunJournal(ShardAt(shard));
        journal.Begin(run.Header, run.Planned);
        run.Results.ToList().ForEach(journal.Add);
        journal.End(run.End!);
    }

    private Outcome Merge(params int[] shards) =>
        Shell.Run(["merge", "--features", _suite.Features, .. shards.Select(ShardAt), "--out", Merged, "--force"]);

    private static void Refused(Outcome outcome, string reason)
    {
        outcome.ExitCode.Should().Be(ExitCode.CannotRun, outcome.Output);
        outcome.Error.Should().Contain(reason);
        outcome.Output.Should().BeEmpty();
    }
}
