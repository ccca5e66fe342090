using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// A Proxy Binding Update while the rules of RFC 5213, Section 5.3, are applied: its content, and the intermediate results.
/// </summary>
public sealed class RegistrationRequest
{
    private readonly Timestamp? _timestamp;

    public RegistrationRequest(AnchorState anchor, RoleInput.Signal signal, BindingUpdate update, Now now)
    {
        Anchor = anchor;
        Signal = signal;
        Update = update;
        Now = now;
        HomeNetworkPrefixes = PrefixesIn(update.Options);
        Ipv4Requests = anchor.Rules.Ipv4 is { } vocabulary ? [.. vocabulary.Requests(update)] : [];
        MobileNode = update.Options.First<MobileNodeIdentifierOption>();
        HandoffIndicator = update.Options.First<HandoffIndicatorOption>()?.Value;
        AccessTechnology = update.Options.First<AccessTechnologyTypeOption>()?.Value;
        LinkLayerIdentifier = update.Options.First<MobileNodeLinkLayerIdentifierOption>()?.Identifier;
        _timestamp = update.Options.First<TimestampOption>()?.Value;
        ProxyCareOfAddress = anchor.Known(
            signal.Path is Ipv4UdpSignaling ? signal.Source : update.Options.First<AlternateCareOfAddressOption>()?.Address ?? signal.Sender
        );
    }

    public AnchorState Anchor { get; }

    public RoleInput.Signal Signal { get; }

    public BindingUpdate Update { get; }

    /// <summary>The time of the decision: when the request arrived, or when its wait ended.</summary>
    public Now Now { get; init; }

    /// <summary>The request has waited for a de-registration and will not wait again.</summary>
    public bool HasWaited { get; init; }

    public MobileNodeIdentifierOption? MobileNode { get; }

    /// <summary>The prefixes of all Home Network Prefix options, in the order of the message.</summary>
    public IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes { get; }

    /// <summary>The IPv4 home addresses that are requested, in the order of the message; empty without IPv4 support.</summary>
    public IReadOnlyList<Ipv4HomeAddress> Ipv4Requests { get; }

    public HandoffIndicator? HandoffIndicator { get; }

    public AccessTechnologyType? AccessTechnology { get; }

    public OctetString? LinkLayerIdentifier { get; }

    public IPAddress? LinkLocalAddress => Update.Options.First<LinkLocalAddressOption>()?.Address;

    /// <summary>The timestamp of the request; null if it has none, or if timestamps are not in use.</summary>
    public Timestamp? Timestamp => Anchor.Settings.TimestampBasedApproachInUse ? _timestamp : null;

    /// <summary>
    /// RFC 5213, Section 6.9.1.5: the address in the Alternate Care-of Address option, otherwise that of the sender. RFC 5844, Section
    /// 4.1.1: over IPv4 without IPv6 it is the source.
    /// </summary>
    public IPAddress ProxyCareOfAddress { get; }

    /// <summary>RFC 5844, Section 4.1: the request has come over IPv4.</summary>
    public bool IsOverIpv4 => Signal.Path is not Ipv6Signaling;

    /// <summary>
    /// draft-ietf-netlmm-pmip6-ipv4-support-04, Section 4.1.3.3: the IPv4 Care-of Address option names another address than the source.
    /// </summary>
    public bool HasNat =>
        IsOverIpv4 && Update.Options.First<Ipv4CareOfAddressOption>() is { Address: var careOf } && !careOf.Equals(Signal.Source);

    /// <summary>RFC 5844, Section 4.1.3.1: packets are tunnelled in UDP, set over IPv4.</summary>
    public bool UsesUdp { get; set; }

    /// <summary>Before RFC 5844: packets are tunnelled behind UDP and a TLV header, set over IPv4.</summary>
    public bool UsesTlvHeader { get; set; }

