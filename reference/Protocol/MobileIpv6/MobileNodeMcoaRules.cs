namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// What a mobile node with several care-of addresses does besides: RFC 5648, Section 5, and draft-ietf-monami6-multiplecoa-04, Section 5.
/// </summary>
internal static class MobileNodeMcoaRules
{
    /// <summary>Adds the rules of an edition to those of Mobile IPv6.</summary>
    public static Func<MobileNodeRules, MobileNodeRules> Of(McoaEdition edition) =>
        edition switch
        {
            McoaEdition.Rfc5648 => WithRfc5648,
            McoaEdition.Draft04 => WithDraft04,
            _ => rules => rules,
        };

    private static MobileNodeRules WithRfc5648(MobileNodeRules rules) =>
        WithBindingIds(rules, McoaVocabulary.Rfc5648) with
        {
            HomeAgentPlan = Planned(
                rules.HomeAgentPlan,
                new("RFC 5648 5.6.5", "HomeBindingConfirmed", MobileNodeMcoaPlanRules.HomeBindingConfirmed)
            ),
            HomeAgentUpdate = WithoutAlternate(rules.HomeAgentUpdate)
                .InsertingBefore("Protection", new("RFC 5648 5.9", "Overwrite", MobileNodeMcoaUpdateRules.Overwrite))
                .InsertingBefore("Protection", new("RFC 5648 5.9", "OverwriteFlag", MobileNodeMcoaUpdateRules.OverwriteFlag))
                .InsertingBefore("Protection", new("RFC 5648 5.2", "BindingIdentifiers", MobileNodeMcoaUpdateRules.BindingIdentifiers))
                .InsertingBefore("Protection", new("RFC 5648 5.6.3", "LinkLayerAddress", MobileNodeMcoaUpdateRules.LinkLayerAddress)),
            CorrespondentUpdate = rules
                .CorrespondentUpdate.InsertingBefore("NonceIndices", new("RFC 5648 5.7", "Overwrite", MobileNodeMcoaUpdateRules.Overwrite))
                .InsertingBefore("NonceIndices", new("RFC 5648 5.7", "OverwriteFlag", MobileNodeMcoaUpdateRules.OverwriteFlag))
                .InsertingBefore("NonceIndices", new("RFC 5648 5.2", "BindingIdentifiers", MobileNodeMcoaUpdateRules.BindingIdentifiers)),
            NamesCareOfAddress = MobileNodeMcoaUpdateRules.NamesNewCareOfAddress,
            Outcome = MobileNodeMcoaOutcomeRules.Rfc5648(rules.Outcome),
            LeftHome = new([new("RFC 5648 5.6.5", "HomeBindingEnded", HomeBindingEnded)]),
        };

    private static MobileNodeRules WithDraft04(MobileNodeRules rules) =>
        WithBindingIds(rules, McoaVocabulary.Draft04) with
        {
            HomeAgentPlan = Planned(rules.HomeAgentPlan, new("draft 04 5.4", "HomeBindingAlone", MobileNodeMcoaPlanRules.HomeBindingAlone)),
            HomeAgentUpdate = WithoutAlternate(rules.HomeAgentUpdate)
                .InsertingBefore("Protection", new("draft 04 5.5", "HomeBindingLifetime", MobileNodeMcoaUpdateRules.HomeBindingLifetime))
                .InsertingBefore("Protection", new("draft 04 5.9", "Overwrite", MobileNodeMcoaUpdateRules.OverwriteForeign))
                .InsertingBefore("Protection", new("draft 04 5.3", "BindingIdentifiers", MobileNodeMcoaUpdateRules.BindingIdentifiers)),
            CorrespondentUpdate = rules.CorrespondentUpdate.InsertingBefore(
                "NonceIndices",
                new("draft 04 5.3", "BindingIdentifiers", MobileNodeMcoaUpdateRules.BindingIdentifiers)
            ),
            NamesCareOfAddress = MobileNodeMcoaUpdateRules.NamesToHomeAgent,
            IsForever = outcome => outcome.Item is { IsHome: true },
            CareOfTestInit = new([
                .. rules.CareOfTestInit,
                new("draft 04 5.2", "BindingIdentifier", MobileNodeMcoaTestRules.BindingIdentifier),
            ]),
            CareOfTest = rules
                .CareOfTest.InsertingBefore(
                    "TokenRecorded",
                    new("draft 04 5.2", "BindingIdReturned", MobileNodeMcoaTestRules.BindingIdReturned)
                )
                .InsertingBefore("TokenRecorded", new("draft 04 6.2", "TokenGiven", MobileNodeMcoaTestRules.TokenGiven)),
            Outcome = MobileNodeMcoaOutcomeRules.Draft04(rules.Outcome),
            RefreshRequest = WithBindingIds(rules.RefreshRequest).Replacing("EntryKnown", EntryMade),
        };

