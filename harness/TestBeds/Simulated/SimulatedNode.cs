using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Bed;
using Pmip.Protocol;
using Pmip.Protocol.Stack;

namespace Conformance.TestBeds.Simulated;

/// <summary>A node of the simulation: its stack, its role, and its plugs. After an exception it has crashed and is silent.</summary>
internal sealed class SimulatedNode
{
    private readonly SimulatedNetwork _network;
    private readonly IpNode _stack;
    private readonly IOutputFilter? _filter;
    private readonly Dictionary<LinkId, (object End, SimulatedLink Link)> _plugs = [];
    private DateTimeOffset? _wakeUp;

    public SimulatedNode(SimulatedNetwork network, IpNodeSettings settings, IRole? role, Random random, IOutputFilter? filter)
    {
        _network = network;
        _filter = filter;
        Name = settings.Name;
        _stack = new IpNode(settings, role, random);
    }

    public string Name { get; }

    /// <summary>The clock of the node minus that of the network.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>Why the node crashed; null while it runs.</summary>
    public string? Crash { get; private set; }

    public void Plug(LinkId @interface, SimulatedLink link)
    {
        var end = new object();
        _plugs[@interface] = (end, link);
        link.Attach(end, frame => Do(now => _stack.Handle(@interface, frame, now)));
    }

    public void Unplug(LinkId @interface)
    {
        if (_plugs.Remove(@interface, out var plug))
        {
            plug.Link.Detach(plug.End);
        }
    }

    public bool IsPlugged(LinkId @interface) => _plugs.ContainsKey(@interface);

    public void Start() => Do(_stack.Start);

    public void LinkUp(LinkId @interface) => Do(now => _stack.LinkUp(@interface, now));

    public void LinkDown(LinkId @interface) => Do(now => _stack.LinkDown(@interface, now));

    public void Restart(LinkId @interface) => Do(_ => _stack.Restart(@interface));

    public void Ping(System.Net.IPAddress destination, ushort identifier, ushort sequenceNumber) =>
        Do(now => _stack.Ping(destination, identifier, sequenceNumber, now));

    public IReadOnlyList<System.Net.IPAddress> Addresses(LinkId @interface) => _stack.Addresses(@interface);

    public bool TryTakeEchoReply([NotNullWhen(true)] out ReceivedEchoReply? reply) => _stack.TryTakeEchoReply(out reply);

    private void Do(Action<Now> action)
    {
        if (Crash is not null)
        {
            return;
        }

        try
        {
            var clocks = _network.Clocks();
            action(clocks with { Utc = clocks.Utc + ClockOffset });
        }
#pragma warning disable CA1031 // Every exception is a crash of the implementation, not of the bed.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Crash = $"{e.GetType().Name}: {e.Message}";
            return;
        }

        while (_stack.TryTakeFrame(out var outgoing))
        {
            Send(outgoing);
        }

        Schedule();
    }

    private void Send(OutgoingFrame outgoing)
    {
        if (!_plugs.TryGetValue(outgoing.Link, out var plug))
        {
            return;
        }

        if (_filter is null)
        {
            plug.Link.Transmit(plug.End, outgoing.Bytes, TimeSpan.Zero);
            return;
        }

        foreach (var (delay, frame) in _filter.Apply(new PortId(outgoing.Link.Name), outgoing.Bytes))
        {
            plug.Link.Transmit(plug.End, frame, delay);
        }
    }

    private void Schedule()
    {
        if (_stack.NextTimeout is not { } next)
        {
            return;
        }

        var at = _network.TimeOf(next);
        if (_wakeUp is { } earlier && earlier > _network.Now && earlier <= at)
        {
            return;
        }

        _wakeUp = at;
        _network.At(at, () => Do(_stack.HandleTimeout));
    }
}
