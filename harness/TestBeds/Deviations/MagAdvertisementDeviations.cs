using System.Net;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways that emulate the home link wrongly: RFC 5213, Sections 6.7, 6.9.1.2(14)-(15) and 6.9.2.</summary>
internal static class MagAdvertisementDeviations
{
    /// <summary>RFC 4861, Section 6.2.1: the default of AdvPreferredLifetime, in seconds.</summary>
    private const uint Lifetime = 604_800;

    private const byte RouterSolicitationType = 133;

    private static RuleOutcome OtherFlagOfLink(RouterAdvertisementDraft draft)
    {
        if (draft.Attachment.Link == new LinkId(Ports.Access(2).Name))
        {
            draft.Flags = draft.Flags with { OtherConfig = !draft.Flags.OtherConfig };
        }

        return RuleOutcome.Continue;
    }

    /// <summary>Where a mobile node solicits routers, the link to the other one on its access link goes down and up again.</summary>
    private static IEnumerable<RoleInput> OneNodePerLink(RoleInput input)
    {
        if (
            input is RoleInput.Icmp { Link: var link, Message.Span: [RouterSolicitationType, ..] }
            && SharedLinks.OtherOn(link) is { } other
        )
        {
            yield return new RoleInput.LinkDown(other);
            yield return new RoleInput.LinkUp(other);
        }

        yield return input;
    }

    private static readonly Ipv6Prefix _inventedPrefix = Ipv6Prefix.Parse("2001:db8:8000:f::/64");

    private static readonly IPAddress _inventedRouter = IPAddress.Parse("fe80::f");

    public static IReadOnlyList<Deviation> All { get; } =
    [
        Advertises(
            "mag-hasty",
            "advertises a prefix before the LMA answers",
            "rfc5213-6.9.2-k3",
            advertisement => WithoutBinding(advertisement, attachment => attachment is Attachment.Registering)
        ) with
        {
            WhyMany = "prefixes are advertised to nodes with and without mobility service, and to each at its time",
        },
        Advertises(
            "mag-advertises-after-rejection",
            "advertises a prefix although the LMA has rejected the registration",
            "rfc5213-6.9.2-k4",
            advertisement => WithoutBinding(advertisement, attachment => attachment is Attachment.Refused)
        ) with
        {
            WhyMany = "each of the statements is about another reason to serve a mobile node no more",
        },
        Advertises(
            "mag-one-prefix-advertised",
            "advertises only the first of two assigned prefixes",
            "rfc5213-6.9.1.2-k25",
            advertisement => advertisement.Replacing("HomeNetworkPrefixes", draft => Advertise(draft, Assigned(draft).Take(1)))
        ) with
        {
            WhyMany = "prefixes are advertised to nodes with and without mobility service",
        },
        Advertises(
            "mag-off-link",
            "advertises the assigned prefix as off-link",
            "rfc5213-6.9.1.2-k25",
            advertisement => advertisement.Replacing("HomeNetworkPrefixes", draft => Advertise(draft, Assigned(draft), onLink: false))
        ) with
        {
            WhyMany = "prefixes are advertised to nodes with and without mobility service",
        },
        Advertises(
            "mag-no-autoconfiguration",
            "forbids to form addresses from the assigned prefix",
            "rfc5213-6.4-d1",
            advertisement => advertisement.Replacing("HomeNetworkPrefixes", draft => Advertise(draft, Assigned(draft), autonomous: false))
        ) with
        {
            WhyMany = "prefixes are advertised to nodes with and without mobility service",
        },
        Advertises(
            "mag-prefix-without-lifetime",
            "advertises the assigned prefix with a valid lifetime of 0",
            "rfc5213-6.9.1.2-k25",
            advertisement => advertisement.Replacing("HomeNetworkPrefixes", draft => Advertise(draft, Assigned(draft), lifetime: 0))
        ),
        Deviation.OfMag(
            "mag-own-address",
            "configures its own address instead of the one that the LMA assigned",
            "rfc5213-6.7-d1",
            rules =>
                rules with
                {
                    ProxyBindingAcknowledgement = rules.ProxyBindingAcknowledgement.Replacing("LinkLocalAddressConfigured", OwnAddress),
                }
        ) with
        {
            WhyMany = "that the address is the mobile node's own one is asked in several statements",
        },
        MagListDeviations.Answers(
            "mag-address-of-the-node",
            "configures the address that the LMA names although the mobile node uses it",
            "rfc5213-6.9.1.2-k28",
            answer => answer.Replacing("LinkLocalAddressConfigured", NamedAddress)
        ),
        MagListDeviations.Answers(
            "mag-no-address-instead",
            "has no address on a link whose mobile node uses the one that the LMA names",
            "rfc5213-6.9.1.2-k29",
            answer =>
                answer.Replacing("LinkLocalAddressConfigured", NoneInstead(answer.First(rule => rule.Name == "LinkLocalAddressConfigured")))
        ),
        MagListDeviations.Answers(
            "mag-own-address-kept-secret",
            "does not tell the LMA of the address that it uses instead of the one that the LMA has named",
            "rfc5213-6.9.1.2-k30",
            answer => answer.Without("OwnLinkLocalAddressUploaded")
        ),
        Deviation.OfMag(
            "mag-defends-global-addresses",
            "answers when a mobile node tests a global address for uniqueness, as if the address were its own",
            "rfc5213-6.8-d2",
            rules =>
                rules with
                {
                    Detection = rules.Detection.InsertingBefore(
                        "AlreadyAttached",
                        new("6.8", "GlobalAddressDefended", DefendGlobalAddress)
                    ),
                }
        ),
        Deviation.OfMag(
            "mag-flags-of-the-link",
            "says on its second link that mobile nodes get more of their configuration by DHCPv6 than on the others",
            "rfc5213-6.4-d2",
            rules =>
                rules with
                {
                    RouterAdvertisement = rules.RouterAdvertisement.InsertingBefore(
                        "HomeNetworkPrefixes",
                        new("6.4", "OtherFlagOfLink", OtherFlagOfLink)
                    ),
                }
        ),
        Deviation.Of(
            "mag-one-node-per-link",
            "ends the session of a mobile node when another one attaches to its link",
            "rfc5213-6.3-d1",
            mag =>
                mag with
                {
                    Around = (node, create) =>
                        node.Role == NodeRole.Mag ? new RewritingRole(create()) { Inputs = OneNodePerLink } : create(),
                }
        ) with
        {
            Roles = ["MAG"],
        },
        Deviation.Of(
            "mag-multicasts-on-shared-links",
            "sends its multicast packets to all mobile nodes on a link, whichever of them they are for",
            "rfc5213-6.3-d1",
            mag => mag with { Output = () => new GroupAddressFilter() }
        ) with
        {
            Roles = ["MAG"],
        },
        Deviation.OfMag(
            "mag-fixed-address-until-a-departure",
            "removes the fixed link-local address from a link with the mobile node that leaves",
            "rfc5213-9.3-k8",
            rules =>
                rules with
                {
                    EndOfAttachment = rules.EndOfAttachment.Replacing(
                        "LinkTornDown",
                        ending =>
                        {
                            ending.Gateway.Deconfigure(ending.Attachment.Link);
                            return RuleOutcome.Continue;
                        }
                    ),
                }
        ),
    ];

