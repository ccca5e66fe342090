namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// What a gateway does, section by section, each item of RFC 5213 under a name of its own. A gateway that deviates gets a
/// copy: <c>Default with { Construction = Default.Construction.Without("Timestamp") }</c>.
/// </summary>
public sealed record MobileAccessGatewayRules
{
    public static MobileAccessGatewayRules Default { get; } = new();

    /// <summary>6.9.1.2, item 2, which is RFC 6275, Section 9.2.</summary>
    public RuleList<ReceivedSignal> MobilityHeader { get; init; } = MobilityHeaderRules.Default;

    /// <summary>6.9.1.1 and 6.9.1.5: the construction of every Proxy Binding Update.</summary>
    public RuleList<UpdateDraft> Construction { get; init; } = UpdateRules.Initial;

    /// <summary>6.9.1.3: what is different in an extension.</summary>
    public RuleList<UpdateDraft> LifetimeExtension { get; init; } = UpdateRules.Extension;

    /// <summary>6.9.1.4: what is different in a de-registration.</summary>
    public RuleList<UpdateDraft> DeRegistration { get; init; } = UpdateRules.DeRegistration;

    /// <summary>6.9.1.2, items 1 to 15.</summary>
    public RuleList<ReceivedAcknowledgement> ProxyBindingAcknowledgement { get; init; } = AcknowledgementProcessingRules.Default;

    /// <summary>6.9.1.4, what is done when a de-registration has been answered or waited for.</summary>
    public RuleList<EndingAttachment> EndOfAttachment { get; init; } = EndOfAttachmentRules.Default;

    /// <summary>6.9.2.</summary>
    public RuleList<RouterAdvertisementDraft> RouterAdvertisement { get; init; } = RouterAdvertisementRules.Default;

    /// <summary>6.9.4.</summary>
    public RuleList<UpdateTransmission> Retransmission { get; init; } = RetransmissionRules.Default;
}
