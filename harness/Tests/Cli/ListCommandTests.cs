using Conformance.Reports;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public sealed class ListCommandTests : IDisposable
{
    private readonly SmallSuite _suite = new();

    public void Dispose() => _suite.Dispose();

    [Theory]
    [InlineData("1 2 3 4-a 4-b")]
    [InlineData("1", "--tag", "TC-LMA-REG-BI-01")]
    [InlineData("1", "--tag", "@tc-lma-reg-bi-01")]
    [InlineData("4-a 4-b", "--tag", "TC-LMA-REG-BI-04")]
    [InlineData("4-b", "--tag", "TC-LMA-REG-BI-04-b")]
    [InlineData("1 2", "--tag", "TC-LMA-REG-BI-01", "TC-LMA-REG-BI-02")]
    [InlineData("1 2", "--tag", "TC-LMA-REG-BI-01", "--tag", "rfc5213-5.3.1-k12")]
    [InlineData("1 2 3", "--section", "5.3.1")]
    [InlineData("4-a 4-b", "--section", "rfc5213-5.3.6")]
    [InlineData("1 2 3 4-a 4-b", "--section", "5.3", "--role", "lma")]
    [InlineData("3", "--section", "5.3.1", "--tag", "SHOULD", "TC-LMA-REG-BI-03")]
    public void List_ShowsWhatTheOptionsSelect(string expected, params string[] options)
    {
        var outcome = Shell.Run(["list", "--features", _suite.Features, .. options]);

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Error);
        Lines(outcome).Select(line => line.Split('\t')[0]).Should().Equal(expected.Split(' ').Select(id => $"TC-LMA-REG-BI-0{id}"));
    }

    [Fact]
    public void List_OfAScenario_ShowsAllSelectionCriteria() =>
        Lines(Shell.Run("list", "--features", _suite.Features, "--tag", SmallSuite.Passing))
            .Should()
            .Equal("TC-LMA-REG-BI-01\tLMA\tMUST\tlma-baseline\tA registration without a Handoff Indicator is rejected\trfc5213-5.3.1-k13");

    [Fact]
    public void List_OfPhrases_GroupsThemByKind()
    {
        var lines = Lines(Shell.Run("list", "--phrases"));

        lines
            .Should()
            .ContainInOrder(
                "Given",
                "  {MN} has no mobility session",
                "When",
                "  {MAG} registers {MN}{WithEdits}",
                "Then",
                "  the LMA does not answer"
            );
    }

    [Fact]
    public void List_OfASuiteWithProblems_SaysSo()
    {
        _suite.WriteRegister("5.3.6");

        var outcome = Shell.Run("list", "--features", _suite.Features);

        outcome.ExitCode.Should().Be(ExitCode.Success);
        outcome.Error.Should().Contain("problems (2): see 'pmip-conformance audit'");
    }

    private static string[] Lines(Outcome outcome) => outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
