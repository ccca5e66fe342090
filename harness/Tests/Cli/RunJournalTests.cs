using Conformance.Harness.Tests.Capture;
using Conformance.Testing.Capture;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

/// <summary>A journal that readers could read in different ways, or that leads out of its directory, is refused.</summary>
public sealed class RunJournalTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public RunJournalTests()
    {
        using var journal = new RunJournal(_directory.Path);
        journal.Begin(Reports.Runs.Header, Reports.Runs.Planned());
        journal.Add(Reports.Runs.Pass() with { Capture = "captures/TC-LMA-REG-BV-01.pcapng" });
        journal.End(new RunEnd(default, Complete: true, Reason: null));
    }

    private string FileName => Path.Combine(_directory.Path, RunJournal.FileName);

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("captures/../../shard-2/other.pcapng")]
    [InlineData("../other.pcapng")]
    [InlineData("/tmp/other.pcapng")]
    [InlineData("C:/other.pcapng")]
    [InlineData("captures/nul.pcapng")]
    [InlineData("captures//other.pcapng")]
    public void ACaptureElsewhere_IsRefused(string path)
    {
        Edit(text => text.Replace("captures/TC-LMA-REG-BV-01.pcapng", path, StringComparison.Ordinal));

        Reading().Should().Throw<InvalidDataException>().WithMessage($"*journal.ndjson:*'{path}'*");
    }

    [Fact]
    public void TwoLinesOfTheRun_AreRefused()
    {
        Edit(text => text.Split('\n')[0].Replace("4711", "4712", StringComparison.Ordinal) + "\n" + text);

        Reading().Should().Throw<InvalidDataException>().WithMessage("*journal.ndjson:2: the line of kind 'run' must be the first one*");
    }

    [Fact]
    public void TwoLinesOfTheEnd_AreRefused()
    {
        Edit(text => text + text.Split('\n')[^2] + "\n");

        Reading().Should().Throw<InvalidDataException>().WithMessage("*a second line of kind 'end'.");
    }

    [Fact]
    public void TwoMembersOfOneName_AreRefused()
    {
        Edit(text => text.Replace("\"Seed\":4711", "\"Seed\":4711,\"Seed\":4712", StringComparison.Ordinal));

        Reading().Should().Throw<InvalidDataException>().WithMessage("*journal.ndjson:1:*");
    }

    [Fact]
    public void ALastLineThatWasCutOff_IsRefusedOnlyInAWholeJournal()
    {
        Edit(text => text + "{\"kind\":\"res");

        Reading().Should().NotThrow();
        Reading(isWhole: true).Should().Throw<InvalidDataException>();
    }

    [Theory]
    [InlineData("\"Suite\":{\"Hash\":\"ab\",\"Changed\":[]}")]
    [InlineData("\"Configurations\":[null]")]
    [InlineData("\"Configurations\":[{\"Name\":\"a\",\"Claims\":[]},{\"Name\":\"a\",\"Claims\":[]}]")]
    public void AHeaderThatNobodyCanUse_IsRefused(string member)
    {
        Edit(text => text.Replace("\"Seed\":4711", $"\"Seed\":4711,{member}", StringComparison.Ordinal));

        Reading().Should().Throw<InvalidDataException>().WithMessage("*journal.ndjson:1:*");
    }

    [Theory]
    [InlineData("captures/TC-LMA-REG-BI-07.rfc5844.pcapng", true)]
    [InlineData("captures/attempt-2/TC-A.pcapng", true)]
    [InlineData("journal.ndjson\n", false)]
    [InlineData("CON", false)]
    [InlineData("a/aux.txt", false)]
    [InlineData("auxiliary.txt", true)]
    [InlineData("a\\b", false)]
    [InlineData("a.", false)]
    [InlineData("", false)]
    public void APath_IsSafeOnEverySystem(string path, bool isSafe) => SafePath.IsSafe(path).Should().Be(isSafe);

    private Func<Run> Reading(bool isWhole = false) => () => RunJournal.Read(_directory.Path, isWhole);

    private void Edit(Func<string, string> edit) => File.WriteAllText(FileName, edit(File.ReadAllText(FileName)));
}
