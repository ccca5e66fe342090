using Conformance.Harness.Tests.Capture;
using Conformance.Testing.Statements;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Statements;

/// <summary>
/// The audit of what deviations prove: everything tested is proved, and no proof is by a scenario that is gone.
/// </summary>
public sealed class ProofRecordTests : IDisposable
{
    private const string Proved = "deviation\tscenario\tstatement\nfaulty\tTC-LMA-REG-BI-01\trfc5213-5.3.1-k12\n";
    private const string All = Proved + "other\tTC-LMA-REG-BI-02\trfc5213-5.3.1-k13\n";

    private readonly TemporaryDirectory _directory = new();

    private readonly StatementRegister _register = Registers.Of(
        Registers.Row("rfc5213-5.3.1-k12"),
        Registers.Row("rfc5213-5.3.1-k13"),
        Registers.Row("rfc5213-5.3.1-k14", test: "C")
    );

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void DirectoryWithoutARecord_HasNone() => ProofRecord.Load(_directory.Path).Should().BeNull();

    [Fact]
    public void WhatIsProved_IsNoProblem() => Problems(All).Should().BeEmpty();

    [Fact]
    public void StatementAndScenario_WithoutADeviation_AreProblems_WithFileAndLine() =>
        Problems(Proved)
            .Should()
            .Equal(
                "rfc5213/5.3.1.tsv:3: rfc5213-5.3.1-k13 is tested, but no deviation shows that its violation is found.",
                "a.feature:7: no deviation fails TC-LMA-REG-BI-02."
            );

    [Theory]
    [InlineData("statement", "the row has 1 columns.")]
    [InlineData("faulty\tTC-LMA-REG-BI-01\tpeace", "'peace' is not the id of a statement.")]
    [InlineData("faulty\tTC-LMA-REG-BI-09\trfc5213-5.3.1-k12", "there is no scenario TC-LMA-REG-BI-09.")]
    public void RowInVain_IsAProblem(string row, string problem) => Problems(All + row + "\n").Should().Equal($"proof.tsv:4: {problem}");

    [Fact]
    public void RecordWithoutItsHeader_IsAProblem() =>
        Problems(string.Empty).Should().StartWith("proof.tsv:1: the first line must name the columns: deviation scenario statement.");

    [Fact]
    public void WrittenRecord_IsSorted_AndReadAgain()
    {
        Proof[] proofs = [new("z", "TC-LMA-REG-BI-01", new("rfc5213-5.3.1-k12")), new("a", "TC-LMA-REG-BI-02", new("rfc5213-5.3.1-k13"))];

        Problems(ProofRecord.Write(proofs)).Should().BeEmpty();
        ProofRecord.Load(_directory.Path)!.Proofs.Should().Equal(proofs[1], proofs[0]);
    }

    private IEnumerable<string> Problems(string proof)
    {
        _directory.File("proof.tsv", proof);
        return ProofRecord
            .Load(_directory.Path)!
            .Check(
                _register,
                [
                    ("TC-LMA-REG-BI-01", "a.feature", 3, [new("rfc5213-5.3.1-k12"), new("rfc5213-5.3.1-k14")]),
                    ("TC-LMA-REG-BI-02", "a.feature", 7, [new("rfc5213-5.3.1-k13")]),
                ]
            )
            .Select(problem => problem.ToString());
    }
}
