namespace Conformance.TestBeds.Deviations;

/// <summary>The faults that the suite is known to find, each against a statement of its own.</summary>
public static class Deviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        .. LmaRequestDeviations.All,
        .. LmaSessionDeviations.All,
        .. LmaOrderingDeviations.All,
        .. LmaAnswerDeviations.All,
        .. MagUpdateDeviations.All,
        .. MagAnswerDeviations.All,
        .. MagAdvertisementDeviations.All,
        .. TunnelDeviations.All,
        .. RecommendationDeviations.All,
    ];
}
