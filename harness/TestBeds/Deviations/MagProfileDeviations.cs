using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.MagListDeviations;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile access gateways that do not know who a mobile node is, or what its profile says: RFC 5213, Sections 6.2, 6.6, 6.9.1.1 and 6.9.5.
/// </summary>
internal static class MagProfileDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Identities(), .. Prefixes(), .. Addresses(), .. Surroundings()];

    private static IEnumerable<Deviation> Identities() =>
        [
            Identifies(
                "mag-first-node-on-the-link",
                "takes every mobile node on an access link for the first one that was there",
                "rfc5213-6.9.1.1-k1",
                FirstOnTheLink
            ),
            Identifies(
                "mag-account-for-every-node",
                "registers every mobile node of a realm by the name of one account",
                "rfc5213-6.6-k8",
                () => Renamed(_ => "account@dynamic.pmip.example")
            ),
            Constructs(
                "mag-other-name-later",
                "names a mobile node in another way once it is registered",
                "rfc5213-6.6-k3",
                update =>
                    update.InsertingBefore(
                        "HomeNetworkPrefix",
                        new(
                            "6.9.1.1(2)",
                            "OtherNameLater",
                            draft => draft.Update.Kind == UpdateKind.Initial ? RuleOutcome.Continue : Rename(draft)
                        )
                    )
            ) with
            {
                WhyMany = "whatever a later update shows is looked for by the name of its mobile node",
            },
            Deviation.OfMag(
                "mag-identifier-of-the-access",
                "registers a mobile node by its temporary identifier",
                "rfc5213-6.6-k6",
                rules => rules with { Identification = rules.Identification.Replacing("StoredIdentifier", IfNot("@temporary-access")) }
            ),
            Deviation.OfMag(
                "mag-true-identifier",
                "registers a mobile node by its true identifier, which the policy store conceals",
                "rfc5213-6.6-k7",
                rules => rules with { Identification = rules.Identification.Replacing("StoredIdentifier", IfNot("@access")) }
            ),
        ];

    private static IEnumerable<Deviation> Prefixes() =>
        [
            InProfiles(
                "mag-profile-without-prefixes",
                "does not know the prefixes in the profile of a mobile node, which it claims to request",
                "rfc5213-6.2-k1",
                profile => profile with { HomeNetworkPrefixPatterns = [] }
            ),
            InProfiles(
                "mag-one-prefix-of-the-profile",
                "requests only the first prefix in the profile of a mobile node",
                "rfc5213-6.2-k1",
                profile => profile with { HomeNetworkPrefixPatterns = [.. profile.HomeNetworkPrefixPatterns.Take(1)] }
            ),
            InProfiles(
                "mag-interfaces-without-prefixes",
                "does not know the prefixes that the profile of a mobile node has for one of its interfaces",
                "rfc5213-6.2-d2",
                profile => profile with { InterfacePrefixes = [] }
            ),
            InProfiles(
                "mag-prefixes-for-every-interface",
                "requests for every interface of a mobile node the prefixes that its profile has for one",
                "rfc5213-6.2-d2",
                profile =>
                    profile with
                    {
                        InterfacePrefixes = [.. profile.InterfacePrefixes.Select(prefixes => prefixes with { MacPattern = "*" })],
                    }
            ),
            Constructs(
                "mag-prefix-by-guess",
                "requests a prefix for a mobile node of which it knows none",
                "rfc5213-6.9.1.1-k6",
                update => update.Replacing("HomeNetworkPrefix", draft => Request(draft, draft.Update.Kind == UpdateKind.Initial))
            ),
            Answers(
                "mag-refused-prefixes-again",
                "requests prefixes again that the LMA has refused",
                "rfc5213-6.9.1.2-k15",
                answer => answer.Replacing("PrefixesNotAuthorized", RefusedAgain)
            ),
            Constructs(
                "mag-guess-after-refusal",
                "requests another prefix of its own choice when the LMA has refused the first ones",
                "rfc5213-6.9.1.2-k16",
                update => update.Replacing("HomeNetworkPrefix", draft => Request(draft, draft.Update.IsSecondAttempt))
            ),
        ];

    private static IEnumerable<Deviation> Addresses() =>
        [
            InProfiles(
                "mag-flags-for-all",
                "advertises the same ways to configure addresses to every mobile node, whatever its profile says",
                "rfc5213-6.4-d2",
                profile => profile with { AddressConfiguration = null }
            ),
            InProfiles(
                "mag-lifetimes-for-all",
                "advertises every prefix with the same lifetimes, whatever the profile of the mobile node says",
                "rfc5213-6.2-d1",
                profile => profile with { PrefixLifetimes = PrefixLifetimes.Default }
            ),
        ];

    private static IEnumerable<Deviation> Surroundings() =>
        [
            InProfiles(
                "mag-one-anchor-for-all",
                "registers every mobile node with the same LMA",
                "rfc5213-6.2-k4",
                profile => profile with { LocalMobilityAnchorAddress = null }
            ),
            InSettings(
                "mag-ignores-mtu-of-the-link",
                "advertises the MTU of the tunnel on an access link with a smaller one",
                "rfc5213-6.9.5-k10",
                settings => settings with { AccessLinks = [.. settings.AccessLinks.Select(link => link with { Mtu = 1500 })] }
            ),
            InSettings(
                "mag-ignores-default-path-mtu",
                "takes the path to every LMA for one with the MTU of Ethernet",
                "rfc5213-6.9.5-k7",
                settings => settings with { CoreMtu = 1500 }
            ),
        ];

    private static Deviation Identifies(
        string name,
        string description,
        string statement,
        Func<Func<DetectionEvent, RuleOutcome>> create
    ) =>
        Deviation.OfMag(
            name,
            description,
            statement,
            rules =>
                rules with
                {
                    Identification = rules.Identification.InsertingBefore("LinkLayerIdentifier", new("6.6", "Identity", create())),
                }
        );

    private static Deviation Constructs(
        string name,
        string description,
        string statement,
        Func<RuleList<UpdateDraft>, RuleList<UpdateDraft>> change
    ) => Deviation.OfMag(name, description, statement, rules => rules with { Construction = change(rules.Construction) });

    private static Deviation InProfiles(
        string name,
        string description,
        string statement,
        Func<MobileNodeProfile, MobileNodeProfile> change
    ) => InSettings(name, description, statement, settings => settings with { Profiles = [.. settings.Profiles.Select(change)] });

    private static Deviation InSettings(
        string name,
        string description,
        string statement,
        Func<MobileAccessGatewaySettings, MobileAccessGatewaySettings> change
    ) => Deviation.Of(name, description, statement, mag => mag with { Changes = Changes.To(change) }) with { Roles = ["MAG"] };

    /// <summary>The identifiers that the links have had first; the rule is created for each gateway.</summary>
    private static Func<DetectionEvent, RuleOutcome> FirstOnTheLink()
    {
        var first = new System.Runtime.CompilerServices.ConditionalWeakTable<
            GatewayState,
            Dictionary<LinkId, MobileNodeIdentifierOption>
        >();
        return detected =>
        {
            if (detected.MobileNode is { } mobileNode)
            {
                var onLink = first.GetOrCreateValue(detected.Gateway);
                onLink.TryAdd(detected.Link, mobileNode.Identifier);
                detected.MobileNode = mobileNode with { Identifier = onLink[detected.Link] };
            }
            return RuleOutcome.Continue;
        };
    }

    private static Func<DetectionEvent, RuleOutcome> Renamed(Func<string, string> rename) =>
        detected =>
        {
            if (detected.MobileNode is { } mobileNode)
            {
                detected.MobileNode = mobileNode with { Identifier = MobileNodeIdentifierOption.ForNai(rename(mobileNode.Identifier.Nai)) };
            }
            return RuleOutcome.Continue;
        };

    private static RuleOutcome Rename(UpdateDraft draft)
    {
        draft.MobileNode = MobileNodeIdentifierOption.ForNai($"registered-{draft.Attachment.MobileNode.Identifier.Nai}");
        return RuleOutcome.Continue;
    }

    /// <summary>The rule of the stored identifier, but for identifiers of this part of the access network.</summary>
    private static Func<DetectionEvent, RuleOutcome> IfNot(string part) =>
        detected =>
        {
            if (
                detected is { MobileNode: { } mobileNode, Profile: { } profile }
                && !mobileNode.Identifier.Nai.Contains(part, StringComparison.Ordinal)
            )
            {
                var stored = MobileNodeIdentifierOption.ForNai(profile.MobileNodeIdentifierOf(mobileNode.Identifier.Nai));
                detected.MobileNode = mobileNode with { Identifier = stored };
            }
            return RuleOutcome.Continue;
        };

    /// <param name="instead">True to request a prefix that nobody has in place of ALL_ZERO.</param>
    private static RuleOutcome Request(UpdateDraft draft, bool instead)
    {
        var number = draft.Attachment.MobileNode.LinkLayerIdentifier is { } linkLayer ? linkLayer.Span[^1] : 0;
        var prefix = Ipv6Prefix.Parse($"2001:db8:8000:fc{number:x2}::/64");
        draft.HomeNetworkPrefixes =
            draft.Update.HomeNetworkPrefixes.Count > 0 ? draft.Update.HomeNetworkPrefixes
            : instead ? [prefix]
            : [Ipv6Prefix.AllZero];
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RefusedAgain(ReceivedAcknowledgement received)
    {
        if (
            received is
            {
                Acknowledgement.Status: BindingStatus.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX,
                Attachment.Request: { HomeNetworkPrefixes.Count: > 0, IsSecondAttempt: false } request
            }
        )
        {
            received.RegisterAgainWith = request.HomeNetworkPrefixes;
        }
        return RuleOutcome.Continue;
    }
}
