namespace Conformance.Testing.Session;

/// <summary>A step does not hold: what was expected did not come. The findings are in the session's log.</summary>
public sealed class StepFailedException(string message) : Exception(message);

/// <summary>The scenario asks for something that makes no sense here: an unknown option name, a value that cannot be read.</summary>
public sealed class ScenarioFaultException(string message) : Exception(message);
