using System.Net;
using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways with one fault each.</summary>
internal static class GatewayDeviations
{
    private static readonly Ipv6Prefix InventedPrefix = Ipv6Prefix.Parse("2001:db8:8000:f::/64");

    private static readonly IPAddress InventedRouter = IPAddress.Parse("fe80::f");

    public static IReadOnlyList<Deviation> All { get; } = [.. Updates(), .. Retransmissions(), .. Acknowledgements(), .. Advertisements(), .. Packets()];

    private static IEnumerable<Deviation> Updates() =>
    [
        Rules("mag-no-proxy-flag", "sends its registrations with the P flag clear", "rfc5213-8.1-k1",
            rules => rules with { Construction = rules.Construction.Replacing("Flags", AcknowledgeFlagAlone) }),
        Rules("mag-no-timestamp", "leaves the Timestamp out although timestamps order its messages", "rfc5213-6.9.1.1-k16",
            rules => rules with { Construction = rules.Construction.Without("Timestamp") }),
        Rules("mag-new-interface-in-extension", "calls every extension an attachment over a new interface", "rfc5213-6.9.1.3-k3",
            rules => rules with { LifetimeExtension = rules.LifetimeExtension.Replacing("HandoffStateNotChanged", NewInterface) }),
        Rules("mag-one-prefix-in-extension", "names one prefix only when it extends a binding of two", "rfc5213-6.9.1.3-k2",
            rules => rules with { LifetimeExtension = rules.LifetimeExtension.Replacing("AssignedPrefixes", FirstPrefixAsked) }),
        Rules("mag-new-interface-in-de-registration", "calls a de-registration an attachment over a new interface", "rfc5213-6.9.1.4-k4",
            rules => rules with { DeRegistration = rules.DeRegistration.Replacing("HandoffStateUnknown", NewInterface) }),
    ];

    private static IEnumerable<Deviation> Retransmissions() =>
    [
        Rules("mag-no-back-off", "repeats an unanswered registration every second", "rfc5213-6.9.4-k4a",
            rules => rules with { Retransmission = rules.Retransmission.Replacing("TimeoutDoubled", TimeoutKept) }),
        Rules("mag-stale-timestamp", "repeats an unanswered registration with the timestamp it had at first", "rfc5213-6.9.4-k6",
            rules => rules with { Retransmission = rules.Retransmission.Without("MessageRebuilt") }),
        Rules("mag-endless-repetition", "goes on registering a mobile node that has left", "rfc5213-6.9.4-k3",
            rules => rules with { EndOfAttachment = rules.EndOfAttachment.Without("EntryRemoved") }),
    ];

    private static IEnumerable<Deviation> Acknowledgements() =>
    [
        Answers("mag-unmatched-acknowledgement", "takes an acknowledgement whatever request it answers", "rfc5213-6.9.1.2-k7",
            answer => answer.Replacing("MatchesRequest", MatchesMobileNode)),
        Answers("mag-differing-handoff-indicator", "takes an acknowledgement whose Handoff Indicator is not its own", "rfc5213-6.9.1.2-k8a",
            answer => answer.Without("EchoesRequest")),
        Answers("mag-serves-on", "goes on serving a mobile node whose extension is rejected", "rfc5213-6.9.1.2-k18",
            answer => answer.Replacing("ServiceDenied", received => received.Acknowledgement.IsRejection ? RuleOutcome.Stop : RuleOutcome.Continue)),
    ];

    private static IEnumerable<Deviation> Advertisements() =>
    [
        Advertises("mag-hasty", "advertises a prefix before, and whatever, the anchor answers", "rfc5213-6.9.2-k4",
            advertisement => advertisement
                .Replacing("BindingRequired", _ => RuleOutcome.Continue)
                .Replacing("SourceAddress", SourceAddressInvented)
                .Replacing("HomeNetworkPrefixes", PrefixInvented)),
        Advertises("mag-one-prefix-advertised", "advertises only the first of two assigned prefixes", "rfc5213-6.9.1.2-k25",
            advertisement => advertisement.Replacing("HomeNetworkPrefixes", FirstPrefixAdvertised)),
    ];

    private static IEnumerable<Deviation> Packets() =>
    [
        Deviation.Of("mag-congestion-mark-lost", "takes the congestion mark off what it delivers", "rfc5213-5.6.3-k4",
            gateway => gateway with
            {
                Output = () => new PacketFilter((link, packet) => link.Name != "core" && packet.Ecn == Ecn.Ce ? packet.WithEcn(Ecn.Ect0) : packet),
            }),
    ];

    private static Deviation Rules(string name, string description, string statement, Func<MobileAccessGatewayRules, MobileAccessGatewayRules> change) =>
        Deviation.Of(name, description, statement, gateway => gateway with { GatewayRules = change });

    private static Deviation Answers(string name, string description, string statement, Func<RuleList<ReceivedAcknowledgement>, RuleList<ReceivedAcknowledgement>> change) =>
        Rules(name, description, statement, rules => rules with { ProxyBindingAcknowledgement = change(rules.ProxyBindingAcknowledgement) });

    private static Deviation Advertises(string name, string description, string statement, Func<RuleList<RouterAdvertisementDraft>, RuleList<RouterAdvertisementDraft>> change) =>
        Rules(name, description, statement, rules => rules with { RouterAdvertisement = change(rules.RouterAdvertisement) });

    private static RuleOutcome AcknowledgeFlagAlone(UpdateDraft draft)
    {
        draft.Flags |= BindingUpdateFlags.Acknowledge;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome NewInterface(UpdateDraft draft)
    {
        draft.HandoffIndicator = HandoffIndicator.AttachmentOverNewInterface;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome FirstPrefixAsked(UpdateDraft draft)
    {
        draft.HomeNetworkPrefixes = [.. draft.Update.HomeNetworkPrefixes.Take(1)];
        return RuleOutcome.Continue;
    }

    private static RuleOutcome TimeoutKept(UpdateTransmission transmission)
    {
        transmission.Timeout = transmission.Gateway.Settings.InitialBindackTimeout;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome MatchesMobileNode(ReceivedAcknowledgement received)
    {
        received.Attachment = received.Gateway.Attachments.FirstOrDefault(attachment => attachment.MobileNode.Identifier == received.MobileNode);
        received.Answered = received.Attachment?.Request?.Message;
        return received.Attachment is null ? received.Ignore("MatchesRequest", "it is for no mobile node of this gateway") : RuleOutcome.Continue;
    }

    private static RuleOutcome SourceAddressInvented(RouterAdvertisementDraft draft)
    {
        draft.Source = draft.Gateway.LinkLocalAddressOn(draft.Attachment.Link) ?? InventedRouter;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome PrefixInvented(RouterAdvertisementDraft draft)
    {
        foreach (var prefix in draft.Attachment.Binding?.HomeNetworkPrefixes ?? [InventedPrefix])
        {
            draft.Options.Add(OnLink(prefix));
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome FirstPrefixAdvertised(RouterAdvertisementDraft draft)
    {
        if (draft.Attachment.Binding is { HomeNetworkPrefixes: [var first, ..] })
        {
            draft.Options.Add(OnLink(first));
        }

        return RuleOutcome.Continue;
    }

    private static PrefixInformationOption OnLink(Ipv6Prefix prefix) =>
        new(prefix, OnLink: true, Autonomous: true, ValidLifetimeSeconds: 2_592_000, PreferredLifetimeSeconds: 604_800);
}
