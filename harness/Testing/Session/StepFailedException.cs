namespace Conformance.Testing.Session;

/// <summary>A step does not hold: what was expected did not come. The findings are in the session's log.</summary>
/// <param name="decided">True if the failure became findings about statements of the scenario's purpose.</param>
public sealed class StepFailedException(string message, bool decided = false) : Exception(message)
{
    public bool Decided { get; } = decided;
}

/// <summary>The implementation under test does not work any more for anybody after the scenario: it failed, whatever the clause.</summary>
public sealed class ImplementationFailedException(string message) : Exception(message);

/// <summary>The scenario asks for something that makes no sense here: an unknown option name, a value that cannot be read.</summary>
public sealed class ScenarioFaultException(string message) : Exception(message);
