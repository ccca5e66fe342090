using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>What follows from a status for a binding: RFC 6275, Section 11.7.3.</summary>
internal static class MobileNodeOutcomeRules
{
    public static RuleList<MobileNodeOutcome> Default { get; } =
        new(
            new("RFC 6275 11.7.3", "AllRemoved", AllRemoved),
            new("RFC 6275 11.7.3", "BindingRemoved", BindingRemoved),
            new("RFC 6275 11.7.3 b1", "LifetimeGranted", LifetimeGranted),
            new("RFC 6275 11.7.3 b1", "BindingRegistered", BindingRegistered),
            new("RFC 6275 5.2.7", "NoncesExpired", NoncesExpired),
            new("RFC 6275 11.7.1", "HomeAddressLost", HomeAddressLost),
            new("RFC 6275 11.7.3", "RegistrationRefused", RegistrationRefused)
        );

    /// <summary>A status is all the same where nothing is left to remove.</summary>
    private static RuleOutcome AllRemoved(MobileNodeOutcome outcome)
    {
        if (!outcome.Update.RemovesAll)
        {
            return RuleOutcome.Continue;
        }
        if (MobileNodeAcknowledgementRules.AreNoncesExpired(outcome.Status))
        {
            outcome.Peer.HomeTest?.Spend();
            return RuleOutcome.Stop;
        }

        foreach (var binding in outcome.Peer.Bindings)
        {
            outcome.Node.End(outcome.Peer, binding);
        }
        outcome.Node.Rules.ReturnedHome.Apply(outcome);
        return RuleOutcome.Stop;
    }

    private static RuleOutcome BindingRemoved(MobileNodeOutcome outcome)
    {
        if (outcome.Item is not { CareOf: null, Binding: var binding })
        {
            return RuleOutcome.Continue;
        }
        if (MobileNodeAcknowledgementRules.AreNoncesExpired(outcome.Status))
        {
            outcome.Peer.HomeTest?.Spend();
            return RuleOutcome.Stop;
        }

        outcome.Node.End(outcome.Peer, binding);
        return RuleOutcome.Stop;
    }

    /// <summary>A binding without a lifetime is not there.</summary>
    private static RuleOutcome LifetimeGranted(MobileNodeOutcome outcome) =>
        outcome.IsAccepted && outcome.Acknowledgement.Message.LifetimeUnits == 0 && !outcome.Node.Rules.IsForever(outcome)
            ? RegistrationRefused(outcome)
            : RuleOutcome.Continue;

    /// <summary>
    /// The lifetime counts from the update on, and is at most what was asked for. The binding is refreshed when a quarter of it is left.
    /// </summary>
    private static RuleOutcome BindingRegistered(MobileNodeOutcome outcome)
    {
        if (!outcome.IsAccepted || outcome is not { CareOf: { } careOf, Item: { Binding: var binding, IsHome: var isHome } })
        {
            return RuleOutcome.Continue;
        }

        var (node, peer, update) = (outcome.Node, outcome.Peer, outcome.Update);
        var units = Math.Min(outcome.Acknowledgement.Message.LifetimeUnits, update.LifetimeUnits);
        var end = update.SentAt + LifetimeField.Unit * units;
        binding.Acknowledge(careOf, isHome, outcome.Node.Rules.IsForever(outcome) ? null : end);
        if (update.Overwrites)
        {
            EndOthers(outcome);
        }
        if (binding.EndsAt is not null)
        {
            node.Deadlines.Set(new MobileNodeDeadline.Refresh(peer, binding), update.SentAt + LifetimeField.Unit * units * 3 / 4);
            node.Deadlines.Set(new MobileNodeDeadline.EndOfBinding(peer, binding), end);
        }
        return RuleOutcome.Stop;
    }

    /// <summary>The bindings of the update have taken the place of all that the peer had.</summary>
    private static void EndOthers(MobileNodeOutcome outcome)
    {
        outcome.Peer.Overwrites = false;
        var registered = outcome.Update.Items.Select(item => item.Binding).Append(outcome.Item?.Binding).ToList();
        foreach (var binding in outcome.Peer.Bindings.Where(binding => !registered.Contains(binding)))
        {
            outcome.Node.End(outcome.Peer, binding);
        }
    }

    /// <summary>The tokens that the correspondent node does not recognize are renewed, and the update sent again.</summary>
    private static RuleOutcome NoncesExpired(MobileNodeOutcome outcome)
    {
        if (outcome.Peer.IsHomeAgent || !MobileNodeAcknowledgementRules.AreNoncesExpired(outcome.Status))
        {
            return RuleOutcome.Continue;
        }
        if (outcome.Status != BindingStatus.EXPIRED_CARE_OF_NONCE_INDEX)
        {
            outcome.Peer.HomeTest?.Spend();
        }
        if (outcome.Status != BindingStatus.EXPIRED_HOME_NONCE_INDEX && outcome.Item?.CareOf is { } careOf)
        {
            outcome.Peer.CareOfTestOf(careOf).Spend();
        }
        return outcome.Log("the tokens are renewed");
    }

    /// <summary>A test that this node has answered itself on its home link says nothing; it is silent there the next time.</summary>
    private static RuleOutcome HomeAddressLost(MobileNodeOutcome outcome)
    {
        if (!outcome.Peer.IsHomeAgent || outcome.Status != BindingStatus.DUPLICATE_ADDRESS_DETECTION_FAILED)
        {
            return RuleOutcome.Continue;
        }

        if (outcome.Node.HomeAddress.Link is not null)
        {
            foreach (var binding in outcome.Peer.Bindings)
            {
                outcome.Node.End(outcome.Peer, binding);
            }
            return outcome.Log("the home agent has found this node itself on the home link, and has no binding of it");
        }

        outcome.Node.IsHomeAddressLost = true;
        return outcome.Log("the home address is not used again");
    }

    /// <summary>The home agent is asked again for another care-of address, a correspondent node never.</summary>
    private static RuleOutcome RegistrationRefused(MobileNodeOutcome outcome)
    {
        if (outcome.Item is { Binding: var binding })
        {
            binding.IsRefused = true;
            binding.NeedsRefresh = false;
        }
        outcome.Peer.IsRefused = !outcome.Peer.IsHomeAgent;
        return outcome.Log("the registration is given up");
    }
}
