using Conformance.Testing.Statements;

namespace Conformance.Testing.Scenarios;

/// <summary>Identifies the run of a scenario in one edition.</summary>
/// <param name="Scenario">The id of the scenario: <c>TC-LMA-REG-BI-07</c>.</param>
public readonly record struct ScenarioKey(string Scenario, Edition Edition)
{
    /// <summary>The id with the edition, for a scenario that has runs in several editions: <c>TC-LMA-REG-BI-07.rfc5844</c>.</summary>
    public override string ToString() => $"{Scenario}.{Edition}";
}
