using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Home agents that answer wrongly: RFC 6275, Sections 6.1.8, 9.5.4, 10.3.1 and 10.3.2, and RFC 5648, Section 6.2.</summary>
internal static class HaAnswerDeviations
{
    private const ushort OtherLifetime = 15;

    public static IReadOnlyList<Deviation> All { get; } =
    [
        HaParts.Any(
            "ha-no-answer-without-a",
            "answers no Binding Update in which A is clear",
            "rfc6275-10.3.1-k25",
            ha => ha with { Around = (_, create) => OnlyIfAsked(create(), isRemoval: false) }
        ),
        HaParts.Any(
            "ha-no-answer-to-removal",
            "does not answer a de-registration",
            "rfc6275-10.3.2-k5",
            ha => ha with { Around = (_, create) => OnlyIfAsked(create(), isRemoval: true) }
        ) with
        {
            WhyMany = "what the answer to a removal says is asked field by field",
        },
        HaParts.Rules(
            "ha-sequence-number-not-echoed",
            "answers with Sequence Number 0",
            "rfc6275-10.3.1-k30",
            rules => rules with { Acknowledgement = rules.Acknowledgement.Without("SequenceNumberEchoed") }
        ),
        HaParts.Rules(
            "ha-last-number-not-told",
            "answers status 135 with the number of the update",
            "rfc6275-9.5.1-k15",
            rules => rules with { Acknowledgement = rules.Acknowledgement.Without("LastAcceptedSequenceNumber") }
        ),
        HaParts.Answering(
            "ha-lifetime-above",
            "grants more than the lifetime that is asked for",
            "rfc6275-10.3.1-k19",
            answer => answer.LifetimeUnits += answer.LifetimeUnits > 0 ? (ushort)1 : (ushort)0
        ),
        HaParts.Answering(
            "ha-lifetime-of-removal",
            "answers a de-registration with a lifetime",
            "rfc6275-10.3.2-k8",
            answer => answer.LifetimeUnits = answer.Request.IsRemoval ? OtherLifetime : answer.LifetimeUnits
        ),
        HaParts.Answering(
            "ha-k-always",
            "sets K in its answers, though it was clear in the update",
            "rfc6275-10.3.1-d3",
            answer => answer.Flags |= BindingAcknowledgementFlags.KeyManagement
        ),
        HaParts.Answering(
            "ha-advice-in-removal",
            "advises to refresh a binding that is removed",
            "rfc6275-10.3.2-k9",
            answer =>
            {
                if (answer.Request.IsRemoval)
                {
                    answer.Options.Insert(0, new BindingRefreshAdviceOption(OtherLifetime));
                }
            }
        ),
        HaParts.Answering(
            "ha-always-status-1",
            "accepts with status 1, though its prefix stays",
            "rfc6275-10.3.1-k28",
            answer =>
            {
                if (answer is { Status: BindingStatus.ACCEPTED, Request.IsRemoval: false })
                {
                    answer.Status = BindingStatus.ACCEPTED_PREFIX_DISCOVERY_NECESSARY;
                }
            }
        ),
        HaParts.Answering(
            "ha-removal-status-1",
            "accepts a de-registration with status 1",
            "rfc6275-10.3.2-k6",
            answer =>
            {
                if (answer is { Status: BindingStatus.ACCEPTED, Request.IsRemoval: true })
                {
                    answer.Status = BindingStatus.ACCEPTED_PREFIX_DISCOVERY_NECESSARY;
                }
            }
        ),
        HaParts.Rules(
            "ha-no-routing-header",
            "answers without a routing header",
            "rfc6275-9.5.4-k15",
            rules => rules with { Acknowledgement = rules.Acknowledgement.Without("SentToSource") }
        ),
        HaParts.Answering(
            "ha-routing-header-at-home",
            "answers with a routing header to the home address, too",
            "rfc6275-9.5.4-k14",
            answer =>
            {
                if (answer is { Request.HasHomeAddressOption: false, Path: Ipv6Signaling path })
                {
                    answer.Path = path with { RoutedTo = answer.Request.Home };
                }
            }
        ),
        HaParts.Answering(
            "ha-answer-to-care-of-address",
            "answers to the care-of address that is registered, and not to the source",
            "rfc6275-9.5.4-k12",
            answer =>
            {
                if (answer is { Request.HasHomeAddressOption: true, Path: Ipv6Signaling path })
                {
                    var careOf = answer.Request.Items.Select(item => item.CareOf).FirstOrDefault(address => address is not null);
                    answer.Path = path with { Destination = careOf ?? answer.Request.Signal.Source };
                }
            }
        ),
        HaParts.Answering(
            "ha-reserved-bits",
            "sets reserved bits of its answers",
            "rfc6275-6.1.8-k2",
            answer => answer.Flags |= (BindingAcknowledgementFlags)1
        ),
        HaParts.Rules(
            "ha-no-identifiers",
            "answers without Binding Identifier options",
            "rfc5648-6.2-k14",
            rules => rules with { Acknowledgement = rules.Acknowledgement.WithoutAny("IdentifiersRepeated") }
        ) with
        {
            WhyMany = "the options are asked of every answer, in two sections of each edition",
        },
        HaParts.Answering(
            "ha-no-identifiers-in-rejection",
            "rejects without Binding Identifier options",
            "rfc5648-6.2-k15",
            answer =>
            {
                if (!answer.IsAccepted)
                {
                    answer.Options.Clear();
                }
            }
        ),
        HaParts.Answering(
            "ha-first-identifier-alone",
            "repeats the first Binding Identifier option alone",
            "rfc5648-6.2-k19",
            answer => answer.Options.RemoveRange(Math.Min(1, answer.Options.Count), Math.Max(0, answer.Options.Count - 1))
        ),
        HaParts.Answering(
            "ha-identifier-with-address",
            "names its own address in the options of its answers",
            "rfc5648-4.3-k10",
            answer => Replace(answer, option => option with { CareOfAddress = answer.Request.Agent.Settings.Address })
        ),
        HaParts.Answering(
            "ha-home-identifier-left-out",
            "leaves the option of a home binding out of its answer",
            "rfc5648-6.3-d1",
            answer => answer.Options.RemoveAll(option => option is BindingIdentifierOption { SimultaneousHomeAndForeign: true })
        ),
        HaParts.Answering(
            "ha-status-in-options",
            "puts a status into the options though it is the same for all",
            "rfc5648-6.2-k21",
            answer =>
            {
                if (answer is { Status: BindingStatus.ACCEPTED, Request.HasOwnStatuses: false })
                {
                    Replace(answer, option => option with { Status = BindingStatus.ACCEPTED_PREFIX_DISCOVERY_NECESSARY });
                }
            }
        ),
        HaParts.Answering(
            "ha-own-statuses-lost",
            "does not say which binding of a bulk update has failed",
            "rfc5648-6.2-k19",
            answer => Replace(answer, option => option with { Status = BindingStatus.ACCEPTED })
        ) with
        {
            WhyMany = "each fault of one binding is told by its own status",
        },
        HaParts.Answering(
            "ha-own-statuses-lost-in-draft",
            "does not say which binding of a bulk update of the draft has failed",
            "mcoa-draft-04-6.3-k7",
            answer => ReplaceDraft(answer, option => option with { Status = BindingStatus.ACCEPTED })
        ),
        HaParts.Answering(
            "ha-complete-though-failed",
            "accepts with status 0 a bulk update of which a binding has failed",
            "rfc5648-6.2-k20",
            answer => answer.Status = answer.Status == BindingStatus.MCOA_NOTCOMPLETE ? BindingStatus.ACCEPTED : answer.Status
        ),
        HaParts.Rules(
            "ha-refresh-without-identifier",
            "asks to refresh a binding without its BID",
            "rfc5648-6.4-k1",
            rules => rules with { RefreshDue = rules.RefreshDue.Replacing("RefreshRequested", RefreshPlain) }
        ),
    ];

