using Conformance.Cli;
using Conformance.Harness.Tests.Statements;
using Conformance.Reports;
using Conformance.Reports.Html;
using Conformance.Testing.Statements;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public sealed class SpecificationViewTests : IDisposable
{
    private const string Text = """
        1.  Gates

           A gate MUST be shut.  Gates are old.

           It MUST be green.
        """;

    private readonly SmallSuite _suite = new();

    public void Dispose() => _suite.Dispose();

    /// <summary>The copy has two lines more than the text of the register before the first keyword, and another second sentence.</summary>
    [Fact]
    public void Places_FollowTheKeywords_WhateverTheLinesOfTheCopy()
    {
        var register = Registers.Of(
            Registers.Row("rfc5213-1-k1", line: "1", hash: SpecificationExtractor.Extract(Text)[0].Hash),
            Registers.Row("rfc5213-1-d1", line: "2"),
            Registers.Row("rfc5213-1-k2", line: "4"),
            Registers.Row("rfc5213-1-k3", line: "5")
        );

        new SpecificationCopy(Edition.Rfc5213, Text)
            .PlacesOf(register)
            .Should()
            .BeEquivalentTo([
                new StatementPlace(new StatementId("rfc5213-1-k1"), 3, false),
                new StatementPlace(new StatementId("rfc5213-1-k2"), 5, true),
                new StatementPlace(new StatementId("rfc5213-1-d1"), 4, false),
            ]);
    }

    [Fact]
    public void Report_WithACopy_LinksToItsPage_AndTheNextRunRemovesIt()
    {
        _suite.Run();
        var copy = _suite.WriteSpecification("copy.txt", "5.3.1.  Gates\n\n   A gate MUST be shut.\n");

        var outcome = Report("--spec", $"rfc5213={copy}");

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Error);
        var page = Path.Combine(_suite.Out, "specification-rfc5213.html");
        File.ReadAllText(page).Should().Contain("A gate MUST be shut.");
        File.ReadAllText(Path.Combine(_suite.Out, "report.html")).Should().Contain("href=\"specification-rfc5213.html#rfc5213-5.3.1-k13\"");
        _suite.Run();
        File.Exists(page).Should().BeFalse();
    }

    [Fact]
    public void ACopyOfAnUnknownEdition_OrAMissingFile_IsRefused()
    {
        _suite.Run();

        Report("--spec", "gates.txt").Error.Should().Contain("there is no register of gates; known editions: rfc5213.");
        Report("--spec", "rfc5213=nowhere.txt").Error.Should().Contain("nowhere.txt cannot be read");
    }

    private Outcome Report(params string[] options) => Shell.Run(["report", "--features", _suite.Features, _suite.Out, .. options]);
}
