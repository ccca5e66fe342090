using Conformance.TestBeds.Deviations;
using Conformance.Testing.Engine;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.TestBeds.SelfTests;

/// <summary>Compares what the suite says of a device with what is known of the device. An empty answer is agreement.</summary>
public sealed class DeviceJudge(ScenarioSuite suite)
{
    private static readonly string[] _refusals =
    [
        "rejects it with",
        "does not answer",
        "does not accept",
        "finds no mobility session",
        "nowhere",
        "advertises no",
        "sends no",
        "no ICMPv6 error",
    ];

    /// <summary>A message that the IP stack, ESP and the parser below the device discard, so that the device never sees it.</summary>
    private static readonly string[] _discardedBelow = ["TC-LMA-REG-BI-05", "TC-LMA-REG-BI-08", "TC-LMA-REG-BI-11", "TC-LMA-SEC-B"];

    private static readonly string[] _breakdowns = ["crashed", "has stopped answering", "has lost its state", "no longer served"];

    private readonly Dictionary<string, Scenario> _scenarios = suite.Library.Scenarios.ToDictionary(
        scenario => $"{scenario.Id}",
        StringComparer.Ordinal
    );

    /// <summary>The run of a scenario that a result is of.</summary>
    public Scenario ScenarioOf(ScenarioResult result) => _scenarios[result.Scenario].In(result.Edition);

    /// <summary>True if the statement recommends or permits, so that its violation is a remark, and no failure.</summary>
    public bool IsRecommendation(StatementId statement) =>
        suite.Register.Find(statement)?.Level.Strength is RequirementStrength.Recommended or RequirementStrength.Permitted;

    /// <summary>True if the result finds the fault: by the statement that it violates, as a purpose of the scenario.</summary>
    public bool Kills(Deviation deviation, ScenarioResult result) =>
        (result.Verdict == Verdict.Fail || IsRecommendation(deviation.Statement))
        && result.Purpose.Any(finding => !finding.Ok && finding.Statement == deviation.Statement);

    /// <param name="results">Those of the scenarios about the statement, or of the first ones until one finds the fault.</param>
    public IEnumerable<DeviceProblem> Judge(Deviation deviation, IReadOnlyCollection<ScenarioResult> results)
    {
        if (!results.Any(result => Kills(deviation, result)))
        {
            var said = string.Join("; ", results.Select(Line));
            yield return new(
                null,
                deviation.Statement,
                results.Count == 0 ? "no scenario about the statement ran" : $"no scenario fails by the statement: {said}"
            );
        }

        foreach (var problem in Errors(results))
        {
            yield return problem;
        }
    }

    /// <summary>Whatever the suite holds against a correct implementation.</summary>
    /// <param name="isWhole">True if the results are those of every scenario that the variant runs.</param>
    public IEnumerable<DeviceProblem> Judge(LegalVariant variant, IReadOnlyCollection<ScenarioResult> results, bool isWhole)
    {
        var unreached = results.Where(result => result.Verdict == Verdict.Inconclusive).ToList();
        return
        [
            .. results.SelectMany(Violations),
            .. results
                .Where(result => result.Verdict is Verdict.Fail or Verdict.Error && !Violations(result).Any())
                .Select(result => Said(result, $"{result.Verdict}: {result.Reason}")),
            .. unreached
                .Where(result => !variant.IsOftenUnreached && !variant.Unreached.Contains(result.Scenario))
                .Select(result => Said(result, $"does not reach its purpose: {result.Reason}")),
            .. variant
                .Unreached.Where(id => isWhole && unreached.All(result => result.Scenario != id))
                .Select(id => new DeviceProblem(id, null, "should not reach its purpose, but does")),
        ];
    }

