using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.LmaListDeviations;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors that check requests wrongly: RFC 5213, Section 5.3.1.</summary>
internal static class LmaRequestDeviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        Checks(
            "lma-swapped-checks",
            "checks for the Handoff Indicator before the Home Network Prefix",
            "rfc5213-5.3-k1",
            checks => checks.Swapping("HomeNetworkPrefixPresent", "HandoffIndicatorPresent")
        ),
        Checks(
            "lma-late-identifier",
            "checks the authorisation of the MAG before the presence of the MN-Identifier",
            "rfc5213-5.3-k1",
            checks => checks.Swapping("MobileNodeIdentifierPresent", "GatewayAuthorized")
        ),
        Checks(
            "lma-late-authorisation",
            "checks the authorisation of the MAG only after it has looked for the mobile node",
            "rfc5213-5.3-k1",
            checks => checks.Swapping("GatewayAuthorized", "MobileNodeKnown")
        ),
        Checks(
            "lma-early-ordering",
            "checks the timestamp before it checks whether the mobile node is known",
            "rfc5213-5.3-k1",
            checks => checks.Swapping("MobileNodeKnown", "Ordering").Swapping("MobileNodeKnown", "ServiceEnabled")
        ),
        Checks(
            "lma-late-ordering",
            "checks for the Home Network Prefix before the timestamp",
            "rfc5213-5.3-k1",
            checks => checks.Swapping("Ordering", "HomeNetworkPrefixPresent")
        ),
        Checks(
            "lma-early-prefix",
            "checks for the Home Network Prefix before the authorisation of the MAG",
            "rfc5213-5.3-k1",
            checks => checks.Swapping("GatewayAuthorized", "HomeNetworkPrefixPresent")
        ),
        Checks(
            "lma-early-handoff-indicator",
            "checks for the Handoff Indicator before the authorisation of the MAG",
            "rfc5213-5.3-k1",
            checks => checks.Swapping("GatewayAuthorized", "HandoffIndicatorPresent")
        ),
        Checks(
            "lma-early-access-technology",
            "checks for the Access Technology Type before the Handoff Indicator",
            "rfc5213-5.3-k1",
            checks => checks.Swapping("HandoffIndicatorPresent", "AccessTechnologyTypePresent")
        ),
        Checks(
            "lma-early-prefix-authorisation",
            "checks whether a new mobile node may have its prefixes before it looks for the Access Technology Type",
            "rfc5213-5.3-k1",
            checks =>
                checks.InsertingBefore("AccessTechnologyTypePresent", new("5.3.2(3)", "PrefixesAuthorized", PrefixesOfNewcomerAuthorized))
        ),
        Reads("lma-any-payload-proto", "accepts a message with any Payload Proto", "rfc5213-5.3.1-k2c", ForeignPayloadProto.Accept),
        Reads(
            "lma-no-binding-error",
            "sends no Binding Error for a Mobility Header of unknown type",
            "rfc5213-5.3.1-k2b",
            headers =>
                headers.Replacing(
                    "KnownType",
                    received =>
                        received.Bytes[MobilityHeader.TypeOffset] > (byte)MobilityHeaderType.BindingError
                            ? received.Discard("KnownType", "an unknown type")
                            : RuleOutcome.Continue
                )
        ),
        Checks(
            "lma-plain-binding-update",
            "answers a Binding Update without the P flag",
            "rfc5213-8.2-d2",
            checks => checks.Without("ProxyRegistration")
        ),
        Checks(
            "lma-unknown-option-rejected",
            "rejects a registration with an option it does not know",
            "rfc5213-8.1-k3",
            checks =>
                checks.InsertingBefore(
                    "ProxyRegistration",
                    new(
                        "8.1",
                        "KnownOptionsOnly",
                        request =>
                            request.Update.Options.Has<UnknownOption>()
                                ? request.Reject(BindingStatus.REASON_UNSPECIFIED)
                                : RuleOutcome.Continue
                    )
                )
        ),
        Checks(
            "lma-identifier-not-required",
            "does not look for an MN-Identifier, and does not know a mobile node without one",
            "rfc5213-5.3.1-k5",
            checks => checks.Without("MobileNodeIdentifierPresent")
        ),
        Checks(
            "lma-gateway-by-care-of-address",
            "looks for the authorisation of the Alternate Care-of Address instead of that of the sender",
            "rfc5213-5.3.1-k8",
            checks => checks.Replacing("GatewayAuthorized", CareOfAddressAuthorized)
        ),
        Checks(
            "lma-any-gateway",
            "accepts registrations from MAGs that are not authorised",
            "rfc5213-5.3.1-k8",
            checks => checks.Without("GatewayAuthorized")
        ),
        Checks(
            "lma-any-mobile-node",
            "serves unknown mobile nodes",
            "rfc5213-5.3.1-k9",
            checks => checks.Replacing("MobileNodeKnown", EverybodyKnown)
        ),
        Checks(
            "lma-disabled-mobile-node",
            "serves a mobile node that is not entitled to the service",
            "rfc5213-5.3.1-k10",
            checks => checks.Without("ServiceEnabled")
        ),
        Checks(
            "lma-prefix-not-required",
            "accepts a registration without a Home Network Prefix",
            "rfc5213-5.3.1-k12",
            checks => checks.Without("HomeNetworkPrefixPresent")
        ),
        Checks(
            "lma-handoff-indicator-not-required",
            "accepts a registration without a Handoff Indicator",
            "rfc5213-5.3.1-k13",
            checks => checks.Without("HandoffIndicatorPresent")
        ),
        Checks(
            "lma-access-technology-not-required",
            "accepts a registration without an Access Technology Type",
            "rfc5213-5.3.1-k14",
            checks => checks.Without("AccessTechnologyTypePresent")
        ),
    ];

    private static RuleOutcome CareOfAddressAuthorized(RegistrationRequest request) =>
        request.Anchor.Settings.AuthorizedMobileAccessGateways.Contains(request.ProxyCareOfAddress)
            ? RuleOutcome.Continue
            : request.Reject(BindingStatus.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);

    private static RuleOutcome PrefixesOfNewcomerAuthorized(RegistrationRequest request) =>
        request is { IsDeRegistration: false, HandoffIndicator: HandoffIndicator.AttachmentOverNewInterface }
        && !request.LeavesChoice()
        && !request.HomeNetworkPrefixes.All(prefix => request.Anchor.Settings.PrefixPool.Contains(prefix))
            ? request.Reject(BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX)
            : RuleOutcome.Continue;

    private static RuleOutcome EverybodyKnown(RegistrationRequest request)
    {
        var identifier = request.MobileNode?.Nai ?? string.Empty;
        request.Policy =
            request.Anchor.Settings.MobileNodes.FirstOrDefault(policy =>
                identifier.EndsWith(policy.IdentifierPattern.TrimStart('*'), StringComparison.Ordinal)
            ) ?? new MobileNodePolicy { IdentifierPattern = "*" };
        return RuleOutcome.Continue;
    }
}
