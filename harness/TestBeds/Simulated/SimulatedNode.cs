using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Bed;
using Pmip.Protocol;
using Pmip.Protocol.Stack;

namespace Conformance.TestBeds.Simulated;

/// <summary>A node of the simulation: its stack, its role, and its plugs. A node that throws has crashed: it is silent from then on.</summary>
internal sealed class SimulatedNode
{
    private readonly SimulatedNetwork network;
    private readonly Ipv6Node stack;
    private readonly IOutputFilter? filter;
    private readonly Dictionary<LinkId, (object End, SimulatedLink Link)> plugs = [];
    private DateTimeOffset? wakeUp;

    public SimulatedNode(SimulatedNetwork network, Ipv6NodeSettings settings, IRole? role, Random random, IOutputFilter? filter)
    {
        this.network = network;
        this.filter = filter;
        Name = settings.Name;
        stack = new Ipv6Node(settings, role, random);
    }

    public string Name { get; }

    /// <summary>Why the node crashed; null while it runs.</summary>
    public string? Crash { get; private set; }

    public void Plug(LinkId @interface, SimulatedLink link)
    {
        var end = new object();
        plugs[@interface] = (end, link);
        link.Attach(end, frame => Do(now => stack.Handle(@interface, frame, now)));
    }

    public void Unplug(LinkId @interface)
    {
        if (plugs.Remove(@interface, out var plug))
        {
            plug.Link.Detach(plug.End);
        }
    }

    public void Start() => Do(stack.Start);

    public void LinkUp(LinkId @interface) => Do(now => stack.LinkUp(@interface, now));

    public void LinkDown(LinkId @interface) => Do(now => stack.LinkDown(@interface, now));

    public void Restart(LinkId @interface) => Do(_ => stack.Restart(@interface));

    public void Ping(System.Net.IPAddress destination, ushort identifier, ushort sequenceNumber) => Do(now => stack.Ping(destination, identifier, sequenceNumber, now));

    public IReadOnlyList<System.Net.IPAddress> Addresses(LinkId @interface) => stack.Addresses(@interface);

    public bool TryTakeEchoReply([NotNullWhen(true)] out ReceivedEchoReply? reply) => stack.TryTakeEchoReply(out reply);

    private void Do(Action<Now> action)
    {
        if (Crash is not null)
        {
            return;
        }

        try
        {
            action(network.Clocks());
        }
#pragma warning disable CA1031 // Whatever an implementation throws is its crash, not the bed's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Crash = $"{e.GetType().Name}: {e.Message}";
            return;
        }

        while (stack.TryTakeFrame(out var outgoing))
        {
            Send(outgoing);
        }

        Schedule();
    }

    private void Send(OutgoingFrame outgoing)
    {
        if (!plugs.TryGetValue(outgoing.Link, out var plug))
        {
            return;
        }

        if (filter is null)
        {
            plug.Link.Transmit(plug.End, outgoing.Bytes, TimeSpan.Zero);
            return;
        }

        foreach (var (delay, frame) in filter.Apply(new PortId(outgoing.Link.Name), outgoing.Bytes))
        {
            plug.Link.Transmit(plug.End, frame, delay);
        }
    }

    private void Schedule()
    {
        if (stack.NextTimeout is not { } next)
        {
            return;
        }

        var at = network.TimeOf(next);
        if (wakeUp is { } earlier && earlier > network.Now && earlier <= at)
        {
            return;
        }

        wakeUp = at;
        network.At(at, () => Do(stack.HandleTimeout));
    }
}
