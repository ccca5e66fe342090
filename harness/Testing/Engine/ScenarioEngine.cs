using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Peers;
using Conformance.Testing.Roles;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Engine;

/// <summary>The products of a scenario run: its result, its trace, and the comments on the deciding packets.</summary>
/// <param name="IsLate">True if the run ended without a verdict because the tester was late: the scenario can be run again.</param>
public sealed record ScenarioRun(ScenarioResult Result, Trace Trace, IReadOnlyDictionary<int, string> Comments, bool IsLate);

/// <summary>
/// Runs one scenario in one edition on one bed. The command line, <c>dotnet test</c> and the re-judging of records use this class.
/// </summary>
/// <param name="strict">True if a recommendation that is not followed is a failure.</param>
public sealed class ScenarioEngine(StepBindings bindings, StatementRegister register, bool strict = false)
{
    /// <summary>Runs the scenario to its end in any case; the bed stays open.</summary>
    public ScenarioRun Run(Scenario scenario, ITestBed bed)
    {
        var traced = new TracedBed(bed);
        var session = new TestSession(FactsOf(scenario), traced);
        var checks = CheckList.For(session.Scenario.Edition, session.Scenario.Role);
        session.Tester.Add(new FormatObserver(session, checks));
        session.Tester.Add(new ProtectionObserver(session, checks));
        var network = new EmulatedNetwork(session);
        var role = RoleCatalogue.Create(session.Scenario.Role, session, network);
        using var running = bindings.Begin(scenario, session, network, role);

        var steps = new StepRunner(running, session).Run(scenario.Steps);
        var ended = session.Bed.Now;
        foreach (
            var interfaces in session
                .Nodes.All.Where(node => node.IsBound && node.Identity.Number > 0)
                .GroupBy(node => node.Identity.Number)
        )
        {
            var kept = session.Ixit.Timer(session.Ixit.Mobility is null ? "MinDelayBeforeBCEDelete" : "MAX_DELETE_BCE_TIMEOUT");
            var deleted = ended + kept + session.Clock.Guard;

            // A fault that ended the scenario early may also have kept an answer from the tester.
            var leftover = interfaces.Max(node => steps.Fault is null ? node.LeftoverUntil : node.AskedUntil);
            traced.ReturnIdentity(interfaces.Key, leftover > deleted ? leftover : deleted);
        }

        var trace = traced.ToTrace(scenario.RunName);
        var judged = VerdictRule.Judge(session, steps, strict);
        var result = new ScenarioResult
        {
            Scenario = scenario.Id.ToString(),
            Edition = scenario.Edition,
            Verdict = judged.Verdict,
            Reason = judged.Reason,
            Breakdown = steps.Breakdown,
            Purpose = judged.Purpose,
            Incidental = judged.Incidental,
            NotReached = judged.NotReached,
            Remarks = [.. session.Remarks, .. judged.Remarks],
            Steps = steps.Steps,
            Seed = bed.Facts.Seed,
            ProtocolTime = ended - session.Started,
            Packets = trace.Frames.Count,
        };
        if (steps.Breakdown == Breakdown.Dead || steps.IsBedLost)
        {
            bed.Replace(steps.Collapse ?? steps.Fault!);
        }

        return new ScenarioRun(result, trace, PacketComments.For(result), steps.IsLate && result.Verdict == Verdict.Error);
    }

    /// <exception cref="InvalidOperationException">
    /// A tag names a statement that is not in the register. The audit reports such tags with file and line.
    /// </exception>
    private ScenarioFacts FactsOf(Scenario scenario)
    {
        var purpose = scenario
            .Purpose.Select(id =>
                register.Find(id) ?? throw new InvalidOperationException($"{scenario.Path}:{scenario.Line}: {id} is not in the register.")
            )
            .Select(statement => new PurposeStatement(
                statement.Id,
                statement.Level.Strength != RequirementStrength.Binding,
                statement.Observed
            ));
        return new ScenarioFacts(scenario.RunName, scenario.Role, scenario.Kind, [.. purpose]) { Edition = scenario.Edition };
    }
}
