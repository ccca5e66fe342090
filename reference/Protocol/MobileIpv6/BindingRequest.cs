using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A Binding Update while a home agent or a correspondent node decides about it, RFC 6275, Section 9.5.1.</summary>
public abstract class BindingRequest
{
    private readonly ActionQueue _actions;

    /// <param name="signal">The message.</param>
    /// <param name="update">Read in <see cref="McoaVocabulary.Wire"/>.</param>
    /// <param name="now">The time of the decision.</param>
    /// <param name="vocabulary">That of the edition; null to skip Binding Identifier options.</param>
    /// <param name="bindings">The Binding Cache.</param>
    /// <param name="actions">For the log.</param>
    private protected BindingRequest(
        RoleInput.Signal signal,
        BindingUpdate update,
        Now now,
        McoaVocabulary? vocabulary,
        MobileBindingCache bindings,
        ActionQueue actions
    )
    {
        _actions = actions;
        Signal = signal;
        Update = update;
        Now = now;
        Vocabulary = vocabulary;
        Bindings = bindings;
        Home = (signal.Path as Ipv6Signaling)?.HomeAddress ?? signal.Sender;
        var identities = vocabulary?.ReadAll(update.Options) ?? [];
        HasIdentities = identities.Count > 0;
        Overwrites = HasIdentities && vocabulary?.Overwrites(update, identities) == true;
        Items = HasIdentities
            ? [.. identities.Select(identity => new BindingItem(identity, new BindingKey(Home, identity.BindingId)))]
            : [new BindingItem(identity: null, new BindingKey(Home, BindingId: null))];
    }

    public RoleInput.Signal Signal { get; }

    public BindingUpdate Update { get; }

    public Now Now { get; }

    public McoaVocabulary? Vocabulary { get; }

    public MobileBindingCache Bindings { get; }

    /// <summary>
    /// RFC 6275, Section 9.5.1: the address of the Home Address option, otherwise the source, over IPv4 that of the packet inside (RFC
    /// 5555, Section 4.2).
    /// </summary>
    public IPAddress Home { get; }

    /// <summary>Whether the message has a Home Address option.</summary>
    public bool HasHomeAddressOption => Signal.Path is Ipv6Signaling { HomeAddress: not null };

    /// <summary>RFC 6275, Section 9.5.1: the address of the Alternate Care-of Address option, otherwise the source.</summary>
    public IPAddress CareOf => Update.Options.First<AlternateCareOfAddressOption>()?.Address ?? Signal.Source;

    /// <summary>The path of a message from an IPv4 care-of address (RFC 5555, Section 4.2); null over IPv6.</summary>
    public Ipv4UdpIpv6Signaling? Ipv4Path => Signal.Path as Ipv4UdpIpv6Signaling;

    public bool IsRemoval => Update.LifetimeUnits == 0;

    /// <summary>Whether there are Binding Identifier options that the edition knows.</summary>
    public bool HasIdentities { get; }

    /// <summary>The O flag of the edition.</summary>
    public bool Overwrites { get; }

    /// <summary>One for each Binding Identifier option in the order of the message, or one without.</summary>
    public IReadOnlyList<BindingItem> Items { get; }

    /// <summary>Whether several care-of addresses may be registered.</summary>
    public abstract bool AllowsMultipleCareOfAddresses { get; }

    /// <summary>The last number accepted, if that of the message is not greater.</summary>
    public ushort? LastAcceptedSequenceNumber { get; set; }

    /// <summary>The status to answer with; null until decided; stays null if the message is ignored.</summary>
    public BindingStatus? Status { get; private set; }

    /// <summary>Decides the status and ends the rules of the list.</summary>
    public RuleOutcome Answer(BindingStatus status)
    {
        Status = status;
        return RuleOutcome.Stop;
    }

    /// <summary>Drops the message silently.</summary>
    public RuleOutcome Ignore(string rule, string why)
    {
        _actions.Log(rule, $"{Home} from {Signal.Source}: {why}");
        return RuleOutcome.Stop;
    }
}
