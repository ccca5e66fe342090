using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;

namespace Conformance.Testing.Tester;

/// <summary>A reflex of the tester's emulated nodes: it answers what any node of that kind would answer.</summary>
public interface IResponder
{
    /// <summary>Answers a frame if it is its business.</summary>
    /// <returns>True if the frame was dealt with: no expectation will see it.</returns>
    bool TryRespond(PacketView packet, LowerTester tester);
}

/// <summary>Looks at every frame as it comes, before anybody waits for it: the full check of every message.</summary>
public interface IFrameObserver
{
    void Observe(PacketView packet);
}

/// <summary>
/// The pump. It sends and receives on the bed, lets the emulated nodes answer, shows every frame to the
/// observers and hands frames to whoever waits for them. A frame nobody waited for stays in the inbox, so that
/// the order in which a scenario asks for two events is not the order in which they must come.
/// </summary>
/// <param name="budget">How long a scenario may take.</param>
/// <param name="remark">Takes what the reader of a result should know besides.</param>
public sealed class LowerTester(TracedBed bed, TimeSpan budget, Action<string> remark)
{
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(10);

    /// <summary>Whoever is not answered within a second asks again (RFC 4861, Section 10; RFC 5213, Section 6.9.4), and is right.</summary>
    private static readonly TimeSpan _respondWithin = TimeSpan.FromMilliseconds(500);

    /// <summary>An update that is sent again waits for its answer first, and has another sequence number (RFC 5213, Section 6.9.4).</summary>
    private static readonly TimeSpan _copyWithin = TimeSpan.FromMilliseconds(100);

    private readonly DateTimeOffset _end = bed.Now + budget;
    private readonly List<PacketView> _inbox = [];
    private readonly List<IResponder> _responders = [];
    private readonly List<IFrameObserver> _observers = [];

    public TracedBed Bed { get; } = bed;

    /// <summary>Adds a reflex; one added later is asked earlier.</summary>
    public void Add(IResponder responder) => _responders.Insert(0, responder);

    public void Add(IFrameObserver observer) => _observers.Add(observer);

    public Frame Send(PortId port, ReadOnlyMemory<byte> bytes)
    {
        var frame = Bed.Send(port, bytes);
        var packet = PacketView.Of(frame);
        foreach (var observer in _observers)
        {
            observer.Observe(packet);
        }

        return frame;
    }

    /// <summary>
    /// Waits for the first packet that the selector turns into a value.
    /// </summary>
    /// <param name="select">Null for a packet that is not the one.</param>
    /// <param name="until">The last moment it may come; the bed's tolerance is added.</param>
    /// <param name="after">Packets up to this one do not count; null for any that nobody has taken yet.</param>
    public bool TryExpect<T>(Func<PacketView, T?> select, DateTimeOffset until, Frame? after, [NotNullWhen(true)] out T? value)
        where T : class => TryFind(select, until + Bed.Facts.Tolerance, after, out value);

    /// <summary>
    /// Listens for what must not come. Where <see cref="TryExpect"/> gives an answer the bed's tolerance, this window ends where
    /// the scenario says: what comes after it may be right.
    /// </summary>
    public bool TryFindForbidden<T>(Func<PacketView, T?> select, DateTimeOffset until, Frame? after, [NotNullWhen(true)] out T? value)
        where T : class => TryFind(select, until, after, out value);

    private bool TryFind<T>(Func<PacketView, T?> select, DateTimeOffset limit, Frame? after, [NotNullWhen(true)] out T? value)
        where T : class
    {
        for (var i = 0; i < _inbox.Count; i++)
        {
            var packet = _inbox[i];
            if (IsAfter(packet, after) && packet.Frame.At <= limit && (value = select(packet)) is not null)
            {
                _inbox.RemoveAt(i);
                return true;
            }
        }

        while (TryPump(limit, out var packet))
        {
            if (packet is null)
            {
                continue;
            }

            if (IsAfter(packet, after) && (value = select(packet)) is not null)
            {
                return true;
            }

            _inbox.Add(packet);
        }

        value = null;
        return false;
    }

    /// <summary>Lets time pass; what comes meanwhile stays in the inbox.</summary>
    public void WaitUntil(DateTimeOffset until)
    {
        while (TryPump(until, out var packet))
        {
            if (packet is not null)
            {
                _inbox.Add(packet);
            }
        }
    }

    /// <summary>Waits for an action of the upper tester, at most until the given time.</summary>
    /// <returns>False if it was not complete by then.</returns>
    public bool Await(IPending operation, DateTimeOffset until)
    {
        while (!operation.IsComplete)
        {
            // It may complete without a frame that says so.
            var now = Bed.Now;
            if (now >= until)
            {
                return operation.IsComplete;
            }

            if (TryPump(now + _betweenLooks < until ? now + _betweenLooks : until, out var packet) && packet is not null)
            {
                _inbox.Add(packet);
            }
        }

        return true;
    }

    /// <summary>
    /// Later by both measures: what came before the tester sent the cause, or in the same moment, is no reaction to it, even if
    /// it was handed out after it.
    /// </summary>
    private static bool IsAfter(PacketView packet, Frame? after) =>
        after is null
        || (
            packet.Frame.Number > after.Number
            && (after.Direction == Direction.Sent ? packet.Frame.At > after.At : packet.Frame.At >= after.At)
        );

    private bool TryPump(DateTimeOffset until, out PacketView? packet)
    {
        packet = null;
        if (!Bed.TryReceive(until < _end ? until : _end, out var frame))
        {
            return until <= _end ? false : throw new ScenarioFaultException($"The scenario takes longer than its budget of {budget}.");
        }

        var received = PacketView.Of(frame);
        if (received.IsMobility(MobilityOctets.BindingUpdateType, out _) && IsCopy(frame))
        {
            remark(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a Binding Update came again, octet by octet, within {_copyWithin.TotalMilliseconds:0} ms: that is taken for the network's doing"
                )
            );
            return true;
        }

        foreach (var observer in _observers)
        {
            observer.Observe(received);
        }

        var recorded = Bed.Frames.Count;
        if (!_responders.Any(responder => responder.TryRespond(received, this)))
        {
            packet = received;
        }

        if (Bed.Frames.Count > recorded && Bed.Frames[recorded].At - frame.At is var took && took > _respondWithin)
        {
            throw new TesterLateException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the tester answered {took.TotalMilliseconds:0} ms after it was asked: this machine is too busy, and what the device did meanwhile says nothing of it"
                )
            );
        }

        return true;
    }

    /// <summary>A network may deliver a packet twice: its sender sent it once.</summary>
    private bool IsCopy(Frame frame)
    {
        // The last is the frame itself.
        for (var i = Bed.Frames.Count - 2; i >= 0 && frame.At - Bed.Frames[i].At < _copyWithin; i--)
        {
            if (frame.IsCopyOf(Bed.Frames[i]))
            {
                return true;
            }
        }

        return false;
    }
}
