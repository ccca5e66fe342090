using Conformance.Reports;
using Conformance.Testing.Capture;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public sealed class DiffCommandTests : IDisposable
{
    private readonly SmallSuite _suite = new();

    private string Journal => Path.Combine(_suite.Out, "journal.ndjson");

    private string Again => _suite.Out + "-again";

    private string Capture => Path.Combine(_suite.Out, "captures", SmallSuite.Passing + TraceFile.CaptureExtension);

    private string Events => Path.Combine(_suite.Out, "captures", SmallSuite.Passing + TraceFile.EventsExtension);

    public void Dispose() => _suite.Dispose();

    [Fact]
    public void Evidence_OfTwoRunsWithOneSeed_IsTheSame()
    {
        RunTwice();

        var outcome = Diff();

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output + outcome.Error);
        outcome
            .Output.Should()
            .MatchRegex("\n5 scenarios compared: [1-9][0-9]+ packets, [1-9][0-9]+ events, [1-9][0-9]* findings.\nNo difference.\n$");
    }

    [Fact]
    public void Evidence_OfTwoRunsWithDifferentSeeds_Differs()
    {
        RunTwice("--seed", "4711");

        var outcome = Diff();

        outcome.ExitCode.Should().Be(ExitCode.Failure, outcome.Error);
        outcome
            .Output.Should()
            .Contain($"\n\n{SmallSuite.Passing}  A registration without a Handoff Indicator is rejected\n  octets: packet ")
            .And.EndWith("5 scenarios with differences.\n");
    }

    [Fact]
    public void Evidence_AfterAnEventWasChanged_ShowsBothValues()
    {
        RunTwice();
        var lines = File.ReadAllLines(Events);
        var at = Array.FindIndex(lines, line => line.Contains("\"Kind\":\"identity\"", StringComparison.Ordinal));
        lines[at] = """{"Kind":"identity","Number":4711,"After":0}""";
        File.WriteAllLines(Events, lines);

        var outcome = Diff();

        outcome.ExitCode.Should().Be(ExitCode.Failure, outcome.Error);
        outcome
            .Output.Should()
            .MatchRegex(
                "\n  identity events: event 1 \\([1-9] of [1-9] events?\\)\n"
                    + "    A  before the first packet: 4711\n    B  before the first packet: [0-9]+\n\n"
                    + "identity events +1 scenario\n\n5 scenarios compared: .*\n1 scenario with differences.\n$"
            );
    }

    [Fact]
    public void Evidence_OfARunOfASelection_LacksTheOthers()
    {
        RunTwice("--tag", SmallSuite.Passing);

        var outcome = Diff();

        outcome.ExitCode.Should().Be(ExitCode.Failure, outcome.Error);
        outcome.Output.Should().Contain("    B  deselected: left out by the selection\n").And.EndWith("4 scenarios with differences.\n");
    }

    [Fact]
    public void Evidence_OfAMalformedTrace_IsRefusedWithFileAndLine()
    {
        RunTwice();
        File.AppendAllText(Events, "{\n");

        Diff()
            .Should()
            .BeEquivalentTo(new { ExitCode = ExitCode.CannotRun, Output = "" })
            .And.Subject.As<Outcome>()
            .Error.Should()
            .StartWith($"pmip-conformance: {Events}:{File.ReadAllLines(Events).Length}: ");
    }

    [Fact]
    public void Evidence_OfAMalformedCapture_IsRefusedWithFileAndOffset()
    {
        RunTwice();
        File.WriteAllBytes(Capture, File.ReadAllBytes(Capture)[..^1]);

        var outcome = Diff();

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().StartWith($"pmip-conformance: {Capture}: offset ");
    }

    [Fact]
    public void Evidence_WithoutACapture_IsRefused()
    {
        RunTwice();
        File.Delete(Capture);

        var outcome = Diff();

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain($"{Capture} is missing");
    }

    [Theory]
    [InlineData("\"Verdict\":\"Pass\"", "\"Verdict\":7")]
    [InlineData("\"Purpose\":[", "\"Purpose\":null,\"Other\":[")]
    [InlineData("\"kind\":\"result\",\"data\":", "\"kind\":\"result\",\"data\":null,\"other\":")]
    public void Evidence_OfAMalformedJournal_IsRefusedWithFileAndLine(string text, string malformed)
    {
        RunTwice();
        var lines = File.ReadAllLines(Journal);
        var at = Array.FindIndex(lines, line => line.Contains(text, StringComparison.Ordinal));
        lines[at] = lines[at].Replace(text, malformed, StringComparison.Ordinal);
        File.WriteAllLines(Journal, lines);

        var outcome = Diff();

        outcome.ExitCode.Should().Be(ExitCode.CannotRun, outcome.Output);
        outcome.Error.Should().StartWith($"pmip-conformance: {Journal}:{at + 1}: ");
    }

    [Theory]
    [InlineData("planned")]
    [InlineData("result")]
    public void Evidence_OfAJournalWithARepeatedLine_IsRefusedWithFileAndLine(string kind)
    {
        RunTwice();
        var lines = File.ReadAllLines(Journal);
        File.AppendAllLines(Journal, [lines.First(line => line.StartsWith($"{{\"kind\":\"{kind}\"", StringComparison.Ordinal))]);

        var outcome = Diff();

        outcome.ExitCode.Should().Be(ExitCode.CannotRun, outcome.Output);
        outcome
            .Error.Should()
            .StartWith($"pmip-conformance: {Journal}:{lines.Length + 1}: a second line of kind '{kind}' for scenario TC-LMA-REG-BI-0");
    }

    [Fact]
    public void Evidence_OfNothing_IsRefused()
    {
        _suite.Run();

        var outcome = Diff();

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain($"there is no directory {Again}");
    }

    [Fact]
    public void Evidence_OfOneRunAlone_IsRefused()
    {
        var outcome = Shell.Run("diff", "--evidence", _suite.Out);

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain("diff --help");
    }

    private Outcome Diff() => Shell.Run("diff", _suite.Out, Again, "--evidence");

    private void RunTwice(params string[] optionsOfTheSecond)
    {
        _suite.Run();
        Shell.Run(["run", "--features", _suite.Features, "--out", Again, .. optionsOfTheSecond]);
    }
}
