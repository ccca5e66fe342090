using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Session;

/// <summary>A statement that belongs to a scenario's purpose.</summary>
/// <param name="IsRecommendation">True for SHOULD and SHOULD NOT: a violation is a remark, and a failure only in strict runs.</param>
/// <param name="Observed">The kinds of observation that decide the statement.</param>
public sealed record PurposeStatement(StatementId Id, bool IsRecommendation, IReadOnlyList<Observation> Observed);

/// <summary>The facts about a scenario that its session needs.</summary>
/// <param name="Id">The name of the run: the seed of the tester's random choices follows from it.</param>
/// <param name="Kind">BV, BI, BO or TI.</param>
public sealed record ScenarioFacts(string Id, string Role, ScenarioKind Kind, IReadOnlyList<PurposeStatement> Purpose)
{
    /// <summary>The edition of the run, which decides the numbers of options and statuses.</summary>
    public Edition Edition { get; init; } = Edition.Rfc5213;
}
