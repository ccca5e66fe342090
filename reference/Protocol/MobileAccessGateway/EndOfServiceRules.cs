using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>A mobile node that stays attached and is not served any more.</summary>
public sealed record DeniedService(GatewayState Gateway, Attachment Attachment, BindingStatus Reason);

/// <summary>
/// RFC 5213, Sections 6.9.1.2(11) and 6.10.5: no prefix is advertised to the mobile node, and no packets are forwarded for it.
/// </summary>
internal static class EndOfServiceRules
{
    public static RuleList<DeniedService> Default { get; } =
        new(
            new("RFC 5844 3.2.3.3", "Ipv4Ended", Ipv4Ended),
            new("6.9.1.2(11)", "Refused", Refused),
            new("6.10.5", "RoutesRemoved", RoutesRemoved),
            new("6.10.3", "LocalRouting", LocalRouting),
            new("5.6.1", "TunnelReleased", TunnelReleased)
        );

    private static RuleOutcome Refused(DeniedService denied)
    {
        var (gateway, attachment, reason) = denied;
        gateway.CancelDeadlines(attachment.Link);
        gateway.Put(new Attachment.Refused(attachment.Link, attachment.MobileNode, reason));
        gateway.Actions.Log("ServiceDenied", $"{attachment.MobileNode.Identifier.Nai} on {attachment.Link}: {reason}");
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RoutesRemoved(DeniedService denied)
    {
        denied.Gateway.Forwarding.RemoveRoutes(denied.Attachment.Link);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome TunnelReleased(DeniedService denied)
    {
        denied.Gateway.Forwarding.ReleaseTunnels(denied.Attachment.Link);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Ipv4Ended(DeniedService denied)
    {
        Ipv4LinkDraft.End(new EndedIpv4(denied.Gateway, denied.Attachment.Link) { IsLost = true, IsLast = true });
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LocalRouting(DeniedService denied)
    {
        RoutingDraft.UpdateLocalRoutes(denied.Gateway);
        return RuleOutcome.Continue;
    }
}
