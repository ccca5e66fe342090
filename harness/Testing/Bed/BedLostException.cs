namespace Conformance.Testing.Bed;

/// <summary>
/// The bed has changed since it was opened: a link is down, an interface disappeared, or frames were lost. Later observations prove
/// nothing, in this scenario or in a later one.
/// </summary>
public sealed class BedLostException(string message) : Exception(message);
