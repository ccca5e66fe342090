using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Home agents that register several care-of addresses wrongly: RFC 5648, Sections 3 to 6, and draft-ietf-monami6-multiplecoa-04.
/// </summary>
internal static class HaMcoaDeviations
{
    private const int StatusOffset = 2;
    private const int FlagsOffset = 3;
    private const byte ReservedOfRfc5648 = 0x7f;

    public static IReadOnlyList<Deviation> All { get; } =
    [
        HaParts.Rules(
            "ha-replaces-bindings",
            "registers one care-of address in the place of all others",
            "rfc5648-3-k3",
            rules => rules.WhenStored(request => request.Agent.Remove(request.Others(request.Items[^1].Key)))
        ) with
        {
            WhyMany = "a second binding is what both editions are about",
        },
        HaParts.Rules(
            "ha-sequence-number-by-binding",
            "counts the Sequence Numbers of each binding by themselves",
            "rfc5648-4.1-d2",
            rules => rules with { SequenceScope = SequenceWindow.OfBinding }
        ),
        HaParts.Rules(
            "ha-overwrite-ignored",
            "leaves the earlier bindings in place though O is set",
            "rfc5648-6.2-d7",
            rules => rules with { Registration = rules.Registration.WithoutAny("Overwritten") }
        ),
        HaParts.Rules(
            "ha-overwrite-in-removal",
            "removes all bindings if O is set in a removal",
            "rfc5648-6.2-d4",
            rules => rules with { DeRegistration = rules.DeRegistration.Preceding("BindingsRemoved", HaParts.AllRemovedForOverwrite) }
        ),
        HaParts.Rules(
            "ha-removes-nothing-with-o",
            "accepts a removal with O, and removes nothing",
            "mcoa-draft-04-6.3-d4",
            rules =>
                rules with
                {
                    DeRegistration = rules.DeRegistration.Preceding(
                        "SequenceNumberStored",
                        request => request.Overwrites ? request.Answer(BindingStatus.ACCEPTED) : RuleOutcome.Continue
                    ),
                }
        ),
        HaParts.Rules(
            "ha-plain-binding-added",
            "registers a care-of address without BID beside those that have one",
            "rfc5648-6.2-k1",
            rules => rules with { Registration = rules.Registration.Without("OtherBindingsReplaced") }
        ),
        HaParts.Rules(
            "ha-plain-removal-of-one",
            "removes one binding alone in a removal without BID",
            "rfc5648-6.2-k2",
            rules => rules with { DeRegistration = rules.DeRegistration.Replacing("BindingsRemoved", FirstRemoved) }
        ),
        HaParts.Rules(
            "ha-removal-of-all",
            "removes all bindings in the removal of one",
            "rfc5648-5.4-d2",
            rules => rules with { DeRegistration = rules.DeRegistration.Replacing("BindingsRemoved", AllRemoved) }
        ) with
        {
            WhyMany = "what is left after the removal of one binding is a clause of every kind of use",
        },
        HaParts.Rules(
            "ha-removal-by-source",
            "removes the binding of the care-of address from which a removal comes",
            "rfc5648-6.2-d3",
            rules => rules with { DeRegistration = rules.DeRegistration.Replacing("BindingsRemoved", SourceRemoved) }
        ) with
        {
            WhyMany = "what is left after the removal of one binding is a clause of every kind of use",
        },
        HaParts.Rules(
            "ha-unknown-binding-removed",
            "accepts the removal of a BID without binding",
            "rfc5648-6.2-k8",
            rules => rules with { BindingIdentifiers = rules.BindingIdentifiers.WithoutAny("RemovedBindingKnown") }
        ),
        HaParts.Answering(
            "ha-unknown-binding-of-other-status",
            "rejects the removal of a BID without binding with another status",
            "mcoa-draft-04-6.3-k17",
            answer =>
            {
                if (answer is { Status: BindingStatus.NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE, Request.HasIdentities: true })
                {
                    answer.Status = BindingStatus.REASON_UNSPECIFIED;
                }
            }
        ),
        HaParts.Rules(
            "ha-any-length",
            "takes Binding Identifier options of any length",
            "rfc5648-6.2-k4",
            rules => rules with { BindingIdentifiers = rules.BindingIdentifiers.WithoutAny("LengthRight") }
        ),
        HaParts.Rules(
            "ha-any-care-of-address",
            "registers care-of addresses that are not routable",
            "rfc5648-6.2-k6",
            rules =>
                rules with
                {
                    BindingIdentifiers = rules.BindingIdentifiers.WithoutAny("CareOfAddressRoutable"),
                    BindingUpdate = rules.BindingUpdate.Without("CareOfAddressRoutable"),
                }
        ) with
        {
            WhyMany = "the fault of an address is told by a status, and by that of its option in a bulk update",
        },
        HaParts.Rules(
            "ha-source-registered",
            "registers the source of an update, whatever address its option names",
            "rfc5648-6.2-d6",
            rules =>
                rules.WhenStoring(request =>
                {
                    foreach (var item in request.Succeeding.Where(item => item.Identity is { CareOf: not null, Home: false }).ToList())
                    {
                        item.CareOf = request.Signal.Source;
                    }
                })
        ) with
        {
            WhyMany = "in a bulk update all bindings get one care-of address",
        },
        HaParts.Rules(
            "ha-renewal-moves",
            "moves a binding that is renewed to the source of the update",
            "rfc5648-6.2-k11b",
            rules => rules with { BindingIdentifiers = rules.BindingIdentifiers.Preceding("CareOfAddressOfBinding", SourceOfKnown) }
        ),
        HaParts.Rules(
            "ha-renewal-stays",
            "leaves a binding of the draft at its care-of address though C is clear",
            "mcoa-draft-04-6.3-d2",
            rules => rules with { BindingIdentifiers = rules.BindingIdentifiers.Preceding("CareOfAddressOfUpdate", AddressOfKnown) }
        ) with
        {
            WhyMany = "a binding that does not move is not where its clauses ask for it",
        },
        HaParts.Rules(
            "ha-renewal-refused",
            "renews no binding without its care-of address",
            "rfc5648-6.2-k11a",
            rules => rules with { BindingIdentifiers = rules.BindingIdentifiers.ReplacingAny("CareOfAddressOfBinding", NoneKnown) }
        ) with
        {
            WhyMany = "a binding that is not renewed neither lives on nor counts",
        },
        HaParts.Rules(
            "ha-unknown-renewal-registered",
            "registers the source for a BID without binding and care-of address",
            "rfc5648-6.2-k12",
            rules => rules with { BindingIdentifiers = rules.BindingIdentifiers.Preceding("CareOfAddressOfBinding", SourceOfUnknown) }
        ),
        HaParts.Rules(
            "ha-plain-binding-accompanied",
            "registers a BID beside a binding without one, though it answers with status 165",
            "rfc5648-6.2-d1",
            rules =>
                (rules with { BindingIdentifiers = rules.BindingIdentifiers.WithoutAny("NoBindingWithoutBindingId") }).WhenStoring(
                    request => request.HasReplacedPlainBinding = IsBesidePlain(request)
                )
        ),
        HaParts.Answering(
            "ha-plain-binding-of-other-status",
            "rejects a BID beside a binding without one with status 128",
            "rfc5648-6.2-d2",
            answer =>
            {
                if (answer.Status == BindingStatus.MCOA_NON_MCOA_BINDING_EXISTS && !answer.IsAccepted)
                {
                    answer.Status = BindingStatus.REASON_UNSPECIFIED;
                }
            }
        ),
        HaParts.Rules(
            "ha-plain-binding-kept",
            "keeps a binding without BID beside one of the draft that has one",
            "mcoa-draft-04-6.3-d9",
            rules => rules with { Registration = rules.Registration.ReplacingAny("PlainBindingReplaced", ConflictAlone) }
        ),
        HaParts.Rules(
            "ha-no-conflict",
            "does not say that a binding without BID was replaced",
            "mcoa-draft-04-6.3-k18",
            rules =>
                rules with
                {
                    Registration = rules.Registration.Preceding(
                        "Accepted",
                        request =>
                        {
                            request.HasReplacedPlainBinding = false;
                            return RuleOutcome.Continue;
                        }
                    ),
                }
        ),
        HaParts.Rules(
            "ha-bindings-never-move",
            "accepts an update with another care-of address for a BID, and leaves the binding where it is",
            "rfc5648-6.2-k13",
            rules =>
                rules.WhenStoring(request =>
                {
                    foreach (var item in request.Succeeding.Where(item => item is { Identity: { Home: false } }).ToList())
                    {
                        item.CareOf = request.Bindings.Find(item.Key)?.CareOf ?? item.CareOf;
                    }
                })
        ) with
        {
            WhyMany = "a binding that does not move is not where its clauses ask for it",
        },
        HaParts.Rules(
            "ha-first-of-bulk",
            "registers the first binding of a bulk update alone",
            "rfc5648-6.2-d9",
            rules => rules.WhenStored(request => RemoveNew(request, request.Items.Skip(1)))
        ) with
        {
            WhyMany = "the starting state of several clauses is registered in bulk",
        },
        HaParts.Rules(
            "ha-last-of-bulk",
            "registers the last binding of a bulk update alone",
            "mcoa-draft-04-6.3-k12",
            rules => rules.WhenStored(request => RemoveNew(request, request.Items.SkipLast(1)))
        ) with
        {
            WhyMany = "the starting state of several clauses is registered in bulk",
        },
        HaParts.Rules(
            "ha-all-or-nothing",
            "registers nothing of a bulk update of which one binding fails",
            "rfc5648-6.2-k20",
            rules =>
                rules.WhenStored(request =>
                {
                    if (request.Items.Any(item => item.HasFailed))
                    {
                        RemoveNew(request, request.Items);
                    }
                })
        ),
        HaParts.Rules(
            "ha-bulk-lifetime-of-first",
            "gives the lifetime of a bulk update to its first binding alone",
            "rfc5648-5.3-d3",
            rules =>
                rules.WhenStored(request =>
                {
                    foreach (var other in request.Items.Skip(1).Select(item => request.Bindings.Find(item.Key)).OfType<MobileBinding>())
                    {
                        request.Agent.Put(other with { EndsAt = request.Now.Monotonic + TimeSpan.FromHours(1) });
                    }
                })
        ),
        HaParts.Rules(
            "ha-bulk-always",
            "takes bulk updates though they are not permitted",
            "rfc5648-4.4-d3",
            rules => rules with { BindingIdentifiers = rules.BindingIdentifiers.WithoutAny("BulkPermitted") }
        ),
        HaParts.Rules(
            "ha-always-permitted",
            "registers several care-of addresses though they are forbidden",
            "rfc5648-4.4-d2",
            rules => rules with { BindingIdentifiers = rules.BindingIdentifiers.WithoutAny("Permitted") }
        ),
        HaParts.Rules(
            "ha-home-always-permitted",
            "lets a mobile node use home and foreign links at once though it may not",
            "rfc5648-4.4-d4",
            rules => rules with { BindingIdentifiers = rules.BindingIdentifiers.WithoutAny("SimultaneousUsePermitted") }
        ),
        HaParts.Rules(
            "ha-home-rejection-accepted",
            "rejects H with status 5",
            "rfc5648-6.3-k2",
            rules =>
                rules.WhenAnswered(answer =>
                {
                    if (!answer.IsAccepted && answer.Request.Items.Any(item => item.Identity is { Home: true }))
                    {
                        answer.Status = BindingStatus.MCOA_RETURNHOME_WO_NDP;
                    }
                })
        ),
        HaParts.Rules(
            "ha-unequal-flags",
            "takes a bulk update of the draft whose options differ in flags",
            "mcoa-draft-04-6.3-k15",
            rules => rules with { BindingIdentifiers = rules.BindingIdentifiers.WithoutAny("FlagsEqual") }
        ),
        HaParts.Rules(
            "ha-status-of-update-read",
            "rejects an update whose option has a Status",
            "rfc5648-4.3-k6",
            rules => RefusingOption(rules, data => data.Length > StatusOffset && data[StatusOffset] != 0)
        ),
        HaParts.Rules(
            "ha-reserved-bits-refused",
            "rejects an update whose option has reserved bits set",
            "rfc5648-4.3-k8",
            rules => RefusingOption(rules, data => data.Length > FlagsOffset && (data[FlagsOffset] & ReservedOfRfc5648) != 0)
        ),
        HaParts.Rules(
            "ha-home-binding-dropped",
            "drops the packets of a mobile node that is at home, too",
            "rfc5648-6.2-d5",
            rules => rules with { Forwarding = rules.Forwarding.Replacing("PacketsTunnelled", DroppedAtHome) }
        ) with
        {
            WhyMany = "the use of home and foreign links at once is described from both sides",
        },
        HaParts.Rules(
            "ha-home-link-kept",
            "goes on to send packets to the home link that the mobile node has left",
            "rfc5648-5.6.5-d1",
            rules =>
                rules with
                {
                    Registration = rules.Registration.WithoutAny("HomeLinkLeft").Replacing("PathPreferred", HomePreferred),
                    DeRegistration = rules.DeRegistration.WithoutAny("HomeLinkLeft"),
                }
        ),
        HaParts.Rules(
            "ha-home-address-always-defended",
            "defends the home address of a mobile node that is at home, too",
            "mcoa-draft-04-5.5-d3",
            rules => rules with { Intercepts = change => change.Bindings.Count > 0 }
        ),
        HaParts.Rules(
            "ha-status-0-beside-routers",
            "accepts a home binding with status 0 beside other routers",
            "rfc5648-6.3-d2",
            rules => rules with { Registration = rules.Registration.WithoutAny("WithoutNeighborDiscovery") }
        ),
        HaParts.Acting(
            "ha-neighbor-resolved",
            "keeps no link-layer address of a mobile node at home once it has answered",
            "rfc5648-5.6.4-d1",
            action =>
                action is RoleAction.SendSignal { Link: { } link } signal
                    ? [signal, new RoleAction.RemoveNeighbor(link, signal.Path.Destination)]
                    : [action]
        ),
        HaParts.Any(
            "ha-first-care-of-address",
            "sends all packets to the care-of address that was registered first",
            "rfc5648-3-k6",
            ha => ha with { Changes = HaParts.FirstCareOfAddressUsed }
        ),
        HaParts.Any(
            "ha-last-care-of-address",
            "sends all packets to the care-of address that was registered last, also those of a flow over another one",
            "rfc5648-3-k8",
            ha =>
                ha with
                {
                    Changes = Changes
                        .To<HomeAgentRules>(rules =>
                            rules with
                            {
                                Forwarding = rules.Forwarding.Replacing(
                                    "PacketsTunnelled",
                                    change =>
                                        HaParts.RouteOnly(
                                            change,
                                            change.CareOfAddresses is [.., var last] ? HaParts.RouteInto(change, last) : null
                                        )
                                ),
                            }
                        )
                        .AndTo<ForwardingRules>(rules => rules with { TunnelExit = rules.TunnelExit.Without("ReversePath") }),
                }
        ),
        HaParts.Any(
            "ha-flows-alternate",
            "sends the packets of one flow to one care-of address after the other",
            "rfc5648-3-k8",
            ha => ha with { Output = () => new AlternatingTunnels() }
        ),
        HaParts.Rules(
            "ha-interception-ends-with-one",
            "ends the defence of a home address when one of its bindings is removed",
            "mcoa-draft-04-3-d1",
            rules =>
                rules with
                {
                    DeRegistration = rules.DeRegistration.Preceding(
                        "PathPreferred",
                        request =>
                        {
                            request.Agent.Actions.Add(
                                new RoleAction.RemoveProxyNeighbor(request.Agent.Settings.HomeLink, IpPrefix.Of(request.Home))
                            );
                            return RuleOutcome.Continue;
                        }
                    ),
                }
        ),
        HaParts.Rules(
            "ha-router-without-identifiers",
            "registers no mobile router with a BID",
            "rfc5648-7-d1",
            rules =>
                rules.WhenReceived(request =>
                    request is { IsMobileRouter: true, HasIdentities: true, IsRemoval: false }
                        ? request.Answer(BindingStatus.MOBILE_ROUTER_OPERATION_NOT_PERMITTED)
                        : RuleOutcome.Continue
                )
        ),
        HaParts.Rules(
            "ha-network-lost",
            "forwards nothing to a mobile network once one of the BIDs of its router is removed",
            "rfc5648-7-d2",
            rules =>
                rules with
                {
                    DeRegistration = rules.DeRegistration.Preceding(
                        "InterceptionEnds",
                        request =>
                        {
                            request.Agent.Of(request.Home).Networks = [];
                            return RuleOutcome.Continue;
                        }
                    ),
                }
        ),
    ];

