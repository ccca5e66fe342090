namespace Pmip.Protocol.MobileIpv6;

/// <summary>Which Binding Updates a mobile node sends: RFC 6275, Sections 11.5.5, 11.6 and 11.7.</summary>
internal static class MobileNodePlanRules
{
    public static RuleList<MobileNodePlan> HomeAgent { get; } =
        new(
            new("RFC 6275 11.7.3", "PeerNotRefused", PeerNotRefused),
            new("RFC 6275 11.5.5", "AllRemovedAtHome", AllRemovedAtHome),
            new("RFC 6275 11.7.1", "CareOfAddressUsable", CareOfAddressUsable),
            new("RFC 6275 11.7.1", "BindingLeft", BindingLeft),
            new("RFC 6275 11.7.1", "Singly", Singly)
        );

    public static RuleList<MobileNodePlan> Correspondent { get; } =
        new([
            .. HomeAgent.InsertingBefore("Singly", new("RFC 6275 11.7.2", "RegisteredAtHomeAgent", RegisteredAtHomeAgent)),
            new("RFC 6275 11.7.2", "TokensPresent", TokensPresent),
        ]);

    private static RuleOutcome PeerNotRefused(MobileNodePlan plan) => plan.Peer.IsRefused ? RuleOutcome.Stop : RuleOutcome.Continue;

    private static RuleOutcome AllRemovedAtHome(MobileNodePlan plan)
    {
        if (
            plan.Node.Attachment == MobileNodeAttachment.Home
            && plan.Peer.PendingRemoval is null
            && plan.Peer.Bindings.Any(binding => binding.MayExist(plan.Now))
        )
        {
            plan.Updates.Add(new MobileNodeUpdate(plan.Peer, []));
            plan.Due.Clear();
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome CareOfAddressUsable(MobileNodePlan plan)
    {
        if (plan.Node.Attachment == MobileNodeAttachment.Home || plan.Node.CareOf.Usable.Count == 0)
        {
            plan.Due.Clear();
        }
        return RuleOutcome.Continue;
    }

    /// <summary>A correspondent node is told of a care-of address after the home agent has accepted it.</summary>
    private static RuleOutcome RegisteredAtHomeAgent(MobileNodePlan plan)
    {
        plan.Due.RemoveAll(binding =>
            binding.Wanted is { Address: var careOf }
            && plan.Node.HomeAgent.Acknowledged.All(registered => !careOf.Equals(registered.Registered))
        );
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// What is removed waits for a care-of address in its place: without any binding the home agent would take the node to be at home, and
    /// test the home address before the next one.
    /// </summary>
    private static RuleOutcome BindingLeft(MobileNodePlan plan)
    {
        var foreign = plan.Peer.Bindings.Where(binding => binding is { Wanted: not null, IsHome: false, IsRefused: false }).ToList();
        if (foreign.Count > 0 && foreign.TrueForAll(binding => binding.Registered is null))
        {
            plan.Due.RemoveAll(binding => binding.Wanted is null);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Singly(MobileNodePlan plan)
    {
        foreach (var binding in plan.Due.ToList())
        {
            plan.Add(binding);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// What waits for a token is planned again when it comes. A removal needs the home keygen token alone (RFC 6275, Section 5.2.5).
    /// </summary>
    private static RuleOutcome TokensPresent(MobileNodePlan plan)
    {
        foreach (var update in plan.Updates.ToList())
        {
            var needed = update.Items.Select(item => item.CareOf).OfType<CareOfAddress>().Select(plan.Peer.CareOfTestOf);
            var missing = needed.Prepend(plan.Peer.HomeTest).OfType<TestInitExchange>().Where(test => !test.HasToken(plan.Now)).ToList();
            if (missing.Count > 0)
            {
                plan.Updates.Remove(update);
                plan.Tests.UnionWith(missing);
            }
        }
        return RuleOutcome.Continue;
    }
}
