using System.Collections.Concurrent;
using Conformance.TestBeds.Deviations;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Engine;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.TestBeds.SelfTests;

/// <summary>
/// Runs the suite on simulated devices of which it is known what the suite must say. A deviation runs against the scenarios that find it
/// by <see cref="ProofRecord"/>, until one of them does; the other devices against all of their scenarios, or a sample.
/// </summary>
/// <param name="sample">The number of runs of each legal variant and null device; null for all.</param>
/// <param name="seed">The seed of the beds and of the sample.</param>
public sealed class SelfTest(ScenarioSuite suite, int? sample, int seed)
{
    private readonly DeviceJudge _judge = new(suite);
    private readonly ScenarioEngine _engine = new(suite.Bindings, suite.Register);
    private readonly SuiteRunner _runner = new(suite);
    private readonly ILookup<string, Proof> _proofs = (suite.Proof?.Proofs ?? []).ToLookup(
        proof => proof.Deviation,
        StringComparer.Ordinal
    );

    /// <summary>Runs the devices on all cores, those that take longest first.</summary>
    /// <param name="done">Called for each outcome when it is available, from any thread.</param>
    /// <returns>The outcomes in the order of the devices; after a cancellation, those so far.</returns>
    public IReadOnlyList<DeviceOutcome> Run(
        TestedDevices devices,
        Action<DeviceOutcome>? done = null,
        CancellationToken cancellation = default
    )
    {
        var outcomes = new ConcurrentDictionary<string, DeviceOutcome>(StringComparer.Ordinal);
        var breaking = devices.NullDevices.Where(device => device.Kind == NullDeviceKind.BreaksDown).ToList();
        var work = new ConcurrentQueue<Action>([
            .. breaking.Select<NullDevice, Action>(device => () => Add(OfBreakdown(device))),
            .. devices.NullDevices.Except(breaking).SelectMany(device => Parts(TrialOf(device), Add)),
            .. devices.Variants.SelectMany(variant => Parts(TrialOf(variant), Add)),
            .. devices.Deviations.Select<Deviation, Action>(deviation => () => Add(Hunt(deviation))),
        ]);
        ScenarioThreads.Run(
            Math.Min(Environment.ProcessorCount, work.Count),
            () =>
            {
                while (!cancellation.IsCancellationRequested && work.TryDequeue(out var part))
                {
                    part();
                }
            }
        );
        return [.. devices.Names.Select(name => outcomes.GetValueOrDefault(name)).OfType<DeviceOutcome>()];

        void Add(DeviceOutcome outcome)
        {
            outcomes[outcome.Name] = outcome;
            done?.Invoke(outcome);
        }
    }

    /// <summary>A device that is new for every scenario: its scenarios run side by side, and the last one gives the outcome.</summary>
    private IEnumerable<Action> Parts(Trial trial, Action<DeviceOutcome> add)
    {
        var beds = new SimulatedBeds(trial.Implementation, seed);
        var plan = PlanOf(trial.Runs);
        var drawn = Draw(trial.Name, beds, plan, out var isWhole);
        var results = new ScenarioResult[drawn.Count];
        var left = drawn.Count;
        if (left == 0)
        {
            yield return () => add(trial.Judge([], isWhole));
        }

        foreach (var (index, scenario) in drawn.Index())
        {
            yield return () =>
            {
                results[index] = SuiteRunner.RunOn(beds, _engine, scenario, plan);
                if (Interlocked.Decrement(ref left) == 0)
                {
                    add(trial.Judge(results, isWhole));
                }
            };
        }
    }

