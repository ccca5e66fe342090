using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors with one fault each.</summary>
internal static class AnchorDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Requests(), .. Sessions(), .. Ordering(), .. Acknowledgements(), .. Packets()];

    private static IEnumerable<Deviation> Requests() =>
    [
        Rules("lma-swapped-checks", "looks for the Handoff Indicator before the Home Network Prefix", "rfc5213-5.3-k1",
            rules => rules with { ProxyBindingUpdate = rules.ProxyBindingUpdate.Swapping("HomeNetworkPrefixPresent", "HandoffIndicatorPresent") }),
        Rules("lma-handoff-indicator-not-required", "accepts a registration without a Handoff Indicator", "rfc5213-5.3.1-k13",
            rules => rules with { ProxyBindingUpdate = rules.ProxyBindingUpdate.Without("HandoffIndicatorPresent") }),
        Rules("lma-any-gateway", "accepts registrations from gateways that are not authorised", "rfc5213-5.3.1-k8",
            rules => rules with { ProxyBindingUpdate = rules.ProxyBindingUpdate.Without("GatewayAuthorized") }),
        Rules("lma-disabled-mobile-node", "serves a mobile node that is not entitled to it", "rfc5213-5.3.1-k10",
            rules => rules with { ProxyBindingUpdate = rules.ProxyBindingUpdate.Without("ServiceEnabled") }),
        Rules("lma-foreign-prefix", "grants whatever prefix is asked for", "rfc5213-5.3.2-k6",
            rules => rules with { InitialRegistration = rules.InitialRegistration.Replacing("PrefixesAuthorized", AnyPrefixAuthorized) }),
    ];

    private static IEnumerable<Deviation> Sessions() =>
    [
        Rules("lma-one-prefix-for-all", "gives every mobile node the same prefix", "rfc5213-5.3.2-k2",
            rules => rules with { InitialRegistration = rules.InitialRegistration.Replacing("PrefixesAllocated", FirstPrefixAllocated) }),
        Rules("lma-traffic-stays", "goes on sending to the former gateway after a hand-off", "rfc5213-5.3.4-k2",
            rules => rules with { AfterHandoff = rules.AfterHandoff.Without("PreviousRoutesRemoved").Without("PreviousTunnelReleased").Without("RoutesCreated") }),
        Rules("lma-traffic-lost", "drops the traffic of a mobile node that has handed off", "rfc5213-5.3.4-k6",
            rules => rules with { AfterHandoff = rules.AfterHandoff.Without("RoutesCreated") }),
        Rules("lma-de-registration-by-anybody", "lets a gateway end the session that another one serves", "rfc5213-5.3.5-k1a",
            rules => rules with { DeRegistration = rules.DeRegistration.Without("OtherCareOfAddressIgnored") }),
        Deviation.Of("lma-deletes-at-once", "deletes a de-registered session without a wait", "rfc5213-5.3.5-k2",
            anchor => anchor with { AnchorSettings = settings => settings with { MinDelayBeforeBCEDelete = TimeSpan.Zero } }),
        Rules("lma-never-deletes", "keeps a de-registered session for ever", "rfc5213-5.3.5-k7a",
            rules => rules with { EndOfSession = rules.EndOfSession.Without("EntryDeleted") }),
        Rules("lma-routes-stay", "never stops forwarding for a de-registered session", "rfc5213-5.3.5-k7b",
            rules => rules with
            {
                DeRegistration = rules.DeRegistration.Without("DataDropped"),
                EndOfSession = rules.EndOfSession.Without("RoutesRemoved").Without("TunnelReleased"),
            }),
        Rules("lma-tunnel-taken-down", "takes a tunnel down that other sessions use", "rfc5213-5.6.1-d1",
            rules => rules with { EndOfSession = rules.EndOfSession.Replacing("TunnelReleased", TunnelRemoved) }),
    ];

    private static IEnumerable<Deviation> Ordering() =>
    [
        Rules("lma-no-timestamp-window", "accepts a timestamp however far it is from its own time", "rfc5213-5.5-k22",
            rules => rules with { Ordering = rules.Ordering.Without("TimestampInWindow") }),
        Deviation.Of("lma-narrow-timestamp-window", "rejects timestamps that are well inside the window", "rfc5213-5.5-k16",
            anchor => anchor with { AnchorSettings = settings => settings with { TimestampValidityWindow = settings.TimestampValidityWindow / 2 } }),
        Rules("lma-lower-timestamp", "accepts a timestamp before the last accepted one", "rfc5213-5.5-k20",
            rules => rules with { Ordering = rules.Ordering.Without("TimestampNotLower").Without("TimestampGreater") }),
        Rules("lma-any-sequence-number", "does not order requests without a timestamp", "rfc5213-5.5-k25",
            rules => rules with { Ordering = rules.Ordering.Without("SequenceNumberGreater") }),
    ];

    private static IEnumerable<Deviation> Acknowledgements() =>
    [
        Answers("lma-no-proxy-flag", "sends acknowledgements with the P flag clear", "rfc5213-5.3.6-d1", answer => answer.Without("ProxyFlag")),
        Answers("lma-no-identifier", "does not say whose acknowledgement it is", "rfc5213-5.3.6-k4", answer => answer.Without("MobileNodeIdentifierEchoed")),
        Answers("lma-no-handoff-indicator", "leaves the Handoff Indicator out of acknowledgements", "rfc5213-5.3.6-k11", answer => answer.Without("HandoffIndicatorEchoed")),
        Answers("lma-other-link-local-address", "makes up a new link-local address for every answer", "rfc5213-5.3.6-k25",
            answer => answer.Replacing("LinkLocalAddressOfSession", LinkLocalAddressMadeUp)),
        Answers("lma-own-timestamp", "returns its own time of day to an accepted request", "rfc5213-5.5-k19", answer => answer.Replacing("TimestampEchoed", OwnTimestamp)),
        Answers("lma-longer-lifetime", "grants a longer lifetime than was asked for", "rfc5213-5-k1b", answer => answer.Replacing("LifetimeGranted", LongerLifetime)),
        Deviation.Of("lma-misaligned-prefix", "does not align the Home Network Prefix option", "rfc5213-8.3-d1",
            anchor => anchor with { Output = LayoutFilter.WithMisalignedPrefixes }),
        Deviation.Of("lma-reserved-octet", "sets the reserved octet of the Home Network Prefix option", "rfc5213-8.3-k2",
            anchor => anchor with { Output = LayoutFilter.WithReservedOctetsSet }),
    ];

    private static IEnumerable<Deviation> Packets() =>
    [
        Deviation.Of("lma-outer-ecn-clear", "does not copy the congestion field into the tunnel header", "rfc5213-5.6.3-k2",
            anchor => anchor with { Output = PacketFilter.OfTunnels(packet => packet.WithEcn(Ecn.NotEct)) }),
    ];

    private static Deviation Rules(string name, string description, string statement, Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> change) =>
        Deviation.Of(name, description, statement, anchor => anchor with { AnchorRules = change });

    private static Deviation Answers(string name, string description, string statement, Func<RuleList<AcknowledgementDraft>, RuleList<AcknowledgementDraft>> change) =>
        Rules(name, description, statement, rules => rules with { Acknowledgement = change(rules.Acknowledgement) });

    private static RuleOutcome AnyPrefixAuthorized(RegistrationRequest request)
    {
        if (!request.HomeNetworkPrefixes.Any(prefix => prefix.IsAllZero))
        {
            request.AssignedPrefixes = [.. request.HomeNetworkPrefixes.Distinct()];
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome FirstPrefixAllocated(RegistrationRequest request)
    {
        request.AssignedPrefixes = [request.Anchor.Settings.PrefixPool.Subnet(64, 0)];
        return RuleOutcome.Continue;
    }

    private static RuleOutcome TunnelRemoved(EndingSession ending)
    {
        ending.Anchor.Actions.Add(new RoleAction.RemoveTunnel(new Tunnel(ending.Anchor.Settings.Address, ending.Entry.Binding.ProxyCareOfAddress)));
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LinkLocalAddressMadeUp(AcknowledgementDraft draft)
    {
        var identifier = new byte[8];
        draft.Request.Anchor.Random.NextBytes(identifier);
        draft.LinkLocalAddress = draft.Request.LinkLocalAddress is null ? null : Ipv6Prefix.Parse("fe80::/64").AddressWith(identifier);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome OwnTimestamp(AcknowledgementDraft draft)
    {
        draft.Timestamp = draft.Request.Timestamp is null ? null : Timestamp.FromUtc(draft.Request.Now.Utc + TimeSpan.FromSeconds(1));
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LongerLifetime(AcknowledgementDraft draft)
    {
        draft.LifetimeUnits = draft.IsRejection ? (ushort)0 : (ushort)(draft.Request.GrantedLifetimeUnits * 2);
        return RuleOutcome.Continue;
    }
}
