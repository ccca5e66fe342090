using System.Globalization;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>
/// Builds the lines of the ladder from the captured frames. A forwarded packet is one line, as far as it goes one way, which is shown when
/// the packet has arrived or is considered lost. Later lines wait until then, so that lines are in chronological order.
/// </summary>
/// <param name="isWholeSince">
/// Returns true if all frames since a time were captured; otherwise a packet may have arrived without being seen.
/// </param>
internal sealed class LadderAssembly(LabNodes nodes, Action<LadderLine> show, Func<KernelTime, bool> isWholeSince)
{
    /// <summary>
    /// The maximum time per hop. A hop takes well under a millisecond, but may take this long on a busy machine. A packet that waits
    /// longer, for address resolution, continues in a separate line.
    /// </summary>
    private static readonly TimeSpan _arrivesWithin = TimeSpan.FromMilliseconds(500);

    /// <summary>A tap may see a packet later than the next tap does, because a hub gives it to all of its ports one by one.</summary>
    private static readonly TimeSpan _seenWithin = TimeSpan.FromMilliseconds(5);

    /// <summary>The maximum number of packets shown per second and flow (same ends and protocol); others are only counted.</summary>
    private const int ShownPerSecond = 20;

    private static readonly TimeSpan _flowWindow = TimeSpan.FromSeconds(1);

    private readonly Queue<Journey> _journeys = new();
    private readonly Dictionary<PacketIdentity, Journey> _travelling = [];
    private readonly Dictionary<string, Flow> _flows = new(StringComparer.Ordinal);

    /// <summary>When <see cref="Advance"/> must be called even if nothing happens; null if never.</summary>
    public KernelTime? Due =>
        _flows
            .Values.Where(flow => flow.Folded > 0)
            .Select(flow => flow.Since + _flowWindow)
            .Concat(_journeys.TryPeek(out var first) ? [first.Until] : Array.Empty<KernelTime>())
            .Min(due => (KernelTime?)due);

    public void Add(ReadFrame frame)
    {
        if (frame.Identity is not { } identity)
        {
            _journeys.Enqueue(new Journey(nodes, frame) { IsOver = true });
        }
        else if (_travelling.TryGetValue(identity, out var journey) && journey.At == frame.Hop.From)
        {
            if (journey.Turns(frame.Hop))
            {
                journey.IsOver = true;
                Begin(identity, frame);
            }
            else
            {
                journey.Add(frame);
            }
        }
        else if (journey is not null && journey.Start == frame.Hop.To && (frame.At - journey.Line.At).Duration() < _seenWithin)
        {
            if (journey.Turns(frame.Hop))
            {
                _journeys.Enqueue(new Journey(nodes, frame) { IsOver = true });
            }
            else
            {
                journey.Precede(frame);
            }
        }
        else
        {
            // The same packet is sent again from its origin: start a new journey.
            Begin(identity, frame);
        }
    }

    private void Begin(PacketIdentity identity, ReadFrame frame)
    {
        var begun = new Journey(nodes, frame);
        _travelling[identity] = begun;
        _journeys.Enqueue(begun);
    }

    /// <summary>Adds a line that is not a message.</summary>
    public void Note(KernelTime at, string node, string text, LineKind kind = LineKind.Note) =>
        _journeys.Enqueue(new Journey(nodes, new LadderLine(at, kind, text, []) { Node = node }));

    /// <summary>Shows all lines that are complete.</summary>
    /// <param name="now">All frames captured before this time have been added.</param>
    public void Advance(KernelTime now)
    {
        while (_journeys.TryPeek(out var first) && first.Until <= now)
        {
            _journeys.Dequeue();
            if (first.Identity is { } identity && _travelling.GetValueOrDefault(identity) == first)
            {
                _travelling.Remove(identity);
            }

            Show(first.IsOver ? first.Line : first.Line with { IsLost = isWholeSince(first.Line.At) }, first.Flow, now);
        }

        foreach (var (name, flow) in _flows.Where(flow => flow.Value.Since + _flowWindow <= now).ToList())
        {
            _flows.Remove(name);
            if (flow is { Folded: > 0, Last: { } last })
            {
                show(last with { Text = string.Create(CultureInfo.InvariantCulture, $"{flow.Folded} more packets of this flow") });
            }
        }
    }

    private void Show(LadderLine line, string? name, KernelTime now)
    {
        if (name is null || line.Kind != LineKind.Data)
        {
            show(line);
            return;
        }

        if (!_flows.TryGetValue(name, out var flow))
        {
            _flows.Add(name, flow = new Flow(now));
        }

        flow.Count++;
        flow.Last = line;
        if (flow.Count <= ShownPerSecond)
        {
            show(line);
        }
    }

    /// <summary>The packets with the same ends and protocol within one second.</summary>
    private sealed class Flow(KernelTime since)
    {
        public KernelTime Since => since;

        public int Count { get; set; }

        public LadderLine? Last { get; set; }

        public int Folded => Math.Max(0, Count - ShownPerSecond);
    }

    /// <summary>A packet on its path from node to node.</summary>
    private sealed class Journey
    {
        private readonly List<Hop> _hops = [];
        private readonly LabNodes _nodes;

        public Journey(LabNodes nodes, LadderLine note)
        {
            _nodes = nodes;
            Line = note;
            Latest = note.At;
            IsOver = true;
        }

        public Journey(LabNodes nodes, ReadFrame frame)
        {
            _nodes = nodes;
            Line = new LadderLine(frame.At, frame.Kind, frame.Text, _hops);
            Identity = frame.Identity;
            Add(frame);
        }

        public PacketIdentity? Identity { get; }

        /// <summary>The flow of a forwarded packet; null for other lines.</summary>
        public string? Flow => Identity is null ? null : $"{_hops[0].From} {_hops[^1].To} {Line.Text.Split(' ')[0]}";

        /// <summary>The node from which the packet was first seen to go.</summary>
        public string Start => _hops[0].From;

        /// <summary>When the line is shown, whatever else is seen of the packet.</summary>
        public KernelTime Until =>
            Latest
            + (
                !IsOver ? _arrivesWithin
                : Identity is null ? TimeSpan.Zero
                : _seenWithin
            );

        /// <summary>The node that the packet has reached.</summary>
        public string? At => _hops[^1].To;

        public KernelTime Latest { get; private set; }

        /// <summary>True if the packet has arrived, is not forwarded, or the line is a note.</summary>
        public bool IsOver { get; set; }

        public LadderLine Line { get; }

        /// <summary>True if a hop leads back in the drawing: it is drawn in a line of its own.</summary>
        public bool Turns(Hop hop) => Direction(hop) * Direction(_hops[0]) < 0;

        private int Direction(Hop hop) =>
            hop.To is { } to ? _nodes.All.ToList().IndexOf(to).CompareTo(_nodes.All.ToList().IndexOf(hop.From)) : 0;

        /// <summary>Adds a hop before those that were seen.</summary>
        public void Precede(ReadFrame frame) => _hops.Insert(0, frame.Hop);

        public void Add(ReadFrame frame)
        {
            _hops.Add(frame.Hop);
            Latest = frame.At;
            IsOver =
                frame.Hop.To is null
                || frame.Hop.To == _nodes.Mobile
                || frame.Destination is null
                || frame.Hop.To == _nodes.OwnerOf(frame.Destination)
                || frame.Destination.IsIPv6LinkLocal
                || frame.Destination.IsIPv6Multicast;
        }
    }
}
