using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>
/// RFC 5213, Section 8.8. Words: <c>now</c> or <c>last</c>, each with an optional offset: <c>- 400 ms</c>, <c>+ just over
/// TimestampValidityWindow</c>.
/// </summary>
public sealed class TimestampKind() : MobilityOptionKind("Timestamp", Type, ("Timestamp", 64))
{
    public const int Type = 27;

    /// <summary>The words that compare the option with that of the message before.</summary>
    public const string Later = "later than the one before";

    /// <summary>The words that compare the time between two messages with the time between their timestamps.</summary>
    public const string AsMuchLater = "as much later as it came";

    /// <summary>The words that compare the option with the clock of the last answer of the tester.</summary>
    private const string NotOfAnswer = "not by the clock of the answer";

    /// <summary>The words that compare the option with the time that the mobile node gave.</summary>
    private const string OfNode = "that of the mobile node",
        NotOfNode = "not that of the mobile node";

    /// <summary>A sender reads its clock a little before the message leaves; the tolerance of the bed is added.</summary>
    private static readonly TimeSpan _delay = TimeSpan.FromMilliseconds(50);

    /// <summary>Timestamps half a second apart show a wrong unit of the fraction only if less than this is tolerated.</summary>
    private static readonly TimeSpan _mostDelay = TimeSpan.FromMilliseconds(400);

    /// <summary>Two clocks that are set by one another differ by less.</summary>
    private static readonly TimeSpan _setClock = TimeSpan.FromMinutes(1);

    public override Observation Observation => Observation.Clock;

    public override (int Multiple, int Offset) Alignment(int length) => (8, 2);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [new TimestampOption(new Timestamp(Value(words, context)))];

    public override string Text(OptionOctets option) =>
        TimestampOctets.ToTime(option.Timestamp).ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture);

    public override bool Matches(IReadOnlyList<OptionOctets> given, string expected, OptionContext context)
    {
        var timestamp = given[0].Timestamp;
        return expected switch
        {
            "the LMA's time of day" => context.IsTimeOfDay(TimestampOctets.ToTime(timestamp))
                && timestamp != context.Request?.First(Type)?.Timestamp,
            "the time of day" => context.IsTimeOfDay(TimestampOctets.ToTime(timestamp)),
            Later => context.Earlier?.Mobility!.First(Type) is { } before && timestamp > before.Timestamp,
            AsMuchLater => IsAsMuchLater(timestamp, context),
            OfNode => TimestampOctets.ToTime(timestamp) == TimeOf(context.Node),
            NotOfNode => TimestampOctets.ToTime(timestamp) != TimeOf(context.Node),
            NotOfAnswer => !IsByClockOfAnswer(timestamp, context),
            _ => throw new ScenarioFaultException(
                $"'{expected}' is not an expectation for a Timestamp: say absent, present, the request's, the LMA's time of day, "
                    + $"the time of day, {Later}, {AsMuchLater}, {NotOfAnswer}, {OfNode} or {NotOfNode}."
            ),
        };
    }

    public override MobilityOption Echo(OptionOctets asked, OptionContext context) => new TimestampOption(new Timestamp(asked.Timestamp));

    public override string Value(OptionOctets option) =>
        FormattableString.Invariant($"{TimestampOctets.ToTime(option.Timestamp):yyyy-MM-ddTHH:mm:ss.ffffff}Z");

    public override string Words(OptionOctets option, INodeNames names) => $"TS {Value(option)}";

    private static DateTimeOffset TimeOf(MobileNode node) =>
        node.Timestamp ?? throw new ScenarioFaultException($"{node.Name} has given no time of its own.");

    private static bool IsAsMuchLater(ulong timestamp, OptionContext context)
    {
        var delay = _delay + context.Session.Clock.Margin;
        var (now, before) = (context.Clock, context.EarlierClock);
        var (least, most) = (now.From - before.Until - delay, now.Until - before.From + delay);
        var stated = TimestampOctets.ToTime(timestamp) - TimestampOctets.ToTime(context.Earlier!.Mobility!.First(Type)!.Timestamp);
        var within = (most - least) / 2;
        return within < _mostDelay
            ? stated >= least && stated <= most
            : throw new StepFailedException($"times are only known to within {within.TotalMilliseconds:0} ms here");
    }

    private static bool IsByClockOfAnswer(ulong timestamp, OptionContext context)
    {
        var answer = context
            .Session.Bed.Frames.Where(frame => frame.Direction == Direction.Sent)
            .Select(Packet.Of)
            .LastOrDefault(packet =>
                packet.Mobility is { Type: MobilityOctets.BindingAcknowledgementType } message && message.First(Type) is not null
            );
        var told =
            answer?.Mobility!.First(Type)!.Timestamp
            ?? throw new StepFailedException("no answer has had a Timestamp option that could be compared with the update's");
        return (TimestampOctets.ToTime(timestamp) - TimestampOctets.ToTime(told) - (context.Clock.Until - answer.Frame.At)).Duration()
            < _setClock;
    }

    private static ulong Value(string words, OptionContext context)
    {
        var (session, parts) = (context.Session, words.Split(' ', 2, StringSplitOptions.TrimEntries));
        DateTimeOffset? now = parts[0] == "now" ? session.Bed.Now : null;
        var start = parts[0] switch
        {
            "now" => TimestampOctets.FromTime(session.Clock.OnDevice(now!.Value)),
            "last" => context.Node.Binding.LastTimestamp,
            _ => throw Fault(words),
        };
        if (parts.Length == 1)
        {
            return start;
        }

        if (parts[1][0] is not ('+' or '-'))
        {
            throw Fault(words);
        }

        var offset = Durations.Parse(parts[1][1..].Trim(), session.Ixit, session.Clock.Margin + session.Clock.Uncertainty);
        if (offset <= TimeSpan.Zero)
        {
            throw new StepFailedException(
                $"the device's clock is known to within {session.Clock.Uncertainty.TotalMilliseconds:0} ms, with a tolerance of "
                    + $"{session.Clock.Margin.TotalMilliseconds:0} ms: this is not precise enough for '{words}'"
            );
        }

        if (now is not null && parts[1].Contains("just", StringComparison.Ordinal))
        {
            session.NextStimulusAt = now;
        }

        var fraction = (ulong)((Int128)offset.Ticks * 65536 / TimeSpan.TicksPerSecond);
        return parts[1][0] == '+' ? start + fraction
            : fraction <= start ? start - fraction
            : throw new ScenarioFaultException($"'{words}' is before 1970: no Timestamp states such a time.");
    }

    private static ScenarioFaultException Fault(string words) =>
        new($"'{words}' is not a timestamp: say now or last, with + or - a duration.");
}
