using System.Net;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// The rules of a correspondent node by section, with one named rule per item of the specifications. A deviating correspondent node gets a
/// copy: <c>rules with { Update = rules.Update.Without("SequenceNumberGreater") }</c>.
/// </summary>
public sealed record CorrespondentNodeRules
{
    /// <summary>Mobile IPv6 with one care-of address.</summary>
    public static CorrespondentNodeRules Default { get; } = new();

    /// <summary>The rules of a correspondent node with these settings.</summary>
    public static CorrespondentNodeRules For(CorrespondentNodeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return CorrespondentMcoaRules.Of(settings.Mcoa)(Default);
    }

    /// <summary>RFC 6275, 9.2.</summary>
    public RuleList<ReceivedSignal> MobilityHeader { get; init; } = MobilityHeaderRules.Of(McoaVocabulary.Wire);

    /// <summary>RFC 6275, 9.4.1 and 9.4.3.</summary>
    public RuleList<ReturnRoutabilityTest> HomeTest { get; init; } = ReturnRoutabilityRules.HomeTest;

    /// <summary>RFC 6275, 9.4.2 and 9.4.4; draft -04, 6.2.</summary>
    public RuleList<ReturnRoutabilityTest> CareOfTest { get; init; } = ReturnRoutabilityRules.CareOfTest;

    /// <summary>RFC 6275, 9.5.1.</summary>
    public RuleList<CorrespondentRegistration> Update { get; init; } = CorrespondentUpdateRules.Default;

    /// <summary>RFC 5648, 6.2, and draft -04, 6.3: the steps for Binding Identifier options; none with one care-of address.</summary>
    public RuleList<CorrespondentRegistration> BindingIdentifiers { get; init; } = new();

    /// <summary>RFC 6275, 9.5.2.</summary>
    public RuleList<CorrespondentRegistration> Caching { get; init; } = CorrespondentCachingRules.Default;

    /// <summary>RFC 6275, 9.5.3.</summary>
    public RuleList<CorrespondentRegistration> Deletion { get; init; } = CorrespondentDeletionRules.Default;

    /// <summary>RFC 6275, 9.5.4.</summary>
    public RuleList<CorrespondentAcknowledgement> Acknowledgement { get; init; } = CorrespondentAcknowledgementRules.Default;

    /// <summary>RFC 6275, 9.5.2: the end of the granted lifetime.</summary>
    public RuleList<CorrespondentBindingEvent> EndOfBinding { get; init; } = CorrespondentBindingRules.EndOfBinding;

    /// <summary>RFC 6275, 9.5.5.</summary>
    public RuleList<RefreshRequestDraft> RefreshRequest { get; init; } = CorrespondentBindingRules.RefreshRequest;

    /// <summary>RFC 6275, 9.3.1 and 9.3.3: a packet with the Home Address option of another binding or of none.</summary>
    public RuleList<UnverifiedCorrespondentPacket> Unverified { get; init; } = CorrespondentBindingRules.Unverified;

    /// <summary>RFC 6275, 9.5.1: the care-of address that a Binding Update asks to register, before that is decided.</summary>
    public Func<CorrespondentRegistration, IPAddress> CareOfAddress { get; init; } = request => request.CareOf;

    /// <summary>Which bindings count their Sequence Numbers together.</summary>
    public Func<BindingKey, BindingKey> SequenceScope { get; init; } = SequenceWindow.OfHomeAddress;

    /// <summary>The vocabulary of several care-of addresses; null to skip Binding Identifier options.</summary>
    public McoaVocabulary? Mcoa { get; init; }
}