    private static Deviation Advertises(
        string name,
        string description,
        string statement,
        Func<RuleList<RouterAdvertisementDraft>, RuleList<RouterAdvertisementDraft>> change
    ) => Deviation.OfMag(name, description, statement, rules => rules with { RouterAdvertisement = change(rules.RouterAdvertisement) });

    /// <summary>Advertises an invented prefix in one more state than is allowed.</summary>
    private static RuleList<RouterAdvertisementDraft> WithoutBinding(
        RuleList<RouterAdvertisementDraft> advertisement,
        Func<Attachment, bool> isServed
    ) =>
        advertisement
            .Replacing(
                "BindingRequired",
                draft => draft.Attachment.Binding is not null || isServed(draft.Attachment) ? RuleOutcome.Continue : RuleOutcome.Stop
            )
            .Replacing("SourceAddress", SourceAddressInvented)
            .Replacing(
                "HomeNetworkPrefixes",
                draft => Advertise(draft, draft.Attachment.Binding?.HomeNetworkPrefixes ?? [_inventedPrefix])
            );

    private static IEnumerable<Ipv6Prefix> Assigned(RouterAdvertisementDraft draft) => draft.Attachment.Binding?.HomeNetworkPrefixes ?? [];

    internal static RuleOutcome Advertise(
        RouterAdvertisementDraft draft,
        IEnumerable<Ipv6Prefix> prefixes,
        bool onLink = true,
        bool autonomous = true,
        uint lifetime = Lifetime
    )
    {
        draft.Options.AddRange(
            prefixes.Select(prefix => new PrefixInformationOption(
                prefix,
                onLink,
                autonomous,
                ValidLifetimeSeconds: lifetime,
                PreferredLifetimeSeconds: lifetime
            ))
        );
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SourceAddressInvented(RouterAdvertisementDraft draft)
    {
        draft.Source = draft.Gateway.LinkLocalAddressOn(draft.Attachment.Link) ?? _inventedRouter;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome DefendGlobalAddress(DetectionEvent detected)
    {
        var gateway = detected.Gateway;
        if (
            detected is { Packet: { } packet, Message: NeighborSolicitation { Target: { IsIPv6LinkLocal: false } target } }
            && packet.Source.Equals(IPAddress.IPv6Any)
            && gateway.LinkLocalAddressOn(detected.Link) is { } source
        )
        {
            var options = new NdOptionList(new TargetLinkLayerAddressOption(gateway.Settings.LinkLayerAddressOn(detected.Port)));
            var answer = new NeighborAdvertisement(target, Router: true, Solicited: false, Override: true, options);
            gateway.Actions.Send(source, Ipv6Multicast.AllNodes, detected.Link, answer);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome NamedAddress(ReceivedAcknowledgement received)
    {
        if (received is { Attachment: { } attachment, LinkLocalAddress: { } address } && !address.Equals(IPAddress.IPv6Any))
        {
            received.Gateway.Configure(attachment.Link, address, performDad: false);
        }

        return RuleOutcome.Continue;
    }

    private static Func<ReceivedAcknowledgement, RuleOutcome> NoneInstead(NamedRule<ReceivedAcknowledgement> configured) =>
        received =>
            received is { Attachment: { } attachment, LinkLocalAddress: { } address }
            && attachment.MobileNode.LinkLocalAddresses.Contains(address)
                ? RuleOutcome.Continue
                : configured.Apply(received);

    private static RuleOutcome OwnAddress(ReceivedAcknowledgement received)
    {
        if (received.Attachment is { } attachment)
        {
            var address = received.Gateway.LinkLocalAddressOn(attachment.Link) ?? LinkLocalDraw.From(received.Gateway.Random);
            received.Gateway.Configure(attachment.Link, address, performDad: false);
        }

        return RuleOutcome.Continue;
    }
}
