using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// Brings the bindings that a mobile node has to those that it wants: sends Binding Updates and test inits, again and again until they are
/// answered or not wanted any more (RFC 6275, Section 11.8).
/// </summary>
/// <param name="node">The mobile node.</param>
internal sealed class MobileNodeRegistrations(MobileNodeState node)
{
    private MobileNodeRules Rules => node.Rules;

    /// <summary>Call this after every change of what is wanted or registered.</summary>
    public void Settle(Instant now)
    {
        node.ChoosePrimary();
        foreach (var peer in node.Peers)
        {
            Want(peer, now);
            Send(peer, now);
            if (peer.IsHomeAgent)
            {
                // What goes to the others with the home address must not take a path that the node has just lost.
                Rules.Forwarding.Apply(node);
            }
        }
        node.ForgetPeers(now);
        Rules.Forwarding.Apply(node);
    }

    public void Retransmit(MobileNodeUpdate update, Instant now)
    {
        if (!update.Peer.Pending.Contains(update))
        {
            return;
        }
        if (!update.IsHeldBack)
        {
            update.Timeout = Rules.BackOff(node.Settings, update.Timeout);
        }
        if (update.Key is not null && !HasTokens(update, now))
        {
            Cancel(update, now);
            Settle(now);
            return;
        }
        Send(update, now);
    }

    /// <summary>Sends an update again at once.</summary>
    public void Repeat(MobileNodeUpdate update, Instant now) => Send(update, now);

    public void Retransmit(TestInitExchange test, Instant now)
    {
        if (!test.IsRunning)
        {
            return;
        }
        if (!test.IsHeldBack)
        {
            test.Timeout = Rules.BackOff(node.Settings, test.Timeout);
        }
        Send(test, now);
    }

    /// <summary>An update is neither sent again nor is its acknowledgement awaited. Whether it has arrived is not known.</summary>
    public void Cancel(MobileNodeUpdate update, Instant now)
    {
        node.End(update);
        var end = update.SentAt + LifetimeField.Unit * update.LifetimeUnits;
        foreach (var item in update.Items.Where(item => update.IsSent && item.CareOf is not null && end > now))
        {
            item.Binding.MayExistUntil = end;
        }
        foreach (var binding in update.Peer.Bindings.Where(binding => update.RemovesAll && binding.Registered is not null))
        {
            (binding.NeedsRefresh, binding.NeedsCareOfAddress) = (true, true);
        }
    }

    private void Want(MobileNodePeer peer, Instant now)
    {
        var wishes = new MobileNodeWishes(node, peer);
        Rules.Wishes.Apply(wishes);
        foreach (var binding in peer.Bindings.Where(binding => wishes.Wanted.All(wish => wish.BindingId != binding.BindingId)))
        {
            binding.Want(careOf: null, isHome: false);
        }
        foreach (var wish in wishes.Wanted)
        {
            peer.Of(wish.BindingId).Want(wish.CareOf, wish.IsHome);
        }
        foreach (var update in peer.Pending.Where(update => IsObsolete(update)))
        {
            Cancel(update, now);
        }
        foreach (
            var binding in peer.Bindings.Where(binding => binding is { Wanted: null, Pending: null } && !binding.MayExist(now)).ToList()
        )
        {
            node.End(peer, binding);
            peer.Forget(binding);
        }
    }

    private bool IsObsolete(MobileNodeUpdate update) =>
        update.RemovesAll ? node.Attachment != MobileNodeAttachment.Home : update.Items.Any(item => !item.IsCurrent);

    private void Send(MobileNodePeer peer, Instant now)
    {
        var plan = new MobileNodePlan(node, peer, now);
        (peer.IsHomeAgent ? Rules.HomeAgentPlan : Rules.CorrespondentPlan).Apply(plan);
        foreach (var test in peer.Tests.Where(test => test.IsRunning && !plan.Tests.Contains(test)))
        {
            test.IsRunning = false;
            node.Deadlines.Cancel(new MobileNodeDeadline.TestRetransmission(test));
        }
        foreach (var test in plan.Tests.Where(test => test is { IsRunning: false, IsRefused: false }))
        {
            test.Spend();
            test.Timeout = node.Settings.InitialTimeout;
            Send(test, now);
        }
        foreach (var update in plan.Updates)
        {
            Begin(update);
            Send(update, now);
        }
    }

    /// <summary>The first registration leaves the home agent time to test the home address.</summary>
    private void Begin(MobileNodeUpdate update)
    {
        var isFirst = update.Peer.IsHomeAgent && !update.Peer.Acknowledged.Any();
        update.Timeout = isFirst ? node.Settings.FirstRegistrationTimeout : node.Settings.InitialTimeout;
        foreach (var item in update.Items)
        {
            item.Binding.Pending = update;
        }
        if (update.RemovesAll)
        {
            update.Peer.PendingRemoval = update;
        }
    }

    private void Send(MobileNodeUpdate update, Instant now)
    {
        var peer = update.Peer;
        update.IsHeldBack = false;
        if (Rules.Rate(node, peer.Address, (byte)MobilityHeaderType.BindingUpdate, now) is { } later)
        {
            update.IsHeldBack = true;
            node.Deadlines.Set(new MobileNodeDeadline.Retransmission(update), later);
            return;
        }

        var draft = new MobileNodeUpdateDraft(node, update, now);
        var rules = peer.IsHomeAgent ? Rules.HomeAgentUpdate : Rules.CorrespondentUpdate;
        node.Deadlines.Set(new MobileNodeDeadline.Retransmission(update), now + update.Timeout);
        if (rules.Apply(draft) == RuleOutcome.Stop || draft.Source is not { } source)
        {
            return;
        }

        var path = draft.PathFrom(source);
        node.Rate.Add(peer.Address, (byte)MobilityHeaderType.BindingUpdate, now);
        update.Record(draft, now);
        peer.IsKnown = true;
        node.Actions.Add(
            new RoleAction.SendSignal(path, path.Complete(draft.ToMessage())) { Link = draft.Link, ProtectedFor = draft.ProtectedFor }
        );
    }

    private void Send(TestInitExchange test, Instant now)
    {
        var draft = new TestInitDraft(node, test);
        var type = test.CareOf is null ? MobilityHeaderType.HomeTestInit : MobilityHeaderType.CareOfTestInit;
        (test.IsRunning, test.IsHeldBack) = (true, false);
        if (Rules.Rate(node, test.Peer.Address, (byte)type, now) is { } later)
        {
            test.IsHeldBack = true;
            node.Deadlines.Set(new MobileNodeDeadline.TestRetransmission(test), later);
            return;
        }

        (test.CareOf is null ? Rules.HomeTestInit : Rules.CareOfTestInit).Apply(draft);
        (test.Cookie, test.SentAt, test.HasBindingId) = (draft.Cookie, now, draft.Options.Count > 0);
        node.Rate.Add(test.Peer.Address, (byte)type, now);
        node.Deadlines.Set(new MobileNodeDeadline.TestRetransmission(test), now + test.Timeout);
        node.Actions.Send(new Ipv6Signaling(draft.Source, test.Peer.Address), draft.ToMessage());
    }

    private static bool HasTokens(MobileNodeUpdate update, Instant now) =>
        update
            .Items.Select(item => item.CareOf)
            .OfType<CareOfAddress>()
            .Select(update.Peer.CareOfTestOf)
            .Prepend(update.Peer.HomeTest)
            .OfType<TestInitExchange>()
            .All(test => test.HasToken(now));
}
