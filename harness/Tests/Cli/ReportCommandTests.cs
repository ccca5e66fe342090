using Conformance.Reports;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public sealed class ReportCommandTests : IDisposable
{
    private readonly SmallSuite _suite = new();

    private string Journal => Path.Combine(_suite.Out, "journal.ndjson");

    private string Html => Path.Combine(_suite.Out, "report.html");

    public void Dispose() => _suite.Dispose();

    [Fact]
    public void Report_OfARunAsItWas_IsTheSame()
    {
        _suite.Run();
        var first = File.ReadAllText(Html);
        File.Delete(Html);

        Report().ExitCode.Should().Be(ExitCode.Success);

        File.ReadAllText(Html).Should().Be(first);
    }

    [Fact]
    public void Report_OfARunThatWasKilledInTheMiddleOfALine_SaysThatItIsPartial()
    {
        _suite.Run();
        var lines = File.ReadAllLines(Journal);
        File.WriteAllText(Journal, string.Join('\n', lines[..^2]) + "\n" + lines[^2][..40]);

        var outcome = Report();

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Error);
        outcome.Output.Should().StartWith("Incomplete: the run was cut off: 4 of 5 selected scenarios have a result.");
        File.ReadAllText(Html).Should().Contain("Incomplete: the run was cut off").And.Contain("<b>1</b> not run");
        Shell
            .Run("rejudge", "--features", _suite.Features, _suite.Out)
            .Output.Should()
            .StartWith("Incomplete: the run was cut off: 4 of 5")
            .And.Contain("4 scenarios judged again, none differs.");
    }

    [Fact]
    public void Report_OfNothing_IsRefused()
    {
        var outcome = Report();

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain($"there is no directory {_suite.Out}");
    }

    private Outcome Report() => Shell.Run("report", "--features", _suite.Features, _suite.Out);
}
