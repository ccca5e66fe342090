namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// The rules of a mobile access gateway by section, with one named rule per item of RFC 5213, and of RFC 5844, Sections 3 and 4. A
/// deviating mobile access gateway gets a copy: <c>Default with { Construction = Default.Construction.Without("Timestamp") }</c>.
/// </summary>
public sealed record MobileAccessGatewayRules
{
    public static MobileAccessGatewayRules Default { get; } = new();

    /// <summary>The rules for these settings: the default ones, with what an edition of IPv4 support decides otherwise.</summary>
    public static MobileAccessGatewayRules For(MobileAccessGatewaySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var rules = settings.Ipv4?.Edition switch
        {
            Ipv4Edition.Draft04 => Ipv4Draft04Rules.Apply(Default),
            Ipv4Edition.Draft02 => Ipv4Draft02Rules.Apply(Default),
            _ => Default,
        };
        return settings.Ipv4Transport?.Edition switch
        {
            Ipv4Edition.Draft04 => Ipv4TransportDraft04Rules.Apply(rules),
            Ipv4Edition.Draft02 => Ipv4TransportDraft02Rules.Apply(rules),
            _ => rules,
        };
    }

    /// <summary>RFC 5844, 4.2.2: the MAG starts.</summary>
    public RuleList<GatewayState> Start { get; init; } = Ipv4TransportRules.Start;

    /// <summary>6.9.1.2, item 1: Section 4 says how a message is authenticated.</summary>
    public RuleList<ReceivedSignal> Protection { get; init; } = ProtectionRules.Of("6.9.1.2(1)");

    /// <summary>6.9.1.2, item 2, which is RFC 6275, Section 9.2.</summary>
    public RuleList<ReceivedSignal> MobilityHeader { get; init; } = MobilityHeaderRules.Default;

    /// <summary>6.2 and 6.6: who the mobile node is that an event at an access link shows.</summary>
    public RuleList<DetectionEvent> Identification { get; init; } = IdentificationRules.Default;

    /// <summary>6.9.1.1, item 1: the events by which an identified mobile node is detected, and what follows.</summary>
    public RuleList<DetectionEvent> Detection { get; init; } = DetectionRules.Default;

    /// <summary>6.14: a node without mobility service.</summary>
    public RuleList<RegularNode> RegularAccess { get; init; } = RegularAccessRules.Default;

    /// <summary>6.11: the DHCPv6 relay agent.</summary>
    public RuleList<RelayedDhcpv6> Dhcpv6Relay { get; init; } = Dhcpv6RelayRules.Default;

    /// <summary>RFC 5844, 3.4.3: a DHCP message of a mobile node.</summary>
    public RuleList<DhcpExchange> Dhcp { get; init; } = DhcpRules.Default;

    /// <summary>RFC 5844, 3.4.1: the DHCP server.</summary>
    public RuleList<DhcpExchange> DhcpServer { get; init; } = DhcpServerRules.Default;

    /// <summary>RFC 5844, 3.4.2: a DHCP message from a mobile node to the relay agent.</summary>
    public RuleList<RelayedDhcpRequest> DhcpRelay { get; init; } = DhcpRelayRules.Requests;

    /// <summary>RFC 5844, 3.4.2: a DHCP message from a server to the relay agent.</summary>
    public RuleList<RelayedDhcpReply> DhcpRelayReply { get; init; } = DhcpRelayRules.Replies;

    /// <summary>RFC 5844, 3.2.3.2, 3.2.4 and 3.4: the MAG on the access link of a mobile node with an IPv4 home address.</summary>
    public RuleList<Ipv4LinkDraft> Ipv4Link { get; init; } = Ipv4LinkRules.Default;

    /// <summary>RFC 5844, 3.2.3.3: a mobile node is not served with IPv4 any more.</summary>
    public RuleList<EndedIpv4> EndOfIpv4 { get; init; } = EndOfIpv4Rules.Default;

