using Conformance.Cli;
using Conformance.Harness.Tests.Statements;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public sealed class AuditCommandTests : IDisposable
{
    private readonly SmallSuite suite = new();

    public void Dispose() => suite.Dispose();

    [Fact]
    public void Audit_OfASoundSuite_Exits0WithTotals()
    {
        var outcome = Shell.Run("audit", "--features", suite.Features);

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output);
        outcome.Output.Should().MatchRegex(@"rfc5213 +5\.3\.1 +3 +3 ").And.MatchRegex(@"rfc5213 +5\.3\.6 +1 +1 ").And.MatchRegex(@"rfc5213 +all +4 +4 ").And.Contain("No problems.");
    }

    [Fact]
    public void Audit_OfAStatementThatNothingTests_Exits1WithFileAndLine()
    {
        suite.WriteRegister("5.3.6", Registers.Row("rfc5213-5.3.6-k6"), Registers.Row("rfc5213-5.3.6-k7"));

        var outcome = Shell.Run("audit", "--features", suite.Features);

        outcome.ExitCode.Should().Be(ExitCode.Failure);
        outcome.Output.Should().Contain("1 problem:").And.Contain("rfc5213/5.3.6.tsv:3: rfc5213-5.3.6-k7 is neither tested nor disposed of.");
    }

    [Fact]
    public void Audit_WithPending_ListsTheStatementsThatWaitForAScenario()
    {
        suite.WriteRegister("5.3.6", Registers.Row("rfc5213-5.3.6-k6"), Registers.Row("rfc5213-5.3.6-k7", disposal: "pending", paraphrase: "The answer is soon."));

        var outcome = Shell.Run("audit", "--pending", "--features", suite.Features);

        outcome.ExitCode.Should().Be(ExitCode.Success);
        outcome.Output.Should().Contain("Pending: 1 statement").And.Contain("rfc5213-5.3.6-k7 (MUST, LMA): The answer is soon.");
    }

    [Fact]
    public void Audit_OfTheSuiteItself_FindsNothing()
    {
        var outcome = Shell.Run("audit");

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output);
    }
}
