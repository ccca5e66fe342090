namespace Conformance.Testing.Session;

/// <summary>A step failed: the expected observation was not made. The findings are in the session's log.</summary>
/// <param name="decided">True if the failure became findings about statements of the scenario's purpose.</param>
public sealed class StepFailedException(string message, bool decided = false) : Exception(message)
{
    public bool Decided { get; } = decided;
}

/// <summary>How the implementation under test was found broken.</summary>
public enum Breakdown
{
    /// <summary>It answers, but serves no other mobile node after the scenario.</summary>
    ServesNobody,

    /// <summary>It has crashed, or no longer answers anything.</summary>
    Dead,

    /// <summary>It has restarted, or otherwise forgotten sessions that the scenario did not touch.</summary>
    LostState,
}

/// <summary>The implementation under test was found broken. It fails regardless of the clause.</summary>
public sealed class ImplementationFailedException(string message, Breakdown breakdown = Breakdown.ServesNobody) : Exception(message)
{
    public Breakdown Breakdown { get; } = breakdown;
}

/// <summary>The scenario contains an error, for example an unknown option name or a value that cannot be read.</summary>
public sealed class ScenarioFaultException(string message) : Exception(message);
