namespace Pmip.Protocol;

/// <summary>
/// The time of a call on two clocks: <paramref name="Monotonic"/> for lifetimes and timers, <paramref name="Utc"/> (time of
/// day) for timestamps.
/// </summary>
public readonly record struct Now(Instant Monotonic, DateTimeOffset Utc);
