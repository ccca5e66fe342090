using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Session;

/// <summary>A step failed: the expected observation was not made. The findings are in the session's log.</summary>
/// <param name="decided">True if the failure became findings about statements of the scenario's purpose.</param>
public sealed class StepFailedException(string message, bool decided = false) : Exception(message)
{
    public bool Decided { get; } = decided;
}

/// <summary>The implementation under test was found broken. It fails regardless of the clause.</summary>
public sealed class ImplementationFailedException(string message, Breakdown breakdown = Breakdown.ServesNobody) : Exception(message)
{
    public Breakdown Breakdown { get; } = breakdown;
}

/// <summary>
/// The scenario contains an error, for example an unknown option name or a value that cannot be read, or a command for it was ended by its
/// time limit.
/// </summary>
public sealed class ScenarioFaultException(string message) : Exception(message);
