using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile nodes that register IPv4 care-of addresses and an IPv4 home address wrongly: RFC 5648, Section 8, with RFC 5555.
/// </summary>
internal static class MnDualStackDeviations
{
    /// <summary>Longer than other links take to get an address.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    /// <summary>The IPv4 care-of addresses that have waited for others.</summary>
    private static readonly ConditionalWeakTable<MobileNodeBinding, HashSet<IPAddress>> _waited = [];

    public static IReadOnlyList<Deviation> All { get; } = [.. Bulk(), .. Paths(), .. Options(), .. HomeAddress()];

    private static IEnumerable<Deviation> Bulk() =>
        [
            Together("mn-dsmip-in-bulk", "registers an IPv4 care-of address together with those of IPv6, from there", isOverIpv4: true),
            Together(
                "mn-dsmip-in-bulk-over-ipv6",
                "registers an IPv4 care-of address together with those of IPv6, from one of these",
                isOverIpv4: false
            ),
        ];

    private static IEnumerable<Deviation> Paths() =>
        [
            Over(
                "mn-dsmip-to-other-address",
                "sends updates over IPv4 to another address than that of its home agent",
                "rfc5648-8.1-k2",
                path => path with { Destination = Next(path.Destination) }
            ),
            Over(
                "mn-dsmip-to-other-port",
                "sends updates over IPv4 to another port",
                "rfc5648-8.1-k2",
                path => path with { DestinationPort = UdpPort.ProxyMobileIpv6Control }
            ),
            Over(
                "mn-dsmip-inner-care-of-address",
                "sends updates over IPv4 from its mapped care-of address, with a Home Address option",
                "rfc5648-8.1-k4",
                path => path with { Inner = new(path.Source.MapToIPv6(), path.Inner.Destination) { HomeAddress = path.Inner.Source } }
            ),
            MnParts.Acting(
                "mn-dsmip-without-ipv6-header",
                "sends updates over IPv4 without a header of IPv6 behind UDP",
                "rfc5648-8.1-k4",
                action =>
                    action is RoleAction.SendSignal { Path: Ipv4UdpIpv6Signaling path } signal
                        ?
                        [
                            signal with
                            {
                                Path = new Ipv4UdpSignaling(path.Source, path.Destination, path.SourcePort, path.DestinationPort),
                            },
                        ]
                        : [action]
            ),
        ];

    private static IEnumerable<Deviation> Options() =>
        [
            MnParts.ToHomeAgent(
                "mn-dsmip-care-of-address-option",
                "has an IPv4 Care-of Address option beside the Binding Identifier option",
                "rfc5648-8.1-k3",
                AddCareOfAddress
            ),
            MnParts.ToHomeAgent(
                "mn-dsmip-care-of-address-option-alone",
                "names an IPv4 care-of address in an IPv4 Care-of Address option, and in the Binding Identifier option none",
                "rfc5648-8.1-k5",
                draft =>
                {
                    AddCareOfAddress(draft);
                    if (draft.Ipv4Destination is not null)
                    {
                        draft.EditIdentities(option => option with { CareOfAddress = null });
                    }
                }
            ),
            MnParts.ToHomeAgent(
                "mn-dsmip-mapped-address",
                "names an IPv4 care-of address as one of IPv6, in an option of Length 20",
                "rfc5648-4.3-k3",
                draft =>
                    draft.EditIdentities(option =>
                        option.CareOfAddress is { AddressFamily: AddressFamily.InterNetwork } careOf
                            ? option with
                            {
                                CareOfAddress = careOf.MapToIPv6(),
                            }
                            : option
                    )
            ),
        ];

    private static IEnumerable<Deviation> HomeAddress() =>
        [
            Unasked("mn-dsmip-no-home-address-option", "never asks for its IPv4 home address", _ => true),
            Unasked(
                "mn-dsmip-no-home-address-option-over-ipv6",
                "does not ask for its IPv4 home address over IPv6",
                draft => draft.Ipv4Destination is null
            ),
            Unasked(
                "mn-dsmip-home-address-option-once",
                "asks for its IPv4 home address until it has it, and no more",
                draft => draft.Node.Ipv4HomeAddress is not null
            ),
        ];

    /// <summary>A mobile node whose updates over IPv4 take another path.</summary>
    private static Deviation Over(
        string name,
        string description,
        string statement,
        Func<Ipv4UdpIpv6Signaling, Ipv4UdpIpv6Signaling> change
    ) =>
        MnParts.Acting(
            name,
            description,
            statement,
            action =>
                action is RoleAction.SendSignal { Path: Ipv4UdpIpv6Signaling path } signal
                    ? [signal with { Path = change(path) }]
                    : [action]
        );

    /// <summary>A mobile node that leaves the IPv4 Home Address option out of some updates.</summary>
    private static Deviation Unasked(string name, string description, Predicate<MobileNodeUpdateDraft> isConcerned) =>
        MnParts.ToHomeAgent(
            name,
            description,
            "rfc5648-8.2-k1",
            draft => draft.Options.RemoveAll(option => option is Ipv4HomeAddressOption && isConcerned(draft))
        );

    private static void AddCareOfAddress(MobileNodeUpdateDraft draft)
    {
        if (draft is { Ipv4Destination: not null, Source: { } source })
        {
            draft.Options.Add(new Ipv4CareOfAddressOption(source));
        }
    }

    /// <summary>
    /// A mobile node that waits with an IPv4 care-of address for others, and registers it in one update with them, also with those that it
    /// has registered.
    /// </summary>
    private static Deviation Together(string name, string description, bool isOverIpv4) =>
        MnParts.Rules(
            name,
            description,
            "rfc5648-8.1-k1",
            rules => rules with { HomeAgentPlan = rules.HomeAgentPlan.With("Ipv4Singly", plan => PlanTogether(plan, isOverIpv4)) }
        );

    private static RuleOutcome PlanTogether(MobileNodePlan plan, bool isOverIpv4)
    {
        if (plan.Due.Find(IsIpv4) is not { Wanted: { } careOf } binding)
        {
            return RuleOutcome.Continue;
        }
        if (!_waited.GetOrCreateValue(binding).Add(careOf.Address))
        {
            plan.Add([
                .. plan
                    .Peer.Bindings.Where(known => known is { Wanted: not null, Pending: null })
                    .Where(known => known.IsRegistered || plan.Due.Contains(known))
                    .OrderBy(known => IsIpv4(known) != isOverIpv4),
            ]);
            return RuleOutcome.Continue;
        }

        plan.Peer.GathersUntil = plan.Now + _patience;
        plan.Node.Deadlines.Set(new MobileNodeDeadline.EndOfGathering(), plan.Now + _patience);
        plan.Due.Clear();
        return RuleOutcome.Continue;
    }

    private static bool IsIpv4(MobileNodeBinding binding) => binding.Wanted is { Prefix.IsIpv4: true };

    private static IPAddress Next(IPAddress address)
    {
        var octets = address.GetAddressBytes();
        octets[^1]++;
        return new IPAddress(octets);
    }
}
