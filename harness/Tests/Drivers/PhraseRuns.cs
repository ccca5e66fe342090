using Conformance.Harness.Tests.Beds;
using Conformance.Harness.Tests.Scenarios;
using Conformance.Harness.Tests.Statements;
using Conformance.Testing.Bed;
using Conformance.Testing.Engine;
using FluentAssertions;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Runs scenarios in the words of the features on a scripted bed.</summary>
internal static class PhraseRuns
{
    /// <summary>The purpose of every scenario; no check of a message judges it.</summary>
    public const string Purpose = "rfc5213-9.9-k1";

    /// <param name="observed">The kinds of observation that decide the purpose, separated by commas.</param>
    /// <param name="steps">The steps, one a line, and tables, as in a feature.</param>
    /// <param name="id">The id of the scenario, which also tells the role and the kind.</param>
    /// <param name="purpose">The purpose, which also tells the edition.</param>
    public static ScenarioRun Run(ITestBed bed, string observed, string steps, string id = "TC-LMA-REG-BV-01", string purpose = Purpose)
    {
        var library = TemporaryFeatures.Load($"Feature: F\n@{id} @{id.Split('-')[1]} @{purpose}\nScenario: A\n{steps}\n");
        library.Problems.Should().BeEmpty();
        var register = Registers.Of(Registers.Row(purpose, observed: observed));
        return new ScenarioEngine(ReferenceSuite.Suite.Bindings, register).Run(library.Scenarios.Single(), bed);
    }
}
