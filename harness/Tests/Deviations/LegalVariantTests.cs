using Conformance.TestBeds.Deviations;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Deviations;

/// <summary>An implementation with unusual but legal behaviour has no violations.</summary>
public sealed class LegalVariantTests
{
    public static TheoryData<string> Names() => [.. LegalVariants.All.Select(variant => variant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void LegalVariant_IsFoundCorrect(string name)
    {
        var variant = LegalVariants.All.First(variant => variant.Name == name);

        var results = SuiteRuns.Run(variant.Implementation, variant.Runs);

        SuiteRuns.Judge.Judge(variant, results, isWhole: true).Select(problem => $"{problem}").Should().BeEmpty(variant.Description);
    }

    [Fact]
    public void Reference_IsFoundCorrect()
    {
        SuiteRuns.Reference.Values.SelectMany(SuiteRuns.Violations).Should().BeEmpty();
        SuiteRuns.Reference.Values.Where(result => result.Verdict != Verdict.Pass).Select(SuiteRuns.Line).Should().BeEmpty();
    }
}
