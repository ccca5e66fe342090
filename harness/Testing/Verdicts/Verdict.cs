namespace Conformance.Testing.Verdicts;

/// <summary>The result of a scenario about the implementation under test (ISO/IEC 9646-1).</summary>
public enum Verdict
{
    /// <summary>
    /// Every statement of the scenario's purpose was judged, and no binding statement was violated; a recommendation is binding
    /// only in a strict run.
    /// </summary>
    Pass,

    /// <summary>A statement of the scenario's purpose was violated, or the implementation was found broken.</summary>
    Fail,

    /// <summary>The scenario could not reach its purpose; no violation was found.</summary>
    Inconclusive,

    /// <summary>The tester, the bed or the scenario is at fault; the implementation was not judged.</summary>
    Error,
}

/// <summary>The reason why a scenario ran or did not run.</summary>
public enum Selection
{
    Selected,

    /// <summary>A condition on the implementation's claims (ICS) is false.</summary>
    NotApplicable,

    /// <summary>The bed cannot run the scenario.</summary>
    NotTested,

    /// <summary>The user did not select the scenario.</summary>
    Deselected,
}
