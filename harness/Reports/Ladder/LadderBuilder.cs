using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Reports.Ladder;

/// <summary>Puts the packets of a scenario under the steps that they belong to, and folds what says nothing new.</summary>
internal sealed class LadderBuilder
{
    /// <summary>A longer silence is drawn as one.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(250);

    /// <summary>The same octets on another port within this time are the same packet, captured twice.</summary>
    private static readonly TimeSpan Twice = TimeSpan.FromMilliseconds(500);

    /// <summary>Of one flow, this many packets of a step are drawn.</summary>
    private const int DrawnOfFlow = 12;

    /// <summary>A longer ladder is nobody's to read: the rest is counted.</summary>
    private const int MostArrows = 150;

    /// <summary>More columns do not fit: nodes that come late share the last one.</summary>
    private const int MostLanes = 9;

    private const string Others = "others";

    private readonly ScenarioResult result;
    private readonly IReadOnlyList<LadderFrame> frames;
    private readonly Nodes nodes;
    private readonly List<Happening> happenings = [];
    private readonly Dictionary<int, Happening> begins = [];
    private readonly TimeSpan offset;
    private readonly List<Rung> rungs = [];
    private readonly List<string> lanes = [];
    private readonly Dictionary<int, int> drawn = [];
    private readonly Dictionary<string, LadderFrame> onTheirWay = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LadderFrame> captured = new(StringComparer.Ordinal);
    private readonly List<(LadderFrame Frame, string What)> folded = [];
    private readonly List<(LadderFrame Frame, string What)> chatter = [];
    private Dictionary<string, int> drawnOfFlow = new(StringComparer.Ordinal);
    private TimeSpan clock;
    private int next;
    private int told;
    private int arrows;
    private int left;

    private LadderBuilder(ScenarioResult result, Trace? trace, IReadOnlyList<LadderFrame> frames, Nodes nodes)
    {
        this.result = result;
        this.frames = frames;
        this.nodes = nodes;
        foreach (var (position, read) in (trace?.Events ?? []).Index())
        {
            if (read.Kind == "step" && int.TryParse(read.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var step))
            {
                begins.TryAdd(step, new Happening(position, read.After, string.Empty));
            }
            else if (TextOf(read) is { } text)
            {
                happenings.Add(new Happening(position, read.After, text));
            }
        }

        offset = Start(trace, frames) is { } started && frames.Count > 0 ? frames[0].Frame.At - started : TimeSpan.Zero;
    }

    /// <param name="trace">The names of the nodes and what happened beside the packets; null if it is not to be had.</param>
    public static LadderModel Build(string configuration, ScenarioResult result, Trace? trace, IReadOnlyList<LadderFrame> frames)
    {
        var nodes = new Nodes(configuration, trace, frames);
        var builder = new LadderBuilder(result, trace, frames, nodes);
        builder.Build();
        return builder.Sorted();
    }

    private void Build()
    {
        for (var i = 0; i < result.Steps.Count; i++)
        {
            var step = result.Steps[i];
            var begin = begins.GetValueOrDefault(i + 1);
            var before = begin?.After ?? LastBefore(step);
            if (rungs.Count == 0 && next < frames.Count && frames[next].Number <= before)
            {
                Band(new Rung.Band("Before the scenario", IsNegative ? "the implementation must be seen alive" : "what it needs is made ready", null, null, null));
            }

            Take(before, begin?.Position ?? int.MaxValue);
            Fold();
            Elapse(step.At);
            Band(new Rung.Band(step.Keyword.Trim(), step.Text, step.Outcome, step.Message, step.At));
            Take(step.LastPacket ?? 0, begins.Where(later => later.Key > i + 1).Select(later => later.Value.Position).DefaultIfEmpty(int.MaxValue).Min());
        }

        if (next < frames.Count)
        {
            Fold();
            Elapse(At(frames[next]));
            Band(new Rung.Band("After the scenario", IsNegative ? "what it began is ended; the implementation must be seen alive" : "what it began is ended", null, null, null));
            Take(int.MaxValue, int.MaxValue);
        }

        Fold();
        Tell(int.MaxValue);
        if (left > 0)
        {
            rungs.Add(new Rung.Event($"{RunSummary.Plural(left, "more packet")} not drawn: see the capture"));
        }
    }

