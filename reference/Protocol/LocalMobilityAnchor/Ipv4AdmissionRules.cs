using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// RFC 5844, Section 3.1.2.1, by bullet: what a request must be before its session is looked up. A request without an IPv4 option is not a
/// matter of this section; only the policy of the mobile node stands against it.
/// </summary>
internal static class Ipv4AdmissionRules
{
    public static RuleList<RegistrationRequest> Default { get; } =
        new(
            new("RFC 5844 3.1.2.1 b2", "Ipv6ServiceAuthorized", Ipv6ServiceAuthorized),
            new("RFC 5844 3.1.2.1 b3", "Ipv4ServiceAuthorized", Ipv4ServiceAuthorized),
            new("RFC 5844 3.1.2.1 b4", "OneAddressRequested", OneAddressRequested)
        );

    /// <summary>RFC 5844, Section 3.1.2.1, b1: takes the place of item 10 of RFC 5213, Section 5.3.1.</summary>
    public static RuleOutcome PrefixOrAddressPresent(RegistrationRequest request) =>
        request is { HomeNetworkPrefixes.Count: 0, Ipv4Requests.Count: 0 }
            ? request.Reject(BindingStatus.MISSING_HOME_NETWORK_PREFIX_OPTION)
            : RuleOutcome.Continue;

    private static RuleOutcome Ipv6ServiceAuthorized(RegistrationRequest request)
    {
        var isRouted = request.Anchor.Settings.Ipv4 is not { Ipv6RoutingEnabled: false } || request.Ipv4Requests.Count == 0;
        return
            request is { HomeNetworkPrefixes.Count: > 0, Anchor.Rules.Ipv4: { } vocabulary }
            && !(isRouted && request.MayUse(IpVersions.Ipv6))
            ? request.Reject(vocabulary.NotAuthorizedForIpv6)
            : RuleOutcome.Continue;
    }

    private static RuleOutcome Ipv4ServiceAuthorized(RegistrationRequest request) =>
        request is { Ipv4Requests.Count: > 0, Anchor.Rules.Ipv4: { } vocabulary }
        && !(request.Anchor.Settings.Ipv4 is { Ipv4RoutingEnabled: true } && request.MayUse(IpVersions.Ipv4))
            ? request.Reject(vocabulary.NotAuthorizedForIpv4)
            : RuleOutcome.Continue;

    private static RuleOutcome OneAddressRequested(RegistrationRequest request) =>
        request is { Ipv4Requests.Count: > 1, Anchor.Rules.Ipv4: { } vocabulary }
            ? request.Reject(vocabulary.SeveralAddresses)
            : RuleOutcome.Continue;

    private static bool MayUse(this RegistrationRequest request, IpVersions version) =>
        request.Policy is not { } policy || policy.IpVersions.HasFlag(version);
}
