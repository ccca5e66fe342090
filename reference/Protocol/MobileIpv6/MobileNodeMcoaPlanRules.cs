namespace Pmip.Protocol.MobileIpv6;

/// <summary>Which Binding Updates a mobile node with several care-of addresses sends: RFC 5648, Sections 5.3, 5.6 and 5.9.</summary>
internal static class MobileNodeMcoaPlanRules
{
    /// <summary>Care-of addresses that come soon after each other are registered together.</summary>
    public static RuleOutcome OthersGathered(MobileNodePlan plan)
    {
        if (plan.Peer.GathersUntil > plan.Now)
        {
            plan.Due.RemoveAll(binding => binding is { Wanted: not null, IsRegistered: false });
        }
        return RuleOutcome.Continue;
    }

    /// <summary>A message without H ends the home binding, which goes into the next one therefore.</summary>
    public static RuleOutcome HomeBindingConfirmed(MobileNodePlan plan)
    {
        if (
            plan.Due.Exists(binding => !binding.IsHome)
            && plan.Peer.Bindings.FirstOrDefault(binding => binding.IsHome) is { IsRefused: false } home
        )
        {
            home.NeedsRefresh = true;
            if (home.Pending is null && !plan.Due.Contains(home))
            {
                plan.Due.Add(home);
            }
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Its lifetime and its flags differ from those of the others.</summary>
    public static RuleOutcome HomeBindingAlone(MobileNodePlan plan)
    {
        if (plan.Due.Find(binding => binding.IsHome) is { } home)
        {
            plan.Due.Remove(home);
            if (!plan.Peer.Overwrites)
            {
                plan.Add(home);
            }
        }
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// What takes the place of all that the peer has, or is the first that shows whether the peer knows BIDs, is acknowledged before
    /// anything is added to it. In bulk it has all that is wanted.
    /// </summary>
    public static RuleOutcome FirstAlone(MobileNodePlan plan)
    {
        if (plan.Peer is { Overwrites: false, KnowsBindingIds: true } or { UsesBindingIds: false } || plan.Due.Count == 0)
        {
            return RuleOutcome.Continue;
        }

        var registered = plan.Due.FindAll(binding => binding.Wanted is not null);
        var isWaiting = plan.Peer.Pending.Any(update => update is { HasBindingIds: true, IsRemoval: false });
        plan.Due.Clear();
        if (!isWaiting && registered.Count > 0)
        {
            plan.Due.AddRange(
                plan.Peer.RegistersInBulk
                    ? plan.Peer.Bindings.Where(binding =>
                        binding.Wanted is not null && (binding.IsRegistered || registered.Contains(binding))
                    )
                    : registered.Take(1)
            );
        }
        return RuleOutcome.Continue;
    }

    public static RuleOutcome InBulk(MobileNodePlan plan)
    {
        if (plan.Peer.RegistersInBulk)
        {
            plan.Add(plan.Due.FindAll(binding => binding.Wanted is null));
            plan.Add([.. plan.Due]);
        }
        return RuleOutcome.Continue;
    }
}
