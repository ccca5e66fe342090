using System.Diagnostics;
using System.Text.Json;
using Conformance.Harness.Tests.Capture;
using Conformance.Reports.Formats;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

public sealed class CucumberMessagesTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

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

    /// <summary>
    /// The schema of @cucumber/messages accepts every line, all references lead somewhere, and Cucumber's formatter makes a page of it.
    /// The packages come from the registry, by the lock file; without a network, or without Node.js, the test is skipped.
    /// </summary>
    [Fact]
    public void Cucumber_ReadsTheMessages()
    {
        var (npm, node) = (Require("npm"), Require("node"));
        using var directory = new TemporaryDirectory();
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "harness", "Tests", "Consumers")))
        {
            File.Copy(file, Path.Combine(directory.Path, Path.GetFileName(file)));
        }

        var install = Run(directory.Path, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
        Assert.SkipUnless(install.ExitCode == 0, $"the consumers of harness/Tests/Consumers cannot be installed: {install.Said}");
        var messages = directory.File("messages.ndjson", CucumberMessages.Create(_run, Runs.Register()));
        var page = Path.Combine(directory.Path, "page.html");

        var check = Run(directory.Path, node, "check-messages.mjs", messages, page);

        check.ExitCode.Should().Be(0, check.Said);
        check.Said.Should().Contain($"{Messages().Count} messages are valid");
        File.ReadAllText(page).Should().Contain("<!DOCTYPE html>").And.Contain(Runs.Failing).And.NotContain("<script>alert");
    }

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

    private static string Require(string program)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        var file = path.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(file is null, $"needs the program {program} of Node.js");
        return file!;
    }

    private static (int ExitCode, string Said) Run(string directory, string file, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(file, arguments)
            {
                WorkingDirectory = directory,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var (said, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(_limit))
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"{Path.GetFileName(file)} did not end within {_limit.TotalSeconds} s");
        }

        return (process.ExitCode, said.Result + error.Result);
    }
}