    private static RuleOutcome FirstRemoved(HomeRegistration request)
    {
        request.Removed =
        [
            .. request.HasIdentities
                ? request.Succeeding.Where(item => item.CareOf is null).Select(item => item.Key)
                : request.Bindings.Of(request.Home).Select(binding => binding.Key).Take(1),
        ];
        return RemoveThem(request);
    }

    private static RuleOutcome AllRemoved(HomeRegistration request)
    {
        request.Removed = [.. request.Bindings.Of(request.Home).Select(binding => binding.Key)];
        return RemoveThem(request);
    }

    private static RuleOutcome SourceRemoved(HomeRegistration request)
    {
        request.Removed =
        [
            .. request
                .Bindings.Of(request.Home)
                .Where(binding => !request.HasIdentities || binding.CareOf.Equals(request.Signal.Source))
                .Select(binding => binding.Key),
        ];
        return RemoveThem(request);
    }

    private static RuleOutcome RemoveThem(HomeRegistration request)
    {
        foreach (var key in request.Removed)
        {
            request.Agent.Remove(key);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SourceOfKnown(HomeRegistration request)
    {
        foreach (var item in request.Items.Where(item => request.Bindings.Find(item.Key) is not null && !request.IsRemoval))
        {
            item.CareOf ??= request.Signal.Source;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AddressOfKnown(HomeRegistration request)
    {
        foreach (var item in request.Items.Where(item => !request.IsRemoval))
        {
            item.CareOf ??= request.Bindings.Find(item.Key)?.CareOf;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome NoneKnown(HomeRegistration request)
    {
        foreach (var item in request.Items.Where(item => !request.IsRemoval && item.CareOf is null))
        {
            item.Settle(BindingStatus.MCOA_UNKNOWN_COA);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SourceOfUnknown(HomeRegistration request)
    {
        foreach (var item in request.Items.Where(item => request.Bindings.Find(item.Key) is null && !request.IsRemoval))
        {
            item.CareOf ??= request.Signal.Source;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ConflictAlone(HomeRegistration request)
    {
        request.HasReplacedPlainBinding = IsBesidePlain(request);
        return RuleOutcome.Continue;
    }

    private static bool IsBesidePlain(HomeRegistration request) =>
        request.HasIdentities && request.Bindings.Find(new BindingKey(request.Home, BindingId: null)) is not null;

    /// <summary>Takes bindings out again that an update has just made.</summary>
    private static void RemoveNew(HomeRegistration request, IEnumerable<BindingItem> items)
    {
        foreach (var item in items.Where(item => request.HasIdentities && item.Identity is { CareOf: not null }))
        {
            request.Agent.Remove(item.Key);
        }
    }

    private static HomeAgentRules RefusingOption(HomeAgentRules rules, Func<byte[], bool> isRefused) =>
        rules.WhenReceived(request =>
            request.Vocabulary is { } vocabulary
            && request
                .Update.Options.All<UnknownOption>()
                .Any(option => option.OptionType == vocabulary.OptionType && isRefused(option.Data.ToArray()))
                ? request.Answer(vocabulary.Malformed)
                : RuleOutcome.Continue
        );

    private static RuleOutcome DroppedAtHome(HomeAddressChange change) =>
        HaParts.RouteOnly(
            change,
            change.HasHomeBinding ? new Route(IpPrefix.Of(change.Home), new RouteTarget.Blackhole())
                : change.CareOfAddresses.Count == 0 ? null
                : new Route(
                    IpPrefix.Of(change.Home),
                    new RouteTarget.OneOf([.. change.CareOfAddresses.Select(careOf => HaParts.TunnelTo(change, careOf))])
                )
        );

    private static RuleOutcome HomePreferred(HomeRegistration request)
    {
        var isAtHome = request.Bindings.Of(request.Home).Any(binding => binding.IsHome);
        request.Agent.Actions.Add(new RoleAction.PreferPath(request.Home, isAtHome ? request.Home : request.Signal.Source));
        return RuleOutcome.Continue;
    }
}
