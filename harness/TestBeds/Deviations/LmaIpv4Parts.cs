using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Parts of which local mobility anchors with deviating or unusual IPv4 support are made.</summary>
internal static class LmaIpv4Parts
{
    private const int InterfaceIdentifierOffset = 8,
        FirstOtherPrefix = 0xa000;

    /// <summary>A local mobility anchor with other rules, where it supports IPv4.</summary>
    public static Deviation OfIpv4(
        string name,
        string description,
        string statement,
        Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> change
    ) => Deviation.OfLma(name, description, statement, WithIpv4(change));

    /// <summary>The fault is in the options of IPv4 in acknowledgements.</summary>
    public static Deviation Replies(
        string name,
        string description,
        string statement,
        Func<RuleList<AcknowledgementDraft>, RuleList<AcknowledgementDraft>> change
    ) => OfIpv4(name, description, statement, rules => rules with { Ipv4Reply = change(rules.Ipv4Reply) });

    /// <summary>The fault is in the options that an edit makes of those of IPv4.</summary>
    public static Deviation Edits(
        string name,
        string description,
        string statement,
        Func<AcknowledgementDraft, MobilityOption, MobilityOption?> edit
    ) => OfIpv4(name, description, statement, rules => rules.EditingReplies(edit));

    /// <summary>The fault is in the choice or the check of IPv4 home addresses.</summary>
    public static Deviation Assigns(
        string name,
        string description,
        string statement,
        Func<RuleList<RegistrationRequest>, RuleList<RegistrationRequest>> change
    ) => OfIpv4(name, description, statement, rules => rules with { Ipv4Assignment = change(rules.Ipv4Assignment) });

    /// <summary>The fault is in the search for a session by an IPv4 home address.</summary>
    public static Deviation LooksUp(
        string name,
        string description,
        string statement,
        Func<RuleList<BindingCacheLookup>, RuleList<BindingCacheLookup>> change
    ) => OfIpv4(name, description, statement, rules => rules with { LookupByIpv4HomeAddress = change(rules.LookupByIpv4HomeAddress) });

    /// <summary>The change, for rules with IPv4 only.</summary>
    public static Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> WithIpv4(
        Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> change
    ) => rules => rules.Ipv4 is null ? rules : change(rules);

    /// <summary>The list without a rule that not every edition has.</summary>
    public static RuleList<TContext> Omitting<TContext>(this RuleList<TContext> rules, string name) =>
        rules.Has(name) ? rules.Without(name) : rules;

    public static bool Has<TContext>(this RuleList<TContext> rules, string name) => rules.Any(rule => rule.Name == name);

    /// <summary>The list in which a rule applies to some contexts only; unchanged if the edition does not have the rule.</summary>
    public static RuleList<TContext> Only<TContext>(this RuleList<TContext> rules, string name, Func<TContext, bool> applies) =>
        rules.Instead(name, context => !applies(context), _ => RuleOutcome.Continue);

    /// <summary>The list in which another rule replaces one for some contexts; unchanged if the edition does not have it.</summary>
    public static RuleList<TContext> Instead<TContext>(
        this RuleList<TContext> rules,
        string name,
        Func<TContext, bool> applies,
        Func<TContext, RuleOutcome> apply
    )
    {
        var original = rules.FirstOrDefault(rule => rule.Name == name);
        return original is null ? rules : rules.Replacing(name, context => applies(context) ? apply(context) : original.Apply(context));
    }

    /// <summary>The rules in which every option of IPv4 of an acknowledgement is edited, or left out by null.</summary>
    public static LocalMobilityAnchorRules EditingReplies(
        this LocalMobilityAnchorRules rules,
        Func<AcknowledgementDraft, MobilityOption, MobilityOption?> edit
    ) =>
        rules with
        {
            Acknowledgement = rules.Acknowledgement.InsertingBefore(
                "HandoffIndicatorEchoed",
                new(
                    "RFC 5844 3.3",
                    "Edited",
                    draft =>
                    {
                        List<MobilityOption> edited = [.. draft.Ipv4Options.Select(option => edit(draft, option)).OfType<MobilityOption>()];
                        draft.Ipv4Options.Clear();
                        draft.Ipv4Options.AddRange(edited);
                        return RuleOutcome.Continue;
                    }
                )
            ),
        };

    /// <summary>The answer to a request for an IPv4 home address with other values; another option as it is.</summary>
    public static MobilityOption WithReply(
        this MobilityOption option,
        Func<Ipv4HomeAddress, Ipv4HomeAddress> home,
        Func<byte, byte>? status = null
    )
    {
        status ??= same => same;
        switch (option)
        {
            case Ipv4HomeAddressReplyOption reply:
                var replied = home(new(reply.HomeAddress, reply.PrefixLength));
                return new Ipv4HomeAddressReplyOption(
                    (Ipv4HomeAddressReplyStatus)status((byte)reply.Status),
                    replied.PrefixLength,
                    replied.Address
                );
            case Ipv4AddressAcknowledgementOption reply:
                var acknowledged = home(new(reply.HomeAddress, reply.PrefixLength));
                return new Ipv4AddressAcknowledgementOption(
                    (Ipv4AddressAcknowledgementStatus)status((byte)reply.Status),
                    acknowledged.PrefixLength,
                    acknowledged.Address
                );
            default:
                return option;
        }
    }

    public static bool IsReply(this MobilityOption option) => option is Ipv4HomeAddressReplyOption or Ipv4AddressAcknowledgementOption;

