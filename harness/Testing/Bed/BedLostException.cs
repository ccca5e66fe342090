namespace Conformance.Testing.Bed;

/// <summary>
/// The bed has changed since it was opened: a link is down, an interface disappeared, or frames were lost. Later observations in this
/// scenario prove nothing. Whether the run can go on is up to the bed: see <c>IBedProvider.Lost</c>.
/// </summary>
public sealed class BedLostException(string message) : Exception(message);
