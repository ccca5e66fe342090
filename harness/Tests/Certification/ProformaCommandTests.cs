using System.Text.RegularExpressions;
using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Cli;
using Conformance.Reports;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Certification;

public sealed partial class ProformaCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void TheProformas_AskEveryQuestionOfARoleOnce()
    {
        var outcome = Shell.Run("proforma", "--role", "lma", "--out", _directory.Path);

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output + outcome.Error);
        NamesIn("ics.html").Should().OnlyHaveUniqueItems().And.Contain(["timestamp-option", "ipv4-support"]).And.NotContain("ikev2");
        NamesIn("ixit.html").Should().OnlyHaveUniqueItems().And.Contain(["device", "ports.core", "timers.MinDelayBeforeBCEDelete"]);
        File.ReadAllText(Path.Combine(_directory.Path, "test-purposes.html"))
            .Should()
            .Contain("<code>TC-LMA-REG-BI-05</code>")
            .And.NotContain("<code>TC-MAG");
    }

    [Fact]
    public void ARoleThatNoDeviceHas_IsRefused() =>
        Shell.Run("proforma", "--role", "E2E", "--out", _directory.Path).ExitCode.Should().Be(ExitCode.CannotRun);

    private IEnumerable<string> NamesIn(string file) =>
        Name().Matches(File.ReadAllText(Path.Combine(_directory.Path, file))).Select(match => match.Groups[1].Value);

    [GeneratedRegex(" name=\"([^\"]+)\" aria", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