    /// <summary>The fault of a deviation is sought by its proofs, or without proofs by all scenarios about its statement.</summary>
    private DeviceOutcome Hunt(Deviation deviation)
    {
        var finders = _proofs[deviation.Name]
            .Where(proof => proof.Statement == deviation.Statement)
            .Select(proof => proof.Scenario)
            .ToHashSet(StringComparer.Ordinal);
        using var beds = new SimulatedBeds(deviation.Implementation, seed);
        var plan = PlanOf(scenario =>
            (deviation.Roles is null || deviation.Roles.Contains(scenario.Role))
            && (finders.Count > 0 ? finders.Contains($"{scenario.Id}") : scenario.Statements.Contains(deviation.Statement))
        );
        var results = new List<ScenarioResult>();

        // A scenario about one node and of few steps takes least; any that finds the fault will do.
        foreach (
            var scenario in Selected(beds, plan)
                .OrderBy(scenario => scenario.Role == ScenarioTags.EndToEnd)
                .ThenBy(scenario => scenario.Steps.Count)
        )
        {
            results.Add(SuiteRunner.RunOn(beds, _engine, scenario, plan));
            if (_judge.Kills(deviation, results[^1]))
            {
                break;
            }
        }

        return new DeviceOutcome(
            DeviceKind.Deviation,
            deviation.Name,
            deviation.Description,
            deviation.Statement,
            results.Count,
            results.Where(result => _judge.Kills(deviation, result)).Select(result => _judge.ScenarioOf(result).RunName).FirstOrDefault(),
            [.. _judge.Judge(deviation, results)]
        );
    }

    /// <summary>A device that is never reset runs the scenarios of its roles, one after the other.</summary>
    private DeviceOutcome OfBreakdown(NullDevice device)
    {
        using var beds = new SimulatedBeds(device.Implementation, seed, shared: true);
        var plan = PlanOf(scenario => NullDevices.RolesThatBreakDown.Contains(scenario.Role));
        var drawn = Draw(device.Name, beds, plan, out var isWhole);
        return TrialOf(device).Judge([.. drawn.Select(scenario => SuiteRunner.RunOn(beds, _engine, scenario, plan))], isWhole);
    }

    private Trial TrialOf(LegalVariant variant) =>
        new(
            variant.Name,
            variant.Implementation,
            variant.Runs,
            (results, isWhole) =>
                new DeviceOutcome(
                    DeviceKind.LegalVariant,
                    variant.Name,
                    variant.Description,
                    null,
                    results.Count,
                    null,
                    [.. _judge.Judge(variant, results, isWhole)]
                )
        );

    private Trial TrialOf(NullDevice device) =>
        new(
            device.Name,
            device.Implementation,
            _ => true,
            (results, isWhole) =>
                new DeviceOutcome(
                    DeviceKind.NullDevice,
                    device.Name,
                    device.Description,
                    null,
                    results.Count,
                    null,
                    [.. _judge.Judge(device, results, isWhole)]
                )
        );

    private RunPlan PlanOf(Func<Scenario, bool> isSelected) => new(isSelected, seed, Strict: false, Directory: null);

    /// <summary>The runs of a device, in the order of the features: all, or those that the seed draws.</summary>
    private List<Scenario> Draw(string device, SimulatedBeds beds, RunPlan plan, out bool isWhole)
    {
        var all = Selected(beds, plan);
        isWhole = sample is null || sample >= all.Count;
        if (isWhole)
        {
            return all;
        }

        var drawn = all.OrderBy(scenario => Seeds.For(seed, $"{device} {scenario.RunName}"))
            .Take(sample!.Value)
            .Select(scenario => scenario.Key)
            .ToHashSet();
        return [.. all.Where(scenario => drawn.Contains(scenario.Key))];
    }

    private List<Scenario> Selected(SimulatedBeds beds, RunPlan plan)
    {
        var selected = _runner
            .Plan(beds, plan)
            .Where(planned => planned.Selection == Selection.Selected)
            .Select(planned => planned.Key)
            .ToHashSet();
        return
        [
            .. suite
                .Library.Scenarios.SelectMany(scenario => scenario.Editions.Select(scenario.In))
                .Where(run => selected.Contains(run.Key)),
        ];
    }

    /// <summary>A device with its scenarios, and what their results say of the suite; true if they are all of its scenarios.</summary>
    private sealed record Trial(
        string Name,
        Implementation Implementation,
        Func<Scenario, bool> Runs,
        Func<IReadOnlyList<ScenarioResult>, bool, DeviceOutcome> Judge
    );
}
