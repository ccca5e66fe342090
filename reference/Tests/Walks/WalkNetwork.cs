using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Walks;

/// <summary>
/// Nodes on links in virtual time. The links lose, repeat and reorder Mobility Headers as <see cref="Disturbance"/> says, and nothing else.
/// Each node has a clock of its own. The same seed gives the same frames.
/// </summary>
internal sealed class WalkNetwork(Random random)
{
    private static readonly DateTimeOffset _epoch = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan _latency = TimeSpan.FromMicroseconds(100);

    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _events = new();
    private readonly List<(Plug Plug, string Segment)> _plugs = [];
    private readonly Dictionary<IpNode, (TimeSpan Skew, TimeSpan? WakeUp)> _nodes = [];
    private long _order;

    /// <param name="Loss">The probability that a message is lost, 0 to 1; the same of one that comes twice.</param>
    /// <param name="Jitter">The longest additional delay of a message.</param>
    public sealed record Disturbance(double Loss, double Repetition, TimeSpan Jitter)
    {
        public static Disturbance None { get; } = new(0, 0, TimeSpan.Zero);
    }

    /// <summary>An interface of a node.</summary>
    public sealed record Plug(IpNode Node, LinkId Link);

    public Disturbance Weather { get; set; } = Disturbance.None;

    /// <summary>Every packet may come twice, and not only Mobility Headers.</summary>
    public bool DisturbsData { get; init; }

    public TimeSpan Time { get; private set; }

    /// <summary>Called with each frame that an interface receives, before the node sees it.</summary>
    public Action<Plug, ReadOnlyMemory<byte>>? Received { get; set; }

    /// <summary>Called with each log line of a node's role, and the name of the node.</summary>
    public Action<string, RoleAction.Log>? Logged { get; set; }

    public IpNode Add(IpNodeSettings settings, IRole? role, TimeSpan skew)
    {
        var node = new IpNode(settings, role, new Random(random.Next()));
        node.Logged = line => Logged?.Invoke(settings.Name, line);
        _nodes.Add(node, (skew, null));
        return node;
    }

    public void Connect(IpNode node, LinkId link, string segment) => _plugs.Add((new Plug(node, link), segment));

    public void Disconnect(IpNode node, LinkId link) => _plugs.RemoveAll(known => known.Plug == new Plug(node, link));

    /// <summary>Lets a node do something, and transmits the frames that come of it.</summary>
    public void Do(IpNode node, Action<Now> action)
    {
        action(new Now(new Instant(Time.Ticks), _epoch + Time + _nodes[node].Skew));
        while (node.TryTakeFrame(out var frame))
        {
            Transmit(node, frame);
        }
        WakeUp(node);
    }

    public void Run(TimeSpan duration)
    {
        var end = Time + duration;
        while (_events.TryPeek(out var action, out var next) && next.At <= end)
        {
            _events.Dequeue();
            Time = next.At;
            action();
        }
        Time = end;
    }

    private void Transmit(IpNode from, OutgoingFrame frame)
    {
        var segment = _plugs.Find(known => known.Plug == new Plug(from, frame.Link)).Segment;
        if (segment is null)
        {
            return;
        }

        var weather = DisturbsData || IsSignal(frame.Bytes) ? Weather : Disturbance.None;
        var copies =
            random.NextDouble() < weather.Loss ? 0
            : random.NextDouble() < weather.Repetition ? 2
            : 1;
        for (var copy = 0; copy < copies; copy++)
        {
            At(Time + _latency + (weather.Jitter * random.NextDouble()), () => Deliver(from, segment, frame.Bytes));
        }
    }

    private void Deliver(IpNode from, string segment, ReadOnlyMemory<byte> frame)
    {
        foreach (var (plug, _) in _plugs.Where(known => known.Segment == segment && known.Plug.Node != from).ToList())
        {
            Received?.Invoke(plug, frame);
            Do(plug.Node, now => plug.Node.Handle(plug.Link, frame, now));
        }
    }

    private void WakeUp(IpNode node)
    {
        if (node.NextTimeout is not { } next)
        {
            return;
        }

        var at = TimeSpan.FromTicks(Math.Max(next.Ticks, Time.Ticks));
        var (skew, earlier) = _nodes[node];
        if (earlier is null || earlier <= Time || at < earlier)
        {
            _nodes[node] = (skew, at);
            At(at, () => Do(node, node.HandleTimeout));
        }
    }

    private void At(TimeSpan when, Action action) => _events.Enqueue(action, (when, _order++));

    private static bool IsSignal(ReadOnlyMemory<byte> frame) =>
        EthernetFrame.TryParse(frame, out var ethernet, out _)
        && ethernet.EtherType == EthernetFrame.Ipv6EtherType
        && Ipv6Packet.TryParse(ethernet.Payload, out var packet, out _)
        && packet.NextHeader == IpProtocol.MobilityHeader;
}
