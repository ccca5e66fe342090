namespace Conformance.TestBeds.Deviations;

/// <summary>An implementation that is unusual and correct: the suite must find nothing against it.</summary>
/// <param name="Description">What is unusual about it, in a sentence.</param>
public sealed record LegalVariant(string Name, string Description, Implementation Implementation)
{
    /// <summary>Scenarios that cannot reach their purpose on it, for what is unusual about it.</summary>
    public IReadOnlyList<string> Unreached { get; init; } = [];

    internal static LegalVariant Of(string name, string description, Func<Implementation, Implementation> change) =>
        new(name, description, change(new Implementation(name)));
}
