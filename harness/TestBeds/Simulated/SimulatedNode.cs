using System.Diagnostics.CodeAnalysis;
using Conformance.TestBeds.Fuzzing;
using Conformance.Testing.Bed;
using Pmip.Protocol;
using Pmip.Protocol.Stack;

namespace Conformance.TestBeds.Simulated;

/// <summary>Makes the stack of a node, with its role.</summary>
/// <param name="restarts">How often the node has been restarted.</param>
/// <param name="saved">What the role has saved before.</param>
internal delegate IpNode NodeBuilder(int restarts, IReadOnlyDictionary<string, string> saved);

/// <summary>A node of the simulation: its stack, its role, and its plugs. After an exception it has crashed and is silent.</summary>
internal sealed class SimulatedNode
{
    /// <summary>The rule of a role that logs why it does not set a variable.</summary>
    private const string VariableRule = "VariableSet";

    private readonly SimulatedNetwork _network;
    private readonly NodeBuilder _build;
    private readonly IOutputFilter? _filter;
    private readonly HashSet<LinkId> _up = [];
    private readonly Dictionary<LinkId, RoleInput.LinkUp> _announced = [];
    private readonly Dictionary<LinkId, SharedLink> _shared = [];
    private IpNode _stack;
    private int _restarts;
    private string? _refusal;
    private readonly Dictionary<LinkId, (object End, SimulatedLink Link)> _plugs = [];
    private DateTimeOffset? _wakeUp;

    public SimulatedNode(SimulatedNetwork network, NodeBuilder build, IOutputFilter? filter)
    {
        (_network, _build, _filter) = (network, build, filter);
        _stack = Build(new Dictionary<string, string>());
    }

    public string Name => _stack.Name;

    /// <summary>The clock of the node minus that of the network.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>What the stack gets of a received frame; null for the frame itself.</summary>
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? Input { get; init; }

    /// <summary>What translates packets at the outer interface of a NAT; null for other nodes.</summary>
    public SimulatedNat? Nat { get; set; }

    /// <summary>Why the node crashed; null while it runs.</summary>
    public string? Crash { get; private set; }

    /// <summary>How many objects its stack and its role keep.</summary>
    public int CountObjects() => ObjectCount.Of(_stack);

    public void Plug(LinkId @interface, SimulatedLink link)
    {
        var end = new object();
        _plugs[@interface] = (end, link);
        link.Attach(end, frame => Receive(@interface, frame));
    }

    /// <summary>An interface is on a link that emulates several point-to-point links.</summary>
    public void Share(LinkId @interface, IReadOnlyList<LinkId> links) => _shared[@interface] = new SharedLink(links);

    public void Unplug(LinkId @interface)
    {
        if (_plugs.Remove(@interface, out var plug))
        {
            plug.Link.Detach(plug.End);
        }
    }

    public bool IsPlugged(LinkId @interface) => _plugs.ContainsKey(@interface);

    public void Start() => Do(_stack.Start);

    public void LinkUp(LinkId @interface)
    {
        _up.Add(@interface);
        var up = _announced.Remove(@interface, out var announced) ? announced : new RoleInput.LinkUp(@interface);
        foreach (var link in LinksOf(@interface))
        {
            Do(now => _stack.LinkUp(up with { Link = link }, now));
        }
    }

    public void LinkDown(LinkId @interface)
    {
        _up.Remove(@interface);
        foreach (var link in LinksOf(@interface))
        {
            Do(now => _stack.LinkDown(link, now));
        }
        _shared.GetValueOrDefault(@interface)?.Clear();
    }

    /// <summary>What the access network says when a link comes up the next time, beside what it was to say before.</summary>
    public void Announce(LinkId @interface, Func<RoleInput.LinkUp, RoleInput.LinkUp> also) =>
        _announced[@interface] = also(_announced.GetValueOrDefault(@interface) ?? new RoleInput.LinkUp(@interface));

    /// <summary>Tells the role what an administrator asks for.</summary>
    /// <returns>Why the role refuses it; null if it does not.</returns>
    public string? Administer(AdministrativeAction action)
    {
        _refusal = null;
        Do(now => _stack.Administer(action, now));
        return _refusal;
    }

    /// <summary>The node starts again. Nothing survives but what its role has saved.</summary>
    public void Reboot()
    {
        _restarts++;
        _stack = Build(_stack.Saved);
        _wakeUp = null;
        Start();
        foreach (var link in _up.ToList())
        {
            LinkUp(link);
        }
    }

    public void Restart(LinkId @interface) => Do(_ => _stack.Restart(@interface));

    public void Ping(System.Net.IPAddress destination, ushort identifier, ushort sequenceNumber) =>
        Do(now => _stack.Ping(destination, identifier, sequenceNumber, now));

    public IReadOnlyList<System.Net.IPAddress> Addresses(LinkId @interface) => _stack.Addresses(@interface);

    public bool TryTakeEchoReply([NotNullWhen(true)] out ReceivedEchoReply? reply) => _stack.TryTakeEchoReply(out reply);

    private IReadOnlyList<LinkId> LinksOf(LinkId @interface) => _shared.GetValueOrDefault(@interface)?.Links ?? [@interface];

    private IpNode Build(IReadOnlyDictionary<string, string> saved)
    {
        var stack = _build(_restarts, saved);
        stack.Logged = log => _refusal = log.Rule == VariableRule ? log.Text : _refusal;
        return stack;
    }

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

    private void Receive(LinkId @interface, ReadOnlyMemory<byte> frame)
    {
        if ((Nat?.OuterLink == @interface ? Nat.Inward(frame) : frame) is { } arrived)
        {
            var received = Input?.Invoke(arrived) ?? arrived;
            Do(now => _stack.Handle(_shared.GetValueOrDefault(@interface)?.LinkOf(received.Span) ?? @interface, received, now));
        }
    }

    private void Send(OutgoingFrame outgoing)
    {
        var @interface = SharedLinks.CarrierOf(outgoing.Link);
        var addressed =
            Nat?.OuterLink == @interface ? Nat.Outward(outgoing.Bytes)
            : _shared.TryGetValue(@interface, out var shared) ? shared.Addressed(outgoing)
            : outgoing.Bytes;
        if (addressed is not { } bytes || !_plugs.TryGetValue(@interface, out var plug))
        {
            return;
        }

        if (_filter is null)
        {
            plug.Link.Transmit(plug.End, bytes, TimeSpan.Zero);
            return;
        }

        foreach (var (delay, frame) in _filter.Apply(new PortId(@interface.Name), bytes))
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