    /// <summary>A home agent that answers no update in which A is clear, or no removal.</summary>
    private static RewritingRole OnlyIfAsked(IRole role, bool isRemoval)
    {
        var unasked = new HashSet<ushort>();
        return new RewritingRole(role)
        {
            Inputs = input =>
            {
                if (
                    input is RoleInput.Signal signal
                    && MobilityMessage.TryParse(signal.MobilityHeader.Span, McoaVocabulary.Wire, out var message, out _)
                    && message is BindingUpdate update
                )
                {
                    var isUnasked = isRemoval ? update.LifetimeUnits == 0 : !update.Flags.HasFlag(BindingUpdateFlags.Acknowledge);
                    _ = isUnasked ? unasked.Add(update.SequenceNumber) : unasked.Remove(update.SequenceNumber);
                }
                return [input];
            },
            Actions = action =>
                HaParts.MessageIn(action) is BindingAcknowledgement answer && unasked.Contains(answer.SequenceNumber) ? [] : [action],
        };
    }

    private static void Replace(HomeAcknowledgement answer, Func<BindingIdentifierOption, BindingIdentifierOption> change)
    {
        for (var i = 0; i < answer.Options.Count; i++)
        {
            answer.Options[i] = answer.Options[i] is BindingIdentifierOption option ? change(option) : answer.Options[i];
        }
    }

    private static void ReplaceDraft(HomeAcknowledgement answer, Func<BindingUniqueIdentifierOption, BindingUniqueIdentifierOption> change)
    {
        for (var i = 0; i < answer.Options.Count; i++)
        {
            answer.Options[i] = answer.Options[i] is BindingUniqueIdentifierOption option ? change(option) : answer.Options[i];
        }
    }

    private static RuleOutcome RefreshPlain(MobileBindingEvent due)
    {
        due.Agent.Actions.Send(
            new Ipv6Signaling(due.Agent.Settings.Address, due.Binding.Key.Home),
            new BindingRefreshRequest(MobilityOptionList.Empty)
        );
        return RuleOutcome.Continue;
    }
}
