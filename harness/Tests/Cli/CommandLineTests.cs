using Conformance.Reports;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public class CommandLineTests
{
    [Fact]
    public void Version_IsThatOfTheProgram() => Shell.Run("--version").Output.Should().StartWith("pmip-conformance 0.1.0");

    [Fact]
    public void Help_NamesEveryCommand() =>
        Shell.Run("--help").Output.Should().ContainAll("  run ", "  rejudge ", "  list ", "  audit ", "Exit codes");

    [Theory]
    [InlineData("pmip-conformance --help")]
    [InlineData("pmip-conformance rejudge --help", "rejudge")]
    [InlineData("pmip-conformance --help", "rnu")]
    public void Arguments_ThatAreWrong_PointToTheHelp(string hint, params string[] args)
    {
        var outcome = Shell.Run(args);

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().EndWith(hint + Environment.NewLine);
    }
}
