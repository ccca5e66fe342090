namespace Conformance.Testing.Bed;

/// <summary>What a scenario may know of its bed: enough to judge, not enough to tell which bed it is.</summary>
/// <param name="Name">simulated, namespaces, containers, external or recorded: for reports only.</param>
/// <param name="Seed">Where all of the tester's choices in this scenario come from.</param>
/// <param name="Tolerance">Added to every upper limit of a specification; zero in virtual time.</param>
/// <param name="Ixit">Addresses, identities and timers of this bed.</param>
/// <param name="Claims">The ICS items the implementation claims.</param>
public sealed record BedFacts(string Name, int Seed, TimeSpan Tolerance, Ixit Ixit, IReadOnlyList<string> Claims)
{
    /// <summary>What the device's clock shows against the bed's; null where both are the same.</summary>
    public DeviceClock? DeviceClock { get; init; }
}

/// <summary>The clock of an implementation that lives in a time of its own.</summary>
/// <param name="Offset">Its time minus the bed's.</param>
/// <param name="Uncertainty">How far the offset may be wrong, either way.</param>
public sealed record DeviceClock(TimeSpan Offset, TimeSpan Uncertainty);
