using System.Collections.Concurrent;
using Conformance.TestBeds.Recorded;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using Conformance.Testing.Engine;
using Conformance.Testing.Ics;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;
using Pmip.Linux;

namespace Conformance.TestBeds;

/// <summary>The parameters of a run.</summary>
/// <param name="IsSelected">The user's selection.</param>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Directory">The directory for captures; null to write none.</param>
/// <param name="RandomOrder">Runs the scenarios in an order drawn from the seed.</param>
public sealed record RunPlan(Func<Scenario, bool> IsSelected, int Seed, bool Strict, string? Directory, bool RandomOrder = false);

/// <summary>Plans, executes and re-judges runs. Scenarios run in parallel, unless they share one implementation.</summary>
public sealed class SuiteRunner(ScenarioSuite suite)
{
    private const string CapturesFolder = "captures";

    /// <summary>How often a scenario is attempted if the tester is late, before its lateness is reported.</summary>
    public const int Attempts = 3;

    /// <summary>Says for every scenario whether it will run, and if not, why.</summary>
    public IReadOnlyList<PlannedScenario> Plan(IBedProvider beds, RunPlan plan) =>
        [.. suite.Library.Scenarios.Select(scenario => Plan(scenario, beds, plan))];

    /// <summary>Lists the mandatory capabilities that are not claimed for the roles planned to be tested (ISO/IEC 9646-7).</summary>
    public IReadOnlyList<string> StaticFailures(IBedProvider beds, IReadOnlyList<PlannedScenario> planned)
    {
        var editions = planned
            .SelectMany(scenario => scenario.Statements)
            .Select(statement => statement.Edition)
            .ToHashSet(StringComparer.Ordinal);
        var asked = suite.Ics.Items.Where(item => item.Statements.Any(statement => editions.Contains(statement.Edition))).ToList();
        return
        [
            .. planned
                .Where(scenario => scenario.Selection != Selection.Deselected && beds.Claims(scenario.Configuration) is not null)
                .GroupBy(scenario => scenario.Role)
                .OrderBy(role => role.Key, StringComparer.Ordinal)
                .SelectMany(role =>
                    StaticConformance
                        .Check(
                            asked,
                            [
                                .. role.Select(scenario => scenario.Configuration)
                                    .Distinct()
                                    .SelectMany(configuration => beds.Claims(configuration) ?? []),
                            ],
                            role.Key
                        )
                        .Select(failure => $"{role.Key}: {failure.Message}")
                ),
        ];
    }

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
        var selected = planned
            .Where(scenario => scenario.Selection == Selection.Selected)
            .Select(scenario => scenario.Id)
            .ToHashSet(StringComparer.Ordinal);
        var scenarios = suite.Library.Scenarios.Where(scenario => selected.Contains(scenario.Id.ToString())).ToList();
        if (plan.RandomOrder)
        {
            scenarios = [.. scenarios.OrderBy(scenario => Seeds.For(plan.Seed, $"order {scenario.Id}"))];
        }
        else if (beds is { IsRealTime: true, Parallelism: > 1 } && scenarios.Count > beds.Parallelism)
        {
            var expected = ProtocolTimes(scenarios, plan.Seed);
            scenarios = [.. scenarios.OrderByDescending(scenario => expected.GetValueOrDefault(scenario.Id.ToString()))];
        }

        if (beds is { IsRealTime: true, Parallelism: 1 })
        {
            // Setting a device up for another configuration takes time: run the scenarios of a configuration in sequence.
            scenarios = [.. scenarios.GroupBy(scenario => scenario.Configuration).SelectMany(configuration => configuration)];
        }

        var engine = new ScenarioEngine(suite.Bindings, suite.Register, plan.Strict);
        var results = new ConcurrentDictionary<string, ScenarioResult>(StringComparer.Ordinal);
        var queue = new ConcurrentQueue<Scenario>(scenarios);
        using var interruption = cancellation.Register(beds.Interrupt);

