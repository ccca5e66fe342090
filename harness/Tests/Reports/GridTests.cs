using System.Text.Json;
using Conformance.Reports;
using Conformance.Reports.Matrix;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

public sealed class GridTests
{
    private static readonly Run _fixed = Runs.Complete() with
    {
        Results =
        [
            Runs.Pass(),
            Runs.Fail() with
            {
                Verdict = Verdict.Pass,
                Purpose = [.. Runs.Fail().Purpose.Select(finding => finding with { Ok = true })],
                Incidental = [],
            },
        ],
    };

    [Fact]
    public void AStatement_HasTheStateOfEachRun()
    {
        var grid = Of(Runs.Complete(), _fixed);

        grid.Rows.Select(row => $"{row.Id}: {string.Join(", ", row.Cells.Select(cell => ReportText.Of(cell.State)))}")
            .Should()
            .Equal(
                "rfc5213-5.3.1-k1: pass, pass",
                "rfc5213-5.3.1-k13: fail, pass",
                "rfc5213-5.3.4-k2: inconclusive, not run",
                "rfc5213-5.3.6-k4: fail, pending"
            );
        grid.Rows.Where(row => row.IsDisputed).Select(row => row.Id.Value).Should().Equal("rfc5213-5.3.1-k13");
        grid.Untested.Should().Be(3);
    }

    [Fact]
    public void RolesAndLevels_AreCounted()
    {
        var tally = Of(Runs.Complete(), _fixed).Tallies.Should().ContainSingle().Subject;

        (tally.Role, tally.Level).Should().Be(("LMA", "MUST"));
        tally.Counts[0].Should().Contain(StatementState.Failed, 2).And.Contain(StatementState.Passed, 1);
        tally.Counts[1].Should().Contain(StatementState.Passed, 2).And.NotContainKey(StatementState.Failed);
    }

    [Fact]
    public void ThePage_IsOffline_EscapesTexts_AndLeadsToTheReports()
    {
        var html = GridPage.Create(Of(Runs.Complete(), _fixed));

        html.Should()
            .Contain("""<a class="pill fail" href="../a%20b/report.html#s-rfc5213-5.3.1-k13">fail</a>""")
            .And.Contain("Reference LMA &lt;without&gt; Handoff Indicator check")
            .And.Contain("&lt;script&gt;alert(1)&lt;/script&gt;")
            .And.NotContain("<script>alert")
            .And.NotContain("http://")
            .And.NotContain("different suites")
            .And.NotContain("conforms");
        html.Should().MatchRegex("data-words=\"LMA MUST rfc5213 differences violated\"");
    }

    [Fact]
    public void RunsOfDifferentSuites_AreMarked()
    {
        var other = _fixed with { Header = _fixed.Header with { Suite = new SuiteIdentity(new string('a', 64), null, []) } };

        GridPage.Create(Of(Runs.Complete(), other)).Should().Contain("The runs were made with different suites.");
    }

    [Fact]
    public void TheJson_SaysTheSame()
    {
        using var json = JsonDocument.Parse(GridJson.Create(Of(Runs.Complete(), _fixed)));

        var root = json.RootElement;
        root.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("label").GetString()).Should().Equal("A", "B");
        var violated = root.GetProperty("statements")[1];
        violated.GetProperty("statement").GetString().Should().Be("rfc5213-5.3.1-k13");
        violated.GetProperty("runs").GetProperty("A").GetProperty("state").GetString().Should().Be("fail");
        violated.GetProperty("runs").GetProperty("A").GetProperty("scenario").GetString().Should().Be(Runs.Failing);
        violated.GetProperty("runs").GetProperty("B").GetProperty("state").GetString().Should().Be("pass");
        root.GetProperty("rolesAndLevels")[0].GetProperty("runs").GetProperty("A").GetProperty("fail").GetInt32().Should().Be(2);
    }

    [Theory]
    [InlineData(0, "A")]
    [InlineData(25, "Z")]
    [InlineData(26, "AA")]
    [InlineData(53, "BB")]
    public void Columns_AreLettered(int column, string label) => Grid.LabelOf(column).Should().Be(label);

    private static Grid Of(params Run[] runs) =>
        Grid.Of([.. runs.Select((run, at) => new GridColumn(Grid.LabelOf(at), "a b", run, "../a%20b/report.html"))], Runs.Register());
}
