using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Reports.Formats;

/// <summary>
/// Writes a run as Cucumber Messages, a line of JSON each, for tools that show the results of Cucumber. A verdict is more than its steps:
/// after them comes a hook <c>verdict</c>, which passes or fails with the verdict. Inconclusive becomes <c>PENDING</c>, an error
/// of the tester <c>FAILED</c>, and a scenario that did not run <c>SKIPPED</c>. Deselected scenarios are left out. A scenario that was
/// repeated is started as often.
/// </summary>
public static class CucumberMessages
{
    public const string FileName = "messages.ndjson";

    /// <summary>The version of the schema of @cucumber/messages, which a test holds.</summary>
    private const string Protocol = "34.2.1";

    private const string VerdictHook = "hook-verdict";

    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Create(Run run, StatementRegister register)
    {
        ArgumentNullException.ThrowIfNull(run);
        var stream = new StringBuilder();
        var results = run.Results.ToDictionary(result => result.Key);
        var planned = run.Planned.Where(scenario => scenario.Selection != Selection.Deselected).ToList();
        Add("meta", Meta(run));
        foreach (var feature in planned.GroupBy(scenario => (scenario.Path, scenario.Feature)))
        {
            Add("gherkinDocument", Document(run, feature.Key.Path, feature.Key.Feature, [.. feature], results));
            foreach (var scenario in feature)
            {
                Add("pickle", Pickle(run, scenario, results.GetValueOrDefault(scenario.Key)));
            }
        }

        Add(
            "hook",
            new JsonObject
            {
                ["id"] = VerdictHook,
                ["name"] = "verdict",
                ["sourceReference"] = new JsonObject { ["uri"] = "verdict" },
            }
        );
        Add("testRunStarted", new JsonObject { ["id"] = "run", ["timestamp"] = Time(run.Header.Started) });
        foreach (var scenario in planned)
        {
            Add("testCase", TestCase(scenario, results.GetValueOrDefault(scenario.Key)));
        }

        foreach (var scenario in planned)
        {
            Executions(run, scenario, results.GetValueOrDefault(scenario.Key), register, Add);
        }

        var summary = new RunSummary(run);
        Add(
            "testRunFinished",
            new JsonObject
            {
                ["testRunStartedId"] = "run",
                ["timestamp"] = Time(run.End?.Ended ?? run.Header.Started),
                ["success"] = !summary.IsIncomplete && summary.Count(Verdict.Pass) == summary.Selected,
                ["message"] = summary.Conclusion,
            }
        );
        return stream.ToString();

        void Add(string kind, JsonObject message) => stream.Append(new JsonObject { [kind] = message }.ToJsonString(_json)).Append('\n');
    }

    private static JsonObject Meta(Run run) =>
        new()
        {
            ["protocolVersion"] = Protocol,
            ["implementation"] = new JsonObject { ["name"] = run.Header.Product, ["version"] = run.Header.Version },
            ["runtime"] = new JsonObject { ["name"] = run.Header.Host?.Runtime ?? ".NET" },
            ["os"] = new JsonObject { ["name"] = run.Header.Host?.Kernel ?? "unknown" },
            ["cpu"] = new JsonObject { ["name"] = RuntimeInformation.ProcessArchitecture.ToString() },
        };

    private static JsonObject Document(
        Run run,
        string path,
        string feature,
        IReadOnlyList<PlannedScenario> scenarios,
        Dictionary<Testing.Scenarios.ScenarioKey, ScenarioResult> results
    ) =>
        new()
        {
            ["uri"] = path,
            ["comments"] = new JsonArray(),
            ["feature"] = new JsonObject
            {
                ["location"] = Location(1),
                ["tags"] = new JsonArray(),
                ["language"] = "en",
                ["keyword"] = "Feature",
                ["name"] = Clean(feature),
                ["description"] = "",
                ["children"] = Array(
                    scenarios.Select(scenario => new JsonObject
                    {
                        ["scenario"] = Scenario(run, scenario, results.GetValueOrDefault(scenario.Key)),
                    })
                ),
            },
        };

