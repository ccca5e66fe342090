namespace Conformance.Testing.Verdicts;

/// <summary>What a scenario that ran says of the implementation under test (ISO/IEC 9646-1).</summary>
public enum Verdict
{
    /// <summary>Every statement of the scenario's purpose was judged, none that binds was violated: a recommendation binds if the run is strict.</summary>
    Pass,

    /// <summary>A statement of the scenario's purpose was violated, or the implementation was found broken.</summary>
    Fail,

    /// <summary>The scenario could not reach its purpose; nothing was found against it.</summary>
    Inconclusive,

    /// <summary>The tester, the bed or the scenario is at fault; nothing is said of the implementation.</summary>
    Error,
}

/// <summary>Why a scenario ran, or why it did not.</summary>
public enum Selection
{
    Selected,

    /// <summary>A condition on the implementation's claims (ICS) is false.</summary>
    NotApplicable,

    /// <summary>The bed has no means to run it.</summary>
    NotTested,

    /// <summary>The user's selection left it out.</summary>
    Deselected,
}
