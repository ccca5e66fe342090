using System.Net;
using System.Runtime.CompilerServices;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile nodes that register several care-of addresses wrongly: RFC 5648, Sections 4 and 5, and draft-ietf-monami6-multiplecoa-04.
/// </summary>
internal static class MnMcoaDeviations
{
    private static readonly ConditionalWeakTable<MobileNodeBinding, StrongBox<ushort>> _numbers = [];
    private static readonly ConditionalWeakTable<MobileNodePeer, HashSet<ushort?>> _named = [];

    private const string AllAboutBids = "every update is about BIDs";

    public static IReadOnlyList<Deviation> All { get; } =
    [.. Identifiers(), .. CareOfAddresses(), .. Bulk(), .. Overwriting(), .. Correspondents(), .. Removals()];

    private static IEnumerable<Deviation> Identifiers() =>
        [
            Identity(
                "mn-one-bid",
                "registers all care-of addresses under one BID",
                "rfc5648-3-k1",
                option => option with { BindingId = 1 }
            ) with
            {
                WhyMany = AllAboutBids,
            },
            Identity(
                "mn-bid-zero",
                "uses the BID 0",
                "mcoa-draft-04-2-k1",
                option => option with { BindingId = (ushort)(option.BindingId - 1) }
            ) with
            {
                WhyMany = "every update is about BIDs",
            },
            Identity(
                "mn-bid-zero-of-rfc",
                "uses the BID 0",
                "rfc5648-5.1-k2",
                option => option with { BindingId = (ushort)(option.BindingId - 1) }
            ) with
            {
                WhyMany = "every update is about BIDs",
            },
            MnParts.ToHomeAgent(
                "mn-no-bids",
                "registers several care-of addresses without BIDs",
                "rfc5648-5.2-k1",
                draft => draft.Options.RemoveAll(option => option is BindingIdentityOption)
            ) with
            {
                WhyMany = AllAboutBids,
            },
            MnParts.ToHomeAgent(
                "mn-no-second-bid",
                "registers the second care-of address without a BID",
                "rfc5648-5.1-k3",
                draft => draft.Options.RemoveAll(option => option is BindingIdentityOption { BindingId: 2 })
            ) with
            {
                WhyMany = AllAboutBids,
            },
            MnParts.ToHomeAgent(
                "mn-number-by-binding",
                "counts the Sequence Numbers of each binding by themselves",
                "rfc5648-4.1-k1",
                NumberByBinding
            ) with
            {
                WhyMany = "each demand on Sequence Numbers shows it",
            },
            MnParts.ToHomeAgent(
                "mn-numbers-fall",
                "counts its Sequence Numbers down",
                "rfc5648-4.1-d1",
                draft => draft.SequenceNumber = draft.Peer.SequenceNumber = (ushort)(draft.Peer.SequenceNumber - 2)
            ) with
            {
                WhyMany = "each demand on Sequence Numbers shows it",
            },
        ];

    private static IEnumerable<Deviation> CareOfAddresses() =>
        [
            Named("mn-first-without-address", "does not name the care-of address of a new BID", "rfc5648-5.1-k4", (_, _) => false) with
            {
                WhyMany = "each demand on the care-of address in the option shows it",
            },
            Named(
                "mn-changed-address-not-named",
                "does not name a changed care-of address",
                "rfc5648-5.2-k3",
                (draft, item) => _named.GetOrCreateValue(draft.Peer).Add(item.Binding.BindingId)
            ) with
            {
                WhyMany = "each demand on the care-of address in the option shows it",
            },
            Identity(
                "mn-room-without-address",
                "leaves room for a care-of address that it does not name",
                "rfc5648-4.3-k9",
                option => option.CareOfAddress is null ? option with { CareOfAddress = IPAddress.IPv6Any } : option
            ) with
            {
                WhyMany = "each demand on the care-of address in the option shows it",
            },
            MnParts.ToHomeAgent(
                "mn-alternate-address-beside-bid",
                "has an Alternate Care-of Address option beside the BID option",
                "rfc5648-5.2-k4",
                draft =>
                {
                    if (draft is { Update.HasBindingIds: true, Source: { } source })
                    {
                        draft.Options.Add(new AlternateCareOfAddressOption(source));
                    }
                }
            ),
            MnParts.Statuses(
                "mn-unknown-address-not-named",
                "sends a refresh again as it was after status 167",
                "rfc5648-5.7-k6",
                outcomes =>
                    outcomes.With(
                        "CareOfAddressUnknown",
                        outcome => outcome.Status == BindingStatus.MCOA_UNKNOWN_COA ? RuleOutcome.Stop : RuleOutcome.Continue
                    )
            ),
        ];

