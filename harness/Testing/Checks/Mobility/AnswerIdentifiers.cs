using Conformance.Testing.Options;
using Pmip.Wire;

namespace Conformance.Testing.Checks.Mobility;

/// <summary>
/// The checks of the BID options of a Binding Acknowledgement against its request: RFC 5648, Sections 5.7, 6.2 and 6.3;
/// draft-ietf-monami6-multiplecoa-04, Sections 5.6 and 6.3.
/// </summary>
internal static class AnswerIdentifiers
{
    private const byte NotComplete = (byte)BindingStatus.MCOA_NOTCOMPLETE;
    private const int StatusOffset = 6;

    /// <summary>The ICS item of a correspondent node that does what RFC 3775 says.</summary>
    internal const string IgnoresIdentifiers = "ignores-bid";

    public static IReadOnlyList<MobilityCheck> All { get; } =
    [
        Row("a BID option for a BID option", "5.6-k1", "5.7-k1", answer => IsAcknowledged(answer) ? HasOne(answer) : null),
        Row(
            "a BID option after success",
            "6.3-k20",
            "6.2-k14",
            answer => IsAcknowledged(answer) && !answer.IsRejection ? HasOne(answer) : null
        ),
        Row("every BID of the update", "6.3-k21", "6.2-k15", Repeated),
        Row(
            "every BID of a home binding",
            null,
            "6.3-d1",
            answer => !answer.IsRejection && Asked(answer).Any(asked => asked.IsHome) ? Repeated(answer) : null
        ) with
        {
            Only = MobilityCheck.HomeAgent,
        },
        Row("the result in the acknowledgement of a correspondent node", "6.3-d11", "6.2-k18", StatusOfOptions) with
        {
            Only = MobilityCheck.Correspondent,
        },
        Row("the result of a correspondent node", null, "6.2-k17", StatusOfMessage) with
        {
            Only = MobilityCheck.Correspondent,
        },
        Row("the reason of an incomplete result", null, "6.2-k19", Reason) with
        {
            Only = MobilityCheck.HomeAgent,
        },
        Row("an incomplete result", null, "6.2-k20", Incomplete) with
        {
            Only = MobilityCheck.HomeAgent,
        },
        Row("one result for all in the acknowledgement", null, "6.2-k21", Common) with
        {
            Only = MobilityCheck.HomeAgent,
        },
    ];

    private static MobilityCheck<Answer> Row(string name, string? draft04, string? rfc5648, Func<Answer, CheckResult?> judge) =>
        new(name, null, draft04, rfc5648, judge);

    private static WireEdition Edition(Answer answer) => answer.Session.Scenario.Edition.Wire;

    /// <summary>The BID options of the request; none if one of them is malformed, so that its BID may not be known.</summary>
    private static IReadOnlyList<BindingIdentity> Asked(Answer answer) =>
        BindingIdentity.In(answer.Request, Edition(answer)) is var asked && asked.All(option => option.HasKnownLength) ? asked : [];

    private static IReadOnlyList<BindingIdentity> Given(Answer answer) => BindingIdentity.In(answer.Message, Edition(answer));

    private static Octets.OptionOctets? First(Answer answer) => BindingIdentity.FirstIn(answer.Message, Edition(answer))?.Option;

    private static bool IsAcknowledged(Answer answer) => Asked(answer).Count > 0 && answer.Request.AcknowledgeFlag;

    /// <summary>A correspondent node may ignore BIDs altogether (the ruling correspondent-without-bid).</summary>
    private static bool MayIgnore(Answer answer) => Given(answer).Count == 0 && answer.Session.Claims(IgnoresIdentifiers);

    private static CheckResult? HasOne(Answer answer) =>
        MayIgnore(answer) ? null : new(Given(answer).Count > 0, "a BID option, as in the Binding Update", "none", First(answer));

    /// <summary>The flags have no part in the demand (the ruling home-flag-in-answer).</summary>
    private static CheckResult? Repeated(Answer answer)
    {
        var (asked, given) = (Asked(answer), Given(answer));
        if (asked.Count == 0 || MayIgnore(answer))
        {
            return null;
        }

        var missing = asked.FirstOrDefault(one => !given.Any(other => one.Bid == other.Bid));
        return new(missing is null, $"BID options for {Words(asked)}, as in the Binding Update", Words(given), First(answer))
        {
            IsAbsence = missing is not null && given.Count < asked.Count,
        };
    }

    private static CheckResult? StatusOfOptions(Answer answer) =>
        Given(answer) is { Count: > 0 } given
            ? new(
                given.All(option => option.Status == 0),
                "status 0 in every BID option: the result is that of the acknowledgement",
                Statuses(given),
                given.FirstOrDefault(option => option.Status != 0)?.Option.Offset
            )
            : null;

    private static CheckResult? StatusOfMessage(Answer answer) =>
        Given(answer) is { Count: > 0 } given
            ? new(
                answer.IsRejection || given.All(option => option.Status < Octets.MobilityOctets.FirstRejection),
                "the result in the status of the acknowledgement",
                $"status {answer.Message.Status}, but in the options {Statuses(given)}",
                StatusOffset
            )
            : null;

    private static CheckResult? Reason(Answer answer) =>
        answer.Message.Status == NotComplete
            ? new(
                Given(answer).Any(option => option.Status != 0),
                "the reason in the BID option of what has failed",
                Statuses(Given(answer)),
                StatusOffset
            )
            : null;

    /// <summary>Statuses 167 and 5 may stand in either place (the rulings place-of-status-167 and place-of-status-5).</summary>
    private static CheckResult? Incomplete(Answer answer)
    {
        var given = Given(answer);
        var failed = given.Count(option => option.Status >= Octets.MobilityOctets.FirstRejection);
        return answer.IsRejection || failed == 0 || failed == given.Count
            ? null
            : new(
                answer.Message.Status == NotComplete,
                $"status {NotComplete} in the acknowledgement, as some of the BIDs have failed",
                $"status {answer.Message.Status}, and in the options {Statuses(given)}",
                StatusOffset
            );
    }

    private static CheckResult? Common(Answer answer)
    {
        var given = Given(answer);
        return
            given.Count == 0
            || given.Any(option => option.Status != given[0].Status)
            || HasTwoPlaces(given[0].Status)
            || AreErrorsOfEach(answer, given)
            ? null
            : new(
                given[0].Status == 0,
                "a result that is the same for all in the status of the acknowledgement, and status 0 in the options",
                Statuses(given),
                given[0].Option
            );
    }

    /// <summary>Each BID of a bulk update may have failed by itself, for the same reason (the ruling equal-errors-in-bulk).</summary>
    private static bool AreErrorsOfEach(Answer answer, IReadOnlyList<BindingIdentity> given) =>
        given.Count > 1 && given[0].Status >= Octets.MobilityOctets.FirstRejection && answer.Message.Status == NotComplete;

    private static bool HasTwoPlaces(byte status) =>
        (BindingStatus)status is BindingStatus.MCOA_UNKNOWN_COA or BindingStatus.MCOA_RETURNHOME_WO_NDP;

    private static string Words(IReadOnlyList<BindingIdentity> options) => options.Count == 0 ? "none" : string.Join(", ", options);

    private static string Statuses(IReadOnlyList<BindingIdentity> options) =>
        options.Count == 0 ? "no BID option" : string.Join(", ", options.Select(option => $"{option}: status {option.Status}"));
}
