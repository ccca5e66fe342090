namespace Conformance.Testing.Session;

/// <summary>A step failed: the expected observation was not made. The findings are in the session's log.</summary>
/// <param name="decided">True if the failure became findings about statements of the scenario's purpose.</param>
public sealed class StepFailedException(string message, bool decided = false) : Exception(message)
{
    public bool Decided { get; } = decided;
}

/// <summary>
/// After the scenario, the implementation under test no longer serves any mobile node. It fails regardless of the clause.
/// </summary>
public sealed class ImplementationFailedException(string message) : Exception(message);

/// <summary>The scenario contains an error, for example an unknown option name or a value that cannot be read.</summary>
public sealed class ScenarioFaultException(string message) : Exception(message);