        // After a cancellation the journal keeps the results so far and says that the run is not complete.
        OnThreads(
            Math.Min(beds.Parallelism, scenarios.Count),
            () =>
            {
                if (beds.IsRealTime)
                {
                    // Times are judged: nodes and tester must not wait for other work on the machine.
                    SchedulingPriority.Raise();
                }

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

                    results[result.Scenario] = result;
                    done?.Invoke(result);
                }
            }
        );

        return [.. planned.Select(scenario => results.GetValueOrDefault(scenario.Id)).OfType<ScenarioResult>()];
    }

    /// <summary>The protocol time of each scenario, measured by a run in virtual time.</summary>
    public IReadOnlyDictionary<string, TimeSpan> ProtocolTimes(IReadOnlyList<Scenario> scenarios, int seed)
    {
        using var simulated = new SimulatedBeds(Implementation.Reference, seed);
        return ProtocolTimes(scenarios, seed, simulated);
    }

    /// <inheritdoc cref="ProtocolTimes(IReadOnlyList{Scenario}, int)"/>
    public IReadOnlyDictionary<string, TimeSpan> ProtocolTimes(IReadOnlyList<Scenario> scenarios, int seed, SimulatedBeds simulated)
    {
        var ids = scenarios.Select(scenario => scenario.Id.ToString()).ToHashSet(StringComparer.Ordinal);
        var plan = new RunPlan(scenario => ids.Contains(scenario.Id.ToString()), seed, Strict: false, Directory: null);
        return Run(simulated, plan, Plan(simulated, plan))
            .ToDictionary(result => result.Scenario, result => result.ProtocolTime, StringComparer.Ordinal);
    }

    /// <summary>Runs the action on several threads. Exceptions are thrown again when all threads have ended.</summary>
    private static void OnThreads(int count, Action action)
    {
        var failures = new ConcurrentQueue<Exception>();
        var threads = Enumerable
            .Range(1, count)
            .Select(number => new Thread(() =>
            {
                try
                {
                    action();
                }
#pragma warning disable CA1031 // The exception is thrown again below.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    failures.Enqueue(e);
                }
            })
            {
                IsBackground = true,
                Name = $"scenarios {number}",
            })
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (!failures.IsEmpty)
        {
            throw new AggregateException(failures);
        }
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
            using var bed = beds.Open(scenario.Configuration);
            return RunOne(engine, scenario, bed, plan.Directory);
        }
#pragma warning disable CA1031 // Every failure of a bed must become an error of this scenario.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var result = new ScenarioResult
            {
                Scenario = scenario.Id.ToString(),
                Verdict = Verdict.Error,
                Reason = e is BedLostException or BedUnavailableException or TesterLateException
                    ? e.Message
                    : $"the {beds.Name} bed failed: {e.GetType().Name}: {e.Message}",
                Purpose = [],
                Incidental = [],
                NotReached = scenario.Statements,
                Remarks = [],
                Steps = [],
                Seed = plan.Seed,
                ProtocolTime = TimeSpan.Zero,
                Packets = 0,
            };
            return (result, e is TesterLateException);
        }
    }

    private static (ScenarioResult Result, bool IsLate) RunOne(ScenarioEngine engine, Scenario scenario, ITestBed bed, string? directory)
    {
        var run = engine.Run(scenario, bed);
        if (directory is null)
        {
            return (run.Result, run.IsLate);
        }

        TraceFile.Write(Path.Combine(directory, CapturesFolder), run.Trace, scenario.Title, run.Comments);
        return (run.Result with { Capture = $"{CapturesFolder}/{scenario.Id}{TraceFile.CaptureExtension}" }, run.IsLate);
    }

    /// <summary>Judges a run again from its captures.</summary>
    /// <exception cref="InvalidDataException">A capture cannot be read; the message names it.</exception>
    public IReadOnlyList<(ScenarioResult Before, ScenarioResult After)> Rejudge(string directory, Run run)
    {
        var engine = new ScenarioEngine(suite.Bindings, suite.Register, run.Header.Strict);
        var scenarios = suite.Library.Scenarios.ToDictionary(scenario => scenario.Id.ToString(), StringComparer.Ordinal);
        return
        [
            .. run
                .Results.Where(result => result.Capture is not null)
                .Select(result =>
                {
                    if (!scenarios.TryGetValue(result.Scenario, out var scenario))
                    {
                        throw new InvalidDataException(
                            $"The suite has no scenario {result.Scenario} any more; its capture cannot be judged."
                        );
                    }

                    using var bed = new RecordedBed(TraceFile.Read(Path.Combine(directory, result.Capture!)));
                    return (result, engine.Run(scenario, bed).Result with { Capture = result.Capture });
                }),
        ];
    }

    private PlannedScenario Plan(Scenario scenario, IBedProvider beds, RunPlan plan)
    {
        var claims = beds.Claims(scenario.Configuration);
        var unmet = scenario.IcsConditions.FirstOrDefault(item => claims is not null && !Holds(item, claims));
        var (selection, reason) = (plan.IsSelected(scenario), claims, unmet) switch
        {
            (false, _, _) => (Selection.Deselected, "left out by the selection"),
            (_, null, _) => (Selection.NotTested, $"the {beds.Name} bed has no configuration {scenario.Configuration}"),
            (_, _, { } item) when IsMandatory(item) => (
                Selection.NotTested,
                $"static conformance failure: the implementation does not claim {item}, which is mandatory"
            ),
            (_, _, { } item) => (Selection.NotApplicable, $"the implementation does not claim {item}"),
            _ => (Selection.Selected, (string?)null),
        };
        return new PlannedScenario(
            scenario.Id.ToString(),
            scenario.Title,
            scenario.Feature,
            scenario.Path,
            scenario.Line,
            scenario.Role,
            scenario.Level,
            scenario.Configuration,
            scenario.Tags,
            scenario.Statements,
            selection,
            reason
        );
    }

    private bool IsMandatory(string item) => suite.Ics.Items.Any(known => known.Id == item && known.Status is IcsStatus.Mandatory);

    private static bool Holds(string item, IReadOnlyList<string> claims) =>
        item.StartsWith('!') ? !claims.Contains(item[1..]) : claims.Contains(item);
}
