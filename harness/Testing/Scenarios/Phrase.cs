namespace Conformance.Testing.Scenarios;

/// <summary>One entry of the step vocabulary.</summary>
/// <param name="Expression">The cucumber expression, without keyword.</param>
/// <param name="Method">The class and the method that the phrase calls.</param>
public sealed record Phrase(StepKeyword Kind, string Expression, string Method)
{
    /// <summary>True if the step may only be the last of a scenario.</summary>
    public bool IsLast { get; init; }

    public override string ToString() => $"{Kind} {Expression}";
}
