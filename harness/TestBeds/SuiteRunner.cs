using System.Collections.Concurrent;
using System.Globalization;
using Conformance.TestBeds.Recorded;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using Conformance.Testing.Engine;
using Conformance.Testing.Protection;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;

namespace Conformance.TestBeds;

/// <summary>The parameters of a run.</summary>
/// <param name="IsSelected">The user's selection among the scenarios, each in each of its editions.</param>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Directory">The directory for captures; null to write none.</param>
/// <param name="RandomOrder">Runs the scenarios in an order drawn from the seed.</param>
public sealed record RunPlan(Func<Scenario, bool> IsSelected, int Seed, bool Strict, string? Directory, bool RandomOrder = false)
{
    /// <summary>Runs a scenario only in the newest of the editions in which the implementation claims it; otherwise in each.</summary>
    public bool NewestEditionOnly { get; init; }

    /// <summary>The protocol times of the scenarios, if they are known; otherwise a run that needs them measures them.</summary>
    public IReadOnlyDictionary<ScenarioKey, TimeSpan>? ProtocolTimes { get; init; }

    /// <summary>Which attempt at its scenarios the run is, from 1. The captures of each have a folder of their own.</summary>
    public int Attempt { get; init; } = 1;
}

/// <summary>Plans, executes and re-judges runs. Scenarios run in parallel, unless they share one implementation.</summary>
public sealed class SuiteRunner(ScenarioSuite suite)
{
    private const string CapturesFolder = "captures";

    /// <summary>How often a scenario is attempted if the tester is late, before its lateness is reported.</summary>
    public const int Attempts = 3;

    /// <summary>Says for every scenario, in every edition that the implementation claims, whether it will run, and if not, why.</summary>
    public IReadOnlyList<PlannedScenario> Plan(IBedProvider beds, RunPlan plan) => new SuitePlanner(suite, beds).Plan(plan);

    /// <summary>Lists the mandatory capabilities that are not claimed for the roles planned to be tested (ISO/IEC 9646-7).</summary>
    public IReadOnlyList<string> StaticFailures(IBedProvider beds, IReadOnlyList<PlannedScenario> planned) =>
        new SuitePlanner(suite, beds).StaticFailures(planned);

    /// <summary>Runs the selected scenarios.</summary>
    /// <param name="done">Called for each result when it is available, from any thread.</param>
    /// <returns>The results, in the order of the plan.</returns>
    public IReadOnlyList<ScenarioResult> Run(
        IBedProvider beds,
        RunPlan plan,
        IReadOnlyList<PlannedScenario> planned,
        Action<ScenarioResult>? done = null,
        CancellationToken cancellation = default
    )
    {
        var scenarios = Selected(planned);
        if (plan.RandomOrder)
        {
            scenarios = [.. scenarios.OrderBy(scenario => Seeds.For(plan.Seed, $"order {scenario.RunName}"))];
        }
        else if (beds is { IsRealTime: true, Parallelism: > 1 } && scenarios.Count > beds.Parallelism)
        {
            var expected = plan.ProtocolTimes ?? ProtocolTimes(planned, plan.Seed);
            scenarios = [.. scenarios.OrderByDescending(scenario => expected.GetValueOrDefault(scenario.Key))];
        }

        if (beds is { IsRealTime: true, Parallelism: 1 })
        {
            // Setting a device up for another configuration takes time: run the scenarios of a configuration in sequence.
            scenarios = [.. scenarios.GroupBy(scenario => scenario.Configuration).SelectMany(configuration => configuration)];
        }

        var engine = new ScenarioEngine(suite.Bindings, suite.Register, plan.Strict);
        var results = new ConcurrentDictionary<ScenarioKey, ScenarioResult>();
        var queue = new ConcurrentQueue<Scenario>(scenarios);
        using var interruption = cancellation.Register(beds.Interrupt);

        // After a cancellation the journal keeps the results so far and says that the run is not complete.
        ScenarioThreads.Run(
            Math.Min(beds.Parallelism, scenarios.Count),
            () =>
            {
                // Times are judged: nodes and tester must not wait for other work on the machine.
                beds.RaisePriority();

                while (!cancellation.IsCancellationRequested && beds.Lost is null && queue.TryDequeue(out var scenario))
                {
                    var result = RunOn(beds, engine, scenario, plan);
                    if (
                        cancellation.IsCancellationRequested
                        && (result.Verdict == Verdict.Error || (beds.IsRealTime && result.Verdict != Verdict.Pass))
                    )
                    {
                        // The scenario was interrupted and has no result. Ctrl-C on a terminal also ends real nodes, so that their end
                        // is not evidence against them.
                        return;
                    }

                    results[result.Key] = result;
                    done?.Invoke(result);
                }
            }
        );

        return [.. planned.Select(scenario => results.GetValueOrDefault(scenario.Key)).OfType<ScenarioResult>()];
    }

    /// <summary>The protocol times of the selected scenarios, measured by a run in virtual time.</summary>
    public IReadOnlyDictionary<ScenarioKey, TimeSpan> ProtocolTimes(IReadOnlyList<PlannedScenario> planned, int seed)
    {
        using var simulated = new SimulatedBeds(Implementation.Reference, seed);
        return ProtocolTimes(planned, seed, simulated);
    }

    /// <inheritdoc cref="ProtocolTimes(IReadOnlyList{PlannedScenario}, int)"/>
    public IReadOnlyDictionary<ScenarioKey, TimeSpan> ProtocolTimes(
        IReadOnlyList<PlannedScenario> planned,
        int seed,
        SimulatedBeds simulated
    )
    {
        var keys = KeysOfSelected(planned);
        var plan = new RunPlan(scenario => keys.Contains(scenario.Key), seed, Strict: false, Directory: null);
        return Run(simulated, plan, Plan(simulated, plan)).ToDictionary(result => result.Key, result => result.ProtocolTime);
    }

