namespace Pmip.Protocol.MobileIpv6;

/// <summary>What makes a mobile node register at other times than after a movement: RFC 6275, Sections 11.3.6, 11.7.2 and 11.7.4.</summary>
internal static class MobileNodeEventRules
{
    public static RuleList<MobileNodeRefreshRequest> RefreshRequest { get; } =
        new(new("RFC 6275 11.7.4", "EntryKnown", EntryKnown), new("RFC 6275 11.7.4", "BindingsRenewed", BindingsRenewed));

    public static RuleList<MobileNodeBindingError> BindingError { get; } =
        new(
            new("RFC 6275 11.3.6", "EntryKnown", EntryKnown),
            new("RFC 6275 11.3.6 b1", "RegisteredAtHomeAgentAgain", RegisteredAtHomeAgentAgain),
            new("RFC 6275 11.3.6 b3", "EntryRemoved", EntryRemoved),
            new("RFC 6275 11.3.6", "AnswerAwaited", AnswerAwaited),
            new("RFC 6275 11.3.6", "RouteOptimizationCeased", RouteOptimizationCeased)
        );

    public static RuleList<MobileNodeCorrespondentPacket> CorrespondentPacket { get; } =
        new(
            new("RFC 6275 11.7.2", "RouteOptimizationWanted", RouteOptimizationWanted),
            new("RFC 6275 11.7.2", "NotTheHomeAgent", NotTheHomeAgent),
            new("RFC 6275 11.7.2", "CorrespondentAdded", CorrespondentAdded)
        );

    public static RuleList<MobileNodeBindingEvent> RefreshDue { get; } =
        new([new("RFC 6275 11.7.1", "BindingRefreshed", BindingRefreshed)]);

    private static RuleOutcome EntryKnown(MobileNodeRefreshRequest request) =>
        request.Peer is null || !request.Peer.Acknowledged.Any()
            ? request.Ignore("EntryKnown", "nothing is registered there")
            : RuleOutcome.Continue;

    private static RuleOutcome BindingsRenewed(MobileNodeRefreshRequest request)
    {
        foreach (var binding in request.Peer?.Acknowledged ?? [])
        {
            binding.NeedsRefresh = true;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome EntryKnown(MobileNodeBindingError error) =>
        error.Peer is null ? error.Ignore("EntryKnown", "nothing was registered there") : RuleOutcome.Continue;

    /// <summary>The home agent may have lost its bindings, and with them the care-of addresses.</summary>
    private static RuleOutcome RegisteredAtHomeAgentAgain(MobileNodeBindingError error)
    {
        if (error is not { Message.Status: Wire.BindingError.UnknownBindingForHomeAddress, Peer: { IsHomeAgent: true } peer })
        {
            return RuleOutcome.Continue;
        }
        foreach (var binding in peer.Acknowledged)
        {
            (binding.NeedsRefresh, binding.NeedsCareOfAddress) = (true, true);
        }
        return RuleOutcome.Stop;
    }

    /// <summary>The next packet through the tunnel begins anew.</summary>
    private static RuleOutcome EntryRemoved(MobileNodeBindingError error)
    {
        if (error is not { Message.Status: Wire.BindingError.UnknownBindingForHomeAddress, Peer: { } peer })
        {
            return RuleOutcome.Continue;
        }
        error.Node.Forget(peer);
        return RuleOutcome.Stop;
    }

    private static RuleOutcome AnswerAwaited(MobileNodeBindingError error) =>
        error is { Message.Status: Wire.BindingError.UnrecognizedMobilityHeaderType, IsAnswerAwaited: true }
            ? RuleOutcome.Continue
            : error.Ignore("AnswerAwaited", $"status {error.Message.Status}");

    private static RuleOutcome RouteOptimizationCeased(MobileNodeBindingError error)
    {
        if (error.Peer is { IsHomeAgent: false } peer)
        {
            peer.IsRefused = true;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RouteOptimizationWanted(MobileNodeCorrespondentPacket packet) =>
        packet.Node.Settings.OptimizesRoutes && packet.Destination.Equals(packet.Node.Settings.HomeAddress)
            ? RuleOutcome.Continue
            : RuleOutcome.Stop;

    private static RuleOutcome NotTheHomeAgent(MobileNodeCorrespondentPacket packet) =>
        packet.Node.HomeAgent.Address.Equals(packet.Correspondent) || !McoaRules.IsRoutable(packet.Correspondent)
            ? RuleOutcome.Stop
            : RuleOutcome.Continue;

    private static RuleOutcome CorrespondentAdded(MobileNodeCorrespondentPacket packet)
    {
        if (packet.Node.Find(packet.Correspondent) is null)
        {
            packet.Node.AddCorrespondent(packet.Correspondent);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome BindingRefreshed(MobileNodeBindingEvent due)
    {
        due.Binding.NeedsRefresh = true;
        return RuleOutcome.Continue;
    }
}
