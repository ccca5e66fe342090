using Conformance.Harness.Tests.Cli;
using Conformance.Reports;
using Conformance.Testing.Checks;
using Conformance.Testing.Statements;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Statements;

public sealed class CheckAuditTests
{
    [Fact]
    public void ACheckOfAnUnknownStatement_IsAProblemWithItsName() =>
        CheckAudit
            .Problems([new Checks()], Registers.Of(Registers.Row("rfc5213-5.3.1-k13")))
            .Should()
            .Equal("the check 'P flag' (rfc5213, LMA) judges rfc5213-5.3.1-k99, which is in no register.");

    [Fact]
    public void Audit_WithChecks_ListsEverySet()
    {
        var outcome = Shell.Run("audit", "--checks");

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output);
        outcome
            .Output.Should()
            .Contain("Checks of rfc5213 for LMA, MAG, E2E: ")
            .And.Contain("  checksum of an update: rfc5213-6.9.1.5-k1\n");
        foreach (var check in CheckList.Sets.SelectMany(set => set.Checks))
        {
            outcome.Output.Should().Contain($"  {check.Name}: {string.Join(", ", check.Statements)}\n");
        }
    }

    [Fact]
    public void Audit_WithChecks_OfARegisterThatLacksThem_Exits1()
    {
        using var suite = new SmallSuite();

        var outcome = Shell.Run("audit", "--checks", "--features", suite.Features);

        outcome.ExitCode.Should().Be(ExitCode.Failure);
        outcome.Output.Should().Contain("the check 'checksum of an update' (rfc5213, LMA/MAG/E2E) judges rfc5213-6.9.1.5-k1");
    }

    private sealed class Checks : ICheckSet
    {
        public Edition Edition => Edition.Rfc5213;

        public IReadOnlyList<string> Roles { get; } = ["LMA"];

        IReadOnlyList<Check> ICheckSet.Checks { get; } =
        [new Check<MessageForm>("P flag", "rfc5213-5.3.1-k13 rfc5213-5.3.1-k99", _ => null)];
    }
}
