using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A Binding Update while a home agent decides about it, RFC 6275, Sections 10.3.1 and 10.3.2.</summary>
public sealed class HomeRegistration : BindingRequest
{
    public HomeRegistration(HomeAgentState agent, RoleInput.Signal signal, BindingUpdate update, Now now)
        : base(signal, update, now, agent.Vocabulary, agent.Bindings, agent.Actions) => Agent = agent;

    public HomeAgentState Agent { get; }

    public override bool AllowsMultipleCareOfAddresses => Agent.Settings.AllowsMultipleCareOfAddresses;

    /// <summary>The outcome of duplicate address detection; null if there was none for this message.</summary>
    public bool? IsUnique { get; init; }

    /// <summary>R: the sender is a mobile router (RFC 3963, Section 4.1).</summary>
    public bool IsMobileRouter => Update.Flags.HasFlag(BindingUpdateFlags.MobileRouter);

    /// <summary>The mobile network prefixes for which forwarding is to be set up.</summary>
    public IReadOnlyList<Ipv6Prefix> Networks { get; set; } = [];

    /// <summary>What is decided of the IPv4 home address; null if none was asked for.</summary>
    public Ipv4HomeAddressDecision? Ipv4HomeAddress { get; set; }

    /// <summary>The message comes from the home link, from the home address itself.</summary>
    public bool IsFromHome => Signal.Path is Ipv6Signaling { HomeAddress: null } && Signal.Link == Agent.Settings.HomeLink;

    /// <summary>
    /// The link-layer address that the mobile node gives in a Mobility Header Link-Layer Address option (RFC 5568, Section 6.4.4); null
    /// without a right one.
    /// </summary>
    public MacAddress? LinkLayerAddress =>
        Update
            .Options.All<UnknownOption>()
            .Where(option => option.OptionType == (byte)MobilityOptionType.MobilityHeaderLinkLayerAddress)
            .Select(option => option.Data)
            .Where(data => data.Length == 1 + MacAddress.Length && data.Span[0] == MobilityHeaderLinkLayerAddressOption.MobileNodeCode)
            .Select(data => (MacAddress?)new MacAddress(data.Span[1..]))
            .FirstOrDefault();

    /// <summary>The lifetime granted: the requested one, limited to the maximum.</summary>
    public ushort GrantedLifetimeUnits => Math.Min(Update.LifetimeUnits, LifetimeField.Units(Agent.Settings.MaximumLifetime));

    /// <summary>The binding without BID that the message has replaced (draft-ietf-monami6-multiplecoa-04, Section 6.3).</summary>
    public bool HasReplacedPlainBinding { get; set; }

    /// <summary>The options of the answer have statuses of their own, as the outcome is not the same for all.</summary>
    public bool HasOwnStatuses { get; set; }

    /// <summary>The bindings that the message has removed.</summary>
    public IReadOnlyList<BindingKey> Removed { get; set; } = [];

    /// <summary>The message waits for the outcome of duplicate address detection.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>The bindings that are registered or removed.</summary>
    public IEnumerable<BindingItem> Succeeding => Items.Where(item => !item.HasFailed);

    /// <summary>Puts the message aside until <see cref="Again"/>.</summary>
    public RuleOutcome Wait()
    {
        IsWaiting = true;
        return RuleOutcome.Stop;
    }

    /// <summary>The same message after duplicate address detection.</summary>
    public HomeRegistration Again(Now now, bool isUnique) => new(Agent, Signal, Update, now) { IsUnique = isUnique };
}
