namespace Conformance.Testing.Bed;

/// <summary>
/// The tester missed a deadline because its machine was busy. The later behaviour of the implementation proves nothing. The bed is
/// unchanged, and the scenario can be run again.
/// </summary>
public sealed class TesterLateException(string message) : Exception(message);