    private static MobileNodeRules WithBindingIds(MobileNodeRules rules, McoaVocabulary vocabulary) =>
        rules with
        {
            Mcoa = vocabulary,
            NewPeer = NewPeer,
            Wishes = new([
                .. rules.Wishes,
                new("RFC 5648 5.1", "EachCareOfAddress", EachCareOfAddress),
                new("RFC 5648 5.6.3", "HomeBinding", HomeBinding),
            ]),
            CorrespondentPlan = rules.CorrespondentPlan.InsertingBefore(
                "Singly",
                new("RFC 5648 5.9", "FirstAlone", MobileNodeMcoaPlanRules.FirstAlone)
            ),
            Acknowledgement = rules.Acknowledgement.InsertingBefore(
                "StatusApplied",
                new("RFC 5648 5.7", "BindingIdsKnown", MobileNodeMcoaOutcomeRules.BindingIdsKnown)
            ),
            StatusOf = MobileNodeMcoaOutcomeRules.StatusOf,
            RefreshRequest = WithBindingIds(rules.RefreshRequest),
            BindingError = rules.BindingError.InsertingBefore(
                "RouteOptimizationCeased",
                new("RFC 6275 11.3.6", "ExtensionsCeased", ExtensionsCeased)
            ),
            RefreshDue = new([.. rules.RefreshDue, new("RFC 5648 5.3", "OthersRefreshed", OthersRefreshed)]),
        };

    private static RuleList<MobileNodePlan> Planned(RuleList<MobileNodePlan> rules, NamedRule<MobileNodePlan> home) =>
        rules
            .InsertingBefore("Singly", new("RFC 5648 5.3", "OthersGathered", MobileNodeMcoaPlanRules.OthersGathered))
            .InsertingBefore("Singly", home)
            .InsertingBefore("Singly", new("RFC 5648 5.9", "FirstAlone", MobileNodeMcoaPlanRules.FirstAlone))
            .InsertingBefore("Singly", new("RFC 5648 5.3", "InBulk", MobileNodeMcoaPlanRules.InBulk));

    private static RuleList<MobileNodeUpdateDraft> WithoutAlternate(RuleList<MobileNodeUpdateDraft> rules)
    {
        var alternate = rules.First(rule => rule.Name == "AlternateCareOfAddress");
        return rules.Replacing(alternate.Name, draft => draft.Update.HasBindingIds ? RuleOutcome.Continue : alternate.Apply(draft));
    }

    private static RuleList<MobileNodeRefreshRequest> WithBindingIds(RuleList<MobileNodeRefreshRequest> rules) =>
        rules.InsertingBefore("BindingsRenewed", new("RFC 5648 5.8", "NamedBindingsRenewed", NamedBindingsRenewed));

    private static MobileNodePeer NewPeer(MobileNodePeer peer, MobileNodeSettings settings)
    {
        (peer.UsesBindingIds, peer.Overwrites) = (true, peer.IsHomeAgent);
        peer.RegistersInBulk = peer.IsHomeAgent && settings.RegistersInBulk;
        return peer;
    }

    private static RuleOutcome EachCareOfAddress(MobileNodeWishes wishes)
    {
        if (wishes.Peer.UsesBindingIds)
        {
            wishes.Wanted.AddRange(wishes.Node.CareOf.Usable.Select(careOf => new MobileNodeWish(careOf.BindingId, careOf, IsHome: false)));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome HomeBinding(MobileNodeWishes wishes)
    {
        if (wishes is { Peer.IsHomeAgent: true, Node: { Attachment: MobileNodeAttachment.Both, HomeLink.Link: var link } node })
        {
            var bid = node.CareOf.BindingIdOf(link);
            var home = new CareOfAddress(link, node.Settings.HomeAddress, node.Settings.HomePrefix, bid);
            wishes.Wanted.Add(new MobileNodeWish(bid, home, IsHome: true));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>A message without H ends the home binding, also one whose update is on its way: no removal is needed.</summary>
    private static RuleOutcome HomeBindingEnded(MobileNodeState node)
    {
        if (node.HomeAgent.Bindings.FirstOrDefault(binding => binding.IsHome || binding.IsRegisteredHome) is not { } home)
        {
            return RuleOutcome.Continue;
        }
        if (home.Pending is { } update)
        {
            node.End(update);
        }
        node.End(node.HomeAgent, home);
        foreach (var binding in node.HomeAgent.Acknowledged.Where(binding => binding.Wanted is not null))
        {
            binding.NeedsRefresh = true;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome NamedBindingsRenewed(MobileNodeRefreshRequest request)
    {
        if (request.Identities.Count == 0)
        {
            return RuleOutcome.Continue;
        }
        foreach (var identity in request.Identities)
        {
            if (request.Peer?.Find(identity.BindingId) is { Registered: not null } binding)
            {
                binding.NeedsRefresh = true;
            }
        }
        return RuleOutcome.Stop;
    }

    /// <summary>A node without an entry is registered with, as the policy has it (draft -04, Section 5.7).</summary>
    private static RuleOutcome EntryMade(MobileNodeRefreshRequest request)
    {
        if (request.Peer is null && request.Node.Settings.OptimizesRoutes && McoaRules.IsRoutable(request.Signal.Source))
        {
            request.Peer = request.Node.AddCorrespondent(request.Signal.Source);
        }
        return request.Peer is null ? request.Ignore("EntryMade", "nothing is registered there") : RuleOutcome.Continue;
    }

    private static RuleOutcome ExtensionsCeased(MobileNodeBindingError error)
    {
        if (error.Peer is not { UsesBindingIds: true } peer)
        {
            return RuleOutcome.Continue;
        }

        error.Node.StopUsingBindingIds(peer);
        return RuleOutcome.Stop;
    }

    private static RuleOutcome OthersRefreshed(MobileNodeBindingEvent due)
    {
        foreach (var binding in due.Peer.Acknowledged.Where(binding => due.Peer.RegistersInBulk && binding.EndsAt is not null))
        {
            binding.NeedsRefresh = true;
        }
        return RuleOutcome.Continue;
    }
}