    /// <summary>Invalid and inopportune behaviour stands between two proofs that the implementation is alive.</summary>
    private bool IsNegative => result.Scenario.Contains("-BI-", StringComparison.Ordinal) || result.Scenario.Contains("-BO-", StringComparison.Ordinal);

    private TimeSpan At(LadderFrame frame) => frame.Frame.At - frames[0].Frame.At + offset;

    /// <summary>When the scenario began, by the clock that the packets have: what steps count from.</summary>
    internal static DateTimeOffset? Start(Trace? trace, IReadOnlyList<LadderFrame> frames) =>
        trace?.Events.FirstOrDefault(read => read.Kind == "clock") is { } first
        && DateTimeOffset.TryParse(first.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var started)
        && (frames.Count == 0 || (frames[0].Frame.At - started).Duration() < TimeSpan.FromDays(1)) ? started : null;

    /// <summary>Of a record that does not say where steps begin: the last packet before one.</summary>
    private int LastBefore(StepResult step) =>
        step.FirstPacket - 1 ?? (result.Steps.Select(other => other.FirstPacket).OfType<int>().FirstOrDefault() is var first and > 0 && next < frames.Count && frames[next].Number < first
            ? frames.TakeWhile(frame => frame.Number < first && At(frame) <= step.At).LastOrDefault()?.Number ?? 0 : 0);

    /// <summary>Takes packets up to a number, and what happened beside them up to a place in the record.</summary>
    private void Take(int last, int position)
    {
        while (next < frames.Count && frames[next].Number <= last)
        {
            Tell(position);
            Take(frames[next++]);
        }

        Tell(position);
    }

    private void Take(LadderFrame frame)
    {
        var text = MessageText.Of(frame, nodes);
        var octets = Convert.ToHexString(frame.Octets.Octets.Span);
        if (frame.Findings.Count == 0 && captured.TryGetValue(octets, out var same) && same.Port != frame.Port && frame.Frame.At - same.Frame.At < Twice && drawn.TryGetValue(same.Number, out var place)
            && rungs.FindLastIndex(rung => rung is Rung.Arrow arrow && arrow.Frame.Number == place) is var at and >= 0)
        {
            drawn[frame.Number] = place;
            var arrow = (Rung.Arrow)rungs[at];
            rungs[at] = arrow with { Note = string.Create(CultureInfo.InvariantCulture, $"{(arrow.Note is null ? string.Empty : arrow.Note + "; ")}also on {frame.Port}: packet {frame.Number}") };
            return;
        }

        captured[octets] = frame;
        if (frame.Findings.Count == 0 && (text.IsQuiet || IsTooMany(text)))
        {
            (text.IsChatter ? chatter : folded).Add((frame, text.IsQuiet ? text.Flow : $"more {text.Flow}"));
            return;
        }

        Fold(folded);
        Elapse(At(frame));
        if (arrows >= MostArrows && frame.Findings.Count == 0)
        {
            left++;
            return;
        }

        Draw(frame, text);
    }

    private bool IsTooMany(MessageText text)
    {
        var flow = text.Kind == MessageKind.Data ? text.Flow : $"{text.Kind} {text.Head}";
        var count = drawnOfFlow.GetValueOrDefault(flow);
        drawnOfFlow[flow] = count + 1;
        return count >= DrawnOfFlow;
    }

    private void Draw(LadderFrame frame, MessageText text)
    {
        arrows++;
        var (from, to) = (nodes.From(frame), nodes.To(frame));
        string? note = null;
        if (text.Identity is { } identity)
        {
            if (onTheirWay.TryGetValue(identity, out var earlier) && nodes.From(earlier) != from)
            {
                note = string.Create(CultureInfo.InvariantCulture, $"packet {earlier.Number} on its way");
            }
            else
            {
                onTheirWay[identity] = frame;
            }
        }

        drawn[frame.Number] = frame.Number;
        rungs.Add(new Rung.Arrow(frame, text, Lane(from), to is null ? null : Lane(to), note, At(frame)));
    }

    /// <summary>What was folded so far stands as one line; chatter, which says nothing by its place, only here.</summary>
    private void Fold()
    {
        folded.AddRange(chatter);
        chatter.Clear();
        Fold(folded);
    }

