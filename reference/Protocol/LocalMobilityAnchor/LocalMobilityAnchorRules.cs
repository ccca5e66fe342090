using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// The rules of a local mobility anchor by section, with one named rule per item of RFC 5213. A deviating local mobility anchor
/// gets a copy: <c>Default with { Acknowledgement = Default.Acknowledgement.Without("HandoffIndicatorEchoed") }</c>.
/// </summary>
public sealed record LocalMobilityAnchorRules
{
    public static LocalMobilityAnchorRules Default { get; } = new();

    /// <summary>
    /// The rules of a local mobility anchor with these settings: the default ones, with IPv4 support and transport if the settings have
    /// them.
    /// </summary>
    public static LocalMobilityAnchorRules For(LocalMobilityAnchorSettings settings)
    {
        var supporting = settings.Ipv4 is { } ipv4 ? Ipv4Rules.Of(ipv4.Edition)(Default) : Default;
        return settings.Ipv4Transport is { } transport ? Ipv4TransportRules.Of(transport.Edition)(supporting) : supporting;
    }

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

    /// <summary>RFC 5844, 3.4.2 and 3.4.3: the DHCP server of the local mobility anchor.</summary>
    public RuleList<AnchorDhcpExchange> DhcpServer { get; init; } = AnchorDhcpServerRules.Default;

    /// <summary>
    /// The options and statuses of IPv4 support; null without it. The lists that follow apply only where <see cref="Ipv4Rules"/> inserts
    /// them.
    /// </summary>
    public Ipv4Vocabulary? Ipv4 { get; init; }

    /// <summary>RFC 5844, 3.1.2.1.</summary>
    public RuleList<RegistrationRequest> Ipv4Admission { get; init; } = Ipv4AdmissionRules.Default;

    /// <summary>RFC 5844, 3.1.2.2.</summary>
    public RuleList<RegistrationRequest> Ipv4Assignment { get; init; } = Ipv4AssignmentRules.Default;

    /// <summary>RFC 5844, 3.1.2.6 and 3.3.4.</summary>
    public RuleList<AcknowledgementDraft> Ipv4Reply { get; init; } = Ipv4ReplyRules.Default;

    /// <summary>RFC 5844, 3.1.2.7.</summary>
    public RuleList<BindingCacheLookup> LookupByIpv4HomeAddress { get; init; } = LookupByIpv4HomeAddressRules.Default;

    /// <summary>
    /// The port at which requests arrive over IPv4; null without IPv4 transport. The lists that follow apply only where
    /// <see cref="Ipv4TransportRules"/> inserts them.
    /// </summary>
    public Func<MobilityPorts, RoleAction.OpenUdp>? Ipv4TransportPort { get; init; }

    /// <summary>RFC 5844, 4.1.3.1, item 3: which tunnel a request over IPv4 gets.</summary>
    public RuleList<RegistrationRequest> Ipv4Encapsulation { get; init; } = Ipv4TransportRules.EncapsulationOfRfc5844;

    /// <summary>RFC 5844, 4.1.3.2: what the answer to a request over IPv4 has besides.</summary>
    public RuleList<AcknowledgementDraft> Ipv4TransportReply { get; init; } = Ipv4TransportRules.ReplyOfRfc5844;
}
