namespace Conformance.Testing.Scenarios;

/// <summary>One entry of the step vocabulary.</summary>
/// <param name="Expression">The cucumber expression, without keyword.</param>
/// <param name="Method">The class and the method that the phrase calls.</param>
public sealed record Phrase(StepKeyword Kind, string Expression, string Method)
{
    public override string ToString() => $"{Kind} {Expression}";
}
