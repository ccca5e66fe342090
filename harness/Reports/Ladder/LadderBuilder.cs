using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Ladder;

/// <summary>Assigns the packets of a scenario to its steps, and folds uninteresting packets.</summary>
internal sealed class LadderBuilder
{
    /// <summary>A longer silence is drawn as a gap.</summary>
    private static readonly TimeSpan _silence = TimeSpan.FromMilliseconds(250);

    /// <summary>The same octets on another port within this time are the same packet, captured twice.</summary>
    private static readonly TimeSpan _twice = TimeSpan.FromMilliseconds(500);

    /// <summary>The maximum number of packets drawn per flow and step.</summary>
    private const int DrawnOfFlow = 12;

    /// <summary>The maximum number of arrows that remains readable; further packets are only counted.</summary>
    private const int MostArrows = 150;

    /// <summary>The maximum number of columns that fit; further nodes share the last column.</summary>
    private const int MostLanes = 9;

    private const string Others = "others";

    private readonly ScenarioResult _result;
    private readonly IReadOnlyList<LadderFrame> _frames;
    private readonly LadderNodes _nodes;
    private readonly List<Happening> _happenings = [];
    private readonly Dictionary<int, Happening> _begins = [];
    private readonly TimeSpan _offset;
    private readonly List<Rung> _rungs = [];
    private readonly List<string> _lanes = [];
    private readonly Dictionary<int, int> _drawn = [];
    private readonly Dictionary<string, LadderFrame> _onTheirWay = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LadderFrame> _captured = new(StringComparer.Ordinal);
    private readonly List<(LadderFrame Frame, string What)> _folded = [];
    private readonly List<(LadderFrame Frame, string What)> _chatter = [];
    private Dictionary<string, int> _drawnOfFlow = new(StringComparer.Ordinal);
    private TimeSpan _clock;
    private int _next;
    private int _told;
    private int _arrows;
    private int _left;

    private LadderBuilder(ScenarioResult result, Trace? trace, IReadOnlyList<LadderFrame> frames, LadderNodes nodes)
    {
        _result = result;
        _frames = frames;
        _nodes = nodes;
        foreach (var (position, read) in (trace?.Events ?? []).Index())
        {
            if (read is TraceEvent.Step step)
            {
                _begins.TryAdd(step.Number, new Happening(position, read.After, string.Empty));
            }
            else if (TextOf(read) is { } text)
            {
                _happenings.Add(new Happening(position, read.After, text));
            }
        }

        _offset = Start(trace, frames) is { } started && frames.Count > 0 ? frames[0].Frame.At - started : TimeSpan.Zero;
    }

    /// <param name="trace">The names of the nodes and the events other than packets; null if not available.</param>
    public static LadderModel Build(ScenarioResult result, Trace? trace, IReadOnlyList<LadderFrame> frames)
    {
        var nodes = new LadderNodes(trace, frames);
        var builder = new LadderBuilder(result, trace, frames, nodes);
        builder.Build();
        return builder.Sorted();
    }

    private void Build()
    {
        for (var i = 0; i < _result.Steps.Count; i++)
        {
            var step = _result.Steps[i];
            var begin = _begins.GetValueOrDefault(i + 1);
            var before = begin?.After ?? LastBefore(step);
            if (_rungs.Count == 0 && _next < _frames.Count && _frames[_next].Number <= before)
            {
                Band(
                    new Rung.Band(
                        "Before the scenario",
                        IsNegative ? "check that the implementation is alive" : "preparation",
                        null,
                        null,
                        null
                    )
                );
            }

            Take(before, begin?.Position ?? int.MaxValue);
            Fold();
            Elapse(step.At);
            Band(new Rung.Band(step.Keyword.Trim(), step.Text, step.Outcome, step.Message, step.At));
            Take(
                step.LastPacket ?? 0,
                _begins.Where(later => later.Key > i + 1).Select(later => later.Value.Position).DefaultIfEmpty(int.MaxValue).Min()
            );
        }

        if (_next < _frames.Count)
        {
            Fold();
            Elapse(At(_frames[_next]));
            Band(
                new Rung.Band(
                    "After the scenario",
                    IsNegative ? "cleanup; check that the implementation is alive" : "cleanup",
                    null,
                    null,
                    null
                )
            );
            Take(int.MaxValue, int.MaxValue);
        }

        Fold();
        Tell(int.MaxValue);
        if (_left > 0)
        {
            _rungs.Add(new Rung.Event($"{RunSummary.Plural(_left, "more packet")} not drawn: see the capture"));
        }
    }

