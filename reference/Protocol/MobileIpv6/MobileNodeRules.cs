using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// The rules of a mobile node by section, with one named rule per item of the specifications. A deviating mobile node gets a copy:
/// <c>rules with { HomeAgentUpdate = rules.HomeAgentUpdate.Without("AcknowledgeRequested") }</c>.
/// </summary>
public sealed record MobileNodeRules
{
    /// <summary>Mobile IPv6 with one care-of address.</summary>
    public static MobileNodeRules Default { get; } = new();

    /// <summary>The rules of a mobile node with these settings.</summary>
    public static MobileNodeRules For(MobileNodeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var rules = MobileNodeMcoaRules.Of(settings.Mcoa)(Default);
        return settings.DualStack is null ? rules : MobileNodeDualStackRules.Of(rules);
    }

    /// <summary>What the mobile node does once, when it starts, beside the use of its home address.</summary>
    public RuleList<MobileNodeState> Started { get; init; } = new();

    /// <summary>
    /// The path of a message for a mobile node, without the tunnel that a message of another node comes through; null for a message that
    /// is for none.
    /// </summary>
    public Func<MobileNodeState, SignalingTransport, SignalingTransport?> PathToMobileNode { get; init; } =
        (_, path) => path as Ipv6Signaling;

    /// <summary>RFC 6275, 9.2.</summary>
    public RuleList<ReceivedSignal> MobilityHeader { get; init; } = MobilityHeaderRules.Of(McoaVocabulary.Wire);

    /// <summary>RFC 6275, 5.1 and 11.7.3: a Binding Acknowledgement of the home agent is under its security association.</summary>
    public RuleList<ReceivedSignal> Protection { get; init; } = ProtectionRules.Of("RFC 6275 11.7.3 b1");

    /// <summary>RFC 6275, 11.5.5, and RFC 5648, 5.5 and 5.6: where the node is.</summary>
    public Func<MobileNodeState, MobileNodeAttachment> Attachment { get; init; } = MobileNodeWishRules.Attachment;

    /// <summary>RFC 6275, 11.5 and 11.7: the bindings that are wanted.</summary>
    public RuleList<MobileNodeWishes> Wishes { get; init; } = MobileNodeWishRules.Default;

    /// <summary>RFC 6275, 11.7.1, and RFC 5648, 5.3: the updates to the home agent.</summary>
    public RuleList<MobileNodePlan> HomeAgentPlan { get; init; } = MobileNodePlanRules.HomeAgent;

    /// <summary>RFC 6275, 11.6 and 11.7.2: the updates to a correspondent node, and the tests before them.</summary>
    public RuleList<MobileNodePlan> CorrespondentPlan { get; init; } = MobileNodePlanRules.Correspondent;

    /// <summary>RFC 6275, 11.7.1 and 11.5.5: the construction of an update to the home agent.</summary>
    public RuleList<MobileNodeUpdateDraft> HomeAgentUpdate { get; init; } = MobileNodeUpdateRules.HomeAgent;

    /// <summary>RFC 6275, 11.7.2: the construction of an update to a correspondent node.</summary>
    public RuleList<MobileNodeUpdateDraft> CorrespondentUpdate { get; init; } = MobileNodeUpdateRules.Correspondent;

    /// <summary>RFC 6275, 11.6.1.</summary>
    public RuleList<TestInitDraft> HomeTestInit { get; init; } = TestInitRules.Home;

    /// <summary>RFC 6275, 11.6.1; draft -04, 5.2.</summary>
    public RuleList<TestInitDraft> CareOfTestInit { get; init; } = TestInitRules.CareOf;

    /// <summary>RFC 6275, 11.6.2.</summary>
    public RuleList<TestInitAnswer> HomeTest { get; init; } = TestInitAnswerRules.Home;

    /// <summary>RFC 6275, 11.6.2; draft -04, 5.2.</summary>
    public RuleList<TestInitAnswer> CareOfTest { get; init; } = TestInitAnswerRules.CareOf;

