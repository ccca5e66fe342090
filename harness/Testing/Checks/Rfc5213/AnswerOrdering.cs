using Conformance.Testing.Options;

namespace Conformance.Testing.Checks.Rfc5213;

/// <summary>The checks of the Sequence Number and the Timestamp of an acknowledgement: RFC 5213, Section 5.5.</summary>
internal static class AnswerOrdering
{
    public static Check<Answer>[] All() =>
        [
            .. AnswerOptions.AsAsked(TimestampKind.Type, "rfc5213-5.3.6-k17", "rfc5213-5.3.6-k18"),
            new(
                "no Timestamp unasked",
                "rfc5213-5.5-k26",
                answer =>
                    answer.Asks(TimestampKind.Type)
                        ? null
                        : new(
                            !answer.Has(TimestampKind.Type),
                            "no Timestamp option, as the request had none",
                            "a Timestamp option",
                            answer.Given(TimestampKind.Type)
                        )
            ),
            new("last accepted sequence number", "rfc5213-5.5-k25", LastSequenceNumber),
            new(
                "Timestamp as in the request",
                "rfc5213-5.5-k6",
                answer =>
                    answer.Asks(TimestampKind.Type)
                        ? new(
                            answer.Has(TimestampKind.Type),
                            "a Timestamp option, as in the request",
                            "none",
                            answer.Given(TimestampKind.Type)
                        )
                        : null
            ),
            new("the request's sequence number", "rfc5213-5.5-k13", RequestedSequenceNumber),
            AnswerOptions.Both(
                TimestampKind.Type,
                "format of the Timestamp",
                "rfc5213-5.5-k11",
                (answer, _, given) => TimestampChecks.Format(answer, given)
            ),
            AnswerOptions.Both(
                TimestampKind.Type,
                "the request's timestamp",
                "rfc5213-5.5-k19",
                (answer, asked, given) =>
                    answer.IsRejection
                        ? null
                        : new(
                            given.Timestamp == asked.Timestamp,
                            $"the request's timestamp {asked.Timestamp:x16}",
                            $"{given.Timestamp:x16}",
                            given
                        )
            ),
            TimeOfDay(Answer.TimestampLowerThanPrevAccepted, "rfc5213-5.5-k21"),
            TimeOfDay(Answer.TimestampMismatch, "rfc5213-5.5-k23"),
        ];

    private static CheckResult? RequestedSequenceNumber(Answer answer) =>
        answer.Asks(TimestampKind.Type)
            ? new(
                answer.Message.SequenceNumber == answer.Request.SequenceNumber,
                $"the request's sequence number {answer.Request.SequenceNumber}",
                $"{answer.Message.SequenceNumber}",
                answer.Message.SequenceNumberOffset
            )
            : null;

    private static CheckResult? LastSequenceNumber(Answer answer) =>
        !answer.Asks(TimestampKind.Type)
        && answer.Message.Status == Answer.SequenceNumberOutOfWindow
        && answer.LastSequenceNumber is { } last
            ? new(
                answer.Message.SequenceNumber == last,
                $"the last accepted sequence number {last}",
                $"{answer.Message.SequenceNumber}",
                answer.Message.SequenceNumberOffset
            )
            : null;

    /// <summary>The tester has not read the clock of an LMA that does not compare timestamps with it.</summary>
    private static Check<Answer> TimeOfDay(byte status, string statement) =>
        AnswerOptions.Both(
            TimestampKind.Type,
            $"time of day with status {status}",
            statement,
            (answer, asked, given) =>
                answer.Message.Status == status && !answer.Session.Claims("mobile-node-generated-timestamp")
                    ? TimestampChecks.TimeOfDay(answer, asked, given)
                    : null
        );
}
