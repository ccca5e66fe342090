using System.Globalization;
using Conformance.Testing.Checks.Mobility;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks.Mn;

/// <summary>The checks of how often, and after what time, a mobile node sends a message again: RFC 6275, Section 11.8.</summary>
/// <remarks>
/// A message is one that is sent again if it asks for the same, and if nothing came in between that may have led to a new one: no message
/// of a peer, no news of a router, no change of a link.
/// </remarks>
internal static class Retransmissions
{
    private const int MaxUpdateRate = 3;

    /// <summary>Of an interval, as timers of a device are coarse.</summary>
    private const double Shortest = 0.9,
        Longest = 1.5;

    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _firstRegistration = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan _maximum = TimeSpan.FromSeconds(32);

    public static IReadOnlyList<MobilityCheck> All { get; } =
    [
        Row("at most three messages of a type in a second", "11.8-k7", Rate),
        Row("repetition of a first registration", "11.8-k2", FirstOfRegistration),
        Row("first repetition", "11.8-d1", First),
        Row("growing intervals", "11.8-k4", Doubling),
        Row("cookie of a repeated request", "11.8-k9", NewCookie),
    ];

    private static MobilityCheck<NodeMessage> Row(string name, string rfc6275, Func<NodeMessage, CheckResult?> judge) =>
        new(name, rfc6275, null, null, judge);

    /// <summary>
    /// The earlier updates of which an update is a repetition, the last one first. Without A, the mobile node awaits no answer, and sends
    /// an update again for other reasons.
    /// </summary>
    public static IReadOnlyList<SentUpdate> Of(NodeMessage update)
    {
        if (!update.Message.AcknowledgeFlag)
        {
            return [];
        }

        var mine = new SentUpdate(update);
        return
        [
            .. update
                .Ledger.To(update.Destination)
                .Reverse()
                .TakeWhile(sent => !sent.IsAnswered && IsQuiet(update, sent.At))
                .Where(mine.IsSameAs),
        ];
    }

    private static bool IsQuiet(NodeMessage message, DateTimeOffset since) =>
        message.Ledger.Traffic.ToldAt < since
        && (message.IsUpdate || message.Ledger.Traffic.DataAt < since)
        && !(message.Session.LinkChangedAt >= since)
        && !(message.Session.Device.ToldAt >= since);

    /// <summary>The times of the earlier messages of which one is a repetition, the last one first.</summary>
    private static IReadOnlyList<DateTimeOffset> Times(NodeMessage message) =>
        message.IsUpdate ? [.. Of(message).Select(sent => sent.At)] : [.. Requests(message).Select(sent => sent.Frame.At)];

    /// <summary>
    /// The time of the first of two equal messages; null if there were others before, so that it may be a repetition itself.
    /// </summary>
    private static DateTimeOffset? Original(NodeMessage message)
    {
        if (Times(message) is not [var before])
        {
            return null;
        }

        var mine = new SentUpdate(message);
        var others = message.IsUpdate
            ? message.Ledger.To(message.Destination).Where(sent => sent.Answer is null && mine.IsSameAs(sent)).Select(sent => sent.At)
            : message.Ledger.Tokens.Requests.Where(sent => IsSame(message, sent)).Select(sent => sent.Frame.At);
        return others.Any(at => at < before && before - at <= _maximum * 2) ? null : before;
    }

    private static IEnumerable<Packet> Requests(NodeMessage request) =>
        request.IsHomeTestInit || request.IsCareOfTestInit
            ? request
                .Ledger.Tokens.Requests.Reverse()
                .TakeWhile(sent => IsQuiet(request, sent.Frame.At))
                .Where(sent => IsSame(request, sent))
            : [];

    private static bool IsSame(NodeMessage request, Packet sent) =>
        sent.Mobility!.Type == request.Message.Type
        && sent.Ip!.Source.Equals(request.Source)
        && sent.Ip.Destination.Equals(request.Destination);

    private static CheckResult? Rate(NodeMessage message)
    {
        var recent = message
            .Ledger.Traffic.SentBefore(message)
            .Count(at => message.At - at < _second - message.Session.Bed.Facts.Tolerance);
        return new(
            recent < MaxUpdateRate,
            string.Create(CultureInfo.InvariantCulture, $"at most {MaxUpdateRate} {message.Message.Name}s to one node within a second"),
            string.Create(CultureInfo.InvariantCulture, $"the {recent + 1}th")
        );
    }

    private static bool IsFirstRegistration(NodeMessage message) =>
        message is { IsRegistration: true, IsToHomeAgent: true } && message.Ledger.All(message.Destination).Count == 0;

    private static CheckResult? FirstOfRegistration(NodeMessage message) =>
        IsFirstRegistration(message) && Original(message) is { } before
            ? After(message, before, _firstRegistration, _firstRegistration)
            : null;

    /// <summary>For a care-of address that is new to the home agent, a mobile node may use the longer time.</summary>
    private static CheckResult? First(NodeMessage message) =>
        !IsFirstRegistration(message) && !message.IsRemoval && Original(message) is { } before
            ? After(message, before, _second, message is { IsUpdate: true, IsToHomeAgent: true } ? _firstRegistration : _second)
            : null;

    private static CheckResult After(NodeMessage message, DateTimeOffset before, TimeSpan least, TimeSpan most)
    {
        var (took, tolerance) = (message.At - before, message.Session.Bed.Facts.Tolerance);
        return new(
            took >= (least * Shortest) - tolerance && took <= (most * Longest) + tolerance,
            string.Create(CultureInfo.InvariantCulture, $"the first repetition after {least.TotalSeconds:0.#} s"),
            string.Create(CultureInfo.InvariantCulture, $"after {took.TotalSeconds:0.##} s")
        );
    }

    private static CheckResult? Doubling(NodeMessage message)
    {
        if (Times(message) is not [var last, var before, ..])
        {
            return null;
        }

        var (took, wanted) = (message.At - last, TimeSpan.FromTicks(Math.Min(2 * (last - before).Ticks, _maximum.Ticks)));
        return new(
            took >= (wanted * Shortest) - message.Session.Bed.Facts.Tolerance,
            string.Create(CultureInfo.InvariantCulture, $"the next repetition after {wanted.TotalSeconds:0.##} s"),
            string.Create(CultureInfo.InvariantCulture, $"after {took.TotalSeconds:0.##} s")
        );
    }

    private static CheckResult? NewCookie(NodeMessage message)
    {
        const int CookieOffset = 8;
        var earlier = Requests(message).ToList();
        return earlier.Count == 0
            ? null
            : new(
                earlier.TrueForAll(sent => sent.Mobility!.Cookie != message.Message.Cookie),
                $"a new cookie in a repeated {message.Message.Name}",
                string.Create(CultureInfo.InvariantCulture, $"0x{message.Message.Cookie:x16} again"),
                CookieOffset
            );
    }
}
