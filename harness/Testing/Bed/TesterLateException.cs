namespace Conformance.Testing.Bed;

/// <summary>
/// The tester did not do something when it had to, because its machine was busy. Nothing follows from what the implementation
/// did after that; the bed is as it was, and the scenario can be run again.
/// </summary>
public sealed class TesterLateException(string message) : Exception(message);
