using Conformance.Testing.Statements;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile nodes with rare behaviour that RFC 6275, RFC 5648 and draft-ietf-monami6-multiplecoa-04 allow.</summary>
internal static class MnVariants
{
    private const ushort Step = 7;

    /// <summary>
    /// RFC 4861, Sections 6.3.7 and 10: three solicitations at intervals of 4 s, and a second after the last, after one of delay.
    /// </summary>
    private static readonly TimeSpan _endOfRouterDiscovery = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<LegalVariant> All { get; } =
    [
        Settings("mn-short-lifetime", "asks for a lifetime of 60 s", settings => settings with { Lifetime = TimeSpan.FromSeconds(60) }),
        Settings(
            "mn-high-bids",
            "numbers its care-of addresses from 60001 on",
            settings => settings with { Bids = BidsFrom(60001, settings) }
        ),
        Settings(
            "mn-single-first",
            "registers the first care-of address at once, and others in bulk",
            settings => settings with { BulkDelay = TimeSpan.Zero }
        ) with
        {
            // Two care-of addresses that come together are registered one by one.
            Unreached =
            [
                "TC-MN-MACK-BO-08-a",
                "TC-MN-MACK-BO-08-b",
                "TC-MN-MACK-BO-13-a",
                "TC-MN-MACK-BO-13-b",
                "TC-MN-MACK-BO-13-c",
                "TC-MN-MACK-BO-13-d",
            ],
        },
        Settings(
            "mn-patient",
            "waits longer for the first answer, as its timers are coarse",
            settings => settings with { InitialTimeout = TimeSpan.FromSeconds(1.4), FirstRegistrationTimeout = TimeSpan.FromSeconds(2.1) }
        ),
        Rules(
            "mn-steps-of-numbers",
            "leaves out Sequence Numbers",
            rules =>
                rules with
                {
                    HomeAgentUpdate = rules.HomeAgentUpdate.Ahead("SequenceNumber", LeaveOut),
                    CorrespondentUpdate = rules.CorrespondentUpdate.Ahead("SequenceNumber", LeaveOut),
                }
        ),
        Rules(
            "mn-names-every-address",
            "names its care-of address in every registration with the home agent",
            rules => rules with { NamesCareOfAddress = (draft, item) => draft.Peer.IsHomeAgent || rules.NamesCareOfAddress(draft, item) }
        ),
        Of(
            "mn-dsmip-after-router-discovery",
            "takes an IPv4 address for a care-of address once no router of IPv6 answers on the link (RFC 5555, Section 4.4.4)",
            mn => mn with { Around = (_, create) => new LateRole(create(), usable => usable.Prefix.IsIpv4, _endOfRouterDiscovery) }
        ) with
        {
            Edition = Edition.Rfc5648,
        },
    ];

    private static LegalVariant Of(string name, string description, Func<Implementation, Implementation> change) =>
        LegalVariant.Of(name, description, change) with
        {
            Roles = ["MN"],
        };

    private static LegalVariant Settings(string name, string description, Func<MobileNodeSettings, MobileNodeSettings> change) =>
        Of(name, description, mn => mn with { Changes = Changes.To(change) });

    private static LegalVariant Rules(string name, string description, Func<MobileNodeRules, MobileNodeRules> change) =>
        Of(name, description, mn => mn with { Changes = Changes.To(change) });

    private static Dictionary<LinkId, ushort> BidsFrom(ushort first, MobileNodeSettings settings) =>
        settings.Links.Select((link, at) => (link, at)).ToDictionary(pair => pair.link, pair => (ushort)(first + pair.at));

    private static void LeaveOut(MobileNodeUpdateDraft draft) => draft.Peer.SequenceNumber += Step;
}
