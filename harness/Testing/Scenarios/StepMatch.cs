namespace Conformance.Testing.Scenarios;

/// <summary>What a step means to the bindings: one method, none, or more than one.</summary>
public abstract record StepMatch
{
    private StepMatch() { }

    /// <param name="Phrase">The phrase that fits.</param>
    /// <param name="ArgumentFaults">Why arguments cannot be read, as far as that can be said without running the scenario.</param>
    public sealed record Bound(Phrase Phrase, IReadOnlyList<string> ArgumentFaults) : StepMatch;

    /// <param name="Suggestions">The phrases nearest to the step, the nearest first.</param>
    /// <param name="Reason">Why a phrase that has the right text does not fit; null when none has.</param>
    public sealed record Undefined(IReadOnlyList<string> Suggestions, string? Reason) : StepMatch;

    /// <param name="Methods">Class, method and expression of each.</param>
    public sealed record Ambiguous(IReadOnlyList<string> Methods) : StepMatch;
}