    /// <summary>The tunnel over IPv4 for the session, once chosen; null over IPv6.</summary>
    public Tunnel? Ipv4Tunnel { get; set; }

    public bool IsDeRegistration => Update.LifetimeUnits == 0;

    /// <summary>The policy of the mobile node, set once the mobile node is identified.</summary>
    public MobileNodePolicy? Policy { get; set; }

    /// <summary>The result of the Binding Cache lookup.</summary>
    public LookupOutcome? Target { get; set; }

    /// <summary>The prefixes chosen for a new session.</summary>
    public IReadOnlyList<Ipv6Prefix> AssignedPrefixes { get; set; } = [];

    /// <summary>The IPv4 home addresses chosen for the session.</summary>
    public IReadOnlyList<Ipv4HomeAddress> AssignedIpv4 { get; private set; } = [];

    /// <summary>The binding that the lookup found, as it was before the request changed it; null for a new session.</summary>
    public Binding? FoundBinding => (Target as LookupOutcome.Update)?.Entry.Binding;

    /// <summary>The session that was found, created or changed for the request.</summary>
    public BindingCacheEntry? Entry { get; set; }

    /// <summary>
    /// The last sequence number accepted for the session, if that of the request is not greater (RFC 6275, Section 9.5.1).
    /// </summary>
    public ushort? LastAcceptedSequenceNumber { get; set; }

    /// <summary>The status to answer with; null until decided; stays null if the request is ignored.</summary>
    public BindingStatus? Status { get; private set; }

    public RuleOutcome Accept() => Answer(BindingStatus.ACCEPTED);

    public RuleOutcome Reject(BindingStatus status) => Answer(status);

    /// <summary>Drops the request silently.</summary>
    public RuleOutcome Ignore(string rule, string why)
    {
        Anchor.Actions.Log(rule, $"{MobileNode?.Nai ?? "unknown mobile node"} from {Signal.Source}: {why}");
        return RuleOutcome.Stop;
    }

    /// <summary>The lifetime granted: the requested lifetime, limited to the maximum.</summary>
    public ushort GrantedLifetimeUnits => Math.Min(Update.LifetimeUnits, LifetimeField.Units(Anchor.Settings.MaximumLifetime));

    /// <summary>Chooses IPv4 home addresses, which have the prefix length of the home network.</summary>
    public void AssignIpv4(IEnumerable<IPAddress> addresses) =>
        AssignedIpv4 = Anchor.Settings.Ipv4 is { HomeNetwork.Length: var length }
            ? [.. addresses.Select(address => new Ipv4HomeAddress(address, length))]
            : [];

    /// <summary>A binding with the IPv4 home addresses that were chosen.</summary>
    public Binding WithIpv4(Binding binding) =>
        AssignedIpv4.Count == 0
            ? binding
            : binding with
            {
                Ipv4HomeAddresses = AssignedIpv4,
                Ipv4DefaultRouter = Anchor.Settings.Ipv4?.DefaultRouter,
            };

    /// <summary>The same message, to be processed again when a wait has ended.</summary>
    public RegistrationRequest Again(Now now, bool hasWaited) =>
        new(Anchor, Signal, Update, now)
        {
            HasWaited = hasWaited,
            Policy = Policy,
            UsesUdp = UsesUdp,
            UsesTlvHeader = UsesTlvHeader,
            Ipv4Tunnel = Ipv4Tunnel,
        };

    private static IReadOnlyList<Ipv6Prefix> PrefixesIn(MobilityOptionList options)
    {
        IReadOnlyList<Ipv6Prefix> prefixes = [];
        for (var i = 0; i < options.Count; i++)
        {
            if (options[i] is HomeNetworkPrefixOption { Prefix: var prefix })
            {
                prefixes = [.. prefixes, prefix];
            }
        }
        return prefixes;
    }

    private RuleOutcome Answer(BindingStatus status)
    {
        Status = status;
        return RuleOutcome.Stop;
    }
}