    /// <summary>What a device passes that it must not pass, and what it is blamed for in vain.</summary>
    /// <param name="isWhole">True if the results are those of every scenario.</param>
    public IEnumerable<DeviceProblem> Judge(NullDevice device, IReadOnlyCollection<ScenarioResult> results, bool isWhole) =>
        device.Kind == NullDeviceKind.BreaksDown
            ? JudgeBreakdown(results, isWhole)
            :
            [
                .. Errors(results),
                .. results
                    .Where(result => result.Verdict == Verdict.Pass && MustNotPass(device, result))
                    .Select(result => Said(result, "passes")),
                .. results
                    .Where(result => device.Kind == NullDeviceKind.Crashed && !result.Reason.Contains("crashed", StringComparison.Ordinal))
                    .Select(result => Said(result, $"does not say that the device crashed: {result.Reason}")),
            ];

    /// <summary>
    /// A device that breaks down in the middle of a run, one for all scenarios: no clause is blamed, and what fails says of the breakdown,
    /// with the last stimulus.
    /// </summary>
    private List<DeviceProblem> JudgeBreakdown(IReadOnlyCollection<ScenarioResult> results, bool isWhole)
    {
        var unreported = results
            .Where(result => Violations(result).All(problem => problem.Statement != NullDevices.ReportedAfterRestart))
            .ToList();
        var failed = unreported.Where(result => result.Verdict == Verdict.Fail).ToList();
        return
        [
            .. Errors(results),
            .. unreported.SelectMany(Violations),
            .. failed
                .Where(result => BreakdownIn(result) is null || !result.Reason.Contains("the last stimul", StringComparison.Ordinal))
                .Select(result => Said(result, $"fails without naming the breakdown and the last stimulus: {result.Reason}")),
            .. !isWhole || results.Count(result => result.Verdict == Verdict.Pass) > results.Count * 3 / 4
                ? Array.Empty<DeviceProblem>()
                : [new DeviceProblem(null, null, "takes scenarios down that are over, or begin later")],
        ];
    }

    /// <summary>The words by which a result says how the device broke down; null if it says nothing of it.</summary>
    public static string? BreakdownIn(ScenarioResult result) =>
        _breakdowns.FirstOrDefault(words => result.Reason.Contains(words, StringComparison.Ordinal));

    /// <summary>All violations in a result, of its purpose or in passing.</summary>
    public IEnumerable<DeviceProblem> Violations(ScenarioResult result) =>
        result
            .Purpose.Concat(result.Incidental)
            .Where(finding => !finding.Ok)
            .Select(finding => new DeviceProblem(
                ScenarioOf(result).RunName,
                finding.Statement,
                $"expected {finding.Expected}; {finding.Actual}"
            ));

    private IEnumerable<DeviceProblem> Errors(IEnumerable<ScenarioResult> results) =>
        results.Where(result => result.Verdict == Verdict.Error).Select(result => Said(result, $"Error: {result.Reason}"));

    private bool MustNotPass(NullDevice device, ScenarioResult result)
    {
        var scenario = ScenarioOf(result);
        return device.Kind switch
        {
            NullDeviceKind.AcceptsAll => DemandsRefusal(scenario)
                && !_discardedBelow.Any(id => result.Scenario.StartsWith(id, StringComparison.Ordinal)),

            NullDeviceKind.ForwardsNothing => result.Remarks.Count == 0
                && !device.RolesWithoutFault.Contains(scenario.Role)
                && IsAboutPackets(scenario),
            _ => true,
        };
    }

    /// <summary>A packet with a Home Address option is for the node under test itself.</summary>
    private static bool IsAboutPackets(Scenario scenario) =>
        scenario.Steps.Any(step =>
            (
                step.Text.StartsWith("packets ", StringComparison.Ordinal)
                && !step.Text.StartsWith("packets with a Home Address option", StringComparison.Ordinal)
            ) || step.Text.StartsWith("the packet ", StringComparison.Ordinal)
        );

    private static bool DemandsRefusal(Scenario scenario) =>
        scenario.Steps.Any(step =>
            step.Kind == StepKeyword.Then && _refusals.Any(words => step.Text.Contains(words, StringComparison.Ordinal))
        );

    private DeviceProblem Said(ScenarioResult result, string what) => new(ScenarioOf(result).RunName, null, what);

    private string Line(ScenarioResult result) => $"{ScenarioOf(result).RunName} {result.Verdict}: {result.Reason}";
}