    private void Fold(List<(LadderFrame Frame, string What)> folded)
    {
        if (folded.Count == 0)
        {
            return;
        }

        var kinds = folded.GroupBy(pair => pair.What).Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Count()} {kind.Key}"));
        rungs.Add(new Rung.Fold($"+ {string.Join(", ", kinds)}", [.. folded.Select(pair => pair.Frame.Number)]));
        foreach (var (frame, _) in folded)
        {
            drawn[frame.Number] = folded[0].Frame.Number;
        }

        folded.Clear();
    }

    private void Band(Rung.Band band)
    {
        Fold();
        drawnOfFlow = new Dictionary<string, int>(StringComparer.Ordinal);
        rungs.Add(band);
    }

    private void Elapse(TimeSpan to)
    {
        if (to - clock >= Silence)
        {
            rungs.Add(new Rung.Gap(to - clock));
        }

        clock = to > clock ? to : clock;
    }

    /// <summary>What happened beside the packets that were taken so far.</summary>
    private void Tell(int position)
    {
        for (; told < happenings.Count && happenings[told].After <= next && happenings[told].Position < position; told++)
        {
            Fold(folded);
            if (rungs.LastOrDefault() is not Rung.Event happened || happened.Text != happenings[told].Text)
            {
                rungs.Add(new Rung.Event(happenings[told].Text));
            }
        }
    }

    private static string? TextOf(TraceEvent read)
    {
        var words = read.Value.Split(' ');
        return (read.Kind, words) switch
        {
            ("carrier", [var port, "up:" or "down:", var came, ..]) => $"link {words[1].TrimEnd(':')} on {port}{(came == "ok" ? string.Empty : $": {string.Join(' ', words[2..])}")}",
            ("upper", ["Attach", ..]) => $"{words[1].TrimEnd(':')} is attached",
            ("upper", ["Detach", ..]) => $"{words[1].TrimEnd(':')} is detached",
            ("upper", ["Ping", var node, "1", ..]) => $"{node.TrimEnd(':')} has its echo reply",
            ("upper", ["Ping", var node, ..]) => $"{node.TrimEnd(':')} has no echo reply",
            ("crash", [{ Length: > 0 }, ..]) => $"the implementation under test has crashed: {read.Value.ReplaceLineEndings(" ")}",
            _ => null,
        };
    }

    private int Lane(string name)
    {
        var index = lanes.IndexOf(name);
        if (index < 0 && lanes.Count >= MostLanes)
        {
            name = Others;
            index = lanes.IndexOf(name);
        }

        if (index < 0)
        {
            index = lanes.Count;
            lanes.Add(name);
        }

        return index;
    }

    /// <summary>Columns in the order of the path: mobile nodes, gateways, anchors, correspondents, then whoever else was seen.</summary>
    private LadderModel Sorted()
    {
        // Mobile nodes come and go: they stand in the order they came.
        var sorted = lanes.OrderBy(Rank).ThenBy(lane => nodes.IsMobileNode(lane) ? string.Empty : lane, NaturalOrder.Instance).ToList();
        int Place(int lane) => sorted.IndexOf(lanes[lane]);
        return new LadderModel(
            nodes,
            [.. sorted.Select(lane => new Lane(lane, nodes.AddressOf(lane), nodes.IsUnderTest(lane)))],
            [.. rungs.Select(rung => rung is Rung.Arrow arrow ? arrow with { From = Place(arrow.From), To = arrow.To is { } to ? Place(to) : null } : rung)],
            drawn);
    }

    private int Rank(string lane) =>
        nodes.IsMobileNode(lane) ? 0
        : lane.StartsWith(Nodes.Gateway, StringComparison.Ordinal) ? 1
        : lane.StartsWith(Nodes.Anchor, StringComparison.Ordinal) ? 3
        : lane.StartsWith("CN", StringComparison.Ordinal) ? 4
        : lane == Others ? 6
        : nodes.AddressOf(lane) is not null ? 2
        : 5;

    /// <summary>Something that happened other than by a packet.</summary>
    /// <param name="Position">Its place among its like.</param>
    /// <param name="After">How many packets there were before it.</param>
    private sealed record Happening(int Position, int After, string Text);
}
