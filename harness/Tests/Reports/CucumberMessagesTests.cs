using System.Text.Json;
using Conformance.Reports.Formats;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

public sealed class CucumberMessagesTests
{
    private static readonly Run _run = Runs.Complete() with
    {
        Planned =
        [
            .. Runs.Planned(),
            Runs.Scenario("TC-LMA-REG-BV-09", "It never ran", "MUST", Selection.Selected, null, "rfc5213-5.3.1-k1"),
            Runs.Scenario("TC-LMA-REG-BV-10", "Nobody asked for it", "MUST", Selection.Deselected, "left out", "rfc5213-5.3.1-k1"),
        ],
    };

    [Fact]
    public void TheVerdict_IsTheLastStep_OfEveryScenarioThatIsNotDeselected()
    {
        var messages = Messages();

        Statuses(messages)
            .Should()
            .Equal(
                new Dictionary<string, string>
                {
                    [Runs.Passing] = "PASSED",
                    [Runs.Failing] = "FAILED",
                    [Runs.Inconclusive] = "PENDING",
                    [Runs.NotApplicable] = "SKIPPED",
                    ["TC-LMA-REG-BV-09"] = "FAILED",
                }
            );
        messages[^1].GetProperty("testRunFinished").GetProperty("success").GetBoolean().Should().BeFalse();
        messages
            .Where(message => message.TryGetProperty("testStepFinished", out _))
            .Select(message => message.GetProperty("testStepFinished").GetProperty("testStepResult"))
            .Where(result => result.TryGetProperty("message", out _))
            .Select(result => result.GetProperty("message").GetString())
            .Should()
            .Contain("expected status 161, got 0")
            .And.Contain("not applicable: ipv4-support is not claimed")
            .And.Contain("selected: the run ended before this scenario");
    }

    [Fact]
    public void AStepWithATable_KeepsItsCells() =>
        string.Concat(Messages().Select(message => message.ToString()))
            .Should()
            .Contain("\"value\":\"HNP\"")
            .And.Contain("\"value\":\"::/0\"");

    private static List<JsonElement> Messages() =>
        [
            .. CucumberMessages
                .Create(_run, Runs.Register())
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<JsonElement>(line)),
        ];

    private static Dictionary<string, string> Statuses(IEnumerable<JsonElement> messages) =>
        messages
            .Where(message => message.TryGetProperty("testStepFinished", out _))
            .Select(message => message.GetProperty("testStepFinished"))
            .Where(step => step.GetProperty("testStepId").GetString()!.EndsWith("-verdict", StringComparison.Ordinal))
            .ToDictionary(
                step => step.GetProperty("testStepId").GetString()!.Split('.')[0],
                step => step.GetProperty("testStepResult").GetProperty("status").GetString()!
            );
}
