using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.MagListDeviations;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile access gateways that serve a mobile node that the LMA has refused: RFC 5213, Section 6.9.1.2(7) to (11) and (14), and Section
/// 8.2.
/// </summary>
internal static class MagRejectionDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Statuses(), .. Extensions()];

    private static IEnumerable<Deviation> Statuses() =>
        [
            AcceptsStatus(
                "mag-status-128-accepted",
                "takes status 128 for an acceptance",
                status => status == BindingStatus.REASON_UNSPECIFIED
            ),
            AcceptsStatus(
                "mag-unnamed-status-accepted",
                "takes a status for which it has no name for an acceptance",
                status => !Enum.IsDefined(status)
            ),
            Answers(
                "mag-any-status",
                "serves a mobile node whatever the status of the answer to its first registration is",
                "rfc5213-6.9.1.2-k17",
                answer => answer.Replacing("ServiceDenied", ExceptAtFirst(answer.First(rule => rule.Name == "ServiceDenied")))
            ) with
            {
                WhyMany = "each of the statements is about some statuses, and all of them are accepted",
            },
            Answers(
                "mag-lifetime-0-without-end",
                "takes a granted lifetime of 0 for one without end",
                "rfc5213-6.9.1.2-d2",
                answer =>
                    answer
                        .Without("SomethingAssigned")
                        .InsertingBefore("LinkLocalAddressConfigured", new("6.9.1.2(14)", "ZeroWithoutEnd", ZeroWithoutEnd))
            ),
            Answers(
                "mag-own-sequence-number-after-status-135",
                "goes on from its own sequence number after the LMA has named another",
                "rfc5213-6.9.1.2-k4b",
                answer => answer.Without("SequenceNumberResynchronized")
            ),
            Answers(
                "mag-rejected-for-ever",
                "does not register a mobile node again that the LMA has rejected for any reason",
                "rfc5213-6.9.1.1-k2",
                answer => answer.InsertingBefore("ServiceDenied", new("6.9.1.2(7)", "NeverAgain", NeverAgain))
            ),
            Reads(
                "mag-prefix-of-its-own",
                "serves a mobile node with a prefix of its own if the LMA accepts it without one",
                "rfc5213-6.9.1.2-d3",
                answer =>
                    IsWithoutPrefix(answer)
                        ? answer with
                        {
                            Options = [.. answer.Options, new HomeNetworkPrefixOption(Ipv6Prefix.Parse("2001:db8:8000:d::/64"))],
                        }
                        : answer
            ),
        ];

    private static IEnumerable<Deviation> Extensions() =>
        [
            Answers(
                "mag-routes-survive-rejection",
                "keeps the routes of a mobile node whose extension is rejected, and only stops to advertise its prefixes",
                "rfc5213-6.9.1.2-k18",
                answer => answer.Replacing("ServiceDenied", RoutesKept(answer.First(rule => rule.Name == "ServiceDenied")))
            ),
            Answers(
                "mag-not-entitled-served-on",
                "serves a mobile node that is not entitled any more until its lifetime ends",
                "rfc5213-6.9.1.2-k11",
                answer => answer.InsertingBefore("ServiceDenied", new("6.9.1.2(7)", "ServedToTheEnd", ServedToTheEnd))
            ),
            Deviation.OfMag(
                "mag-solicited-prefixes-of-the-rejected",
                "still answers the Router Solicitations of a mobile node whose extension was rejected with its prefixes",
                "rfc5213-6.9.1.2-k17",
                PrefixesRemembered
            ) with
            {
                WhyMany = "a rejected node may get regular access, and no home network prefix",
            },
        ];

    private static Deviation AcceptsStatus(string name, string description, Func<BindingStatus, bool> isAccepted) =>
        Reads(
            name,
            description,
            "rfc5213-8.2-d4",
            answer => isAccepted(answer.Status) ? answer with { Status = BindingStatus.ACCEPTED } : answer
        );

    /// <summary>A MAG that reads other acknowledgements than those that came.</summary>
    private static Deviation Reads(
        string name,
        string description,
        string statement,
        Func<BindingAcknowledgement, BindingAcknowledgement> read
    ) => Deviation.OfMag(name, description, statement, rules => Reading(rules, read));

    private static MobileAccessGatewayRules Reading(
        MobileAccessGatewayRules rules,
        Func<BindingAcknowledgement, BindingAcknowledgement> read
    )
    {
        var wellFormed = rules.MobilityHeader.First(rule => rule.Name == "WellFormed");
        return rules with { MobilityHeader = rules.MobilityHeader.Replacing("WellFormed", Read) };

        RuleOutcome Read(ReceivedSignal received)
        {
            var outcome = wellFormed.Apply(received);
            if (received.Message is BindingAcknowledgement answer)
            {
                received.Message = read(answer);
            }

            return outcome;
        }
    }

    private static bool IsWithoutPrefix(BindingAcknowledgement answer) =>
        answer.Status == BindingStatus.ACCEPTED && !answer.Options.Has<HomeNetworkPrefixOption>();

    private static RuleOutcome NeverAgain(ReceivedAcknowledgement received)
    {
        if (received is { Acknowledgement.IsRejection: true, RegisterAgainWith: null, Attachment: { } attachment })
        {
            received.Gateway.NotEnabled.Add(attachment.MobileNode.Identifier);
        }

        return RuleOutcome.Continue;
    }

    private static Func<ReceivedAcknowledgement, RuleOutcome> ExceptAtFirst(NamedRule<ReceivedAcknowledgement> denied) =>
        received => received.Attachment is Attachment.Registering ? RuleOutcome.Continue : denied.Apply(received);

    private static RuleOutcome ZeroWithoutEnd(ReceivedAcknowledgement received)
    {
        if (received is { Acknowledgement.LifetimeUnits: 0, Attachment: { } attachment })
        {
            received.Gateway.CancelDeadlines(attachment.Link);
        }

        return RuleOutcome.Continue;
    }

    private static Func<ReceivedAcknowledgement, RuleOutcome> RoutesKept(NamedRule<ReceivedAcknowledgement> denied) =>
        received =>
        {
            if (received is not { Acknowledgement: { IsRejection: true, Status: var status }, Attachment: Attachment.Extending rejected })
            {
                return denied.Apply(received);
            }

            received.Gateway.CancelDeadlines(rejected.Link);
            received.Gateway.Put(new Attachment.Refused(rejected.Link, rejected.MobileNode, status));
            return RuleOutcome.Stop;
        };

    private static RuleOutcome ServedToTheEnd(ReceivedAcknowledgement received)
    {
        if (received is not { Acknowledgement.Status: BindingStatus.PROXY_REG_NOT_ENABLED, Attachment: Attachment.Extending rejected })
        {
            return RuleOutcome.Continue;
        }

        received.Gateway.Deadlines.Cancel(new GatewayDeadline.Transmission(rejected.Link));
        return RuleOutcome.Stop;
    }

    private static MobileAccessGatewayRules PrefixesRemembered(MobileAccessGatewayRules rules)
    {
        var remembered = new Dictionary<MobileNodeIdentifierOption, IReadOnlyList<Ipv6Prefix>>();
        var prefixes = rules.RouterAdvertisement.First(rule => rule.Name == "HomeNetworkPrefixes");
        return rules with
        {
            RouterAdvertisement = rules
                .RouterAdvertisement.Replacing("BindingRequired", BoundOrRemembered)
                .Replacing("HomeNetworkPrefixes", Advertise),
        };

        RuleOutcome BoundOrRemembered(RouterAdvertisementDraft draft) =>
            draft.Attachment.Binding is not null || (draft is { IsSolicited: true, Attachment: Attachment.Refused } && IsRemembered(draft))
                ? RuleOutcome.Continue
                : RuleOutcome.Stop;

        bool IsRemembered(RouterAdvertisementDraft draft) => remembered.ContainsKey(draft.Attachment.MobileNode.Identifier);

        RuleOutcome Advertise(RouterAdvertisementDraft draft)
        {
            var mobileNode = draft.Attachment.MobileNode.Identifier;
            if (draft.Attachment.Binding is { } binding)
            {
                remembered[mobileNode] = binding.HomeNetworkPrefixes;
                return prefixes.Apply(draft);
            }

            return MagAdvertisementDeviations.Advertise(draft, remembered[mobileNode]);
        }
    }
}
