using System.Text.Json;
using Conformance.Reports;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public sealed class RequireTests : IDisposable
{
    private static readonly DateOnly _today = new(2026, 11, 30);

    private readonly SmallSuite _suite = new();

    private string RequireFile => Path.Combine(_suite.Features, "..", "require.json");

    public void Dispose() => _suite.Dispose();

    [Fact]
    public void TheList_DecidesInPlaceOfTheExitRule()
    {
        var outcome = Run($$"""{ "pass": ["{{SmallSuite.Passing}}", "SHOULD"] }""");

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output + outcome.Error);
        outcome.Output.Should().Contain("1 failure among 5 selected").And.EndWith("\n  3 met.\n");
    }

    [Fact]
    public void AScenarioThatMustPass_AndDoesNot_IsNamed()
    {
        var outcome = Run("""{ "pass": ["*"] }""");

        outcome.ExitCode.Should().Be(ExitCode.Failure);
        outcome
            .Output.Should()
            .Contain($"  not met          {SmallSuite.Failing}  fail: ")
            .And.Contain($"  not met          {SmallSuite.Inconclusive}  inconclusive: ")
            .And.EndWith("\n  3 met, 2 not met.\n");
    }

    [Theory]
    [InlineData("2026-11-30", ExitCode.Success, "known failure")]
    [InlineData("2026-11-29", ExitCode.Failure, "expired")]
    public void AKnownFailure_CountsToItsLastDay(string expires, int exitCode, string word)
    {
        var outcome = Run(Known(SmallSuite.Failing, expires), "--tag", SmallSuite.Passing, SmallSuite.Failing);

        outcome.ExitCode.Should().Be(exitCode, outcome.Output + outcome.Error);
        outcome
            .Output.Should()
            .MatchRegex($"\n  {word} +{SmallSuite.Failing}  fail: .*\\(team A, until {expires}: a fault of ours\\)\n  1 met, 1 {word}.\n$");
    }

    [Fact]
    public void AKnownFailureThatPasses_IsTold()
    {
        var outcome = Run(Known(SmallSuite.Passing, "2027-01-01"), "--tag", SmallSuite.Passing);

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output + outcome.Error);
        outcome.Output.Should().Contain($"  unexpected pass  {SmallSuite.Passing}  pass, but a known failure (team A, until 2027-01-01");
    }

    [Fact]
    public void AScenarioOfTheList_ThatDoesNotRun_IsNotMet()
    {
        var outcome = Run($$"""{ "pass": ["{{SmallSuite.Failing}}", "MUST"] }""", "--tag", SmallSuite.Passing);

        outcome.ExitCode.Should().Be(ExitCode.Failure);
        outcome.Output.Should().Contain($"  not met          {SmallSuite.Failing}  deselected: ").And.EndWith("\n  1 met, 1 not met.\n");
    }

    [Fact]
    public void AnOutlineOfTheList_ThatDoesNotRun_IsNotMetRowByRow()
    {
        var outcome = Run($$"""{ "pass": ["{{SmallSuite.Outline}}"] }""", "--tag", SmallSuite.Passing);

        outcome.ExitCode.Should().Be(ExitCode.Failure, outcome.Output);
        outcome.Output.Should().Contain($"  not met          {SmallSuite.Outline}-a  deselected: ").And.EndWith("\n  2 not met.\n");
    }

    [Fact]
    public void AnIdInOtherCase_StillNamesItsScenario()
    {
        var outcome = Run($$"""{ "pass": ["{{SmallSuite.Failing.ToLowerInvariant()}}"] }""", "--tag", SmallSuite.Passing);

        outcome.ExitCode.Should().Be(ExitCode.Failure, outcome.Output);
        outcome.Output.Should().Contain($"  not met          {SmallSuite.Failing}  deselected: ");
    }

    [Fact]
    public void AListThatConcernsNoScenario_IsNotMet()
    {
        var outcome = Run("""{ "pass": ["SHOULD"] }""", "--tag", SmallSuite.Passing);

        outcome.ExitCode.Should().Be(ExitCode.Failure, outcome.Output);
        outcome.Output.Should().EndWith("\n  no scenario of the run is concerned: not met.\n");
    }

    [Fact]
    public void AKnownFailureOfOtherStatements_IsNoExcuse()
    {
        const string statements = "\"owner\": \"team A\", \"statements\": [\"STATEMENT\"]";
        string OfStatement(string id) =>
            Known(SmallSuite.Failing, "2027-01-01")
                .Replace("\"owner\": \"team A\"", statements.Replace("STATEMENT", id, StringComparison.Ordinal), StringComparison.Ordinal);

        var same = Run(OfStatement("rfc5213-5.3.1-k12"), "--tag", SmallSuite.Failing);
        var other = Run(OfStatement("rfc5213-5.3.1-k13"), "--tag", SmallSuite.Failing);
        var none = Run(OfStatement("k13"), "--tag", SmallSuite.Failing);

        same.ExitCode.Should().Be(ExitCode.Success, same.Output + same.Error);
        other.ExitCode.Should().Be(ExitCode.Failure, other.Error);
        other
            .Output.Should()
            .Contain($"  not met          {SmallSuite.Failing}  fail: ")
            .And.Contain("it is not known for rfc5213-5.3.1-k12");
        none.Error.Should().Contain(": knownFailures[0].statements[0]: 'k13' is not the id of a statement");
    }

    [Fact]
    public void AScenarioOfAnotherShard_IsJudgedWhenTheShardsAreMerged()
    {
        Write($$"""{ "pass": ["{{SmallSuite.Passing}}", "{{SmallSuite.Outline}}"] }""");
        foreach (var number in new[] { 1, 2 })
        {
            var shard = Shell.Run([
                "run",
                "--features",
                _suite.Features,
                "--shard",
                $"{number}/2",
                "--out",
                $"{_suite.Out}-{number}",
                "--require",
                RequireFile,
            ]);
            shard.ExitCode.Should().Be(ExitCode.Success, shard.Output + shard.Error);
        }

        var merged = Shell.Run(
            "merge",
            "--features",
            _suite.Features,
            $"{_suite.Out}-1",
            $"{_suite.Out}-2",
            "--out",
            _suite.Out,
            "--require",
            RequireFile
        );

        merged.ExitCode.Should().Be(ExitCode.Success, merged.Error);
        merged.Output.Should().EndWith("\n  3 met.\n");
    }

    [Theory]
    [InlineData("{", ":1: ")]
    [InlineData("{\n  \"pass\": \"*\"\n}", ":2: pass: ")]
    [InlineData("{ \"pass\": [\"*\"],\n\"pass\": [\"MUST\"] }", ":2: ")]
    [InlineData("{}", ": pass: it is missing or empty")]
    [InlineData("""{ "pass": ["*", "TC-LMA-REG-BI-99"] }""", ": pass[1]: no scenario of the suite has the id or tag 'TC-LMA-REG-BI-99'")]
    [InlineData("""{ "pass": ["*"], "fail": [] }""", ": fail: there is no such key; known keys: pass, knownFailures")]
    [InlineData(
        """{ "pass": ["*"], "knownFailures": [{ "scenario": "TC-LMA-REG-BI-04", "ownr": "x" }] }""",
        ": knownFailures[0].ownr: there is no such key",
        ": knownFailures[0].scenario: the suite has no scenario 'TC-LMA-REG-BI-04'",
        ": knownFailures[0].owner: it is missing",
        ": knownFailures[0].reason: it is missing",
        ": knownFailures[0].expires: '' is no date"
    )]
    [InlineData(
        """
            {
              "pass": ["*"],
              "knownFailures": [{ "scenario": "TC-LMA-REG-BI-01", "owner": "a", "reason": "b", "expires": "31.1.2027", "edition": "x" }]
            }
            """,
        ".expires: '31.1.2027' is no date; expected the last day that counts, as 2027-01-31",
        ".edition: there is no edition 'x'; known: rfc5213, "
    )]
    public void AMistake_IsNamedByItsPlace(string json, params string[] said)
    {
        var outcome = Run(json);

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Output.Should().BeEmpty();
        foreach (var message in said)
        {
            outcome.Error.Should().Contain(RequireFile + (message.StartsWith('.') ? ": knownFailures[0]" : "") + message);
        }
    }

    [Fact]
    public void AScenarioThatIsKnownTwice_AndOptionsWithoutEffect_AreRefused()
    {
        var twice = """{ "pass": ["*"], "knownFailures": [FAILURE, FAILURE] }""".Replace(
            "FAILURE",
            """{ "scenario": "TC-LMA-REG-BI-01", "owner": "a", "reason": "b", "expires": "2027-01-31" }""",
            StringComparison.Ordinal
        );

        Run(twice).Error.Should().Contain("knownFailures: TC-LMA-REG-BI-01 stands there twice for one edition");
        Run("""{ "pass": ["*"] }""", "--purpose-only").Error.Should().Contain("--purpose-only has no effect with --require");
        File.Delete(RequireFile);
        _suite.Run("--require", RequireFile).Error.Should().Contain("the requirements cannot be read");
    }

    [Fact]
    public void TheExample_HasTheKeysOfTheSchema_AndIsRead()
    {
        var templates = Path.Combine(Repository.Root, "harness", "CiTemplates");
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(templates, "require.schema.json")));
        using var example = JsonDocument.Parse(File.ReadAllText(Path.Combine(templates, "require.example.json")));
        var properties = schema.RootElement.GetProperty("properties");

        Keys(example.RootElement).Should().BeSubsetOf(Keys(properties));
        Keys(example.RootElement.GetProperty("knownFailures")[0])
            .Should()
            .BeSubsetOf(Keys(properties.GetProperty("knownFailures").GetProperty("items").GetProperty("properties")));
        var outcome = Shell.RunAt(
            new FixedClock(_today),
            ["run", "--tag", "TC-LMA-REG-BI-07", "--out", _suite.Out, "--require", Path.Combine(templates, "require.example.json")]
        );
        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Error);
        outcome.Output.Should().Contain("unexpected pass  TC-LMA-REG-BI-07");
    }

    private static IEnumerable<string> Keys(JsonElement json) => json.EnumerateObject().Select(property => property.Name);

    private static string Known(string scenario, string expires) =>
        $$"""
            {
              "pass": ["*"],
              "knownFailures": [
                { "scenario": "{{scenario}}", "owner": "team A", "reason": "a fault of ours", "expires": "{{expires}}" }
              ]
            }
            """;

    private void Write(string json) => File.WriteAllText(RequireFile, json);

    private Outcome Run(string json, params string[] options)
    {
        Write(json);
        return Shell.RunAt(
            new FixedClock(_today),
            ["run", "--features", _suite.Features, "--out", _suite.Out, "--force", "--require", RequireFile, .. options]
        );
    }

    private sealed class FixedClock(DateOnly today) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(today.ToDateTime(new TimeOnly(23, 59)), TimeSpan.Zero);
    }
}
