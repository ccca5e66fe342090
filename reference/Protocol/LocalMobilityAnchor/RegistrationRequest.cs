using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>A Proxy Binding Update on its way through the rules of RFC 5213, Section 5.3: what it says, and what has been found out about it.</summary>
public sealed class RegistrationRequest
{
    public RegistrationRequest(AnchorState anchor, RoleInput.Signal signal, BindingUpdate update, Now now)
    {
        Anchor = anchor;
        Signal = signal;
        Update = update;
        Now = now;
        HomeNetworkPrefixes = [.. update.Options.All<HomeNetworkPrefixOption>().Select(option => option.Prefix)];
    }

    public AnchorState Anchor { get; }

    public RoleInput.Signal Signal { get; }

    public BindingUpdate Update { get; }

    /// <summary>The time of the decision: that of the arrival, or that at which a wait ended.</summary>
    public Now Now { get; init; }

    /// <summary>The request has waited for a de-registration and will not wait again.</summary>
    public bool HasWaited { get; init; }

    public MobileNodeIdentifierOption? MobileNode => Update.Options.First<MobileNodeIdentifierOption>();

    /// <summary>The prefixes of all Home Network Prefix options, in their order.</summary>
    public IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes { get; }

    public HandoffIndicator? HandoffIndicator => Update.Options.First<HandoffIndicatorOption>()?.Value;

    public AccessTechnologyType? AccessTechnology => Update.Options.First<AccessTechnologyTypeOption>()?.Value;

    public OctetString? LinkLayerIdentifier => Update.Options.First<MobileNodeLinkLayerIdentifierOption>()?.Identifier;

    public IPAddress? LinkLocalAddress => Update.Options.First<LinkLocalAddressOption>()?.Address;

    public Timestamp? Timestamp => Update.Options.First<TimestampOption>()?.Value;

    /// <summary>RFC 5213, Section 6.9.1.5: the address of an Alternate Care-of Address option, otherwise the source of the request.</summary>
    public IPAddress ProxyCareOfAddress => Update.Options.First<AlternateCareOfAddressOption>()?.Address ?? Signal.Source;

    public bool IsDeRegistration => Update.LifetimeUnits == 0;

    /// <summary>What is known of the mobile node, once it has been identified.</summary>
    public MobileNodePolicy? Policy { get; set; }

    /// <summary>What the request is about, once the binding cache has been looked through.</summary>
    public LookupOutcome? Target { get; set; }

    /// <summary>The prefixes chosen for a new session.</summary>
    public IReadOnlyList<Ipv6Prefix> AssignedPrefixes { get; set; } = [];

    /// <summary>The session as the request has left it, once one has been created, changed or found.</summary>
    public BindingCacheEntry? Entry { get; set; }

    /// <summary>The last number accepted for the session, where the request's is not greater (RFC 6275, Section 9.5.1).</summary>
    public ushort? LastAcceptedSequenceNumber { get; set; }

    /// <summary>The status to answer with; null while undecided, and for ever where there is to be no answer.</summary>
    public BindingStatus? Status { get; private set; }

    public RuleOutcome Accept() => Answer(BindingStatus.ACCEPTED);

    public RuleOutcome Reject(BindingStatus status) => Answer(status);

    /// <summary>Drops the request without an answer.</summary>
    public RuleOutcome Ignore(string rule, string why)
    {
        Anchor.Actions.Log(rule, $"{MobileNode?.Nai ?? "unknown mobile node"} from {Signal.Source}: {why}");
        return RuleOutcome.Stop;
    }

    /// <summary>The lifetime granted: what was asked for, up to the maximum.</summary>
    public ushort GrantedLifetimeUnits => Math.Min(Update.LifetimeUnits, LifetimeField.Units(Anchor.Settings.MaximumLifetime));

    /// <summary>The same message, looked at again when a wait has ended.</summary>
    public RegistrationRequest Again(Now now, bool hasWaited) =>
        new(Anchor, Signal, Update, now) { HasWaited = hasWaited, Policy = Policy };

    private RuleOutcome Answer(BindingStatus status)
    {
        Status = status;
        return RuleOutcome.Stop;
    }
}
