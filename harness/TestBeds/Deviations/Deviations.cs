namespace Conformance.TestBeds.Deviations;

/// <summary>The faults that the suite is known to find, each against a statement of its own.</summary>
public static class Deviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. AnchorDeviations.All, .. GatewayDeviations.All];
}
