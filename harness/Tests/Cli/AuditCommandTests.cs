using Conformance.Cli;
using Conformance.Harness.Tests.Statements;
using Conformance.Reports;
using Conformance.Testing.Statements;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public sealed class AuditCommandTests : IDisposable
{
    private readonly SmallSuite _suite = new();

    private const string Specification = """
        1.  Gates

           A gate MUST be shut.  It MUST be green.

        2.  Locks

           A lock is OPTIONAL.  A key MUST fit.

        """;

    public void Dispose() => _suite.Dispose();

    [Fact]
    public void Audit_OfASoundSuite_Exits0WithTotals()
    {
        var outcome = Shell.Run("audit", "--features", _suite.Features);

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output);
        outcome
            .Output.Should()
            .MatchRegex(@"rfc5213 +5\.3\.1 +3 +3 +3 ")
            .And.MatchRegex(@"rfc5213 +5\.3\.6 +1 +1 +1 ")
            .And.MatchRegex(@"rfc5213 +all +4 +4 +4 ")
            .And.Contain("No problems.");
    }

    [Fact]
    public void Audit_OfAStatementThatNothingTests_Exits1WithFileAndLine()
    {
        _suite.WriteRegister("5.3.6", Registers.Row("rfc5213-5.3.6-k6"), Registers.Row("rfc5213-5.3.6-k7"));

        var outcome = Shell.Run("audit", "--features", _suite.Features);

        outcome.ExitCode.Should().Be(ExitCode.Failure);
        outcome
            .Output.Should()
            .Contain("1 problem:")
            .And.Contain("rfc5213/5.3.6.tsv:3: rfc5213-5.3.6-k7 is neither tested nor disposed of.");
    }

    [Fact]
    public void Audit_WithPending_ListsTheStatementsThatWaitForAScenario()
    {
        _suite.WriteRegister(
            "5.3.6",
            Registers.Row("rfc5213-5.3.6-k6"),
            Registers.Row("rfc5213-5.3.6-k7", disposal: "pending", paraphrase: "The answer is soon.")
        );

        var outcome = Shell.Run("audit", "--pending", "--features", _suite.Features);

        outcome.ExitCode.Should().Be(ExitCode.Success);
        outcome.Output.Should().Contain("Pending: 1 statement").And.Contain("rfc5213-5.3.6-k7 (MUST, LMA): The answer is soon.");
    }

    [Fact]
    public void Audit_WithTheSpecificationTheRegisterIsOf_Exits0()
    {
        RegisterWhatTheSpecificationSays();

        var outcome = Shell.Run("audit", "--features", _suite.Features, "--spec", _suite.WriteSpecification("rfc5213.txt", Specification));

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output);
        outcome.Output.Should().Contain("No problems. The register agrees with");
    }

    [Fact]
    public void Audit_WithAnotherSpecification_ListsEveryDifference()
    {
        RegisterWhatTheSpecificationSays();
        var changed = Specification
            .Replace("MUST be green", "is green", StringComparison.Ordinal)
            .Replace("2.  Locks", "\n2.  Locks", StringComparison.Ordinal)
            .Replace("is OPTIONAL", "is REQUIRED", StringComparison.Ordinal)
            .Replace("fit.", "fit.  It SHOULD be new.", StringComparison.Ordinal);

        var outcome = Shell.Run(
            "audit",
            "--features",
            _suite.Features,
            "--spec",
            _suite.WriteSpecification("new.txt", changed),
            "--edition",
            "rfc5213"
        );

        outcome.ExitCode.Should().Be(ExitCode.Failure);
        outcome
            .Output.Should()
            .Contain("5 problems:")
            .And.Contain("new.txt:8: rfc5213-2-k3 (SHOULD) is not in the register.")
            .And.Contain("rfc5213/1.tsv:3: rfc5213-1-k2 has no keyword in the specification.")
            .And.MatchRegex(
                @"rfc5213/2\.tsv:2: rfc5213-2-k1a has a different sentence: "
                    + @"its hash is [0-9a-f]{12}, the register has [0-9a-f]{12} \(line 8\)"
            )
            .And.Contain("rfc5213/2.tsv:3: rfc5213-2-k1b has a different sentence")
            .And.Contain("rfc5213/2.tsv:4: rfc5213-2-k2 is in line 8, the register has 7.");
    }

    [Fact]
    public void Audit_WithTheSpecificationOfAnotherEdition_IsRefused()
    {
        var outcome = Shell.Run("audit", "--features", _suite.Features, "--spec", _suite.WriteSpecification("rfc9999.txt", Specification));

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain("there is no register of rfc9999; known editions: rfc5213.");
    }

    [Fact]
    public void Audit_OfAScenarioThatNoDeviationFails_Exits1_ButTheScenarioRuns()
    {
        Proof[] proofs =
        [
            new("faulty", SmallSuite.Passing, new("rfc5213-5.3.1-k13")),
            new("faulty", SmallSuite.Failing, new("rfc5213-5.3.1-k12")),
            new("faulty", SmallSuite.Inconclusive, new("rfc5213-5.3.1-k14")),
            new("faulty", $"{SmallSuite.Outline}-a", new("rfc5213-5.3.6-k6")),
        ];
        File.WriteAllText(Path.Combine(_suite.Features, ProofRecord.File), ProofRecord.Write(proofs));

        var outcome = Shell.Run("audit", "--features", _suite.Features);

        outcome.ExitCode.Should().Be(ExitCode.Failure);
        outcome.Output.Should().Contain("1 problem:").And.MatchRegex(@"small\.feature:\d+: no deviation fails TC-LMA-REG-BI-04-b\.");
        _suite.Run("--tag", SmallSuite.Passing).ExitCode.Should().Be(ExitCode.Success);
    }

    [Fact]
    public void Audit_OfTheSuiteItself_FindsNothing()
    {
        var outcome = Shell.Run("audit");

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output);
    }

    /// <summary>Writes a register that matches the specification text exactly; the statement about locks has two facets.</summary>
    private void RegisterWhatTheSpecificationSays()
    {
        _suite.RemoveAll();
        foreach (var section in SpecificationExtractor.Extract(Specification).GroupBy(sentence => sentence.Section))
        {
            _suite.WriteRegister(
                section.Key,
                section.SelectMany(sentence =>
                    sentence.Keyword == "OPTIONAL" ? [Row(sentence, "a"), Row(sentence, "b")] : new[] { Row(sentence) }
                )
            );
        }
    }

    private static string Row(NormativeSentence sentence, string facet = "") =>
        Registers.Row(
            $"rfc5213-{sentence.Section}-k{sentence.Ordinal}{facet}",
            line: $"{sentence.Line}",
            hash: sentence.Hash,
            level: sentence.Keyword,
            disposal: "pending"
        );
}
