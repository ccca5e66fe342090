namespace Conformance.Testing.Scenarios;

/// <summary>The result of matching a step against the bindings: one method, none, or several.</summary>
public abstract record StepMatch
{
    private StepMatch() { }

    /// <param name="Phrase">The phrase that fits the step.</param>
    /// <param name="ArgumentFaults">
    /// The reasons why arguments cannot be read, as far as they can be determined without running the scenario.
    /// </param>
    public sealed record Bound(Phrase Phrase, IReadOnlyList<string> ArgumentFaults) : StepMatch;

    /// <param name="Suggestions">The phrases most similar to the step, the most similar first.</param>
    /// <param name="Reason">The reason why a phrase with the right text does not fit; null if no phrase has the right text.</param>
    public sealed record Undefined(IReadOnlyList<string> Suggestions, string? Reason) : StepMatch;

    /// <param name="Methods">The class, method and expression of each match.</param>
    public sealed record Ambiguous(IReadOnlyList<string> Methods) : StepMatch;
}
