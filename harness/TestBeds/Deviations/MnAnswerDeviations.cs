using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile nodes that take acknowledgements, Binding Refresh Requests and Binding Errors wrongly: RFC 6275, Sections 11.3.6, 11.7.3 and
/// 11.7.4.
/// </summary>
internal static class MnAnswerDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Acknowledgements(), .. Lifetimes(), .. Requests(), .. Errors()];

    private static IEnumerable<Deviation> Acknowledgements() =>
        [
            MnParts.Checks(
                "mn-unauthenticated-acknowledgement",
                "believes any acknowledgement of a correspondent node",
                "rfc6275-11.7.3-k2",
                checks => checks.Without("AuthorizationRight")
            ),
            MnParts.Checks(
                "mn-any-number",
                "takes an acknowledgement with any Sequence Number for that of its last update",
                "rfc6275-11.7.3-k5",
                checks => checks.Replacing("UpdateOutstanding", LastOutstanding)
            ),
            MnParts.Checks(
                "mn-below-number-of-135",
                "goes on below the number of status 135",
                "rfc6275-11.7.1-k20",
                checks => checks.Replacing("SequenceNumberOutOfWindow", RetriedBelow)
            ),
            MnParts.Checks(
                "mn-gives-up-after-135",
                "takes status 135 for a refusal",
                "mcoa-draft-04-5.9-k2",
                checks => checks.Without("SequenceNumberOutOfWindow")
            ),
            MnParts.Statuses(
                "mn-tries-again",
                "asks again and again for what was refused",
                "rfc6275-11.7.3-k15",
                outcomes => outcomes.Replacing("RegistrationRefused", MnParts.Stop)
            ),
            MnParts.Statuses(
                "mn-address-in-use",
                "registers its next care-of address for a home address that another node has",
                "rfc6275-11.7.1-k23",
                outcomes => outcomes.Without("HomeAddressLost")
            ),
            MnParts.Checks(
                "mn-no-prefix-discovery",
                "does not ask for prefixes after status 1",
                "rfc6275-11.7.3-k13",
                checks => checks.Without("PrefixDiscovery")
            ),
            MnParts.Acting(
                "mn-prefix-solicitation-without-home-address",
                "asks for prefixes without Home Address option",
                "rfc6275-11.4.2-k2",
                action => [action is RoleAction.SendIcmp { HomeAddress: not null } icmp ? icmp with { HomeAddress = null } : action]
            ),
        ];

    private static IEnumerable<Deviation> Lifetimes() =>
        [
            MnParts.Rules(
                "mn-no-refresh",
                "lets its bindings end",
                "rfc6275-11.7.3-k10",
                rules => rules with { RefreshDue = rules.RefreshDue.Replacing("BindingRefreshed", Neglected) }
            ) with
            {
                WhyMany = "each demand on what follows from a lifetime shows it",
            },
            MnParts.Checks(
                "mn-refresh-advice-ignored",
                "ignores Binding Refresh Advice of the home agent",
                "rfc6275-11.7.3-k17",
                checks => checks.Without("RefreshAdvice")
            ),
            MnParts.Checks(
                "mn-refresh-advice-of-correspondent",
                "follows Binding Refresh Advice of a correspondent node",
                "rfc6275-11.7.3-k16",
                checks => checks.Replacing("RefreshAdvice", AdvisedByAnyone)
            ),
        ];

    private static IEnumerable<Deviation> Requests() =>
        [
            MnParts.Rules(
                "mn-refresh-request-ignored",
                "ignores Binding Refresh Requests",
                "rfc6275-11.7.4-d1",
                rules => rules with { RefreshRequest = rules.RefreshRequest.First(request => request.Ignore("Ignored", "as all are")) }
            ),
        ];

    private static IEnumerable<Deviation> Errors() =>
        [
            MnParts.Rules(
                "mn-binding-error-ignored",
                "ignores Binding Errors",
                "rfc6275-11.3.6-k2",
                rules => rules with { BindingError = rules.BindingError.First(error => error.Ignore("Ignored", "as all are")) }
            ),
            MnParts.Rules(
                "mn-optimizes-after-binding-error",
                "goes on to send directly to a correspondent node that has no binding",
                "rfc6275-11.3.6-k4",
                rules => rules with { BindingError = rules.BindingError.Replacing("EntryRemoved", MnParts.Stop) }
            ),
            MnParts.Rules(
                "mn-binding-error-unasked",
                "gives up a peer for a Binding Error of status 2 although it waits for nothing",
                "rfc6275-11.3.6-k6",
                rules => rules with { BindingError = rules.BindingError.Replacing("AnswerAwaited", MnParts.Skip).Last(GiveUp) }
            ),
        ];

    private static RuleOutcome LastOutstanding(MobileNodeAcknowledgement answer)
    {
        answer.Update = answer.Peer?.Pending.LastOrDefault(update => update.IsSent);
        return answer.Update is null ? RuleOutcome.Stop : RuleOutcome.Continue;
    }

    private static RuleOutcome AdvisedByAnyone(MobileNodeAcknowledgement answer)
    {
        if (answer.Update is { } update && answer.Message.Options.First<BindingRefreshAdviceOption>() is { } advice)
        {
            foreach (var item in update.Items)
            {
                answer.Node.Deadlines.Set(
                    new MobileNodeDeadline.Refresh(update.Peer, item.Binding),
                    update.SentAt + TimeSpan.FromSeconds(4 * advice.RefreshIntervalUnits)
                );
            }
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RetriedBelow(MobileNodeAcknowledgement answer)
    {
        if (answer.Message.Status != BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW || answer.Update is not { } update)
        {
            return RuleOutcome.Continue;
        }
        update.Peer.SequenceNumber = (ushort)(answer.Message.SequenceNumber - 10);
        answer.IsRetried = update.OutOfWindow++ == 0;
        return RuleOutcome.Stop;
    }

    private static void GiveUp(MobileNodeBindingError error)
    {
        foreach (var binding in error.Peer?.Bindings ?? [])
        {
            error.Node.End(error.Peer!, binding);
            binding.IsRefused = true;
        }
    }

    private static RuleOutcome Neglected(MobileNodeBindingEvent due)
    {
        due.Binding.IsRefused = true;
        return RuleOutcome.Stop;
    }
}