    /// <summary>
    /// True for scenarios with invalid or inopportune behaviour. The tester checks before and after them that the implementation is alive.
    /// </summary>
    private bool IsNegative =>
        _result.Scenario.Contains("-BI-", StringComparison.Ordinal) || _result.Scenario.Contains("-BO-", StringComparison.Ordinal);

    private TimeSpan At(LadderFrame frame) => frame.Frame.At - _frames[0].Frame.At + _offset;

    /// <summary>The start of the scenario on the clock of the packets; the times of steps are relative to it.</summary>
    internal static DateTimeOffset? Start(Trace? trace, IReadOnlyList<LadderFrame> frames) =>
        trace?.Events.OfType<TraceEvent.Clock>().FirstOrDefault() is { } first
        && (frames.Count == 0 || (frames[0].Frame.At - first.Now).Duration() < TimeSpan.FromDays(1))
            ? first.Now
            : null;

    /// <summary>The last packet before a step, for traces that do not record where steps begin.</summary>
    private int LastBefore(StepResult step) =>
        step.FirstPacket - 1
        ?? (
            _result.Steps.Select(other => other.FirstPacket).OfType<int>().FirstOrDefault() is var first and > 0
            && _next < _frames.Count
            && _frames[_next].Number < first
                ? _frames.TakeWhile(frame => frame.Number < first && At(frame) <= step.At).LastOrDefault()?.Number ?? 0
                : 0
        );

    /// <summary>Takes packets up to a packet number, and events up to a position in the trace.</summary>
    private void Take(int last, int position)
    {
        while (_next < _frames.Count && _frames[_next].Number <= last)
        {
            Tell(position);
            Take(_frames[_next++]);
        }

        Tell(position);
    }

