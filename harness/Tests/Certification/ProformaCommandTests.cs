using System.Text.Json;
using System.Text.RegularExpressions;
using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Cli;
using Conformance.Harness.Tests.External;
using Conformance.Reports;
using Conformance.TestBeds.External;
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
        NamesIn("ixit.html")
            .Should()
            .OnlyHaveUniqueItems()
            .And.Contain(["device", "ports.core.interface", "timers.MinDelayBeforeBCEDelete"]);
        File.ReadAllText(Path.Combine(_directory.Path, "test-purposes.html"))
            .Should()
            .Contain("<code>TC-LMA-REG-BI-05</code>")
            .And.NotContain("<code>TC-MAG");
    }

    [Theory]
    [InlineData("lma", "authorizedGateways", "visitedPrefixes", "bindings", "sentinelPort", "ports.link1.interface")]
    [InlineData(
        "mag",
        "visitedPrefixes.link1",
        "authorizedGateways",
        "bindings",
        "identities.homeAddress",
        "configurations.lma-baseline.claims"
    )]
    [InlineData("ha", "identities.mobileNetwork", "authorizedGateways", "visitedPrefixes", "identities.kinds")]
    [InlineData("cn", "identities.careOfAddress", "protection.MAG1.transform", "management.hint", "ports.home.interface")]
    [InlineData(
        "mn",
        "identities.bids.link1",
        "identities.count",
        "management.hint",
        "authorizedGateways",
        "configurations.ha-mcoa.claims"
    )]
    public void TheIxit_AsksWhatItsRoleIsAsked(string role, string asked, params string[] others)
    {
        Shell.Run("proforma", "--role", role, "--out", _directory.Path).ExitCode.Should().Be(ExitCode.Success);

        var names = NamesIn("ixit.html").ToList();
        names.Should().OnlyHaveUniqueItems().And.Contain(["device", "addresses.CN1", asked]).And.NotContain(others);
        File.ReadAllText(Path.Combine(_directory.Path, "ixit.html")).Should().NotContainAny(MarksOfOthers(role));
    }

    /// <summary>Every key of every profile of the repository is a question to its role.</summary>
    [Fact]
    public void TheIxit_AsksForEveryKeyOfAProfile()
    {
        foreach (var role in new[] { "lma", "mag", "ha", "cn", "mn" })
        {
            Shell.Run("proforma", "--role", role, "--out", _directory.Path);
            var asked = NamesIn("ixit.html").ToHashSet(StringComparer.Ordinal);
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(Profiles.OfRepository("example.json"))!, "*.json"))
            {
                using var profile = JsonDocument.Parse(File.ReadAllText(file), options);
                if (profile.RootElement.TryGetProperty("role", out var of) && of.GetString() == role)
                {
                    KeysIn(profile.RootElement, string.Empty).Except(asked).Should().BeEmpty($"{Path.GetFileName(file)} has them");
                }
            }
        }
    }

    /// <summary>What the schema defines in one place for several keys has questions of its own.</summary>
    [Fact]
    public void TheIxit_AsksForTheKeysInside()
    {
        Shell.Run("proforma", "--role", "ha", "--out", _directory.Path);

        NamesIn("ixit.html")
            .Should()
            .Contain(["ports.core.interface", "ports.core.vlan", "nextHops.core"])
            .And.Contain(["configurations.ha-mcoa.claims", "protection.(1, 2, …).tunnel.in.spi"]);
    }

    /// <summary>Not answered is not the same as not supported (ISO/IEC 9646-7).</summary>
    [Fact]
    public void TheIcs_TakesNoForAnAnswer()
    {
        Shell.Run("proforma", "--role", "lma", "--out", _directory.Path);

        File.ReadAllText(Path.Combine(_directory.Path, "ics.html"))
            .Should()
            .Contain("""<select name="timestamp-option" aria-describedby="q-timestamp-option">""")
            .And.Contain("""<option value="">not answered</option>""")
            .And.Contain("""<option>yes</option><option>no</option>""")
            .And.NotContain("checkbox");
    }

    [Fact]
    public void ARoleThatNoDeviceHas_IsRefused() =>
        Shell.Run("proforma", "--role", "E2E", "--out", _directory.Path).ExitCode.Should().Be(ExitCode.CannotRun);

    private static IEnumerable<string> KeysIn(JsonElement profile, string before) =>
        profile
            .EnumerateObject()
            .Where(member => member.Name[0] != '$')
            .Select(member => (Key: before + (int.TryParse(member.Name, out _) ? "(1, 2, …)" : member.Name), member.Value))
            .SelectMany(member =>
                member.Value.ValueKind != JsonValueKind.Object || IsCommand(member.Value) ? [member.Key]
                : member.Key == "hosts" ? member.Value.EnumerateObject().SelectMany(host => KeysIn(host.Value, "hosts.(name)."))
                : KeysIn(member.Value, $"{member.Key}.")
            );

    /// <summary>How a command is done is one question.</summary>
    private static bool IsCommand(JsonElement value) =>
        value.EnumerateObject().Any(member => ProfileKeys.WaysOfAction.Contains(member.Name));

    private static IEnumerable<string> MarksOfOthers(string role) =>
        new[] { "lma", "mag", "ha", "cn", "mn" }.Where(other => other != role).Select(other => $"<td>Role {other}:");

    private IEnumerable<string> NamesIn(string file) =>
        Name().Matches(File.ReadAllText(Path.Combine(_directory.Path, file))).Select(match => match.Groups[1].Value);

    [GeneratedRegex(" name=\"([^\"]+)\" aria", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
