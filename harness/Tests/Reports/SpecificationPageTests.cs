using Conformance.Reports.Html;
using Conformance.Testing.Statements;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

public sealed class SpecificationPageTests
{
    /// <summary>A copy with a tag in it, a form feed and statements in the lines 3 and 5.</summary>
    private const string Text = "5.3.1.  Gates\n\n   A gate MUST <b>be</b> shut.\n\f\n   It MUST be green.\n";

    [Fact]
    public void AStatement_HasAMarkAtItsLine_WithItsScenarios()
    {
        var page = Create(Place("rfc5213-5.3.1-k13", 5));

        page.Should()
            .Contain("""<details class="mark" id="rfc5213-5.3.1-k13"><summary><span class="pill fail">fail</span>""")
            .And.Contain("""<mark id="L5" class="fail">   It MUST be green.</mark>""")
            .And.Contain($"""href="report.html#{Runs.Failing}" """)
            .And.Contain("""href="report.html#s-rfc5213-5.3.1-k13">""")
            .And.Contain("A PBU without HI is answered with status 161.");
    }

    [Fact]
    public void TheText_IsThereOnceAndEscaped()
    {
        var page = Create(Place("rfc5213-5.3.1-k1", 3), Place("rfc5213-5.3.1-k13", 5));

        page.Should()
            .Contain("<pre>\n5.3.1.  Gates\n</pre>")
            .And.Contain("A gate MUST &lt;b&gt;be&lt;/b&gt; shut.</mark>\n</pre>")
            .And.NotContain("<b>be</b>")
            .And.NotContain("\f");
        page.Split("It MUST be green").Should().HaveCount(2);
    }

    [Fact]
    public void AStatementThatTheCopyLacks_AndOneThatItWordsOtherwise_AreNamed() =>
        Create(Place("rfc5213-5.3.1-k1", 3, differs: true))
            .Should()
            .MatchRegex(@"Worded otherwise[^:]*: <a href=""#rfc5213-5\.3\.1-k1"">")
            .And.MatchRegex(@"Not found in this copy: <a href=""report\.html#s-rfc5213-5\.3\.1-k12"">")
            .And.Contain("Your copy words this sentence otherwise");

    [Fact]
    public void APlaceBehindTheEndOfTheCopy_IsItsLastLine() =>
        Create(Place("rfc5213-5.3.1-k1", 700)).Should().Contain("""<mark id="L5" class="pass">   It MUST be green.</mark>""");

    private static string Create(params IEnumerable<StatementPlace> places) =>
        SpecificationPage.Create(Runs.Complete(), Runs.Register(), Edition.Rfc5213, Text, places);

    private static StatementPlace Place(string id, int line, bool differs = false) => new(new StatementId(id), line, differs);
}
