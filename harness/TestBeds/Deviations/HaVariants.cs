using Conformance.Testing.Statements;
using Pmip.Protocol.MobileIpv6;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Home agents with rare behaviour that RFC 6275, RFC 5648 or the draft allows.</summary>
internal static class HaVariants
{
    private const ushort Advice = 4;

    public static IReadOnlyList<LegalVariant> All { get; } =
    [
        Settings(
            "ha-short-lifetime",
            "grants a lifetime of 60 s at most",
            settings => settings with { MaximumLifetime = TimeSpan.FromSeconds(60) }
        ),
        Settings(
            "ha-shortest-lifetime",
            "grants a lifetime of 40 s at most",
            settings => settings with { MaximumLifetime = TimeSpan.FromSeconds(40) }
        ),
        Rules("ha-refresh-advice", "advises to refresh a binding after half of its lifetime", rules => rules.WhenAnswered(Advise)),
        Rules(
            "ha-number-by-home-address-in-draft",
            "counts the Sequence Numbers of the draft by home address",
            rules => rules with { SequenceScope = SequenceWindow.OfHomeAddress }
        ) with
        {
            Edition = Edition.McoaDraft04,
        },
        Variant(
            "ha-first-care-of-address-used",
            "sends all packets to the care-of address that was registered first",
            ha => ha with { Changes = HaParts.FirstCareOfAddressUsed, Claims = ["mcoa-flow-rules"] }
        ),
        Variant(
            "ha-esp-from-any-source",
            "forwards what comes under ESP, whichever address it comes from",
            ha => ha with { Changes = Changes.To<ForwardingRules>(HaEspDeviations.FromAnySource) }
        ) with
        {
            Edition = Edition.Rfc5648,
        },
        Rules(
            "ha-binding-in-place-of-same-address",
            "replaces the binding of another BID with the same care-of address",
            rules => rules.WhenStored(SameAddressReplaced)
        ),
        Rules(
            "ha-unknown-renewal-in-option",
            "says in the option that a BID without care-of address is unknown",
            rules => rules.WhenAnswered(UnknownInOption)
        ),
        Rules(
            "ha-overwrite-in-removal-of-draft",
            "removes all bindings if O is set in the removal of one",
            rules => rules with { DeRegistration = rules.DeRegistration.Preceding("BindingsRemoved", HaParts.AllRemovedForOverwrite) }
        ) with
        {
            Edition = Edition.McoaDraft04,
        },
        Rules(
            "ha-dsmip-nat-detection-always",
            "says in every answer over IPv4 that there is no NAT, where there is none, and tunnels without UDP",
            rules => rules.WhenAnswered(TellOfNoNat)
        ),
        Rules(
            "ha-dsmip-nat-detection-always-udp",
            "says in every answer over IPv4 that there is no NAT, where there is none, and tunnels in UDP",
            rules =>
                HaDualStackDeviations
                    .WithPorts(rules, (_, path) => new TunnelPorts(path.DestinationPort, path.SourcePort))
                    .WhenAnswered(TellOfNoNat)
        ),
        Variant(
            "ha-errors-limited",
            "leaves out every second Binding Error about a Home Address option, as a limit of their rate does",
            ha => ha with { Around = (_, create) => McoaParts.LimitingErrors(create()) }
        ),
        Rules(
            "ha-identifier-without-h",
            "does not repeat H in its answers",
            rules =>
                rules.WhenAnswered(answer =>
                {
                    for (var i = 0; i < answer.Options.Count; i++)
                    {
                        answer.Options[i] = answer.Options[i] is BindingIdentifierOption option
                            ? option with
                            {
                                SimultaneousHomeAndForeign = false,
                            }
                            : answer.Options[i];
                    }
                })
        ),
        Rules(
            "ha-address-copied",
            "copies the care-of address of an option into its answer",
            rules => rules.WhenAnswered(answer => McoaParts.CopyAddresses(answer.Options, answer.Request.Items))
        ),
    ];

    private static LegalVariant Variant(string name, string description, Func<Implementation, Implementation> change) =>
        LegalVariant.Of(name, description, change) with
        {
            Roles = ["HA"],
        };

    private static LegalVariant Rules(string name, string description, Func<HomeAgentRules, HomeAgentRules> change) =>
        Variant(name, description, ha => ha with { Changes = Changes.To(change) });

    private static LegalVariant Settings(string name, string description, Func<HomeAgentSettings, HomeAgentSettings> change) =>
        Variant(name, description, ha => ha with { Changes = Changes.To(change) });

    /// <summary>RFC 6275, Section 10.3.1: the advice is less than the lifetime.</summary>
    private static void Advise(HomeAcknowledgement answer)
    {
        if (answer.IsAccepted && answer.LifetimeUnits > Advice)
        {
            answer.Options.Add(new BindingRefreshAdviceOption((ushort)(answer.LifetimeUnits / 2)));
        }
    }

    /// <summary>
    /// RFC 5555, Section 4.2, has the option in every answer to an update in UDP; by Section 3.2.2, it then says that there is no NAT.
    /// </summary>
    private static void TellOfNoNat(HomeAcknowledgement answer)
    {
        if (answer is { IsAccepted: true, Request.Ipv4Path: not null } && !answer.Options.Exists(option => option is NatDetectionOption))
        {
            answer.Options.Add(new NatDetectionOption(ForcesUdp: false, NatDetectionOption.NoKeepaliveNeeded));
        }
    }

    private static void SameAddressReplaced(HomeRegistration request)
    {
        var careOfs = request.Succeeding.Select(item => item.CareOf).OfType<System.Net.IPAddress>().ToList();
        var registered = request.Items.Select(item => item.Key).ToList();
        request.Agent.Remove(
            request.Bindings.Of(request.Home).Where(binding => careOfs.Contains(binding.CareOf) && !registered.Contains(binding.Key))
        );
    }

    /// <summary>RFC 5648, Section 6.2, places the status of one binding in its option, also if it is the only one.</summary>
    private static void UnknownInOption(HomeAcknowledgement answer)
    {
        if (answer.Status != BindingStatus.MCOA_UNKNOWN_COA || answer.Options is not [BindingIdentifierOption option])
        {
            return;
        }
        answer.Status = BindingStatus.MCOA_NOTCOMPLETE;
        answer.Options[0] = option with { Status = BindingStatus.MCOA_UNKNOWN_COA };
    }
}
