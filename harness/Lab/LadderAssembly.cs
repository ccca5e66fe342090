using System.Globalization;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>
/// Makes the lines of the ladder from frames as they come. A packet that is forwarded is one line, drawn when it has arrived, or
/// when it is clear that it does not; what comes in the meantime waits, so that lines are in the order of time.
/// </summary>
/// <param name="isWholeSince">Whether all frames from a time on were seen: what was not seen may have arrived otherwise.</param>
internal sealed class LadderAssembly(Action<LadderLine> show, Func<KernelTime, bool> isWholeSince)
{
    /// <summary>
    /// A hop takes well under a millisecond; a machine whose cores are busy may take this long. A packet that waits longer, for
    /// the address of a neighbour, goes on in a line of its own.
    /// </summary>
    private static readonly TimeSpan _arrivesWithin = TimeSpan.FromMilliseconds(500);

    /// <summary>Of packets with the same ends and protocol, this many are shown in a second, and the rest counted.</summary>
    private const int ShownPerSecond = 20;

    private static readonly TimeSpan _flowWindow = TimeSpan.FromSeconds(1);

    private readonly Queue<Journey> _journeys = new();
    private readonly Dictionary<PacketIdentity, Journey> _travelling = [];
    private readonly Dictionary<string, Flow> _flows = new(StringComparer.Ordinal);

    /// <summary>When <see cref="Advance"/> has something to do though nothing has come; null if never.</summary>
    public KernelTime? Due =>
        _flows
            .Values.Where(flow => flow.Folded > 0)
            .Select(flow => flow.Since + _flowWindow)
            .Concat(_journeys.TryPeek(out var first) ? [first.Latest + _arrivesWithin] : Array.Empty<KernelTime>())
            .Min(due => (KernelTime?)due);

    public void Add(ReadFrame frame)
    {
        if (frame.Identity is not { } identity)
        {
            _journeys.Enqueue(new Journey(frame) { IsOver = true });
        }
        else if (_travelling.TryGetValue(identity, out var journey) && journey.At == frame.Hop.From)
        {
            journey.Add(frame);
        }
        else
        {
            // The same packet from its beginning is sent once more: what was seen of it before has gone its way.
            _travelling[identity] = journey = new Journey(frame);
            _journeys.Enqueue(journey);
        }
    }

    /// <summary>A line that is no message.</summary>
    public void Note(KernelTime at, string node, string text, LineKind kind = LineKind.Note) =>
        _journeys.Enqueue(new Journey(new LadderLine(at, kind, text, []) { Node = node }));

    /// <summary>Shows what is clear by now.</summary>
    /// <param name="now">Frames that passed before this have been added.</param>
    public void Advance(KernelTime now)
    {
        while (_journeys.TryPeek(out var first) && (first.IsOver || first.Latest + _arrivesWithin <= now))
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
                show(last with { Text = string.Create(CultureInfo.InvariantCulture, $"{flow.Folded} more of them in this second") });
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

    /// <summary>Packets with the same ends and protocol, in the course of a second.</summary>
    private sealed class Flow(KernelTime since)
    {
        public KernelTime Since => since;

        public int Count { get; set; }

        public LadderLine? Last { get; set; }

        public int Folded => Math.Max(0, Count - ShownPerSecond);
    }

    /// <summary>A packet from node to node, as far as it has come.</summary>
    private sealed class Journey
    {
        private readonly List<Hop> _hops = [];

        public Journey(LadderLine note)
        {
            Line = note;
            Latest = note.At;
            IsOver = true;
        }

        public Journey(ReadFrame frame)
        {
            Line = new LadderLine(frame.At, frame.Kind, frame.Text, _hops);
            Identity = frame.Identity;
            Add(frame);
        }

        public PacketIdentity? Identity { get; }

        /// <summary>Of a packet that is forwarded: what it shares with its like.</summary>
        public string? Flow => Identity is null ? null : $"{_hops[0].From} {_hops[^1].To} {Line.Text.Split(' ')[0]}";

        /// <summary>The node it has come to.</summary>
        public string? At => _hops[^1].To;

        public KernelTime Latest { get; private set; }

        /// <summary>It has arrived; or it is a message that is not forwarded, or none.</summary>
        public bool IsOver { get; set; }

        public LadderLine Line { get; }

        public void Add(ReadFrame frame)
        {
            _hops.Add(frame.Hop);
            Latest = frame.At;
            IsOver =
                frame.Hop.To is null
                || frame.Hop.To == LabNodes.Mobile
                || frame.Destination is null
                || frame.Hop.To == LabNodes.OwnerOf(frame.Destination)
                || frame.Destination.IsIPv6LinkLocal
                || frame.Destination.IsIPv6Multicast;
        }
    }
}
