using System.Xml.Linq;
using Conformance.Reports;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

public sealed class JunitReportTests
{
    [Fact]
    public void Counts_OfRun_CallOnlyPassesPassed()
    {
        var root = Parse(Runs.Complete());

        Counts(root, "tests", "failures", "errors").Should().Be("tests 6, failures 3, errors 1");
        root.Elements("testsuite")
            .Select(suite => Counts(suite, "tests", "failures", "errors", "skipped"))
            .Should()
            .Equal("tests 2, failures 2, errors 0, skipped 0", "tests 4, failures 1, errors 1, skipped 1");
        root.Attribute("time")!.Value.Should().Be("4.500");
    }

    [Fact]
    public void Failure_CarriesTheFailureText()
    {
        var failure = Parse(Runs.Complete()).Descendants("failure").Last();

        failure.Parent!.Attribute("name")!.Value.Should().Be("TC-LMA-REG-BI-07 A registration without a Handoff Indicator is rejected");
        failure.Attribute("message")!.Value.Should().Be("rfc5213-5.3.1-k13 was violated");
        failure.Value.Should().Contain("Actual       PBA seq 7 status 0 ACCEPTED, MN-Id <script>alert(1)</script>");
    }

    [Fact]
    public void SelectedScenario_WithoutResult_IsError()
    {
        var error = Parse(Runs.Complete() with { Results = [Runs.Pass(), Runs.Fail()], End = null }).Descendants("error").Single();

        error.Attribute("type")!.Value.Should().Be("not run");
    }

    [Fact]
    public void NotApplicable_IsSkippedWithReason_AndDeselectedIsLeftOut()
    {
        var deselected = Runs.Planned()[0] with { Id = "TC-9", Selection = Selection.Deselected };

        var root = Parse(Runs.Complete() with { Planned = [.. Runs.Planned(), deselected] });

        root.Descendants("skipped").Single().Value.Should().Be("not applicable: ipv4-support is not claimed");
        root.Elements("testsuite").Last().Elements("testcase").Should().HaveCount(4);
    }

    [Fact]
    public void HiddenCharacters_AreEscaped() =>
        Parse(Runs.Complete() with { Results = [Runs.Fail() with { Reason = "MN-Id a\u0001b\u202ec" }] })
            .Descendants("failure")
            .Last()
            .Attribute("message")!
            .Value.Should()
            .Be("MN-Id a\\u0001b\\u202ec");

    private static XElement Parse(Run run) => XDocument.Parse(JunitReport.Create(run, Runs.Register())).Root!;

    private static string Counts(XElement element, params IEnumerable<string> names) =>
        string.Join(", ", names.Select(name => $"{name} {element.Attribute(name)!.Value}"));
}