    private static JsonObject Scenario(Run run, PlannedScenario scenario, ScenarioResult? result) =>
        new()
        {
            ["id"] = $"{scenario.Key}",
            ["location"] = Location(scenario.Line),
            ["tags"] = Array(
                scenario.Tags.Select(
                    (tag, at) =>
                        new JsonObject
                        {
                            ["id"] = $"{scenario.Key}-tag{at}",
                            ["name"] = Tag(tag),
                            ["location"] = Location(scenario.Line),
                        }
                )
            ),
            ["keyword"] = "Scenario",
            ["name"] = NameOf(run, scenario),
            ["description"] = "",
            ["examples"] = new JsonArray(),
            ["steps"] = Array(
                (result?.Steps ?? []).Select(
                    (step, at) =>
                    {
                        var written = new JsonObject
                        {
                            ["id"] = $"{scenario.Key}-step{at}",
                            ["location"] = Location(step.Line),
                            ["keyword"] = $"{step.Keyword.Trim()} ",
                            ["text"] = Clean(step.Text),
                        };
                        if (step.Table.Count > 0)
                        {
                            written["dataTable"] = Table(step, $"{scenario.Key}-step{at}");
                        }

                        return written;
                    }
                )
            ),
        };

    private static JsonObject Table(StepResult step, string id) =>
        new()
        {
            ["location"] = Location(step.Line + 1),
            ["rows"] = Array(
                step.Table.Select(
                    (row, at) =>
                        new JsonObject
                        {
                            ["id"] = $"{id}-row{at}",
                            ["location"] = Location(step.Line + 1 + at),
                            ["cells"] = Array(
                                row.Trim()
                                    .Trim('|')
                                    .Split('|')
                                    .Select(cell => new JsonObject
                                    {
                                        ["location"] = Location(step.Line + 1 + at),
                                        ["value"] = Clean(cell.Trim()),
                                    })
                            ),
                        }
                )
            ),
        };

    private static JsonObject Pickle(Run run, PlannedScenario scenario, ScenarioResult? result) =>
        new()
        {
            ["id"] = $"{scenario.Key}-pickle",
            ["uri"] = scenario.Path,
            ["location"] = Location(scenario.Line),
            ["name"] = NameOf(run, scenario),
            ["language"] = "en",
            ["astNodeIds"] = Array([$"{scenario.Key}"]),
            ["tags"] = Array(
                scenario.Tags.Select((tag, at) => new JsonObject { ["name"] = Tag(tag), ["astNodeId"] = $"{scenario.Key}-tag{at}" })
            ),
            ["steps"] = Array(
                (result?.Steps ?? []).Select(
                    (step, at) =>
                        new JsonObject
                        {
                            ["id"] = $"{scenario.Key}-pickle{at}",
                            ["text"] = Clean(step.Text),
                            ["astNodeIds"] = Array([$"{scenario.Key}-step{at}"]),
                        }
                )
            ),
        };

    private static JsonObject TestCase(PlannedScenario scenario, ScenarioResult? result) =>
        new()
        {
            ["id"] = $"{scenario.Key}-case",
            ["pickleId"] = $"{scenario.Key}-pickle",
            ["testRunStartedId"] = "run",
            ["testSteps"] = Array(
                Enumerable
                    .Range(0, result?.Steps.Count ?? 0)
                    .Select(at => new JsonObject
                    {
                        ["id"] = $"{scenario.Key}-test{at}",
                        ["pickleStepId"] = $"{scenario.Key}-pickle{at}",
                        ["stepDefinitionIds"] = new JsonArray(),
                        ["stepMatchArgumentsLists"] = new JsonArray(),
                    })
                    .Append(new JsonObject { ["id"] = $"{scenario.Key}-verdict", ["hookId"] = VerdictHook })
            ),
        };

    /// <summary>
    /// Writes every attempt at a scenario. For Cucumber the last one counts, so the verdict of the scenario stands there instead of its
    /// own.
    /// </summary>
    private static void Executions(
        Run run,
        PlannedScenario scenario,
        ScenarioResult? result,
        StatementRegister register,
        Action<string, JsonObject> add
    )
    {
        IReadOnlyList<ScenarioResult?> attempts = [.. run.AttemptsAt(scenario.Key)];
        attempts = attempts.Count == 0 ? [result] : attempts;
        var count = result?.Steps.Count ?? 0;
        for (var number = 0; number < attempts.Count; number++)
        {
            var isLast = number == attempts.Count - 1;
            var concluded = isLast ? result : attempts[number];
            var message =
                concluded is { Verdict: Verdict.Pass } ? null
                : concluded is null ? $"{ReportText.Of(scenario.Selection)}: {scenario.Reason ?? "the run ended before this scenario"}"
                : FailureText.Of(isLast ? run : run with { Attempts = [] }, scenario, concluded, register);
            Execution(run, scenario, attempts[number], new Attempt(number, isLast, count, StatusOf(scenario, concluded), message), add);
        }
    }