    private void Take(LadderFrame frame)
    {
        var text = MessageText.Of(frame, _nodes);
        var octets = Convert.ToHexString(frame.Frame.Bytes.Span);
        if (
            frame.Findings.Count == 0
            && _captured.TryGetValue(octets, out var same)
            && same.Port != frame.Port
            && frame.Frame.At - same.Frame.At < _twice
            && _drawn.TryGetValue(same.Number, out var place)
            && _rungs.FindLastIndex(rung => rung is Rung.Arrow arrow && arrow.Frame.Number == place) is var at and >= 0
        )
        {
            _drawn[frame.Number] = place;
            var arrow = (Rung.Arrow)_rungs[at];
            _rungs[at] = arrow with
            {
                Note = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(arrow.Note is null ? string.Empty : arrow.Note + "; ")}also on {frame.Port}: packet {frame.Number}"
                ),
            };
            return;
        }

        _captured[octets] = frame;
        if (frame.Findings.Count == 0 && (text.IsQuiet || IsTooMany(text)))
        {
            (text.IsChatter ? _chatter : _folded).Add((frame, text.IsQuiet ? text.Flow : $"more {text.Flow}"));
            return;
        }

        Fold(_folded);
        Elapse(At(frame));
        if (_arrows >= MostArrows && frame.Findings.Count == 0)
        {
            _left++;
            return;
        }

        Draw(frame, text);
    }

    private bool IsTooMany(MessageText text)
    {
        var flow = text.Kind == MessageKind.Data ? text.Flow : $"{text.Kind} {text.Head}";
        var count = _drawnOfFlow.GetValueOrDefault(flow);
        _drawnOfFlow[flow] = count + 1;
        return count >= DrawnOfFlow;
    }

    private void Draw(LadderFrame frame, MessageText text)
    {
        _arrows++;
        var (from, to) = (_nodes.From(frame), _nodes.To(frame));
        string? note = null;
        if (text.Identity is { } identity)
        {
            if (_onTheirWay.TryGetValue(identity, out var earlier) && _nodes.From(earlier) != from)
            {
                note = string.Create(CultureInfo.InvariantCulture, $"packet {earlier.Number} forwarded");
            }
            else
            {
                _onTheirWay[identity] = frame;
            }
        }

        _drawn[frame.Number] = frame.Number;
        _rungs.Add(new Rung.Arrow(frame, text, Lane(from), to is null ? null : Lane(to), note, At(frame)));
    }

    /// <summary>Adds one line for all packets folded so far, including chatter, whose position does not matter.</summary>
    private void Fold()
    {
        _folded.AddRange(_chatter);
        _chatter.Clear();
        Fold(_folded);
    }

    private void Fold(List<(LadderFrame Frame, string What)> folded)
    {
        if (folded.Count == 0)
        {
            return;
        }

        var kinds = folded
            .GroupBy(pair => pair.What)
            .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Count()} {kind.Key}"));
        _rungs.Add(new Rung.Fold($"+ {string.Join(", ", kinds)}", [.. folded.Select(pair => pair.Frame.Number)]));
        foreach (var (frame, _) in folded)
        {
            _drawn[frame.Number] = folded[0].Frame.Number;
        }

        folded.Clear();
    }

    private void Band(Rung.Band band)
    {
        Fold();
        _drawnOfFlow = new Dictionary<string, int>(StringComparer.Ordinal);
        _rungs.Add(band);
    }

    private void Elapse(TimeSpan to)
    {
        if (to - _clock >= _silence)
        {
            _rungs.Add(new Rung.Gap(to - _clock));
        }

        _clock = to > _clock ? to : _clock;
    }

    /// <summary>Adds the events that happened before the next packet.</summary>
    private void Tell(int position)
    {
        for (; _told < _happenings.Count && _happenings[_told].After <= _next && _happenings[_told].Position < position; _told++)
        {
            Fold(_folded);
            if (_rungs.LastOrDefault() is not Rung.Event happened || happened.Text != _happenings[_told].Text)
            {
                _rungs.Add(new Rung.Event(_happenings[_told].Text));
            }
        }
    }

    private static string? TextOf(TraceEvent read) =>
        read switch
        {
            TraceEvent.Carrier carrier => $"link {(carrier.IsUp ? "up" : "down")} on {carrier.Port}"
                + (carrier.Outcome is Outcome.Failed ? $": {carrier.Outcome}" : string.Empty),
            TraceEvent.Upper { Action: nameof(UpperTesterAction.Attach) } upper => $"{upper.Node} is attached",
            TraceEvent.Upper { Action: nameof(UpperTesterAction.Detach) } upper => $"{upper.Node} is detached",
            TraceEvent.Upper { Detail: { } detail } upper => $"the operator of {upper.Node}: {detail}"
                + (upper.Outcome is Outcome.Failed ? $": {upper.Outcome}" : string.Empty),
            TraceEvent.Upper { Outcome: Outcome.Replies replies } upper =>
                $"{upper.Node} has {(replies.Count == 1 ? "its" : "no")} echo reply",
            TraceEvent.Upper { Action: nameof(UpperTesterAction.Ping) } upper => $"{upper.Node} has no echo reply",
            TraceEvent.Crash { Reason: { } reason } => $"the implementation under test has crashed: {reason.ReplaceLineEndings(" ")}",
            _ => null,
        };

    private int Lane(string name)
    {
        var index = _lanes.IndexOf(name);
        if (index < 0 && _lanes.Count >= MostLanes)
        {
            name = Others;
            index = _lanes.IndexOf(name);
        }

        if (index < 0)
        {
            index = _lanes.Count;
            _lanes.Add(name);
        }

        return index;
    }

    /// <summary>Sorts the columns in the order of the path: mobile nodes, MAGs, LMAs, correspondent nodes, then all other nodes.</summary>
    private LadderModel Sorted()
    {
        // Mobile nodes are sorted by the time of their arrival.
        var sorted = _lanes.OrderBy(Rank).ThenBy(lane => _nodes.IsMobileNode(lane) ? string.Empty : lane, NaturalOrder.Instance).ToList();
        int Place(int lane) => sorted.IndexOf(_lanes[lane]);
        return new LadderModel(
            _nodes,
            [.. sorted.Select(lane => new LadderColumn(lane, _nodes.AddressOf(lane), _nodes.IsUnderTest(lane)))],
            [
                .. _rungs.Select(rung =>
                    rung is Rung.Arrow arrow ? arrow with { From = Place(arrow.From), To = arrow.To is { } to ? Place(to) : null } : rung
                ),
            ],
            _drawn
        );
    }

    private int Rank(string lane) =>
        _nodes.RoleOf(lane) switch
        {
            NodeRole.Mn => 0,
            NodeRole.Mag => 1,
            NodeRole.Lma or NodeRole.Ha => 3,
            NodeRole.Cn => 4,
            { } => 2,
            null when lane == Others => 6,
            null when _nodes.AddressOf(lane) is not null => 2,
            null => 5,
        };

    /// <summary>An event other than a packet.</summary>
    /// <param name="Position">The position among the events of the trace.</param>
    /// <param name="After">The number of packets before the event.</param>
    private sealed record Happening(int Position, int After, string Text);
}