    /// <summary>RFC 5844, 3.2.3.3: the start of the de-registration of an IPv4 home address alone.</summary>
    public RuleList<AttachmentEvent> StartOfIpv4Release { get; init; } = StartOfIpv4ReleaseRules.Default;

    /// <summary>6.9.1.1: the start of an initial registration.</summary>
    public RuleList<UnregisteredMobileNode> StartOfRegistration { get; init; } = StartOfRegistrationRules.Default;

    /// <summary>6.9.1.3, item 1: the start of an extension.</summary>
    public RuleList<AttachmentEvent> StartOfExtension { get; init; } = StartOfExtensionRules.Default;

    /// <summary>6.13: whether a mobile node is still attached when the lifetime of its binding has to be extended.</summary>
    public RuleList<PresenceCheck> PresenceProbing { get; init; } = PresenceProbingRules.Default;

    /// <summary>6.9.1.3 and 6.10.5: the granted lifetime ends without an extension.</summary>
    public RuleList<AttachmentEvent> EndOfLifetime { get; init; } = EndOfLifetimeRules.Default;

    /// <summary>6.9.1.2, item 11, and 6.10.5: a mobile node that stays attached is not served any more.</summary>
    public RuleList<DeniedService> EndOfService { get; init; } = EndOfServiceRules.Default;

    /// <summary>6.9.1.4, item 1: the start of a de-registration.</summary>
    public RuleList<AttachmentEvent> StartOfDeRegistration { get; init; } = StartOfDeRegistrationRules.Default;

    /// <summary>6.9.1.1 and 6.9.1.5: the construction of every Proxy Binding Update.</summary>
    public RuleList<UpdateDraft> Construction { get; init; } = UpdateRules.Initial;

    /// <summary>6.9.1.3: changes for an extension.</summary>
    public RuleList<UpdateDraft> LifetimeExtension { get; init; } = UpdateRules.Extension;

    /// <summary>6.9.1.4: changes for a de-registration.</summary>
    public RuleList<UpdateDraft> DeRegistration { get; init; } = UpdateRules.DeRegistration;

    /// <summary>6.9.1.2, items 3 to 15, and what a Proxy Binding Acknowledgement is.</summary>
    public RuleList<ReceivedAcknowledgement> ProxyBindingAcknowledgement { get; init; } = AcknowledgementProcessingRules.Default;

    /// <summary>6.9.1.2, item 15: an address of the MAG was tested for uniqueness.</summary>
    public RuleList<TestedAddress> AddressTest { get; init; } = AddressTestRules.Default;

    /// <summary>6.9.1.4: the steps after a de-registration was answered or its timeout has expired.</summary>
    public RuleList<EndingAttachment> EndOfAttachment { get; init; } = EndOfAttachmentRules.Default;

    /// <summary>9.2 and 9.3, 6.9.1.2, item 7, 6.9.1.4, item 1, and 6.12: system management and administrators intervene.</summary>
    public RuleList<AdministrativeRequest> Administration { get; init; } = AdministrationRules.Default;

    /// <summary>6.12: a prefix of a mobile node is renumbered or invalid.</summary>
    public RuleList<WithdrawnPrefix> PrefixWithdrawal { get; init; } = PrefixWithdrawalRules.Default;

    /// <summary>6.10.3 and 6.10.5: the routes of a mobile node.</summary>
    public RuleList<RoutingDraft> Routing { get; init; } = RoutingRules.Default;

    /// <summary>6.9.5: the MTU of the path to an LMA.</summary>
    public RuleList<ReportedPathMtu> PathMtu { get; init; } = PathMtuRules.Default;

    /// <summary>6.9.2.</summary>
    public RuleList<RouterAdvertisementDraft> RouterAdvertisement { get; init; } = RouterAdvertisementRules.Default;

    /// <summary>6.9.4.</summary>
    public RuleList<UpdateTransmission> Retransmission { get; init; } = RetransmissionRules.Default;
}
