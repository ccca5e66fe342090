namespace Conformance.TestBeds.Deviations;

/// <summary>The faults that the suite is known to find, each against a statement of its own.</summary>
public static class Deviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        .. AnchorRequestDeviations.All,
        .. AnchorSessionDeviations.All,
        .. AnchorOrderingDeviations.All,
        .. AnchorAnswerDeviations.All,
        .. GatewayUpdateDeviations.All,
        .. GatewayAnswerDeviations.All,
        .. GatewayAdvertisementDeviations.All,
        .. TunnelDeviations.All,
        .. RecommendationDeviations.All,
    ];
}
