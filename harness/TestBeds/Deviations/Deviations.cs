namespace Conformance.TestBeds.Deviations;

/// <summary>The faults that the suite is known to find, each with the statement that it violates.</summary>
public static class Deviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        .. LmaRequestDeviations.All,
        .. LmaSessionDeviations.All,
        .. LmaOrderingDeviations.All,
        .. LmaAnswerDeviations.All,
        .. MagUpdateDeviations.All,
        .. MagMessageDeviations.All,
        .. MagAnswerDeviations.All,
        .. MagRejectionDeviations.All,
        .. MagDepartureDeviations.All,
        .. MagAdvertisementDeviations.All,
        .. MagForwardingDeviations.All,
        .. FormatDeviations.All,
        .. TunnelDeviations.All,
        .. RecommendationDeviations.All,
    ];
}
