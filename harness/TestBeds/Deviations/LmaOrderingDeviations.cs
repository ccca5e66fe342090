using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors that order requests wrongly: RFC 5213, Section 5.5.</summary>
internal static class LmaOrderingDeviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        Deviation.OfLma(
            "lma-no-timestamp-window",
            "accepts a timestamp at any distance from its own time",
            "rfc5213-5.5-k22",
            rules => rules with { Ordering = rules.Ordering.Without("TimestampInWindow") }
        ) with
        {
            WhyMany = "the window is a rule, a variable and its default",
        },
        Deviation.InLma(
            "lma-narrow-timestamp-window",
            "rejects timestamps that are well inside the window",
            "rfc5213-5.5-k16",
            lma =>
                lma with
                {
                    Changes = Changes.To<LocalMobilityAnchorSettings>(settings =>
                        settings with
                        {
                            TimestampValidityWindow = settings.TimestampValidityWindow / 2,
                        }
                    ),
                }
        ),
        Deviation.OfLma(
            "lma-any-timestamp",
            "does not order requests by their timestamps",
            "rfc5213-5.5-k18",
            rules =>
                rules with
                {
                    Ordering = rules.Ordering.Without("TimestampNotLower").Without("TimestampInWindow").Without("TimestampGreater"),
                }
        ) with
        {
            WhyMany = "each of its checks, of the window and of the order, is a clause, and so is its result",
        },
        Deviation.OfLma(
            "lma-first-timestamp-only",
            "stores a timestamp only when it opens a session",
            "rfc5213-5.5-k20",
            rules =>
                rules.WhenKept("TimestampNotStored", TimestampNotStored) with
                {
                    DeRegistration = rules.DeRegistration.InsertingBefore(
                        "DataDropped",
                        new("5.1", "TimestampNotStored", TimestampNotStored)
                    ),
                }
        ),
        Deviation.OfLma(
            "lma-whole-seconds",
            "compares timestamps in whole seconds",
            "rfc5213-5.5-k20",
            rules =>
                rules with
                {
                    Ordering = rules
                        .Ordering.Replacing("TimestampNotLower", SecondNotLower)
                        .Replacing("TimestampInWindow", SecondInWindow)
                        .Without("TimestampGreater"),
                }
        ) with
        {
            WhyMany = "each of its comparisons, with its own time and with the last timestamp, is a clause, and so is its result",
        },
        Deviation.OfLma(
            "lma-lower-timestamp",
            "accepts a timestamp before the last accepted one",
            "rfc5213-5.5-k20",
            rules => rules with { Ordering = rules.Ordering.Without("TimestampNotLower").Without("TimestampGreater") }
        ) with
        {
            WhyMany = "the order of timestamps is asked of both kinds of clocks",
        },
        Deviation.OfLma(
            "lma-any-sequence-number",
            "does not order requests without a timestamp",
            "rfc5213-5.5-k25",
            rules => rules with { Ordering = rules.Ordering.Without("SequenceNumberGreater") }
        ),
        Deviation.OfLma(
            "lma-timestamp-required",
            "accepts only the first request of a mobile node without a timestamp",
            "rfc5213-5.5-k24",
            rules => rules with { Ordering = rules.Ordering.Replacing("SequenceNumberGreater", TimestampRequired) }
        ),
        Deviation.OfLma(
            "lma-timestamp-required-after-handoff",
            "accepts no request without a timestamp for a session that has had two MAGs",
            "rfc5213-5.5-k27",
            TimestampRequiredAfterHandoff
        ),
        Deviation.OfLma(
            "lma-one-sequence-number-for-all",
            "compares a sequence number with the last one that it accepted from anybody",
            "rfc5213-5.5-k25",
            OneSequenceNumberForAll
        ),
        Deviation.OfLma(
            "lma-sequence-number-judged-too",
            "judges the sequence number of a request with a timestamp, too",
            "rfc5213-5.5-k12",
            SequenceNumberJudgedToo
        ),
    ];

    private static RuleOutcome TimestampNotStored(RegistrationRequest request) =>
        request is { Entry: { } entry, Timestamp: not null } && request.Found() is { } found
            ? request.Store(entry with { Binding = entry.Binding with { LastTimestamp = found.Binding.LastTimestamp } })
            : RuleOutcome.Continue;

    private static RuleOutcome SecondNotLower(RegistrationRequest request) =>
        request is { Timestamp: { } timestamp, MobileNode: { } mobileNode }
        && request.Anchor.Bindings.Of(mobileNode).Any(entry => Second(timestamp) < Second(entry.Binding.LastTimestamp))
            ? request.Reject(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED)
            : RuleOutcome.Continue;

    private static RuleOutcome SecondInWindow(RegistrationRequest request) =>
        request.Timestamp is { } timestamp && Second(timestamp) != Second(Timestamp.FromUtc(request.Now.Utc))
            ? request.Reject(BindingStatus.TIMESTAMP_MISMATCH)
            : RuleOutcome.Continue;

    private static ulong Second(Timestamp timestamp) => timestamp.Value >> 16;

    private static LocalMobilityAnchorRules OneSequenceNumberForAll(LocalMobilityAnchorRules rules)
    {
        ushort? last = null;
        return rules.WhenStored(
            "NumberStored",
            request =>
            {
                last = request.Timestamp is null ? request.Update.SequenceNumber : last;
                return RuleOutcome.Continue;
            }
        ) with
        {
            Ordering = rules.Ordering.Replacing(
                "SequenceNumberGreater",
                request =>
                    request.Timestamp is null && last is { } number && BindingCacheLookup.Run(request) is LookupOutcome.Update
                        ? RejectUnlessAfter(request, number)
                        : RuleOutcome.Continue
            ),
        };
    }

    /// <summary>It compares the numbers of one MAG, as each MAG has numbers of its own.</summary>
    private static LocalMobilityAnchorRules SequenceNumberJudgedToo(LocalMobilityAnchorRules rules)
    {
        var last = new Dictionary<(SessionId Session, IPAddress Gateway), ushort>();
        return rules.WhenStored(
            "NumberStored",
            request =>
            {
                if (request.Entry is { } entry)
                {
                    last[(entry.Session, request.Signal.Source)] = request.Update.SequenceNumber;
                }

                return RuleOutcome.Continue;
            }
        ) with
        {
            Ordering = rules.Ordering.InsertingBefore(
                "SequenceNumberGreater",
                new(
                    "RFC 6275 9.5.1",
                    "NumberGreater",
                    request =>
                        request.Timestamp is not null
                        && BindingCacheLookup.Run(request) is LookupOutcome.Update { Entry.Session: var session }
                        && last.TryGetValue((session, request.Signal.Source), out var number)
                            ? RejectUnlessAfter(request, number)
                            : RuleOutcome.Continue
                )
            ),
        };
    }

    private static RuleOutcome RejectUnlessAfter(RegistrationRequest request, ushort last)
    {
        if ((short)(request.Update.SequenceNumber - last) > 0)
        {
            return RuleOutcome.Continue;
        }

        request.LastAcceptedSequenceNumber = last;
        return request.Reject(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW);
    }

    private static LocalMobilityAnchorRules TimestampRequiredAfterHandoff(LocalMobilityAnchorRules rules)
    {
        var handedOff = new HashSet<SessionId>();
        return rules with
        {
            AfterHandoff = rules.AfterHandoff.InsertingBefore(
                "PreviousRoutesRemoved",
                new(
                    "5.3.4(1)",
                    "HandedOff",
                    request =>
                    {
                        handedOff.Add(request.Entry!.Session);
                        return RuleOutcome.Continue;
                    }
                )
            ),
            Ordering = rules.Ordering.InsertingBefore(
                "SequenceNumberGreater",
                new(
                    "5.5",
                    "TimestampRequired",
                    request =>
                        request.Timestamp is null
                        && BindingCacheLookup.Run(request) is LookupOutcome.Update { Entry.Session: var session }
                        && handedOff.Contains(session)
                            ? request.Reject(BindingStatus.REASON_UNSPECIFIED)
                            : RuleOutcome.Continue
                )
            ),
        };
    }

    private static RuleOutcome TimestampRequired(RegistrationRequest request) =>
        request is { Timestamp: null, MobileNode: { } mobileNode } && request.Anchor.Bindings.Of(mobileNode).Count > 0
            ? request.Reject(BindingStatus.REASON_UNSPECIFIED)
            : RuleOutcome.Continue;
}
