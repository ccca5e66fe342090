namespace Conformance.Testing.Bed;

/// <summary>A record does not fit the scenario: what the tester sends is not what was sent. Nothing follows from it.</summary>
public sealed class TraceMismatchException(string message) : Exception(message);
