using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>A prefix of a registered mobile node that is renumbered or invalid.</summary>
public sealed record WithdrawnPrefix(GatewayState Gateway, Attachment Attachment, Ipv6Prefix Prefix)
{
    /// <summary>The prefixes that the mobile node still has.</summary>
    public IReadOnlyList<Ipv6Prefix> Left { get; } = [.. (Attachment.Binding?.HomeNetworkPrefixes ?? []).Where(other => other != Prefix)];
}

/// <summary>RFC 5213, Section 6.12: the mobile node and the forwarding lose the prefix. The LMA is told by its own management.</summary>
internal static class PrefixWithdrawalRules
{
    public static RuleList<WithdrawnPrefix> Default { get; } =
        new(
            new("6.12", "EntryUpdated", EntryUpdated),
            new("6.12", "Advertised", Advertised),
            new("6.12", "RoutesRemoved", RoutesRemoved),
            new("6.12", "LastPrefix", LastPrefix)
        );

    private static RuleOutcome EntryUpdated(WithdrawnPrefix withdrawn)
    {
        var (gateway, attachment, _) = withdrawn;
        switch (attachment)
        {
            case Attachment.Registered registered:
                gateway.Put(registered with { Registration = Without(registered.Registration) });
                break;
            case Attachment.Extending extending:
                var update = extending.Update.IpVersions.HasFlag(IpVersions.Ipv6)
                    ? extending.Update with
                    {
                        HomeNetworkPrefixes = withdrawn.Left,
                    }
                    : extending.Update;
                gateway.Put(extending with { Registration = Without(extending.Registration), Update = update });
                break;
            default:
                break; // it has no prefixes
        }
        return RuleOutcome.Continue;

        Registration Without(Registration registration) => registration with { HomeNetworkPrefixes = withdrawn.Left };
    }

    private static RuleOutcome Advertised(WithdrawnPrefix withdrawn)
    {
        RouterAdvertisementDraft.Send(withdrawn.Gateway, withdrawn.Attachment, withdrawn: withdrawn.Prefix);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RoutesRemoved(WithdrawnPrefix withdrawn)
    {
        RoutingDraft.Apply(withdrawn.Gateway, withdrawn.Attachment, withdrawn.Left, withdrawn.Attachment.Binding?.Ipv4);
        RoutingDraft.UpdateLocalRoutes(withdrawn.Gateway);
        return RuleOutcome.Continue;
    }

    /// <summary>Without a prefix or an IPv4 home address the mobile node is not served until it attaches again.</summary>
    private static RuleOutcome LastPrefix(WithdrawnPrefix withdrawn)
    {
        if (withdrawn.Left.Count == 0 && withdrawn.Attachment.Binding?.Ipv4 is null)
        {
            var denied = new DeniedService(withdrawn.Gateway, withdrawn.Attachment, BindingStatus.ADMINISTRATIVELY_PROHIBITED);
            withdrawn.Gateway.Rules.EndOfService.Apply(denied);
        }
        return RuleOutcome.Continue;
    }
}
