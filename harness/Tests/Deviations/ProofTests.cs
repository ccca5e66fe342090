using Conformance.TestBeds.Deviations;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;
using Found = Conformance.TestBeds.Deviations.Deviations;

namespace Conformance.Harness.Tests.Deviations;

/// <summary>
/// What every deviation violates, as recorded in <c>features/proof.tsv</c>: in a sample of the suite, which has every row of the file, or
/// with PMIP_WHOLE_PROOF=1 in all of it. With PMIP_WRITE_PROOF=1, or quicker with PMIP_WRITE_PROOF=new, the test writes the
/// file instead.
/// </summary>
public sealed class ProofTests
{
    private const int FewStatements = 3;

    private static readonly Lazy<IReadOnlyList<Proof>> _proofs = new(() => [.. Found.All.AsParallel().AsOrdered().SelectMany(ProofsOf)]);

    public static TheoryData<string> Names() => [.. Found.All.Select(deviation => deviation.Name)];

    [Fact]
    public void Record_IsThatOfTheDeviations()
    {
        var (path, text) = (InFeatures(ProofRecord.File), ProofRecord.Write(_proofs.Value));
        if (ProofSample.IsWritten)
        {
            File.WriteAllText(path, text);
        }

        File.ReadAllLines(path).Should().BeEquivalentTo(text.TrimEnd('\n').Split('\n'), options => options.WithStrictOrdering());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Deviation_ViolatesFewStatements_OrSaysWhyNot(string name)
    {
        var violated = ViolatedBy(name);
        var isExplained = Found.All.First(deviation => deviation.Name == name).WhyMany is not null;

        IsMany(violated).Should().Be(isExplained, string.Join(", ", violated));
    }

    /// <summary>
    /// The statements that a deviation violates on a device alone. In a whole domain, a fault shows in whatever depends on it.
    /// </summary>
    private static List<StatementId> ViolatedBy(string deviation) =>
        [
            .. _proofs
                .Value.Where(proof => proof.Deviation == deviation)
                .Where(proof => !SuiteRuns.Scenario(proof.Scenario).Tags.Contains("E2E"))
                .Select(proof => proof.Statement)
                .Distinct(),
        ];

    /// <summary>Editions say the same in statements of their own, so that a fault that violates one violates the others.</summary>
    private static bool IsMany(IEnumerable<StatementId> violated) =>
        violated.CountBy(statement => statement.Edition).Any(count => count.Value > FewStatements);

    /// <summary>RFC 5213, Section 6.9.2(1), only recommends the answer: all else is found correct.</summary>
    [Fact]
    public void GatewayThatDoesNotAnswerSolicitations_GetsARemarkOnly()
    {
        var results = SuiteRuns.Of(Found.All.First(deviation => deviation.Name == "mag-solicitation-unanswered")).Values;

        // What only an answer would show is not found out.
        results.Where(result => result.Verdict is not (Verdict.Pass or Verdict.Inconclusive)).Select(SuiteRuns.Line).Should().BeEmpty();
        results
            .SelectMany(result => result.Purpose.Concat(result.Incidental))
            .Where(finding => !finding.Ok)
            .Select(finding => $"{finding.Statement}")
            .Should()
            .Equal("rfc5213-6.9.2-k2");
    }

    private static IEnumerable<Proof> ProofsOf(Deviation deviation) =>
        SuiteRuns
            .Of(deviation)
            .Values.SelectMany(result =>
                result
                    .Purpose.Where(finding => !finding.Ok)
                    .Select(finding => new Proof(deviation.Name, result.Scenario, finding.Statement))
            );

    private static string InFeatures(string name) => Path.Combine(Repository.Root, "features", name);
}