    private static HashSet<ScenarioKey> KeysOfSelected(IReadOnlyList<PlannedScenario> planned) =>
        [.. planned.Where(scenario => scenario.Selection == Selection.Selected).Select(scenario => scenario.Key)];

    private List<Scenario> Selected(IReadOnlyList<PlannedScenario> planned)
    {
        var keys = KeysOfSelected(planned);
        return
        [
            .. suite.Library.Scenarios.SelectMany(scenario => scenario.Editions.Select(scenario.In)).Where(run => keys.Contains(run.Key)),
        ];
    }

    /// <summary>
    /// Runs one scenario on a bed that is opened for it, and writes its capture. A scenario that ends because the tester was late is
    /// repeated; no other scenario is. If a bed does not open, or breaks, this scenario ends with an error. The run goes on unless
    /// <see cref="IBedProvider.Lost"/> then says otherwise.
    /// </summary>
    public static ScenarioResult RunOn(IBedProvider beds, ScenarioEngine engine, Scenario scenario, RunPlan plan)
    {
        var late = new List<string>();
        while (true)
        {
            var (result, isLate) = Attempt(beds, engine, scenario, plan);
            if (!isLate || late.Count == Attempts - 1)
            {
                return result with { LateAttempts = late };
            }

            late.Add(result.Reason);
        }
    }

    private static (ScenarioResult Result, bool IsLate) Attempt(IBedProvider beds, ScenarioEngine engine, Scenario scenario, RunPlan plan)
    {
        try
        {
            using var bed = beds.Open(scenario.Configuration, scenario.Edition);
            return RunOne(engine, scenario, bed, plan);
        }
#pragma warning disable CA1031 // Every failure of a bed must become an error of this scenario.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var result = new ScenarioResult
            {
                Scenario = scenario.Id.ToString(),
                Edition = scenario.Edition,
                Verdict = Verdict.Error,
                Reason = e is BedLostException or BedUnavailableException or TesterLateException
                    ? e.Message
                    : $"the {beds.Name} bed failed: {e.GetType().Name}: {e.Message}",
                Purpose = [],
                Incidental = [],
                NotReached = scenario.Purpose,
                Remarks = [],
                Steps = [],
                Seed = plan.Seed,
                ProtocolTime = TimeSpan.Zero,
                Packets = 0,
            };
            return (result, e is TesterLateException);
        }
    }

    private static (ScenarioResult Result, bool IsLate) RunOne(ScenarioEngine engine, Scenario scenario, ITestBed bed, RunPlan plan)
    {
        var run = engine.Run(scenario, bed);
        if (plan.Directory is null)
        {
            return (run.Result, run.IsLate);
        }

        var name = CaptureOf(scenario, plan.Attempt);
        var folder = Path.GetDirectoryName(Path.Combine(plan.Directory, name))!;
        var capture = TraceFile.Write(folder, run.Trace, scenario.Title, run.Comments);
        var written = run.Result with { Capture = name, CaptureHash = TraceFile.HashOf(capture) };
        return (written, run.IsLate);
    }

    /// <summary>The path of a capture in the directory of a run: each attempt has a folder of its own.</summary>
    /// <param name="attempt">Which attempt at the scenario it is, from 1.</param>
    public static string CaptureOf(Scenario scenario, int attempt)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var folder = attempt == 1 ? CapturesFolder : string.Create(CultureInfo.InvariantCulture, $"{CapturesFolder}/attempt-{attempt}");
        return $"{folder}/{scenario.RunName}{TraceFile.CaptureExtension}";
    }

    /// <summary>
    /// Judges a run again from its captures, and every attempt at a repeated scenario. A scenario with protected messages whose keys are
    /// missing is only compared with the hash in the journal.
    /// </summary>
    /// <param name="failed">Takes the results whose captures cannot be judged, for whatever reason; null to end at the first.</param>
    /// <exception cref="InvalidDataException">A capture cannot be read; the message names it.</exception>
    public RejudgedRun Rejudge(string directory, Run run, Keyring keys, Action<ScenarioResult, Exception>? failed = null)
    {
        var rejudged = new RejudgedRun();
        var engine = new ScenarioEngine(suite.Bindings, suite.Register, run.Header.Strict);
        var scenarios = suite.Library.Scenarios.ToDictionary(scenario => scenario.Id.ToString(), StringComparer.Ordinal);
        foreach (var result in run.Judgements.Where(result => result.Capture is not null))
        {
            if (!scenarios.TryGetValue(result.Scenario, out var scenario) || !scenario.Editions.Contains(result.Edition))
            {
                throw new InvalidDataException(
                    $"The suite has no scenario {run.NameOf(result.Key)} any more; its capture cannot be judged."
                );
            }

            try
            {
                Judge(result, scenario.In(result.Edition));
            }
#pragma warning disable CA1031 // What was recorded by others can break the tester in any way.
            catch (Exception e) when (failed is not null)
#pragma warning restore CA1031
            {
                failed(result, e);
            }
        }

        return rejudged;

        void Judge(ScenarioResult result, Scenario scenario)
        {
            var capture = Path.Combine(directory, result.Capture!);
            var trace = TraceFile.Read(capture);
            if (rejudged.Lacks(trace, keys))
            {
                rejudged.Compare(result, TraceFile.HashOf(capture));
                return;
            }

            using var bed = new RecordedBed(trace with { Facts = trace.Facts with { Keys = keys } });
            var after = engine.Run(scenario, bed).Result;
            rejudged.Add(result, after with { Capture = result.Capture, CaptureHash = result.CaptureHash });
        }
    }
}