    /// <summary>The request asks for IPv4 and not for prefixes.</summary>
    public static bool IsForIpv4Alone(this RegistrationRequest request) =>
        request is { Ipv4Requests.Count: > 0, HomeNetworkPrefixes.Count: 0 };

    /// <summary>The request asks for prefixes and not for IPv4.</summary>
    public static bool IsForIpv6Alone(this RegistrationRequest request) =>
        request is { Ipv4Requests.Count: 0, HomeNetworkPrefixes.Count: > 0 };

    public static bool HasIpv4(this BindingCacheEntry? entry) => entry is { Binding.Ipv4HomeAddresses.Count: > 0 };

    public static bool LeavesIpv4Choice(this RegistrationRequest request) => request.Ipv4Requests.Any(home => home.IsAllZero);

    /// <summary>A session with what a new one would have: another link-local address, other prefixes and IPv4 home addresses.</summary>
    public static BindingCacheEntry Anew(this BindingCacheEntry entry, AnchorState anchor)
    {
        var octets = IPAddress.Parse("fe80::").GetAddressBytes();
        anchor.Random.NextBytes(octets.AsSpan(InterfaceIdentifierOffset));
        var other = entry.WithOtherPrefixes(anchor).WithOtherAddresses(anchor);
        return other with { Binding = other.Binding with { LinkLocalAddress = new IPAddress(octets) } };
    }

    public static BindingCacheEntry WithOtherPrefixes(this BindingCacheEntry entry, AnchorState anchor) =>
        entry with
        {
            Binding = entry.Binding with
            {
                HomeNetworkPrefixes =
                [
                    .. Enumerable
                        .Range(FirstOtherPrefix, ushort.MaxValue - FirstOtherPrefix)
                        .Select(index =>
                            anchor.Settings.PrefixPool.Subnet(LocalMobilityAnchorSettings.HomeNetworkPrefixLength, (ulong)index)
                        )
                        .Where(prefix => !anchor.Bindings.IsInUse(prefix))
                        .Take(entry.Binding.HomeNetworkPrefixes.Count),
                ],
            },
        };

    public static BindingCacheEntry WithOtherAddresses(this BindingCacheEntry entry, AnchorState anchor) =>
        entry with
        {
            Binding = entry.Binding with
            {
                Ipv4HomeAddresses =
                [
                    .. (anchor.Ipv4Addresses?.Draw(entry.Binding.Ipv4HomeAddresses.Count) ?? []).Zip(
                        entry.Binding.Ipv4HomeAddresses,
                        (address, home) => home with { Address = address }
                    ),
                ],
            },
        };

    /// <summary>The rules in which a rule precedes the update of a session.</summary>
    public static RuleList<RegistrationRequest> BeforeUpdate(
        this RuleList<RegistrationRequest> rules,
        string name,
        Func<RegistrationRequest, bool> applies,
        Func<BindingCacheEntry, AnchorState, BindingCacheEntry> change
    ) =>
        rules.InsertingBefore(
            "EntryUpdated",
            new(
                "RFC 5844 3.1.2",
                name,
                request =>
                {
                    if (request.Entry is { } entry && applies(request))
                    {
                        request.Entry = change(entry, request.Anchor);
                    }
                    return RuleOutcome.Continue;
                }
            )
        );

    /// <summary>The host routes of a session, into its tunnel.</summary>
    public static IReadOnlyList<Route> Ipv4RoutesOf(AnchorState anchor, Binding binding) =>
        [
            .. binding.Ipv4HomeAddresses.Select(home => new Route(
                IpPrefix.Of(home.Address),
                new RouteTarget.IntoTunnel(LmaParts.TunnelOf(anchor, binding))
            )),
        ];

    /// <summary>The session of a request without its IPv4 routes.</summary>
    public static RuleOutcome DropIpv4Routes(RegistrationRequest request)
    {
        if (request.Entry is { } entry)
        {
            request.Anchor.Forwarding.RemoveRoutes(entry.Session, keep: LmaParts.RoutesOf(request.Anchor, entry));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The rules in which a rule follows the routes of every accepted registration.</summary>
    public static LocalMobilityAnchorRules WhenRouted(
        this LocalMobilityAnchorRules rules,
        string name,
        Func<RegistrationRequest, RuleOutcome> apply
    ) =>
        rules with
        {
            InitialRegistration = rules.InitialRegistration.InsertingBefore("Accepted", new("RFC 5844 3.1.2.2", name, apply)),
            LifetimeExtension = rules.LifetimeExtension.InsertingBefore("Accepted", new("RFC 5844 3.1.2.3", name, apply)),
            AfterHandoff = rules.AfterHandoff.InsertingBefore("Accepted", new("RFC 5844 3.1.2.4", name, apply)),
        };

    /// <summary>The free addresses of the pool among its last 256, the last one first.</summary>
    public static IEnumerable<IPAddress> HighestFree(RegistrationRequest request)
    {
        if (request.Anchor is not { Settings.Ipv4: { } ipv4, Ipv4Addresses: { } allocator })
        {
            return [];
        }

        var pool = ipv4.AddressPool ?? ipv4.HomeNetwork;
        var octets = pool.Last.GetAddressBytes();
        return Enumerable
            .Range(0, octets[^1] + 1)
            .Select(below => new IPAddress([.. octets[..^1], (byte)(octets[^1] - below)]))
            .Where(address => pool.Contains(address) && allocator.IsAssignable(address) && !request.Anchor.Bindings.IsInUse(address));
    }
}
