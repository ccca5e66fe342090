using System.Globalization;
using Conformance.Testing.Checks.Mobility;

namespace Conformance.Testing.Checks.Mn;

/// <summary>
/// The checks of the Sequence Numbers of a mobile node: RFC 6275, Sections 11.7.1, 11.7.2 and 11.8; RFC 5648, Section 4.1;
/// draft-ietf-monami6-multiplecoa-04, Sections 5.4 and 5.9.
/// </summary>
/// <remarks>
/// A mobile node that has no binding with a peer any more may begin with any number. So may one whose last update was rejected, as it need
/// not keep an entry for the peer. In the draft, each BID may have numbers of its own (the ruling one-number-per-peer).
/// </remarks>
internal static class UpdateNumbers
{
    public static IReadOnlyList<MobilityCheck> All { get; } =
    [
        Row("number after that of the update before", "11.7.2-k18", null, null, update => update.IsOfDraft ? null : Growing(update)),
        Row("number after that of the update before to the same peer", null, null, "4.1-k1 4.1-d1", Growing),
        Row("number of a repeated update", "11.8-k8", null, null, Repeated),
        Row("number after status 135", "11.7.1-k20", null, null, update => update.IsToHomeAgent ? AfterWindow(update) : null),
        Row("number after status 135 in the draft", null, "5.9-k2", null, AfterWindow),
        Row("number of a bulk update", null, "5.4-k5", null, Bulk),
    ];

    private static MobilityCheck<NodeMessage> Row(
        string name,
        string? rfc6275,
        string? draft04,
        string? rfc5648,
        Func<NodeMessage, CheckResult?> judge
    ) => new(name, rfc6275, draft04, rfc5648, update => update.IsUpdate ? judge(update) : null);

    private static CheckResult After(NodeMessage update, ushort last, bool orEqual = false) =>
        new(
            (short)(update.Message.SequenceNumber - last) is var step && (step > 0 || (orEqual && step == 0)),
            string.Create(CultureInfo.InvariantCulture, $"a Sequence Number {(orEqual ? "from" : "after")} {last}"),
            $"{update.Message.SequenceNumber}",
            update.Message.SequenceNumberOffset
        );

    private static CheckResult? Growing(NodeMessage update) =>
        update.Ledger.To(update.Destination).LastOrDefault() is { } last && IsRemembered(update, last)
            ? After(update, last.Message.SequenceNumber)
            : null;

    /// <summary>
    /// True if the mobile node has an entry for its peer, with the number of an update: the update is not answered and recent, or it was
    /// accepted and its lifetime is not over.
    /// </summary>
    private static bool IsRemembered(NodeMessage update, SentUpdate last)
    {
        var longest = TimeSpan.FromSeconds(32);
        return last switch
        {
            { Answer: null, IsAnswered: true } => false,
            { Answer: null, IsRemoval: true } => update.At - last.At <= longest,
            { Answer: null } => update.At < last.At + last.Lifetime,
            _ => update.Ledger.At(update.Destination).Any(binding => binding.At == last.At),
        };
    }

    private static CheckResult? Repeated(NodeMessage update) =>
        Retransmissions.Of(update) is [var last, ..] ? After(update, last.Message.SequenceNumber) : null;

    /// <summary>
    /// The text of the draft says the last accepted number itself, which is as right there (the ruling number-after-135). In the draft,
    /// only an update for the same BID has to follow that number.
    /// </summary>
    private static CheckResult? AfterWindow(NodeMessage update)
    {
        var mine = new SentUpdate(update);
        var last = update
            .Ledger.AnsweredBy(update.Destination, update.Packet)
            .LastOrDefault(sent => !update.IsOfDraft || sent.Touches(mine));
        return
            last is { Answer: { Mobility: { Status: NodeLedger.OutOfWindow } answer } packet }
            && !update
                .Ledger.To(update.Destination)
                .Any(sent => sent.Packet.Frame.Number > packet.Frame.Number && (!update.IsOfDraft || sent.Touches(mine)))
            ? After(update, answer.SequenceNumber, orEqual: update.IsOfDraft)
            : null;
    }

    /// <summary>The highest number is that of a BID of the update whose binding lives.</summary>
    private static CheckResult? Bulk(NodeMessage update)
    {
        if (update.Identities.Count < 2)
        {
            return null;
        }

        var live = update.Ledger.At(update.Destination).Where(binding => update.Identities.Any(identity => identity.Bid == binding.Bid));
        var numbers = live.SelectMany(binding => update.Ledger.To(update.Destination).Where(sent => sent.At == binding.At))
            .Select(sent => sent.Message.SequenceNumber)
            .ToList();
        return numbers.Count == 0
            ? null
            : After(update, numbers.Aggregate((highest, next) => (short)(next - highest) > 0 ? next : highest));
    }
}
