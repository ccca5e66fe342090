using Conformance.Harness.Tests.Beds;
using Conformance.Harness.Tests.Statements;
using Conformance.Testing.Bed;
using Conformance.Testing.Engine;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;

namespace Conformance.Harness.Tests.Engine;

/// <summary>Runs scenarios of <see cref="Deeds"/> on a scripted bed.</summary>
internal static class DeedRuns
{
    public static StatementRegister Register { get; } =
        Registers.Of(
            Registers.Row(Deeds.Must, level: "MUST", observed: "status"),
            Registers.Row(Deeds.Should, level: "SHOULD", observed: "order"),
            Registers.Row(Deeds.Other, level: "MUST", observed: "options")
        );

    private static readonly StepBindings _bindings = StepBindings.Of(typeof(Deeds));

    /// <param name="steps">The steps with their keywords, separated by semicolons: <c>Given it rests; When it sends</c>.</param>
    public static ScenarioRun Run(string steps, ScriptedBed? bed = null, bool strict = false) =>
        Run(Scenario([.. Parse(steps)]), bed ?? new ScriptedBed(), strict);

    public static ScenarioRun Run(Scenario scenario, ITestBed bed, bool strict = false, StatementRegister? register = null) =>
        new ScenarioEngine(_bindings, register ?? Register, strict).Run(scenario, bed);

    public static Scenario Scenario(params Step[] steps) => Scenario("TC-LMA-REG-BV-01", [Deeds.Must, Deeds.Should], steps);

    public static Scenario Scenario(string id, IEnumerable<string> purpose, params Step[] steps) =>
        new(ScenarioId.Parse(id), "A title", "A feature", "a.feature", 3, ["LMA", .. purpose], steps);

    public static IEnumerable<Step> Parse(string steps) =>
        steps
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(
                (step, index) =>
                {
                    var words = step.Split(' ', 2);
                    return new Step(Enum.Parse<StepKeyword>(words[0]), words[0], words[1], index + 10);
                }
            );
}
