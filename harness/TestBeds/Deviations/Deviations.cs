namespace Conformance.TestBeds.Deviations;

/// <summary>The faults that the suite is known to find, each with the statement that it violates.</summary>
public static class Deviations
{
    /// <summary>Faults that show when a device is managed, restarted, or told how a mobile node arrives.</summary>
    public static IReadOnlyList<Deviation> OfManagement { get; } = [.. LmaManagementDeviations.All, .. MagManagementDeviations.All];

    public static IReadOnlyList<Deviation> All { get; } =
    [
        .. LmaParsingDeviations.All,
        .. LmaRequestDeviations.All,
        .. LmaSessionDeviations.All,
        .. LmaLifetimeDeviations.All,
        .. LmaMoveDeviations.All,
        .. LmaLookupDeviations.All,
        .. LmaInterfaceDeviations.All,
        .. LmaDoubtDeviations.All,
        .. LmaOrderingDeviations.All,
        .. LmaAnswerDeviations.All,
        .. LmaOptionDeviations.All,
        .. LmaForwardingDeviations.All,
        .. LmaIpv4RequestDeviations.All,
        .. LmaIpv4SessionDeviations.All,
        .. LmaIpv4LookupDeviations.All,
        .. LmaIpv4MoveDeviations.All,
        .. LmaIpv4ReplyDeviations.All,
        .. LmaIpv4FormatDeviations.All,
        .. LmaIpv4TunnelDeviations.All,
        .. LmaIpv4RouteDeviations.All,
        .. LmaDhcpDeviations.All,
        .. MagProfileDeviations.All,
        .. MagUpdateDeviations.All,
        .. MagMessageDeviations.All,
        .. MagAnswerDeviations.All,
        .. MagRejectionDeviations.All,
        .. MagDepartureDeviations.All,
        .. MagPresenceDeviations.All,
        .. MagVisitorDeviations.All,
        .. MagDhcpv6Deviations.All,
        .. MagInterfaceDeviations.All,
        .. MagAdvertisementDeviations.All,
        .. MagLinkAddressDeviations.All,
        .. MagForwardingDeviations.All,
        .. MagIpv4UpdateDeviations.All,
        .. MagIpv4FormatDeviations.All,
        .. MagIpv4AnswerDeviations.All,
        .. MagIpv4ForwardingDeviations.All,
        .. MagTransportUpdateDeviations.All,
        .. MagTransportAnswerDeviations.All,
        .. MagTransportTunnelDeviations.All,
        .. MagDhcpDeviations.All,
        .. MagDhcpRelayDeviations.All,
        .. MagForceRenewDeviations.All,
        .. FormatDeviations.All,
        .. TunnelDeviations.All,
        .. PathMtuDeviations.All,
        .. EspDeviations.All,
        .. OfManagement,
        .. RecommendationDeviations.All,
    ];
}
