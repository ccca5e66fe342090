using Conformance.Reports;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

/// <summary>
/// Commands that once ended with an exception, or reported on something else than what was asked for. Each ends with 2 and one clear line.
/// </summary>
public sealed class FalseConfidenceTests : IDisposable
{
    private readonly SmallSuite _suite = new();

    public void Dispose() => _suite.Dispose();

    /// <param name="line">What the line says.</param>
    /// <param name="command">The command; OUT is a directory for a run, FEATURES that of the small suite.</param>
    [Theory]
    [InlineData("there is no file nowhere.json.", "run --profile nowhere.json --out OUT")]
    [InlineData("--profile has no effect with --bed simulated.", "run --bed simulated --profile nowhere.json --out OUT")]
    [InlineData("--profile has no effect with --bed namespaces.", "run --bed namespaces --profile nowhere.json --out OUT")]
    [InlineData("--parallel has no effect with --bed simulated.", "run --parallel 4 --out OUT")]
    [InlineData("--parallel has no effect with --bed external.", "run --profile nowhere.json --parallel 4 --out OUT")]
    [InlineData("--shared-iut has no effect with --bed namespaces, where the", "run --bed namespaces --shared-iut --out OUT")]
    [InlineData("--shared-iut has no effect with --bed external, where the", "run --profile nowhere.json --shared-iut --out OUT")]
    [InlineData("the value of --out is empty.", "run --out ''")]
    [InlineData("the value of --features is empty.", "run --features '' --out OUT")]
    [InlineData("the value of --features is empty.", "list --features ''")]
    [InlineData("the value of --profile is empty.", "run --bed external --profile '' --out OUT")]
    [InlineData("the value of --capture is empty.", "lab up --capture ''")]
    [InlineData("the value of --edition is empty.", "audit --edition ''")]
    [InlineData("DIR is empty.", "report ''")]
    [InlineData("DIR1 is empty.", "diff '' OUT")]
    [InlineData("--force has no effect without --out", "run --force")]
    [InlineData("--edition has no effect without --spec.", "audit --edition rfc5213")]
    [InlineData("--tag has no effect with --phrases.", "list --phrases --tag MUST")]
    [InlineData("there is no command 'rnu'; commands: run, certify, verify, ", "rnu")]
    [InlineData("there is no command 'chek'; commands: check", "profile chek")]
    [InlineData("are the same directory: there is nothing to compare.", "diff OUT OUT/.")]
    [InlineData("are the same directory: there is nothing to compare.", "diff OUT OUT --evidence")]
    public void Command_WithoutAClearMeaning_Exits2WithOneLine(string line, string command)
    {
        string[] arguments = [.. command.Split(' ').Select(word => word.Replace("OUT", _suite.Out, StringComparison.Ordinal).Trim('\''))];

        IsRefused(Shell.Run(arguments), line);
        Directory.Exists(_suite.Out).Should().BeFalse();
    }

    [Fact]
    public void Audit_OfADirectoryWithoutASuite_IsRefused()
    {
        _suite.RemoveAll();

        IsRefused(Shell.Run("audit", "--features", _suite.Features), $"there are no features and no registers in {_suite.Features}.");
    }

    [Fact]
    public void Report_OfADamagedCapture_NamesFileAndOffset()
    {
        _suite.Run("--tag", SmallSuite.Passing);
        var capture = Path.Combine(_suite.Out, "captures", $"{SmallSuite.Passing}.pcapng");
        var report = File.ReadAllText(Path.Combine(_suite.Out, "report.html"));
        using (var file = File.OpenWrite(capture))
        {
            file.SetLength(300);
        }

        IsRefused(Report(), $"{capture}: offset ");
        File.ReadAllText(Path.Combine(_suite.Out, "report.html")).Should().Be(report);
    }

    [Fact]
    public void Report_WithoutACapture_NamesIt()
    {
        _suite.Run("--tag", SmallSuite.Passing);
        File.Delete(Path.Combine(_suite.Out, "captures", $"{SmallSuite.Passing}.pcapng"));

        IsRefused(Report(), $"{SmallSuite.Passing}.pcapng is missing");
    }

    [Fact]
    public void Report_OfDamagedTraceEvents_NamesFileAndLine()
    {
        _suite.Run("--tag", SmallSuite.Passing);
        var events = Path.Combine(_suite.Out, "captures", $"{SmallSuite.Passing}.trace.ndjson");
        File.WriteAllText(events, "garbage");

        IsRefused(Report(), $"{events}:1: ");
    }

    private Outcome Report() => Shell.Run("report", "--features", _suite.Features, _suite.Out);

    private static void IsRefused(Outcome outcome, string line)
    {
        outcome.ExitCode.Should().Be(ExitCode.CannotRun, outcome.Output);
        outcome.Output.Should().BeEmpty();
        outcome
            .Error.Trim()
            .Split('\n')
            .Where(said => !said.StartsWith("For the options, run: ", StringComparison.Ordinal))
            .Should()
            .ContainSingle()
            .Which.Should()
            .StartWith("pmip-conformance: ")
            .And.Contain(line);
    }
}
