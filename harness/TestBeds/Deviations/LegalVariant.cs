namespace Conformance.TestBeds.Deviations;

/// <summary>An unusual but correct implementation: the suite must report no violation.</summary>
/// <param name="Description">The unusual behaviour, as a verb phrase.</param>
public sealed record LegalVariant(string Name, string Description, Implementation Implementation)
{
    /// <summary>Scenarios that cannot reach their purpose because of the unusual behaviour.</summary>
    public IReadOnlyList<string> Unreached { get; init; } = [];

    internal static LegalVariant Of(string name, string description, Func<Implementation, Implementation> change) =>
        new(name, description, change(new Implementation(name)));
}
