using System.Text.Json;
using Conformance.Harness.Tests.Certification;
using Conformance.Reports;
using Conformance.Reports.Certification;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public sealed class MatrixCommandTests : IDisposable
{
    private readonly SmallSuite _suite = new();

    private string Matrix => _suite.Out + "-matrix";

    public void Dispose() => _suite.Dispose();

    [Fact]
    public void TwoRuns_MakeOnePage_WhoseLinksLeadToTheirReports()
    {
        _suite.Run();
        Shell.Run("run", "--features", _suite.Features, "--out", _suite.Out + " 2", "--seed", "2");

        var outcome = Shell.Run("matrix", _suite.Out, _suite.Out + " 2", "--out", Matrix, "--features", _suite.Features);

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Error);
        outcome.Output.Should().StartWith($"4 statements of 2 runs, 0 with differences: {Matrix}/matrix.html");
        var page = File.ReadAllText(Path.Combine(Matrix, "matrix.html"));
        page.Should().Contain("href=\"../out/report.html#s-rfc5213-5.3.1-k12\"").And.Contain("href=\"../out%202/report.html#");
        File.Exists(Path.Combine(Matrix, "matrix.json")).Should().BeTrue();
    }

    [Fact]
    public void ACertification_ShowsItsClasses_AndARunHasNone()
    {
        using var bundle = SmallBundle.Certified();
        BundleArchive.Extract(bundle.Path, _suite.Out + "-certified");
        Shell.Run("run", "--features", bundle.Suite.Features, "--out", _suite.Out);

        var outcome = Shell.Run("matrix", _suite.Out, _suite.Out + "-certified", "--out", Matrix, "--features", bundle.Suite.Features);

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Error);
        File.ReadAllText(Path.Combine(Matrix, "matrix.html"))
            .Should()
            .MatchRegex("(?s)id=\"classes\".*Registration .*LMA rfc5213.*no conclusion</span>.*not conformant, 3 of 5</span>");
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Matrix, "matrix.json")));
        var known = json.RootElement.GetProperty("classes").EnumerateArray().Should().ContainSingle().Subject;
        known.GetProperty("class").GetString().Should().Be("registration");
        known.GetProperty("runs").GetProperty("A").ValueKind.Should().Be(JsonValueKind.Null);
        known.GetProperty("runs").GetProperty("B").GetProperty("conclusion").GetString().Should().Be("not conformant");
    }

    [Fact]
    public void WhatIsNoRun_AndARunGivenTwice_AreRefused()
    {
        _suite.Run();

        Shell
            .Run("matrix", _suite.Out, _suite.Features, "--out", Matrix)
            .Error.Should()
            .Contain($"{_suite.Features} is not the directory of");
        Shell.Run("matrix", _suite.Out, _suite.Out, "--out", Matrix).Error.Should().Contain("is given twice");
    }
}