    private static void Execution(
        Run run,
        PlannedScenario scenario,
        ScenarioResult? result,
        Attempt attempt,
        Action<string, JsonObject> add
    )
    {
        var start = run.Header.Started;
        var started = string.Create(CultureInfo.InvariantCulture, $"{scenario.Key}-started{attempt.Number}");
        add(
            "testCaseStarted",
            new JsonObject
            {
                ["id"] = started,
                ["testCaseId"] = $"{scenario.Key}-case",
                ["attempt"] = attempt.Number,
                ["timestamp"] = Time(start),
            }
        );
        var steps = result?.Steps ?? [];
        for (var at = 0; at < attempt.Steps; at++)
        {
            if (at >= steps.Count)
            {
                Step($"{scenario.Key}-test{at}", "SKIPPED", null, start, TimeSpan.Zero);
                continue;
            }

            var until = at + 1 < steps.Count ? steps[at + 1].At : result!.ProtocolTime;
            var took = until > steps[at].At ? until - steps[at].At : TimeSpan.Zero;
            var status = steps[at].Outcome switch
            {
                StepOutcome.Passed => "PASSED",
                StepOutcome.Failed => "FAILED",
                _ => "SKIPPED",
            };
            Step($"{scenario.Key}-test{at}", status, steps[at].Message, start + steps[at].At, took);
        }

        var end = start + (result?.ProtocolTime ?? TimeSpan.Zero);
        Step($"{scenario.Key}-verdict", attempt.Status, attempt.Message, end, TimeSpan.Zero);
        add(
            "testCaseFinished",
            new JsonObject
            {
                ["testCaseStartedId"] = started,
                ["timestamp"] = Time(end),
                ["willBeRetried"] = !attempt.IsLast,
            }
        );

        void Step(string id, string status, string? message, DateTimeOffset at, TimeSpan took)
        {
            var outcome = new JsonObject { ["status"] = status, ["duration"] = Duration(took) };
            if (message is not null)
            {
                outcome["message"] = PrintableText.OfLines(message);
            }

            add(
                "testStepStarted",
                new JsonObject
                {
                    ["testCaseStartedId"] = started,
                    ["testStepId"] = id,
                    ["timestamp"] = Time(at),
                }
            );
            add(
                "testStepFinished",
                new JsonObject
                {
                    ["testCaseStartedId"] = started,
                    ["testStepId"] = id,
                    ["testStepResult"] = outcome,
                    ["timestamp"] = Time(at + took),
                }
            );
        }
    }

    /// <summary>A selected scenario that has no result must not look as if nobody had asked for it.</summary>
    private static string StatusOf(PlannedScenario scenario, ScenarioResult? result) =>
        result?.Verdict switch
        {
            Verdict.Pass => "PASSED",
            Verdict.Inconclusive => "PENDING",
            null when scenario.Selection != Selection.Selected => "SKIPPED",
            _ => "FAILED",
        };

    private static string NameOf(Run run, PlannedScenario scenario) => Clean($"{run.NameOf(scenario.Key)} {scenario.Title}");

    private static string Tag(string tag) => tag.StartsWith('@') ? tag : $"@{tag}";

    private static JsonObject Location(int line) => new() { ["line"] = line, ["column"] = 1 };

    private static JsonObject Time(DateTimeOffset time) => Duration(time - DateTimeOffset.UnixEpoch);

    private static JsonObject Duration(TimeSpan time) =>
        new() { ["seconds"] = (long)Math.Floor(time.TotalSeconds), ["nanos"] = (int)(time.Ticks % TimeSpan.TicksPerSecond * 100) };

    private static JsonArray Array(IEnumerable<JsonNode> items) => [.. items];

    private static JsonArray Array(IEnumerable<string> items) => [.. items.Select(item => JsonValue.Create(item))];

    private static string Clean(string text) => PrintableText.Of(text);

    /// <param name="Number">From 0.</param>
    /// <param name="Steps">How many steps the test case has; an attempt that ended early may have fewer.</param>
    /// <param name="Status">What the hook of the verdict says.</param>
    /// <param name="Message">Why; null if it passed.</param>
    private sealed record Attempt(int Number, bool IsLast, int Steps, string Status, string? Message);
}
