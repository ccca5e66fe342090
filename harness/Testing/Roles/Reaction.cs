namespace Conformance.Testing.Roles;

/// <summary>How the implementation under test reacted to a valid exchange with a mobile node of a bookend.</summary>
/// <param name="Answers">True if a message of its role came, so that it is alive.</param>
/// <param name="Problem">Why the exchange did not succeed; null if it did.</param>
public sealed record Reaction(bool Answers, string? Problem)
{
    /// <summary>True if the implementation has begun a session of the node anew, as if it had not known the one that it had.</summary>
    public bool HasForgotten { get; init; }

    public static Reaction Served { get; } = new(true, null);

    public static Reaction Refused(string problem) => new(true, problem);

    public static Reaction Silent(string problem) => new(false, problem);
}
