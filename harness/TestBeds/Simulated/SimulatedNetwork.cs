using Pmip.Protocol;

namespace Conformance.TestBeds.Simulated;

/// <summary>
/// Links, nodes and virtual time. Everything happens in events, and events of the same time happen in the order in which they were
/// scheduled. Therefore the same inputs give the same frames at the same times on any machine.
/// </summary>
internal sealed class SimulatedNetwork(DateTimeOffset start)
{
    private readonly DateTimeOffset _start = start;

    /// <summary>The time that a frame takes from one end of a link to the others.</summary>
    public static readonly TimeSpan Latency = TimeSpan.FromMicroseconds(100);

    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _events = new();
    private readonly Dictionary<string, SimulatedLink> _links = new(StringComparer.Ordinal);
    private readonly List<SimulatedNode> _nodes = [];
    private long _order;

    public DateTimeOffset Now { get; private set; } = start;

    public DateTimeOffset? NextEvent => _events.TryPeek(out _, out var priority) ? priority.At : null;

    public SimulatedLink Link(string name)
    {
        if (!_links.TryGetValue(name, out var link))
        {
            link = new SimulatedLink(this);
            _links.Add(name, link);
        }

        return link;
    }

    public SimulatedNode Add(
        NodeBuilder build,
        Func<IOutputFilter>? filter = null,
        TimeSpan clockOffset = default,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? input = null
    )
    {
        var node = new SimulatedNode(this, build, filter?.Invoke()) { ClockOffset = clockOffset, Input = input };
        _nodes.Add(node);
        return node;
    }

    public SimulatedNode? Find(string name) => _nodes.Find(node => node.Name == name);

    public Now Clocks() => new(new Instant((Now - _start).Ticks), Now);

    public DateTimeOffset TimeOf(Instant instant) => _start + TimeSpan.FromTicks(instant.Ticks);

    public void At(DateTimeOffset when, Action action) => _events.Enqueue(action, (when < Now ? Now : when, _order++));

    /// <summary>Executes the next event and sets the clock to its time.</summary>
    public void Step()
    {
        _events.TryDequeue(out var action, out var priority);
        Now = priority.At;
        action!();
    }

    public void AdvanceTo(DateTimeOffset time) => Now = time > Now ? time : Now;
}

/// <summary>A link without loss: a frame that one end sends is delivered to all other ends.</summary>
internal sealed class SimulatedLink(SimulatedNetwork network)
{
    private readonly List<object> _ends = [];
    private readonly Dictionary<object, Action<ReadOnlyMemory<byte>>> _receivers = [];

    public void Attach(object end, Action<ReadOnlyMemory<byte>> receive)
    {
        _ends.Add(end);
        _receivers[end] = receive;
    }

    public void Detach(object end)
    {
        _ends.Remove(end);
        _receivers.Remove(end);
    }

    public void Transmit(object sender, ReadOnlyMemory<byte> frame, TimeSpan delay) =>
        network.At(network.Now + delay + SimulatedNetwork.Latency, () => Deliver(sender, frame));

    private void Deliver(object sender, ReadOnlyMemory<byte> frame)
    {
        foreach (var end in _ends.Where(end => !ReferenceEquals(end, sender)).ToList())
        {
            _receivers[end](frame);
        }
    }
}