    /// <summary>RFC 6275, 11.7.3: what is checked of a Binding Acknowledgement, and taken from it as a whole.</summary>
    public RuleList<MobileNodeAcknowledgement> Acknowledgement { get; init; } = MobileNodeAcknowledgementRules.Default;

    /// <summary>RFC 6275, 11.7.3, and RFC 5648, 5.7: what follows from the status of each binding.</summary>
    public RuleList<MobileNodeOutcome> Outcome { get; init; } = MobileNodeOutcomeRules.Default;

    /// <summary>RFC 6275, 11.5.5: after the de-registration at home.</summary>
    public RuleList<MobileNodeOutcome> ReturnedHome { get; init; } = MobileNodeForwardingRules.ReturnedHome;

    /// <summary>RFC 5648, 5.6.5: when the home link is lost.</summary>
    public RuleList<MobileNodeState> LeftHome { get; init; } = new();

    /// <summary>RFC 6275, 11.7.4.</summary>
    public RuleList<MobileNodeRefreshRequest> RefreshRequest { get; init; } = MobileNodeEventRules.RefreshRequest;

    /// <summary>RFC 6275, 11.3.6.</summary>
    public RuleList<MobileNodeBindingError> BindingError { get; init; } = MobileNodeEventRules.BindingError;

    /// <summary>RFC 6275, 11.7.2: a packet of a correspondent node through the tunnel.</summary>
    public RuleList<MobileNodeCorrespondentPacket> CorrespondentPacket { get; init; } = MobileNodeEventRules.CorrespondentPacket;

    /// <summary>RFC 6275, 11.7.1: the lifetime of a binding ends soon.</summary>
    public RuleList<MobileNodeBindingEvent> RefreshDue { get; init; } = MobileNodeEventRules.RefreshDue;

    /// <summary>RFC 6275, 11.3 and 11.5.5: by which paths the home address is used, after every change.</summary>
    public RuleList<MobileNodeState> Forwarding { get; init; } = MobileNodeForwardingRules.Default;

    /// <summary>RFC 6275, 11.8: the time-out after this one, up to MAX_BINDACK_TIMEOUT.</summary>
    public Func<MobileNodeSettings, TimeSpan, TimeSpan> BackOff { get; init; } =
        (settings, timeout) => timeout * 2 < settings.MaximumTimeout ? timeout * 2 : settings.MaximumTimeout;

    /// <summary>RFC 6275, 11.8: when a message of an MH Type may be sent to a peer; null if now.</summary>
    public Func<MobileNodeState, IPAddress, byte, Instant, Instant?> Rate { get; init; } =
        (node, peer, type, now) => node.Rate.NextAt(peer, type, now);

    /// <summary>RFC 5648, 5.7: the status that counts for a binding.</summary>
    public Func<MobileNodeAcknowledgement, MobileNodeUpdateItem, BindingStatus> StatusOf { get; init; } =
        (answer, _) => answer.Message.Status;

    /// <summary>Whether an accepted binding stays until it is removed (draft -04, 5.5).</summary>
    public Predicate<MobileNodeOutcome> IsForever { get; init; } = _ => false;

    /// <summary>RFC 5648, 5.1 and 5.2, and draft -04, 5.3: whether a Binding Identifier option has the care-of address.</summary>
    public Func<MobileNodeUpdateDraft, MobileNodeUpdateItem, bool> NamesCareOfAddress { get; init; } = (_, _) => false;

    /// <summary>What is expected of a peer that is not known yet.</summary>
    public Func<MobileNodePeer, MobileNodeSettings, MobileNodePeer> NewPeer { get; init; } = (peer, _) => peer;

    /// <summary>The vocabulary of several care-of addresses; null to skip Binding Identifier options.</summary>
    public McoaVocabulary? Mcoa { get; init; }
}
