using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// RFC 5213, Section 5.3.1, in the order that the section requires. Items 1 and 2 are applied to the Mobility Header earlier
/// (<see cref="ProtectionRules"/>, <see cref="MobilityHeaderRules"/>); item 14 constructs every answer
/// (<see cref="AcknowledgementRules"/>).
/// </summary>
internal static class ProxyBindingUpdateRules
{
    public static RuleList<RegistrationRequest> Default { get; } =
        new(
            new("5.3.1(1)", "ProxyRegistration", ProxyRegistration),
            new("5.3.1(3)", "HomeAddressOptionNotRequired", HomeAddressOptionNotRequired),
            new("5.3.1(4)", "MobileNodeIdentifierPresent", MobileNodeIdentifierPresent),
            new("5.3.1(5)-(6)", "GatewayAuthorized", GatewayAuthorized),
            new("5.3.1(7)", "MobileNodeKnown", MobileNodeKnown),
            new("5.3.1(8)", "ServiceEnabled", ServiceEnabled),
            new("5.3.1(9)", "Ordering", Ordering),
            new("5.3.1(10)", "HomeNetworkPrefixPresent", HomeNetworkPrefixPresent),
            new("5.3.1(11)", "HandoffIndicatorPresent", HandoffIndicatorPresent),
            new("5.3.1(12)", "AccessTechnologyTypePresent", AccessTechnologyTypePresent),
            new("5.3.1(13)", "ExistenceTest", ExistenceTest)
        );

    /// <summary>Other Binding Updates are ignored.</summary>
    private static RuleOutcome ProxyRegistration(RegistrationRequest request) =>
        request.Update.IsProxy
            ? RuleOutcome.Continue
            : request.Ignore("ProxyRegistration", "a Binding Update without the P flag is not a proxy registration");

    /// <summary>The check of RFC 6275, Section 10.3.1, would belong here; it is not made.</summary>
    private static RuleOutcome HomeAddressOptionNotRequired(RegistrationRequest request) => RuleOutcome.Continue;

    private static RuleOutcome MobileNodeIdentifierPresent(RegistrationRequest request) =>
        request.MobileNode is null ? request.Reject(BindingStatus.MISSING_MN_IDENTIFIER_OPTION) : RuleOutcome.Continue;

    private static RuleOutcome GatewayAuthorized(RegistrationRequest request) =>
        request.Anchor.Gateways.Contains(request.Signal.Sender)
            ? RuleOutcome.Continue
            : request.Reject(BindingStatus.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);

    private static RuleOutcome MobileNodeKnown(RegistrationRequest request)
    {
        if (request.MobileNode is { Subtype: MobileNodeIdentifierOption.NaiSubtype } mobileNode)
        {
            request.Policy = request.Anchor.Policies.Find(mobileNode);
        }
        return request.Policy is null ? request.Reject(BindingStatus.NOT_LMA_FOR_THIS_MOBILE_NODE) : RuleOutcome.Continue;
    }

    private static RuleOutcome ServiceEnabled(RegistrationRequest request) =>
        request.Policy is { ProxyRegistrationEnabled: false } ? request.Reject(BindingStatus.PROXY_REG_NOT_ENABLED) : RuleOutcome.Continue;

    private static RuleOutcome Ordering(RegistrationRequest request) => request.Anchor.Rules.Ordering.Apply(request);

    private static RuleOutcome HomeNetworkPrefixPresent(RegistrationRequest request) =>
        request.HomeNetworkPrefixes.Count == 0 ? request.Reject(BindingStatus.MISSING_HOME_NETWORK_PREFIX_OPTION) : RuleOutcome.Continue;

    private static RuleOutcome HandoffIndicatorPresent(RegistrationRequest request) =>
        request.HandoffIndicator is null ? request.Reject(BindingStatus.MISSING_HANDOFF_INDICATOR_OPTION) : RuleOutcome.Continue;

    private static RuleOutcome AccessTechnologyTypePresent(RegistrationRequest request) =>
        request.AccessTechnology is null ? request.Reject(BindingStatus.MISSING_ACCESS_TECH_TYPE_OPTION) : RuleOutcome.Continue;

    private static RuleOutcome ExistenceTest(RegistrationRequest request) => request.Anchor.Rules.ExistenceTest.Apply(request);
}
