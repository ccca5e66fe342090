using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Bed;
using Pmip.Protocol;

namespace Conformance.TestBeds.Simulated;

/// <summary>The bed in virtual time: an implementation in process, simulated links, a seed. 32 seconds of protocol take no time.</summary>
public sealed class SimulatedBed : ITestBed
{
    internal static readonly LinkId MobileInterface = new("wlan0");

    /// <summary>Any fixed moment; virtual time starts here in every run.</summary>
    internal static readonly DateTimeOffset Epoch = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SimulatedNetwork network;
    private readonly IReadOnlyList<SimulatedNode> tested;
    private readonly Queue<ReceivedFrame> received = new();
    private readonly Dictionary<PortId, (object End, SimulatedLink Link)> ports = [];
    private readonly IdentityPool identities;
    private readonly HashSet<PortId> down;
    private readonly Topology topology;

    internal SimulatedBed(BedFacts facts, SimulatedNetwork network, IReadOnlyList<SimulatedNode> tested, Topology topology, int identities)
    {
        this.identities = new IdentityPool(identities);
        Facts = facts;
        this.network = network;
        this.tested = tested;
        this.topology = topology;
        down = [.. ReferenceSetup.AccessLinks.Select(name => new PortId(name))];
        UpperTester = topology == Topology.EndToEnd ? new SimulatedUpperTester(this, network) : new NoUpperTester();
        foreach (var port in facts.Ixit.Ports.Select(name => new PortId(name)))
        {
            var link = network.Link(port.Name);
            var end = new object();
            ports[port] = (end, link);
            link.Attach(end, bytes => received.Enqueue(new ReceivedFrame(port, network.Now, bytes)));
        }
    }

    public BedFacts Facts { get; }

    public DateTimeOffset Now => network.Now;

    public IUpperTester UpperTester { get; }

    public IutHealth Health => tested.Any(node => node.Crash is not null) ? IutHealth.Crashed : IutHealth.Running;

    public string? Crash => tested.FirstOrDefault(node => node.Crash is not null)?.Crash;

    public DateTimeOffset Send(PortId port, ReadOnlyMemory<byte> frame)
    {
        if (!ports.TryGetValue(port, out var plug))
        {
            throw new ArgumentException($"The simulated bed has no port {port}; it has {string.Join(", ", ports.Keys)}.", nameof(port));
        }

        if (!down.Contains(port))
        {
            plug.Link.Transmit(plug.End, frame, TimeSpan.Zero);
        }

        return network.Now;
    }

    public bool TryReceive(DateTimeOffset until, [NotNullWhen(true)] out ReceivedFrame? frame)
    {
        while (received.Count == 0 && network.NextEvent is { } next && next <= until)
        {
            network.Step();
        }

        if (received.TryPeek(out var waiting) && waiting.At <= until)
        {
            frame = received.Dequeue();
            return true;
        }

        network.AdvanceTo(until);
        frame = null;
        return false;
    }

    public IPending SetCarrier(PortId port, bool up)
    {
        if (!(up ? down.Remove(port) : down.Add(port)))
        {
            return Completed.Ok;
        }

        foreach (var node in tested)
        {
            Action<LinkId> tell = up ? node.LinkUp : node.LinkDown;
            if (HasInterface(node, port))
            {
                tell(new LinkId(port.Name));
            }
        }

        return Completed.Ok;
    }

    public bool TryTakeIdentity(out int identity, out DateTimeOffset usableFrom) => identities.TryTake(Now, out identity, out usableFrom);

    public void ReturnIdentity(int identity, DateTimeOffset usableFrom) => identities.Return(identity, usableFrom);

    public void Dispose()
    {
    }

    private bool HasInterface(SimulatedNode node, PortId port) => ReferenceSetup.GatewayOf(port, topology) == node.Name;
}