    private static IEnumerable<Deviation> Bulk() =>
        [
            Named(
                "mn-bulk-without-addresses",
                "does not name the care-of addresses of new BIDs in bulk",
                "rfc5648-5.3-d2",
                (draft, item) => draft.Update.Items[0] == item
            ) with
            {
                WhyMany = "each demand on the care-of address in the option shows it",
            },
            Named(
                "mn-care-of-flag-not-in-all",
                "sets C in the first of several options",
                "mcoa-draft-04-4.2.1-d1",
                (draft, item) => draft.Update.Items[0] == item
            ) with
            {
                WhyMany = "each demand on bulk registration shows it",
            },
            MnParts.ToHomeAgent(
                "mn-flags-differ",
                "sets O in the last of several options",
                "mcoa-draft-04-5.4-k1",
                draft =>
                {
                    if (draft.IsBulk())
                    {
                        var last = draft.Options.OfType<BindingUniqueIdentifierOption>().LastOrDefault();
                        draft.EditIdentities(option => option == last ? last with { Overwrite = !last.Overwrite } : option);
                    }
                }
            ) with
            {
                WhyMany = "each demand on bulk registration shows it",
            },
            MnParts.Statuses(
                "mn-bulk-again",
                "goes on with bulk registration after status 168",
                "rfc5648-5.7-d2",
                outcomes =>
                    outcomes.With(
                        "BulkProhibited",
                        outcome => outcome.Has(rules => rules.BulkProhibited) ? RuleOutcome.Stop : RuleOutcome.Continue
                    )
            ),
            MnParts.Statuses(
                "mn-prohibition-ignored",
                "goes on with BIDs after the peer has prohibited them",
                "rfc5648-5.7-k4",
                outcomes =>
                    outcomes.With("Prohibited", outcome => outcome.Has(rules => rules.Prohibited) ? RuleOutcome.Stop : RuleOutcome.Continue)
            ),
            MnParts.Checks(
                "mn-bids-without-answer",
                "goes on with BIDs after an acknowledgement without one",
                "rfc5648-5.7-k2",
                checks => checks.Lacking("BindingIdsKnown")
            ) with
            {
                WhyMany = "each reaction to what an answer says of BIDs shows it",
            },
            MnParts.Rules(
                "mn-status-of-message-only",
                "ignores the Status of the BID option",
                "rfc5648-5.7-d3",
                rules => rules with { StatusOf = (answer, _) => answer.Message.Status }
            ) with
            {
                WhyMany = "each reaction to the status of one binding shows it",
            },
        ];

    private static IEnumerable<Deviation> Overwriting() =>
        [
            MnParts.Rules(
                "mn-no-overwrite-at-start",
                "does not set O in its first update",
                "rfc5648-5.9-k1",
                rules => rules with { NewPeer = (peer, settings) => WithoutOverwrite(rules.NewPeer(peer, settings)) }
            ),
            MnParts.ToHomeAgent(
                "mn-overwrites-always",
                "sets O in all registrations",
                "rfc5648-5.2-d2",
                draft => draft.Flags |= draft.Update is { HasBindingIds: true, IsRemoval: false } ? BindingUpdateFlags.BulkOverwrite : 0
            ) with
            {
                WhyMany = "the other bindings end with each update",
            },
            MnParts.ToHomeAgent(
                "mn-overwrites-without-bid",
                "sets O in updates without a BID",
                "rfc5648-4.2-d2",
                draft => draft.Flags |= draft.Update.HasBindingIds ? 0 : BindingUpdateFlags.BulkOverwrite
            ),
            MnParts.Statuses(
                "mn-no-overwrite-of-plain-binding",
                "sends an update again without O after status 165",
                "rfc5648-5.7-k5",
                outcomes =>
                    outcomes.With(
                        "PlainBindingExists",
                        outcome => outcome.Has(rules => rules.PlainBindingExists) ? RuleOutcome.Stop : RuleOutcome.Continue
                    )
            ),
        ];

