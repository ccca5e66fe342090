using Conformance.Harness.Tests.Reports;
using Conformance.Reports.Certification;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Certification;

public sealed class ConformanceStatementTests
{
    [Theory]
    [InlineData(true, "none")]
    [InlineData(false, "rfc5213-5.3.1-k1")]
    public void RecommendationsThatAreNotFollowed_AreOnTheStatement(bool followed, string expected)
    {
        var pass = Runs.Pass();
        var run = Runs.Complete() with { Results = [pass with { Purpose = [pass.Purpose[0] with { Ok = followed }] }] };

        Of(run).Should().Contain($"<dt>Recommendations not followed</dt><dd>{expected}</dd>");
    }

    [Fact]
    public void ManyRecommendationsThatAreNotFollowed_AreCounted_BecauseTheStatementIsOnePage()
    {
        var pass = Runs.Pass();
        var findings = Enumerable.Range(1, 9).Select(n => pass.Purpose[0] with { Ok = false, Statement = new($"rfc5213-5.3.1-k{n}") });
        var run = Runs.Complete() with { Results = [pass with { Purpose = [.. findings] }] };

        Of(run).Should().Contain("<dd>9, among them rfc5213-5.3.1-k1, rfc5213-5.3.1-k2, rfc5213-5.3.1-k3, rfc5213-5.3.1-k4</dd>");
    }

    private static string Of(Run run) => ConformanceStatement.Create(run, new Conclusions([], []), journalHash: "00");
}
