using Conformance.Testing.Exchanges;

namespace Conformance.Testing.Edits;

/// <summary>The side of a time limit on which a duration ends.</summary>
public enum LimitSide
{
    At,
    JustUnder,
    JustOver,
}

/// <summary>A duration of a scenario, in the time of the bed: with the tester's margin if it is on one side of a limit.</summary>
public sealed record Duration(TimeSpan Length, LimitSide Side)
{
    /// <summary>The exchange from which the time counts; null for the last stimulus.</summary>
    public Exchange? Since { get; init; }
}