    private static IEnumerable<Deviation> Correspondents() =>
        [
            MnParts.Rules(
                "mn-bulk-to-correspondent",
                "registers several care-of addresses with a correspondent node by one update",
                "rfc5648-2-d2",
                rules =>
                    rules with
                    {
                        CorrespondentPlan = rules.CorrespondentPlan.Lacking("FirstAlone").Ahead("Singly", plan => plan.Add([.. plan.Due])),
                    }
            ) with
            {
                WhyMany = "each demand on the option in an update to a correspondent node shows it",
            },
            MnParts.ToCorrespondent(
                "mn-home-flag-to-correspondent",
                "sets H in an update to a correspondent node",
                "rfc5648-4.3-d2",
                draft => draft.EditIdentities(MnParts.AtHome)
            ) with
            {
                WhyMany = "each demand on the option in an update to a correspondent node shows it",
            },
            MnParts.ToCorrespondent(
                "mn-overwrites-at-correspondent",
                "sets O in an update to a correspondent node",
                "mcoa-draft-04-4.2.1-d4",
                draft => draft.EditIdentities(MnParts.Overwriting)
            ) with
            {
                WhyMany = "each demand on the option in an update to a correspondent node shows it",
            },
            Named(
                "mn-care-of-flag-to-correspondent",
                "sets C in an update to a correspondent node",
                "mcoa-draft-04-4.2.1-d3",
                (_, _) => true
            ),
            MnParts.ToCorrespondent(
                "mn-other-bid-at-correspondent",
                "registers with a correspondent node under other BIDs",
                "mcoa-draft-04-3-d2",
                draft => draft.EditIdentities(option => option with { BindingId = (ushort)(option.BindingId + 100) })
            ),
        ];

    private static IEnumerable<Deviation> Removals() =>
        [
            MnParts.ToHomeAgent(
                "mn-removes-without-bid",
                "removes a binding without naming its BID",
                "rfc5648-5.4-d1",
                draft => draft.Options.RemoveAll(option => draft.Update.IsRemoval && option is BindingIdentityOption)
            ) with
            {
                WhyMany = "all bindings end with one",
            },
            MnParts.Rules(
                "mn-refreshes-other-bid",
                "answers a Binding Refresh Request by an update for another BID",
                "rfc5648-5.8-k1",
                rules => rules with { RefreshRequest = rules.RefreshRequest.With("NamedBindingsRenewed", OtherRenewed) }
            ),
            MnParts.Rules(
                "mn-refreshes-all",
                "answers a Binding Refresh Request for one BID by an update for all",
                "mcoa-draft-04-5.7-k1",
                rules => rules with { RefreshRequest = rules.RefreshRequest.Lacking("NamedBindingsRenewed") }
            ),
            MnParts.Checks(
                "mn-strict-option",
                "ignores an acknowledgement whose BID option has reserved bits",
                "rfc5648-4.3-k8",
                checks =>
                    checks.First(answer =>
                        answer.Identities.Any(identity => (identity.Flags & 0x7f) != 0)
                            ? answer.Ignore("Reserved", "not 0")
                            : RuleOutcome.Continue
                    )
            ) with
            {
                WhyMany = "in the draft O and H are among these bits, and answers repeat them",
            },
        ];

    private static Deviation Identity(
        string name,
        string description,
        string statement,
        Func<BindingIdentityOption, BindingIdentityOption> edit
    ) => MnParts.ToHomeAgent(name, description, statement, draft => draft.EditIdentities(edit));

    private static Deviation Named(
        string name,
        string description,
        string statement,
        Func<MobileNodeUpdateDraft, MobileNodeUpdateItem, bool> names
    ) => MnParts.Rules(name, description, statement, rules => rules with { NamesCareOfAddress = names });

    private static bool Has(this MobileNodeOutcome outcome, Func<McoaVocabulary, BindingStatus> status) =>
        outcome.Node.Rules.Mcoa is { } vocabulary && outcome.Status == status(vocabulary);

    private static MobileNodePeer WithoutOverwrite(MobileNodePeer peer)
    {
        peer.Overwrites = false;
        return peer;
    }

    private static void NumberByBinding(MobileNodeUpdateDraft draft)
    {
        if (draft.Update.Items is [{ Binding: var binding }, ..])
        {
            draft.SequenceNumber = ++_numbers.GetValue(binding, _ => new StrongBox<ushort>(100)).Value;
        }
    }

    private static RuleOutcome OtherRenewed(MobileNodeRefreshRequest request)
    {
        if (request is { Identities.Count: > 0, Peer: { } peer })
        {
            foreach (
                var binding in peer.Acknowledged.Where(binding =>
                    request.Identities.All(identity => identity.BindingId != binding.BindingId)
                )
            )
            {
                binding.NeedsRefresh = true;
            }
            return RuleOutcome.Stop;
        }
        return RuleOutcome.Continue;
    }
}
