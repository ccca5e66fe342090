using Conformance.TestBeds;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Verdicts;

namespace Conformance.Suite;

/// <summary>
/// Runs the scenarios of all selected tests at once, on as many threads as the bed allows. The tests run one after the other and only
/// wait for their results.
/// </summary>
internal sealed class ScenarioRuns : IDisposable
{
    private readonly Dictionary<ScenarioKey, TaskCompletionSource<ScenarioResult>> _results;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Thread _thread;

    /// <summary>Starts the run.</summary>
    public ScenarioRuns(SuiteRunner runner, IBedProvider beds, RunPlan plan, IReadOnlyList<PlannedScenario> selected)
    {
        _results = selected.ToDictionary(scenario => scenario.Key, _ => new TaskCompletionSource<ScenarioResult>());
        _thread = new Thread(() => Run(runner, beds, plan, selected)) { IsBackground = true, Name = "scenarios" };
        _thread.Start();
    }

    /// <summary>Waits for the result of a scenario.</summary>
    /// <exception cref="InvalidOperationException">The scenario was not selected, or the run ended before it.</exception>
    public ScenarioResult ResultOf(ScenarioKey key) =>
        _results.TryGetValue(key, out var result)
            ? result.Task.GetAwaiter().GetResult()
            : throw new InvalidOperationException($"xunit did not announce the test of {key}, so that its scenario did not run.");

    /// <summary>Interrupts scenarios that no test waits for any more, and waits for their end.</summary>
    public void Dispose()
    {
        _cancellation.Cancel();
        _thread.Join();
        _cancellation.Dispose();
    }

    private void Run(SuiteRunner runner, IBedProvider beds, RunPlan plan, IReadOnlyList<PlannedScenario> selected)
    {
        Exception? failure = null;
        try
        {
            runner.Run(beds, plan, selected, result => _results[result.Key].SetResult(result), _cancellation.Token);
        }
#pragma warning disable CA1031 // The exception is thrown again in every test that has no result.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e;
        }

        foreach (var result in _results.Values)
        {
            result.TrySetException(failure ?? new InvalidOperationException($"The run ended before this scenario. {beds.Lost}"));
        }
    }
}
