namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// Adds IPv4 transport to the rules of a local mobility anchor, RFC 5844, Section 4.1. A request over IPv4 goes through the same lists as
/// one over IPv6; what the section changes are a list before the existence test and one in the construction of the answer, each by edition.
/// </summary>
public static class Ipv4TransportRules
{
    /// <summary>RFC 5844: UDP only if it is forced, and only between the data ports.</summary>
    public static RuleList<RegistrationRequest> EncapsulationOfRfc5844 { get; } =
        new(
            new("RFC 5844 4.1.3.1 b3.b1", "ForcedUdpRefused", Ipv4TransportEncapsulationRules.ForcedUdpRefused),
            new("RFC 5844 4.1.3.1 b3.b3", "ForcedUdp", Ipv4TransportEncapsulationRules.ForcedUdp),
            new("RFC 5844 4.1.4.1 b2", "TunnelChosen", Ipv4TransportEncapsulationRules.TunnelBetweenDataPorts)
        );

    /// <summary>RFC 5844, Section 4.2.2, b6.b2: the MAG learns by the NAT Detection option that UDP is forced.</summary>
    public static RuleList<AcknowledgementDraft> ReplyOfRfc5844 { get; } =
        new(new NamedRule<AcknowledgementDraft>("RFC 5844 1.2", "ForcedUdpTold", Ipv4TransportReplyRules.ForcedUdpTold));

    /// <summary>UDP if there is a NAT or if it is forced, behind a TLV header if that is asked for.</summary>
    private static readonly RuleList<RegistrationRequest> _encapsulationOfDraft04 = new(
        new("draft -04 4.1.3.1 b5.b1", "UdpThroughNat", Ipv4TransportEncapsulationRules.UdpThroughNat),
        new("draft -04 4.1.3.1 b5.b2", "ForcedUdp", Ipv4TransportEncapsulationRules.ForcedUdp),
        new("draft -04 4.1.3.1 b5.b3", "TlvHeader", Ipv4TransportEncapsulationRules.TlvHeader),
        new("draft -04 5.1", "UdpRefused", Ipv4TransportEncapsulationRules.UdpRefused),
        new("draft -04 4.1.4.1", "TunnelChosen", Ipv4TransportEncapsulationRules.TunnelBetweenPortsOfRequest)
    );

    private static readonly RuleList<AcknowledgementDraft> _replyOfDrafts = new(
        new("draft -04 4.1.3.2 b1", "NatTold", Ipv4TransportReplyRules.NatTold),
        new("draft -04 4.2.2 b8.b2", "TlvHeaderGranted", Ipv4TransportReplyRules.TlvHeaderGranted)
    );

    /// <summary>The rules with IPv4 transport by an edition.</summary>
    public static Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> Of(Ipv4Edition edition) =>
        edition switch
        {
            Ipv4Edition.Rfc5844 => Rfc5844,
            Ipv4Edition.Draft04 => Draft04,
            Ipv4Edition.Draft02 => Draft02,
            _ => throw new ArgumentOutOfRangeException(nameof(edition)),
        };

    public static LocalMobilityAnchorRules Rfc5844(LocalMobilityAnchorRules rules) =>
        Over(rules) with
        {
            Ipv4TransportPort = ports => new RoleAction.OpenUdp(ports.Control, UdpContent.MobilityHeaders),
        };

    public static LocalMobilityAnchorRules Draft04(LocalMobilityAnchorRules rules) =>
        Over(rules) with
        {
            Ipv4TransportPort = ports => new RoleAction.OpenUdp(ports.DualStack, UdpContent.MobilityHeadersInIpv6),
            Ipv4Encapsulation = _encapsulationOfDraft04,
            Ipv4TransportReply = _replyOfDrafts,
        };

    /// <summary>The F flag has no rule. A TLV header in the request says that its tunnel has one.</summary>
    public static LocalMobilityAnchorRules Draft02(LocalMobilityAnchorRules rules) =>
        Draft04(rules) with
        {
            Ipv4Encapsulation = _encapsulationOfDraft04
                .Without("ForcedUdp")
                .Replacing("TlvHeader", Ipv4TransportEncapsulationRules.TlvHeaderOfRequest),
        };

    private static LocalMobilityAnchorRules Over(LocalMobilityAnchorRules rules) =>
        rules with
        {
            ProxyBindingUpdate = rules.ProxyBindingUpdate.InsertingBefore(
                "ExistenceTest",
                new(
                    "RFC 5844 4.1.3.1",
                    "Ipv4Encapsulation",
                    request => request.IsOverIpv4 ? request.Anchor.Rules.Ipv4Encapsulation.Apply(request) : RuleOutcome.Continue
                )
            ),
            LifetimeExtension = rules.LifetimeExtension.InsertingBefore(
                "ForwardingResumed",
                new("RFC 5844 4.1.4.1", "OtherTunnelLeft", Ipv4TransportEncapsulationRules.OtherTunnelLeft)
            ),
            Acknowledgement = rules.Acknowledgement.InsertingBefore(
                "SecurityAssociation",
                new(
                    "RFC 5844 4.1.3.2",
                    "Ipv4TransportReply",
                    draft => draft.Request.IsOverIpv4 ? draft.Request.Anchor.Rules.Ipv4TransportReply.Apply(draft) : RuleOutcome.Continue
                )
            ),
        };
}
