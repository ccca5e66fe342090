using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Conformance.Testing.Engine;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.TestBeds.Fuzzing;

/// <summary>What mutants have done to a role.</summary>
/// <param name="Messages">How many were sent.</param>
/// <param name="Problems">Empty if the role has kept what must hold of it.</param>
public sealed record FuzzOutcome(string Role, int Messages, IReadOnlyList<string> Problems);

/// <summary>
/// Sends mutants to a role of the reference on simulated beds that are never reset, among the valid messages of its scenarios. No
/// exception may end the role. When every lifetime is over, it keeps no more objects than in the beginning, and serves new mobile nodes.
/// </summary>
/// <param name="mutants">How many follow each valid frame.</param>
public sealed class RoleFuzz(ScenarioSuite suite, int seed, int mutants = 4)
{
    /// <summary>How many objects more than in the beginning a node may keep beside its bounded tables.</summary>
    private const int KeptObjects = 500;

    /// <summary>Longer than the longest lifetime, 65,535 units of 4 s.</summary>
    private static readonly TimeSpan _untilNothingIsLeft = TimeSpan.FromHours(80);

    private readonly ScenarioEngine _engine = new(suite.Bindings, suite.Register);
    private readonly FrameMutator _mutator = new(seed);
    private readonly Dictionary<(string, Edition), (SimulatedBed Bed, int Objects)> _beds = [];
    private readonly List<string> _problems = [];

    /// <param name="role">The tag of the role: LMA, MAG, HA, CN or MN.</param>
    /// <param name="messages">How many mutants are sent at least.</param>
    public FuzzOutcome Run(string role, int messages)
    {
        using var beds = new SimulatedBeds(Implementation.Reference, seed);
        var runs = RunsOf(role, beds);
        var sent = 0;
        for (var round = 0; sent < messages; round++)
        {
            var before = sent;
            foreach (var scenario in runs.OrderBy(scenario => Seeds.For(seed, $"fuzz {round} {scenario.RunName}")))
            {
                sent += Fuzz(beds, scenario);
                if (sent >= messages)
                {
                    break;
                }
            }

            if (sent == before)
            {
                throw new InvalidOperationException($"no scenario of {role} sends anything");
            }
        }

        foreach (var ((configuration, edition), (bed, objects)) in _beds)
        {
            Inspect(runs.First(run => run.Configuration == configuration && run.Edition == edition), bed, objects);
        }

        foreach (var (bed, _) in _beds.Values)
        {
            bed.Dispose();
        }

        _beds.Clear();
        return new FuzzOutcome(role, sent, [.. _problems]);
    }

    private List<Scenario> RunsOf(string role, SimulatedBeds beds)
    {
        var plan = new RunPlan(scenario => scenario.Role == role, seed, Strict: false, Directory: null);
        var selected = new SuiteRunner(suite)
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

    /// <summary>Runs a scenario with mutants; what it says of the role does not count.</summary>
    private int Fuzz(SimulatedBeds beds, Scenario scenario)
    {
        var key = (scenario.Configuration, scenario.Edition);
        if (!_beds.TryGetValue(key, out var known))
        {
            var opened = (SimulatedBed)beds.Open(scenario.Configuration, scenario.Edition);
            known = (opened, opened.CountObjects());
            _beds.Add(key, known);
        }

        var bed = new FuzzingBed(known.Bed, _mutator, mutants);
        _engine.Run(scenario, bed);
        if (bed.Health != IutHealth.Running)
        {
            _problems.Add($"{scenario.RunName}, seed {seed}: {bed.Crash}; last frames: {string.Join(' ', bed.Last)}");
        }

        if (bed.Health != IutHealth.Running || known.Bed.HasChanged)
        {
            known.Bed.Dispose();
            _beds.Remove(key);
        }

        return bed.Sent;
    }

    private void Inspect(Scenario scenario, SimulatedBed bed, int objects)
    {
        var end = bed.Now + _untilNothingIsLeft;
        while (bed.TryReceive(end, out _)) { }

        var kept = bed.CountObjects();
        if (kept > objects + KeptObjects)
        {
            _problems.Add(
                $"{scenario.Configuration} in {scenario.Edition}, seed {seed}: {kept} objects are left, {objects} in the beginning"
            );
        }

        var result = _engine.Run(scenario, bed).Result;
        if (result.Verdict != Verdict.Pass)
        {
            _problems.Add($"{scenario.RunName} after the mutants, seed {seed}: {result.Verdict}: {result.Reason}");
        }
    }
}
