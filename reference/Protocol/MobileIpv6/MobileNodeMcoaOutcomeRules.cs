using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// What follows from the statuses of several care-of addresses: RFC 5648, Sections 5.6.4 and 5.7, and draft -04, Section 5.6. An update
/// that can be put right is sent again at once.
/// </summary>
internal static class MobileNodeMcoaOutcomeRules
{
    public static RuleList<MobileNodeOutcome> Rfc5648(RuleList<MobileNodeOutcome> rules) =>
        With(
            rules.InsertingBefore("BindingRegistered", new("RFC 5648 5.6.4", "SilentAtHome", SilentAtHome)),
            new("RFC 5648 5.7 b1", "Prohibited", Prohibited),
            new("RFC 5648 5.7 b2", "BulkProhibited", BulkProhibited),
            new("RFC 5648 5.7 b4", "PlainBindingExists", PlainBindingExists),
            new("RFC 5648 5.7 b5", "CareOfAddressUnknown", CareOfAddressUnknown),
            new("RFC 5648 4.4", "HomeBindingProhibited", HomeBindingProhibited)
        );

    public static RuleList<MobileNodeOutcome> Draft04(RuleList<MobileNodeOutcome> rules) =>
        With(
            rules,
            new("draft 04 5.6 b1", "Prohibited", Prohibited),
            new("draft 04 5.6 b2", "BulkProhibited", BulkProhibited),
            new("draft 04 5.6 b3", "FlagsConflict", FlagsConflict),
            new("draft 04 5.6 b4", "NoBindingIdsAfterConflict", NoBindingIdsAfterConflict),
            new("draft 04 5.6 b4", "PlainBindingExists", PlainBindingExists)
        );

    /// <summary>RFC 5648, Section 5.7: the status of the option, or that of the message if it is 0.</summary>
    public static BindingStatus StatusOf(MobileNodeAcknowledgement answer, MobileNodeUpdateItem item) =>
        answer.Identities.FirstOrDefault(identity => identity.BindingId == item.Binding.BindingId) is { Status: not 0 and var status }
            ? status
            : answer.Message.Status;

    /// <summary>
    /// A peer that does not return the option does not know it: it has registered the source of the message, if anything (RFC 5648, Section
    /// 5.7).
    /// </summary>
    public static RuleOutcome BindingIdsKnown(MobileNodeAcknowledgement answer)
    {
        if (answer.Update is not { HasBindingIds: true, Peer: var peer } update)
        {
            return RuleOutcome.Continue;
        }
        if (answer.Identities.Count > 0)
        {
            peer.KnowsBindingIds = true;
            return RuleOutcome.Continue;
        }
        if (MobileNodeAcknowledgementRules.AreNoncesExpired(answer.Message.Status))
        {
            foreach (var test in peer.Tests)
            {
                test.Spend();
            }
        }

        answer.Node.StopUsingBindingIds(peer);
        if (
            !answer.Message.IsRejection
            && answer.Node.CareOf.Usable.FirstOrDefault(careOf => careOf.Address.Equals(update.Source)) is { } careOf
            && !update.IsRemoval
        )
        {
            var plain = peer.Of(bindingId: null);
            plain.Want(careOf, isHome: false);
            answer.Node.Rules.Outcome.Apply(
                new MobileNodeOutcome(answer, update, new MobileNodeUpdateItem(plain, careOf, IsHome: false), answer.Message.Status)
            );
        }
        return RuleOutcome.Stop;
    }

    private static RuleList<MobileNodeOutcome> With(RuleList<MobileNodeOutcome> rules, params NamedRule<MobileNodeOutcome>[] added) =>
        added.Aggregate(rules, (list, rule) => list.InsertingBefore("NoncesExpired", rule));

    private static RuleOutcome SilentAtHome(MobileNodeOutcome outcome)
    {
        if (outcome.Item is { IsHome: true, Binding: var binding })
        {
            binding.IsSilent = outcome.Status == outcome.Node.Rules.Mcoa?.WithoutNeighborDiscovery;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Prohibited(MobileNodeOutcome outcome)
    {
        if (outcome.Status != outcome.Node.Rules.Mcoa?.Prohibited || !outcome.Peer.UsesBindingIds)
        {
            return RuleOutcome.Continue;
        }

        outcome.Node.StopUsingBindingIds(outcome.Peer);
        return outcome.Log("one care-of address is registered without BID");
    }

    /// <summary>None of the care-of addresses is taken for registered.</summary>
    private static RuleOutcome BulkProhibited(MobileNodeOutcome outcome)
    {
        if (outcome.Status != outcome.Node.Rules.Mcoa?.BulkProhibited || outcome.Update.Items.Count < 2)
        {
            return RuleOutcome.Continue;
        }

        outcome.Peer.RegistersInBulk = false;
        foreach (var item in outcome.Update.Items)
        {
            outcome.Node.End(outcome.Peer, item.Binding);
        }
        return outcome.Log("the care-of addresses are registered one by one");
    }

    /// <summary>The flags are equal in the next update, and if that does not help, there is one for each care-of address.</summary>
    private static RuleOutcome FlagsConflict(MobileNodeOutcome outcome)
    {
        if (outcome.Status != outcome.Node.Rules.Mcoa?.FlagConflicts || outcome.Update.Items.Count < 2)
        {
            return RuleOutcome.Continue;
        }
        if (outcome.Item == outcome.Update.Items[0])
        {
            outcome.Peer.RegistersInBulk = outcome.Peer.FlagConflicts++ == 0;
        }
        return outcome.Log("the update is sent again with equal flags");
    }

    /// <summary>O is not for correspondent nodes.</summary>
    private static RuleOutcome NoBindingIdsAfterConflict(MobileNodeOutcome outcome)
    {
        if (outcome.Peer.IsHomeAgent || outcome.Status != outcome.Node.Rules.Mcoa?.PlainBindingExists || !outcome.Peer.UsesBindingIds)
        {
            return RuleOutcome.Continue;
        }

        outcome.Node.StopUsingBindingIds(outcome.Peer);
        return outcome.Log("one care-of address is registered without BID");
    }

    private static RuleOutcome PlainBindingExists(MobileNodeOutcome outcome)
    {
        if (outcome.Status != outcome.Node.Rules.Mcoa?.PlainBindingExists || outcome.Update.Overwrites || !outcome.Update.HasBindingIds)
        {
            return RuleOutcome.Continue;
        }

        outcome.Peer.Overwrites = true;
        return outcome.Log("the next update has O set");
    }

    private static RuleOutcome CareOfAddressUnknown(MobileNodeOutcome outcome)
    {
        if (outcome is not { Status: BindingStatus.MCOA_UNKNOWN_COA, Item.Binding: { NeedsCareOfAddress: false } binding })
        {
            return RuleOutcome.Continue;
        }

        outcome.Node.End(outcome.Peer, binding);
        return outcome.Log("the next update names the care-of address");
    }

    private static RuleOutcome HomeBindingProhibited(MobileNodeOutcome outcome)
    {
        if (outcome.Status != BindingStatus.MCOA_SIMULTANEOUS_HOME_AND_FOREIGN_PROHIBITED || outcome.Update.Items.All(item => !item.IsHome))
        {
            return RuleOutcome.Continue;
        }

        outcome.Peer.AllowsHomeBinding = false;
        return outcome.Log("the foreign links alone are used");
    }
}
