using System.Text.RegularExpressions;
using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Statements;
using Conformance.Reports.Html;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

public sealed partial class HtmlReportTests
{
    [Fact]
    public void Report_ShowsTheConclusion_InItsFirstLines()
    {
        var html = Create(Runs.Complete());

        html.Should()
            .Contain(
                """<p class="conclusion fail">1 failure among 3 selected, 1 passed; 1 inconclusive, """
                    + "1 statement violated incidentally.</p>"
            );
        html.Should().Contain("<b>1</b> not applicable").And.Contain("<dd>4711</dd>").And.NotContain("Incomplete");
        html.Should().NotContainEquivalentOf("is conformant").And.NotContainEquivalentOf("conforms");
    }

    [Fact]
    public void Report_ShowsFailureWithClauseEvidencePacketAndReplay()
    {
        var html = Create(Runs.Complete());

        html.Should().Contain("A PBU without HI is answered with status 161.");
        html.Should().Contain("""<a href="#TC-LMA-REG-BI-07-p2" """).And.Contain(">packet 2, octet 60</a>");
        html.Should().Contain("<code>pmip-conformance run --tag TC-LMA-REG-BI-07 --seed 4711 --out out-replay</code>");
        html.Should().Contain("PBA seq 7, 0 ACCEPTED, 600 s, P, 025e00000001@dynamic.pmip.example");
        html.Should().Contain("decides, violated: rfc5213-5.3.1-k13, rfc5213-5.3.6-k4").And.Contain("a comment of the capture");
    }

    [Fact]
    public void Breakdown_IsAFailureWithoutClause_AndSaysSo() =>
        Create(Runs.Complete() with { Results = [Runs.Fail() with { Purpose = [], Reason = "the implementation under test died" }] })
            .Should()
            .Contain("<h2>1 breakdown</h2>\n<p>Clause: none: no message violates a statement")
            .And.Contain("""<td class="half">the implementation under test died</td>""");

    [Fact]
    public void Statements_BeginWithTheEditionThatWasTested_AndItsTotals()
    {
        var html = HtmlReport.Create(
            Runs.Complete(),
            Registers.Of(Registers.Row("rfc5213-5.3.1-k1"), Registers.Row("mcoa-draft-04-1-k1", disposal: "pending")),
            "nowhere"
        );

        html.IndexOf("""<h3 id="rfc5213">RFC 5213 """, StringComparison.Ordinal)
            .Should()
            .BePositive()
            .And.BeLessThan(html.IndexOf("""<h3 id="mcoa-draft-04">""", StringComparison.Ordinal));
        html.Should().Contain("""mcoa-draft-04 here</span></h3><p class="note">1 statement: 1 pending</p>""");
    }

    [Fact]
    public void OnlyWhatFailed_StandsOpen()
    {
        var html = Create(Runs.Complete());

        html.Should()
            .MatchRegex($"""<details class="scenario" id="{Runs.Failing}" [^>]* open>""")
            .And.NotMatchRegex($"""<details class="scenario" id="{Runs.Passing}" [^>]* open>""");
    }

    [Fact]
    public void Report_EscapesEveryText()
    {
        var html = Create(Runs.Complete());

        html.Should().Contain("&lt;script&gt;alert(1)&lt;/script&gt;").And.Contain("Reference LMA &lt;without&gt; Handoff");
        html.Should().NotContain("<script>alert").And.NotContain("<without>");
    }

    [Fact]
    public void Report_NeedsNothingFromElsewhere() =>
        References()
            .Matches(Create(Runs.Complete()))
            .Select(match => match.Groups["target"].Value)
            .Should()
            .OnlyContain(target =>
                target.StartsWith('#') || target.StartsWith("captures/") || target.StartsWith("https://www.rfc-editor.org/rfc/")
            );

    [Fact]
    public void EveryLinkInsideReport_HasItsTarget()
    {
        var html = Create(Runs.Complete());
        var ids = Ids().Matches(html).Select(match => match.Groups["id"].Value).ToList();

        ids.Should().OnlyHaveUniqueItems();
        References()
            .Matches(html)
            .Select(match => match.Groups["target"].Value)
            .Where(target => target.StartsWith('#') && !target.StartsWith("#?", StringComparison.Ordinal))
            .Select(target => target[1..])
            .Should()
            .BeSubsetOf(ids);
    }

    [Fact]
    public void RunThatWasCutOff_IsMarkedAsPartial() =>
        Create(Runs.Complete() with { Results = [Runs.Pass()], End = null })
            .Should()
            .Contain("""<p class="banner" role="alert"><strong>Incomplete: the run was cut off: 1 of 3""");

    [Fact]
    public void CaptureThatIsMissingOrMalformed_IsReported_AndTheRestIsShown()
    {
        using var directory = new TemporaryDirectory();
        Runs.WriteCaptures(directory.Path);
        File.Delete(Path.Combine(directory.Path, "captures", $"{Runs.Passing}.pcapng"));
        directory.File($"captures/{Runs.Failing}.pcapng", "not a capture");

        var html = UnpackedReport.Of(HtmlReport.Create(Runs.Complete(), Runs.Register(), directory.Path));

        Regex.Count(html, "The capture cannot be shown: ").Should().Be(2);
        html.Should().Contain("PBU seq 7, 600 s");
    }

    private static string Create(Run run)
    {
        using var directory = new TemporaryDirectory();
        Runs.WriteCaptures(directory.Path);
        return UnpackedReport.Of(HtmlReport.Create(run, Runs.Register(), directory.Path));
    }

    [GeneratedRegex("(?:href|src)=\"(?<target>[^\"]*)\"|url\\((?<target>[^)]*)\\)|@import (?<target>.*)")]
    private static partial Regex References();

    [GeneratedRegex(" id=\"(?<id>[^\"]*)\"")]
    private static partial Regex Ids();
}
