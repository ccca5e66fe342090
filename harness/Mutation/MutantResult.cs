namespace Conformance.Mutation;

/// <summary>What the suite says of a mutant.</summary>
public enum MutantOutcome
{
    /// <summary>A scenario found a violated statement.</summary>
    Killed,

    /// <summary>A scenario failed because the device was found broken. Killed, too.</summary>
    Breakdown,

    /// <summary>A scenario did not end. Killed, too.</summary>
    TimedOut,

    /// <summary>The reference threw an exception, and no scenario failed: noticed, but not killed.</summary>
    Crash,

    /// <summary>A scenario was an error or inconclusive, and none failed: noticed, but not killed.</summary>
    Noticed,

    /// <summary>Every scenario passed, and no statement was violated.</summary>
    Survived,

    /// <summary>The mutant is listed as equivalent, and was not run.</summary>
    Equivalent,
}

/// <summary>The first observation that decides about a mutant.</summary>
/// <param name="Scenario">The scenario; empty if none noticed anything.</param>
/// <param name="Statement">The violated statement; empty if the scenario did not fail because of one.</param>
/// <param name="Reason">What was seen, in one line.</param>
public sealed record Observed(MutantOutcome Outcome, string Scenario, string Statement, string Reason)
{
    public static Observed Nothing { get; } = new(MutantOutcome.Survived, "", "", "");

    public bool IsKill => Outcome is MutantOutcome.Killed or MutantOutcome.Breakdown or MutantOutcome.TimedOut;

    public bool IsNoticed => Outcome is MutantOutcome.Crash or MutantOutcome.Noticed;
}

public sealed record MutantResult(Mutant Mutant, Observed Observed);
