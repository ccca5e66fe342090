using Conformance.Harness.Tests.Capture;
using Conformance.Testing.Statements;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Statements;

/// <summary>
/// The audit of what deviations prove: everything tested is proved or listed as not proved yet, and nothing is listed in vain.
/// </summary>
public sealed class ProofRecordTests : IDisposable
{
    private const string Proved = "deviation\tscenario\tstatement\nfaulty\tTC-LMA-REG-BI-01\trfc5213-5.3.1-k12\n";
    private const string Nothing = "kind\tid\n";
    private const string Listed = Nothing + "statement\trfc5213-5.3.1-k13\nscenario\tTC-LMA-REG-BI-02\n";

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
    public void WhatIsListed_NeedsNoProof() => Problems(Proved, Listed).Should().BeEmpty();

    [Fact]
    public void StatementAndScenario_WithoutADeviation_AreProblems_WithFileAndLine() =>
        Problems(Proved, Nothing)
            .Should()
            .Equal(
                "rfc5213/5.3.1.tsv:3: rfc5213-5.3.1-k13 is tested, but no deviation shows that its violation is found.",
                "a.feature:7: no deviation fails TC-LMA-REG-BI-02."
            );

    [Theory]
    [InlineData("statement\trfc5213-5.3.1-k12", "rfc5213-5.3.1-k12 is proved: remove the row.")]
    [InlineData("scenario\tTC-LMA-REG-BI-01", "TC-LMA-REG-BI-01 is proved: remove the row.")]
    [InlineData("scenario\tTC-LMA-REG-BI-09", "there is no scenario TC-LMA-REG-BI-09 that could be proved: remove the row.")]
    [InlineData("statement\trfc5213-5.3.1-k14", "there is no statement rfc5213-5.3.1-k14 that could be proved: remove the row.")]
    [InlineData("wish\tpeace", "there is no wish peace that could be proved: remove the row.")]
    [InlineData("statement", "the row has 1 columns.")]
    public void RowOfTheList_ThatIsInVain_IsAProblem(string row, string problem) =>
        Problems(Proved, Listed + row + "\n").Should().Equal($"unproved.tsv:4: {problem}");

    [Fact]
    public void ProofByAScenarioThatIsGone_IsAProblem() =>
        Problems(Proved + "faulty\tTC-LMA-REG-BI-09\trfc5213-5.3.1-k12\n", Listed)
            .Should()
            .Equal("proof.tsv:3: there is no scenario TC-LMA-REG-BI-09.");

    [Fact]
    public void RecordWithoutItsList_IsAProblem()
    {
        _directory.File("proof.tsv", Proved);

        Problems().Should().StartWith("unproved.tsv:1: the first line must name the columns: kind id.");
    }

    [Fact]
    public void WrittenRecord_IsSorted_AndReadAgain()
    {
        Proof[] proofs = [new("z", "TC-LMA-REG-BI-01", new("rfc5213-5.3.1-k12")), new("a", "TC-LMA-REG-BI-02", new("rfc5213-5.3.1-k13"))];
        _directory.File("proof.tsv", ProofRecord.Write(proofs));
        _directory.File("unproved.tsv", ProofRecord.WriteUnproved([], [], []));

        ProofRecord.Load(_directory.Path)!.Proofs.Should().Equal(proofs[1], proofs[0]);
        Problems().Should().BeEmpty();
    }

    private IEnumerable<string> Problems(string proof, string unproved)
    {
        _directory.File("proof.tsv", proof);
        _directory.File("unproved.tsv", unproved);
        return Problems();
    }

    private IEnumerable<string> Problems() =>
        ProofRecord
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
