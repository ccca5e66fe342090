using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Pmip.Protocol;

namespace Conformance.TestBeds.Simulated;

/// <summary>
/// The bed in virtual time: an implementation in process, simulated links, a seed. Waiting 32 s of protocol time takes no real time.
/// </summary>
public sealed class SimulatedBed : ITestBed
{
    /// <summary>
    /// An arbitrary fixed time at which virtual time starts in every run. It is off a full second, so that an implementation that compares
    /// whole seconds is found.
    /// </summary>
    internal static readonly DateTimeOffset Epoch = new(2025, 1, 1, 0, 0, 0, 437, TimeSpan.Zero);

    /// <summary>
    /// The clock of an implementation minus that of the bed: an odd amount, so that no time of the tester passes for one of the
    /// implementation.
    /// </summary>
    internal static readonly TimeSpan ClockOffset = new(0, 1, 2, 3, 313);

    private readonly SimulatedNetwork _network;
    private readonly IReadOnlyList<SimulatedNode> _tested;
    private readonly IReadOnlyList<SimulatedNode> _plugged;
    private readonly Queue<ReceivedFrame> _received = new();
    private readonly Dictionary<PortId, (object End, SimulatedLink Link)> _ports = [];
    private readonly IdentityPool _identities;
    private readonly HashSet<PortId> _down;
    private readonly SimulatedUpperTester _upperTester;

    internal SimulatedBed(BedFacts facts, Domain domain, SimulatedNetwork network, IReadOnlyList<SimulatedNode> tested, int identities)
    {
        _identities = new IdentityPool(identities);
        Facts = facts;
        _network = network;
        _tested = tested;
        _plugged = domain.Real.Any(IsMobile) ? [.. tested.Where(node => IsMobile(domain.Find(node.Name)!))] : tested;
        _down = [.. domain.Links.Select(link => link.Port).Where(port => domain.IsAccess(port))];
        _upperTester = new SimulatedUpperTester(this, network);
        foreach (var port in domain.Links.Select(link => link.Port))
        {
            var link = network.Link(port.Name);
            var end = new object();
            _ports[port] = (end, link);
            link.Attach(end, bytes => _received.Enqueue(new ReceivedFrame(port, network.Now, bytes)));
        }
    }

    public BedFacts Facts { get; }

    public DateTimeOffset Now => _network.Now;

    public IUpperTester UpperTester => _upperTester;

    /// <summary>True once a scenario has changed the configuration of a node.</summary>
    internal bool HasChanged => _upperTester.HasChanged;

    /// <summary>How many objects the nodes under test keep.</summary>
    internal int CountObjects() => _tested.Sum(node => node.CountObjects());

    public IutHealth Health => _tested.Any(node => node.Crash is not null) ? IutHealth.Crashed : IutHealth.Running;

    public string? Crash => _tested.FirstOrDefault(node => node.Crash is not null)?.Crash;

    public DateTimeOffset Send(PortId port, ReadOnlyMemory<byte> frame)
    {
        if (!_ports.TryGetValue(port, out var plug))
        {
            throw new ArgumentException($"The simulated bed has no port {port}; it has {string.Join(", ", _ports.Keys)}.", nameof(port));
        }

        if (!_down.Contains(port))
        {
            plug.Link.Transmit(plug.End, frame, TimeSpan.Zero);
        }

        return _network.Now;
    }

    public bool TryReceive(DateTimeOffset until, [NotNullWhen(true)] out ReceivedFrame? frame)
    {
        while (_received.Count == 0 && _network.NextEvent is { } next && next <= until)
        {
            _network.Step();
        }

        if (_received.TryPeek(out var waiting) && waiting.At <= until)
        {
            frame = _received.Dequeue();
            return true;
        }

        _network.AdvanceTo(until);
        frame = null;
        return false;
    }

    public IPending SetCarrier(PortId port, bool up)
    {
        if (!(up ? _down.Remove(port) : _down.Add(port)))
        {
            return Completed.Ok;
        }

        foreach (var node in _plugged)
        {
            Action<LinkId> tell = up ? node.LinkUp : node.LinkDown;
            if (node.IsPlugged(new LinkId(port.Name)))
            {
                tell(new LinkId(port.Name));
            }
        }

        return Completed.Ok;
    }

    public bool TryTakeIdentity(out int identity, out DateTimeOffset usableFrom) => _identities.TryTake(Now, out identity, out usableFrom);

    public void ReturnIdentity(int identity, DateTimeOffset usableFrom) => _identities.Return(identity, usableFrom);

    public void Dispose() { }

    /// <summary>True for a node that comes to links whose routers stay there.</summary>
    private static bool IsMobile(DomainNode node) => node.HomeAddress is not null;
}
