using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// The rules of a home agent by section, with one named rule per demand. A deviating home agent gets a copy, as
/// <see cref="LocalMobilityAnchor.LocalMobilityAnchorRules"/> says.
/// </summary>
public sealed record HomeAgentRules
{
    /// <summary>Those of RFC 6275 alone.</summary>
    public static HomeAgentRules Default { get; } = new();

    /// <summary>Those of an edition.</summary>
    public static HomeAgentRules For(McoaEdition edition) => HomeAgentMcoaRules.Of(edition)(Default);

    /// <summary>Those of the edition of the settings, with those of IPv4 if they are set up.</summary>
    public static HomeAgentRules For(HomeAgentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var rules = For(settings.Mcoa);
        return settings.DualStack is null ? rules : HomeAgentDualStackRules.Of(rules);
    }

    /// <summary>What the home agent does once, when it starts.</summary>
    public RuleList<HomeAgentState> Started { get; init; } = new();

    /// <summary>Whether a message on a path is addressed to the home agent.</summary>
    public Func<HomeAgentState, SignalingTransport, bool> IsForHomeAgent { get; init; } =
        (agent, path) => path is Ipv6Signaling && path.Destination.Equals(agent.Settings.Address);

    /// <summary>RFC 6275, 9.2.</summary>
    public RuleList<ReceivedSignal> MobilityHeader { get; init; } = MobilityHeaderRules.Of(McoaVocabulary.Wire);

    /// <summary>RFC 6275, 5.1 and 10.3.1: a Binding Update is under the security association of its home address.</summary>
    public RuleList<ReceivedSignal> Protection { get; init; } = HomeProtectionRules.Default;

    /// <summary>RFC 6275, 9.5.1 and 10.3.1: what a home agent checks of every Binding Update.</summary>
    public RuleList<HomeRegistration> BindingUpdate { get; init; } = HomeBindingUpdateRules.Default;

    /// <summary>RFC 5648, 6.2, or the draft, 6.3: what is checked and taken from Binding Identifier options.</summary>
    public RuleList<HomeRegistration> BindingIdentifiers { get; init; } = new();

    /// <summary>RFC 3963, 6.2: what is checked of the message of a mobile router.</summary>
    public RuleList<HomeRegistration> MobileNetworks { get; init; } = MobileNetworkRules.Default;

    /// <summary>RFC 5555, 4.5: what is decided of the IPv4 home address that the message asks for.</summary>
    public RuleList<HomeRegistration> Ipv4HomeAddress { get; init; } = new();

    /// <summary>RFC 6275, 10.3.1.</summary>
    public RuleList<HomeRegistration> Registration { get; init; } = HomeRegistrationRules.Default;

    /// <summary>RFC 6275, 10.3.2.</summary>
    public RuleList<HomeRegistration> DeRegistration { get; init; } = HomeDeRegistrationRules.Default;

    /// <summary>RFC 6275, 10.3.1 and 9.5.4: the answer.</summary>
    public RuleList<HomeAcknowledgement> Acknowledgement { get; init; } = HomeAcknowledgementRules.Default;

    /// <summary>RFC 6275, 10.4: interception and tunnels after each change of the bindings of a home address.</summary>
    public RuleList<HomeAddressChange> Forwarding { get; init; } = HomeForwardingRules.Default;

    /// <summary>RFC 6275, 10.3.1: the end of a lifetime.</summary>
    public RuleList<MobileBindingEvent> EndOfBinding { get; init; } = HomeLifetimeRules.EndOfBinding;

    /// <summary>RFC 6275, 9.5.5.</summary>
    public RuleList<MobileBindingEvent> RefreshDue { get; init; } = HomeLifetimeRules.RefreshDue;

    /// <summary>RFC 6275, 9.3.1 and 9.3.3.</summary>
    public RuleList<UnverifiedPacket> UnverifiedHomeAddress { get; init; } = HomeLifetimeRules.UnverifiedHomeAddress;

    /// <summary>RFC 6275, 10.6.2 and 10.6.3: the answer to a Mobile Prefix Solicitation.</summary>
    public RuleList<PrefixRequest> PrefixDiscovery { get; init; } = PrefixDiscoveryRules.Default;

    /// <summary>Whose sequence number is counted by itself.</summary>
    public Func<BindingKey, BindingKey> SequenceScope { get; init; } = SequenceWindow.OfHomeAddress;

    /// <summary>Whether the home agent intercepts packets on the home link.</summary>
    public Predicate<HomeAddressChange> Intercepts { get; init; } = change => change.CareOfAddresses.Count > 0;
}
