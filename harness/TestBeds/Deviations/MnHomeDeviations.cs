using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile nodes that return home wrongly: RFC 6275, Section 11.5.5, and RFC 5648, Sections 5.5 and 5.6.</summary>
internal static class MnHomeDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Returns(), .. Addresses(), .. HomeBindings()];

    private static IEnumerable<Deviation> Returns() =>
        [
            MnParts.Rules(
                "mn-stays-away",
                "does not tell its home agent that it is at home",
                "rfc6275-11.5.5-k1",
                rules => rules with { HomeAgentPlan = rules.HomeAgentPlan.Without("AllRemovedAtHome") }
            ),
            MnParts.ToHomeAgent(
                "mn-lifetime-at-home",
                "asks for a lifetime when it comes home",
                "rfc6275-11.5.5-k3",
                draft => draft.LifetimeUnits = draft.Update.RemovesAll ? (ushort)10 : draft.LifetimeUnits
            ),
            MnParts.ToHomeAgent(
                "mn-returns-from-elsewhere",
                "sends its de-registration from another address of the home link",
                "rfc6275-11.5.5-k4",
                draft =>
                {
                    if (draft.Update.RemovesAll && draft.Node.HomeLink is { Address: var address })
                    {
                        (draft.Source, draft.HomeAddress) = (address, draft.Node.Settings.HomeAddress);
                    }
                }
            ),
            MnParts.Rules(
                "mn-returns-with-bid",
                "names a BID when it removes all bindings",
                "mcoa-draft-04-3-k6",
                rules => rules with { HomeAgentUpdate = rules.HomeAgentUpdate.Last(OneOfAll) }
            ),
        ];

    private static IEnumerable<Deviation> Addresses() =>
        [
            MnParts.Acting(
                "mn-silent-at-home",
                "does not answer for its home address at home",
                "rfc6275-11.5.5-k11",
                action => [action is RoleAction.AddAddress add ? new RoleAction.SilenceAddress(add.Link, add.Address) : action]
            ),
            MnParts.Any(
                "mn-tests-home-address",
                "tests its home address for uniqueness when it comes home, and does not wait for the outcome",
                "rfc6275-11.5.5-k9",
                mn => mn with { Output = () => new HomeAddressTestFilter() }
            ),
            MnParts.Rules(
                "mn-no-advertisement",
                "does not advertise its home address at home",
                "rfc6275-11.5.5-k13",
                rules => rules with { ReturnedHome = rules.ReturnedHome.Without("HomeAddressAdvertised") }
            ) with
            {
                WhyMany = "each demand on the advertisement shows it",
            },
            Advertising(
                "mn-advertisement-without-link-layer-address",
                "advertises its home address without its link-layer address",
                "rfc6275-11.5.5-k15",
                advertisement => advertisement with { Options = [] }
            ),
            Advertising(
                "mn-solicited-advertisement",
                "advertises its home address as if it were asked",
                "rfc6275-11.5.5-k17",
                advertisement => advertisement with { Solicited = true }
            ),
            Advertising(
                "mn-advertisement-without-override",
                "advertises its home address without O",
                "rfc6275-11.5.5-k18",
                advertisement => advertisement with { Override = false }
            ),
        ];

    private static IEnumerable<Deviation> HomeBindings() =>
        [
            HomeItem("mn-home-binding-without-flag", "registers its home binding without H", "rfc5648-5.6.3-k1", WithoutHome),
            HomeItem(
                "mn-home-binding-without-address",
                "does not name the home address in its home binding",
                "rfc5648-5.6.3-k3",
                option => option.CareOfAddress is null ? option : option with { CareOfAddress = null }
            ),
            MnParts.ToHomeAgent(
                "mn-home-binding-without-lifetime",
                "registers its home binding with lifetime 0",
                "rfc5648-5.6.3-k2",
                draft => draft.LifetimeUnits = draft.Update.Items.Any(item => item.IsHome) ? (ushort)0 : draft.LifetimeUnits
            ) with
            {
                WhyMany = "no home binding comes into being",
            },
            MnParts.Rules(
                "mn-no-link-layer-address",
                "does not tell its link-layer address on the home link",
                "rfc5648-5.6.3-k4",
                rules => rules with { HomeAgentUpdate = rules.HomeAgentUpdate.Lacking("LinkLayerAddress") }
            ),
            MnParts.ToHomeAgent(
                "mn-code-of-link-layer-address",
                "gives its link-layer address another option code",
                "rfc5648-5.6.3-k5",
                draft =>
                {
                    if (draft.Options.OfType<MobilityHeaderLinkLayerAddressOption>().FirstOrDefault() is { } option)
                    {
                        draft.Options[draft.Options.IndexOf(option)] = option with { OptionCode = 1 };
                    }
                }
            ),
            MnParts.Acting(
                "mn-defends-after-status-5",
                "answers for its home address after status 5",
                "rfc5648-5.6.3-k8",
                action =>
                    [
                        action is RoleAction.SilenceAddress silent
                            ? new RoleAction.AddAddress(silent.Link, silent.Address, PerformDad: false)
                            : action,
                    ]
            ) with
            {
                WhyMany = "four sections forbid it",
            },
            MnParts.Rules(
                "mn-leaves-silently",
                "does not tell its home agent that it has left home",
                "rfc5648-5.6.5-k1",
                rules => rules with { LeftHome = rules.LeftHome.With("HomeBindingEnded", EndedSilently) }
            ),
        ];

    private static Deviation Advertising(
        string name,
        string description,
        string statement,
        Func<NeighborAdvertisement, NeighborAdvertisement> edit
    ) =>
        MnParts.Acting(
            name,
            description,
            statement,
            action =>
                [
                    action is RoleAction.SendIcmp icmp
                    && Icmpv6Message.TryParse(icmp.Message.Span, out var message, out _)
                    && message is NeighborAdvertisement advertisement
                        ? icmp with
                        {
                            Message = edit(advertisement).ToBytes(icmp.Source, icmp.Destination),
                        }
                        : action,
                ]
        );

    private static Deviation HomeItem(
        string name,
        string description,
        string statement,
        Func<BindingIdentityOption, MobilityOption> edit
    ) =>
        MnParts.ToHomeAgent(
            name,
            description,
            statement,
            draft =>
            {
                if (draft.Update.Items.FirstOrDefault(item => item.IsHome)?.Binding.BindingId is { } bid)
                {
                    draft.EditIdentities(option => option.BindingId == bid ? edit(option) : option);
                }
            }
        );

    private static MobilityOption WithoutHome(BindingIdentityOption option) =>
        option is BindingIdentifierOption known ? known with { SimultaneousHomeAndForeign = false } : option;

    private static void OneOfAll(MobileNodeUpdateDraft draft)
    {
        if (
            draft.Update.RemovesAll
            && draft.Peer.Acknowledged.FirstOrDefault() is { BindingId: { } bid }
            && draft.Node.Rules.Mcoa is { } vocabulary
        )
        {
            draft.Options.Add(vocabulary.Register(new BindingIdentity(bid)));
        }
    }

    private static RuleOutcome EndedSilently(MobileNodeState node)
    {
        if (node.HomeAgent.Bindings.FirstOrDefault(binding => binding.IsRegisteredHome) is { } home)
        {
            node.End(node.HomeAgent, home);
        }
        return RuleOutcome.Stop;
    }
}
