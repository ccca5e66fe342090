namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// The rules of a local mobility anchor by section, with one named rule per item of RFC 5213. A deviating local mobility anchor
/// gets a copy: <c>Default with { Acknowledgement = Default.Acknowledgement.Without("HandoffIndicatorEchoed") }</c>.
/// </summary>
public sealed record LocalMobilityAnchorRules
{
    public static LocalMobilityAnchorRules Default { get; } = new();

    /// <summary>5.3.1, item 1: Section 4 says how a message is authenticated.</summary>
    public RuleList<ReceivedSignal> Protection { get; init; } = ProtectionRules.Of("5.3.1(1)");

    /// <summary>5.3.1, item 2, which is RFC 6275, Section 9.2.</summary>
    public RuleList<ReceivedSignal> MobilityHeader { get; init; } = MobilityHeaderRules.Default;

    /// <summary>5.3.1, items 3 to 13, and what a Proxy Binding Update is.</summary>
    public RuleList<RegistrationRequest> ProxyBindingUpdate { get; init; } = ProxyBindingUpdateRules.Default;

    /// <summary>5.5: message ordering; item 9 of 5.3.1.</summary>
    public RuleList<RegistrationRequest> Ordering { get; init; } = OrderingRules.Default;

    /// <summary>The parts of item 13 of 5.3.1.</summary>
    public RuleList<RegistrationRequest> ExistenceTest { get; init; } = ExistenceTestRules.Default;

    /// <summary>5.4.1.1.</summary>
    public RuleList<BindingCacheLookup> LookupByHomeNetworkPrefix { get; init; } = LookupByHomeNetworkPrefixRules.Default;

    /// <summary>5.4.1.2.</summary>
    public RuleList<BindingCacheLookup> LookupByLinkLayerIdentifier { get; init; } = LookupByLinkLayerIdentifierRules.Default;

    /// <summary>5.4.1.3.</summary>
    public RuleList<BindingCacheLookup> LookupByMobileNodeIdentifier { get; init; } = LookupByMobileNodeIdentifierRules.Default;

    /// <summary>5.3.2.</summary>
    public RuleList<RegistrationRequest> InitialRegistration { get; init; } = InitialRegistrationRules.Default;

    /// <summary>5.3.3.</summary>
    public RuleList<RegistrationRequest> LifetimeExtension { get; init; } = LifetimeExtensionRules.Default;

    /// <summary>5.3.4.</summary>
    public RuleList<RegistrationRequest> AfterHandoff { get; init; } = AfterHandoffRules.Default;

    /// <summary>5.3.5: the steps on arrival of the request.</summary>
    public RuleList<RegistrationRequest> DeRegistration { get; init; } = DeRegistrationRules.Default;

    /// <summary>5.3.5: the end of the delay before deletion, and the end of the granted lifetime.</summary>
    public RuleList<EndingSession> EndOfSession { get; init; } = EndOfSessionRules.Default;

    /// <summary>4, 6.12, 9.1 and 9.3: system management and administrators intervene.</summary>
    public RuleList<AdministrativeRequest> Administration { get; init; } = AdministrationRules.Default;

    /// <summary>5.3.6, by bullet; item 14 of 5.3.1.</summary>
    public RuleList<AcknowledgementDraft> Acknowledgement { get; init; } = AcknowledgementRules.Default;
}
