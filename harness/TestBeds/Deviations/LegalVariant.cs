using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;

namespace Conformance.TestBeds.Deviations;

/// <summary>An unusual but correct implementation: the suite must report no violation.</summary>
/// <param name="Description">The unusual behaviour, as a verb phrase.</param>
public sealed record LegalVariant(string Name, string Description, Implementation Implementation)
{
    /// <summary>Scenarios that cannot reach their purpose because of the unusual behaviour.</summary>
    public IReadOnlyList<string> Unreached { get; init; } = [];

    /// <summary>True if so many scenarios do not reach their purpose that <see cref="Unreached"/> does not list them.</summary>
    public bool IsOftenUnreached { get; init; }

    /// <summary>
    /// The roles whose scenarios the variant runs; null for all. A domain in which two nodes have to agree on the behaviour is no place for
    /// a single unusual one.
    /// </summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>The edition whose scenarios the variant runs; null for all.</summary>
    public Edition? Edition { get; init; }

    public bool Runs(Scenario scenario) =>
        (Roles is null || Roles.Contains(scenario.Role)) && (Edition is null || scenario.Edition == Edition);

    internal static LegalVariant Of(string name, string description, Func<Implementation, Implementation> change) =>
        new(name, description, change(new Implementation(name)));
}
