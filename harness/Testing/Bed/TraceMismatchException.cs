namespace Conformance.Testing.Bed;

/// <summary>
/// A recorded trace does not fit the scenario: the tester sends other frames than the recorded ones. Nothing follows from it.
/// </summary>
public sealed class TraceMismatchException(string message) : Exception(message);
