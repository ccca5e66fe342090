using System.Net;
using Conformance.Testing.Domains;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile access gateways whose updates lack something or carry a wrong value: RFC 5213, Sections 6.9.1.1 and 6.9.1.3 to 6.9.1.5.
/// </summary>
internal static class MagMessageDeviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        Deviation.Of(
            "mag-eager",
            "sends an update whenever a mobile node asks for a router",
            "rfc5213-6.9.4-d2",
            mag => mag with { Around = (node, create) => node.Role == NodeRole.Mag ? new EagerRole(create()) : create() }
        ) with
        {
            Roles = ["MAG", "E2E"],
            WhyMany = "whatever the next update is expected to be, another one comes before it",
        },
        Lacks("identifier", "MN-Identifier", "MobileNodeIdentifier", "rfc5213-6.9.1.1-k3"),
        Lacks("prefix", "home network prefix", "HomeNetworkPrefix", "rfc5213-6.9.1.1-k4"),
        Deviation.OfMag(
            "mag-no-handoff-indicator",
            "leaves out the Handoff Indicator",
            "rfc5213-6.9.1.1-k8",
            rules =>
                rules with
                {
                    Construction = rules.Construction.Without("HandoffStateUnknown"),
                    LifetimeExtension = rules.LifetimeExtension.Without("HandoffStateNotChanged"),
                    DeRegistration = rules.DeRegistration.Without("HandoffStateUnknown"),
                }
        ),
        Lacks("access-technology", "Access Technology Type", "AccessTechnologyType", "rfc5213-6.9.1.1-k20"),
        Lacks("link-local-address", "Link-local Address option", "LinkLocalAddress", "rfc5213-6.9.1.1-k22"),
        States(
            "two-empty-prefixes",
            "asks for a prefix with two ALL_ZERO options",
            "rfc5213-6.9.1.1-k7",
            "HomeNetworkPrefix",
            draft => draft.HomeNetworkPrefixes = [Ipv6Prefix.AllZero, Ipv6Prefix.AllZero]
        ) with
        {
            WhyMany = "a first request, one with the prefixes of a profile and one without are asked for in statements of their own",
        },
        States(
            "re-registers-at-first",
            "reports a first attachment as a re-registration",
            "rfc5213-6.9.1.1-k9",
            "HandoffStateUnknown",
            draft => draft.HandoffIndicator = HandoffIndicator.HandoffStateNotChanged
        ) with
        {
            WhyMany = "each hint of the access network asks for an indicator of its own",
        },
        States(
            "guesses-a-handoff",
            "reports a handoff of which nothing has told it",
            "rfc5213-6.9.1.1-k15",
            "HandoffStateUnknown",
            draft => draft.HandoffIndicator = HandoffIndicator.HandoffBetweenMobileAccessGateways
        ) with
        {
            WhyMany = "each hint of the access network asks for an indicator of its own",
        },
        States(
            "other-access-technology",
            "names an access technology that the link has not",
            "rfc5213-6.9.1.1-k21",
            "AccessTechnologyType",
            draft => draft.AccessTechnology = AccessTechnologyType.Ieee80211
        ),
        States(
            "other-link-layer-identifier",
            "names another interface of the mobile node than the one attached",
            "rfc5213-6.9.1.1-k18",
            "LinkLayerIdentifier",
            draft =>
                draft.LinkLayerIdentifier = draft.Attachment.MobileNode.LinkLayerIdentifier is null
                    ? null
                    : new OctetString([2, 0x5e, 0, 0, 0xee, 0xee])
        ),
        States(
            "names-an-address",
            "claims to ask for a link-local address and names one",
            "rfc5213-6.9.1.1-k25",
            "LinkLocalAddress",
            draft =>
                draft.LinkLocalAddress = draft.Gateway.Settings.FixedMAGLinkLocalAddressOnAllAccessLinks.Equals(IPAddress.IPv6Any)
                    ? IPAddress.Parse("fe80::5213:1")
                    : null
        ),
        States(
            "no-acknowledge-flag",
            "sends its registrations with the A flag clear",
            "rfc5213-6.9.1.5-k2b",
            "Flags",
            draft => draft.Flags |= BindingUpdateFlags.ProxyRegistration
        ),
        States(
            "other-source",
            "sends its registrations from an address that is not its own",
            "rfc5213-6.9.1.5-k3",
            "SourceAddress",
            draft => draft.Source = IPAddress.Parse("2001:db8:100::a9")
        ),
        States(
            "other-destination",
            "sends its registrations to its default router",
            "rfc5213-6.9.1.5-k4",
            "DestinationAddress",
            draft => draft.Destination = IPAddress.Parse("2001:db8:100::ff")
        ),
        Deviation.Of(
            "mag-home-address-option",
            "sends its registrations with a Home Address option",
            "rfc5213-6.9.1.5-k13",
            mag => mag with { Output = PacketRewriter.OfSignaling(WithHomeAddress) }
        ),
        Deviation.OfMag(
            "mag-fewer-options-in-extension",
            "leaves out the Link-local Address option when it extends a binding",
            "rfc5213-6.9.1.3-k1",
            rules => rules with { LifetimeExtension = WithoutAddress(rules.LifetimeExtension) }
        ),
        Deviation.OfMag(
            "mag-fewer-options-in-de-registration",
            "leaves out the Link-local Address option when it de-registers a mobile node",
            "rfc5213-6.9.1.4-k2",
            rules => rules with { DeRegistration = WithoutAddress(rules.DeRegistration) }
        ),
    ];

    private static Deviation Lacks(string name, string what, string rule, string statement) =>
        Deviation.OfMag(
            $"mag-no-{name}",
            $"leaves out the {what}",
            statement,
            rules => rules with { Construction = rules.Construction.Without(rule) }
        );

    private static Deviation States(string name, string description, string statement, string rule, Action<UpdateDraft> state) =>
        Deviation.OfMag(
            $"mag-{name}",
            description,
            statement,
            rules =>
                rules with
                {
                    Construction = rules.Construction.Replacing(
                        rule,
                        draft =>
                        {
                            state(draft);
                            return RuleOutcome.Continue;
                        }
                    ),
                }
        );

    private static RuleList<UpdateDraft> WithoutAddress(RuleList<UpdateDraft> rules) =>
        rules.InsertingBefore(
            "AssignedPrefixes",
            new(
                "6.9.1.1(9)",
                "NoLinkLocalAddress",
                draft =>
                {
                    draft.LinkLocalAddress = null;
                    return RuleOutcome.Continue;
                }
            )
        );

    /// <summary>RFC 6275, Section 6.3: the option, in a header of its own, at an offset of 8n+6.</summary>
    private static Ipv6Packet WithHomeAddress(Ipv6Packet packet)
    {
        const byte HomeAddressOption = 0xc9;
        byte[] header = [packet.NextHeader, 2, 1, 2, 0, 0, HomeAddressOption, 16, .. IPAddress.Parse("2001:db8:8000::1").GetAddressBytes()];
        return packet with { NextHeader = IpProtocol.DestinationOptions, Payload = (byte[])[.. header, .. packet.Payload.Span] };
    }
}
