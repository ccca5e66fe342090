using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;

namespace Conformance.Testing.Tester;

/// <summary>An automatic function of emulated nodes: it answers as any node of that kind does.</summary>
public interface IResponder
{
    /// <summary>Answers a frame if the responder is responsible for it.</summary>
    /// <returns>True if the responder consumed the frame, so that no expectation sees it.</returns>
    bool TryRespond(Packet packet, LowerTester tester);
}

/// <summary>Sees every frame on arrival, before any step waits for it. The full check of every message is an observer.</summary>
public interface IFrameObserver
{
    void Observe(Packet packet);
}

/// <summary>
/// Sends and receives frames on the bed, lets the emulated nodes answer, shows every frame to the observers, and passes frames to
/// the step that waits for them. Other frames stay in the inbox, so that a scenario can ask for two events in another order than
/// that of their arrival.
/// </summary>
/// <param name="budget">The maximum duration of a scenario.</param>
/// <param name="remark">Called with additional information for the reader of the result.</param>
public sealed class LowerTester(TracedBed bed, TimeSpan budget, Action<string> remark)
{
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// The tester must answer within this time: a retransmission after 1 s is legal (RFC 4861, Section 10; RFC 5213, Section
    /// 6.9.4).
    /// </summary>
    private static readonly TimeSpan _respondWithin = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// An identical update within this time is not a retransmission, which waits for an answer first and has another sequence
    /// number (RFC 5213, Section 6.9.4).
    /// </summary>
    public static TimeSpan CopyWithin { get; } = TimeSpan.FromMilliseconds(100);

    private readonly DateTimeOffset _end = bed.Now + budget;
    private readonly List<Packet> _inbox = [];
    private readonly List<IResponder> _responders = [];
    private readonly List<IFrameObserver> _observers = [];

    public TracedBed Bed { get; } = bed;

    /// <summary>Adds a responder; responders that were added later are asked first.</summary>
    public void Add(IResponder responder) => _responders.Insert(0, responder);

    public void Add(IFrameObserver observer) => _observers.Add(observer);

    public Frame Send(PortId port, ReadOnlyMemory<byte> bytes)
    {
        var frame = Bed.Send(port, bytes);
        var packet = Packet.Of(frame);
        foreach (var observer in _observers)
        {
            observer.Observe(packet);
        }

        return frame;
    }

    /// <summary>Waits for the first packet for which the selector returns a value.</summary>
    /// <param name="select">Returns null for packets that are not expected.</param>
    /// <param name="until">The latest time of arrival; the bed's tolerance is added.</param>
    /// <param name="after">Packets up to this frame do not count; null if all packets that were not taken yet count.</param>
    public bool TryExpect<T>(Func<Packet, T?> select, DateTimeOffset until, Frame? after, [NotNullWhen(true)] out T? value)
        where T : class => TryFind(select, until + Bed.Facts.Tolerance, after, out value);

    /// <summary>
    /// Waits for a packet that must not come. In contrast to <see cref="TryExpect"/>, the bed's tolerance is not added: a packet
    /// after the end of the window may be legal.
    /// </summary>
    public bool TryFindForbidden<T>(Func<Packet, T?> select, DateTimeOffset until, Frame? after, [NotNullWhen(true)] out T? value)
        where T : class => TryFind(select, until, after, out value);

    private bool TryFind<T>(Func<Packet, T?> select, DateTimeOffset limit, Frame? after, [NotNullWhen(true)] out T? value)
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

    /// <summary>Lets time pass; packets that arrive meanwhile stay in the inbox.</summary>
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

    /// <summary>
    /// Waits for an action, at most until the given time. The wait begins anew when a time limit of the action itself no longer applies.
    /// </summary>
    /// <returns>False if the action was not complete by then.</returns>
    public bool Await(IPending operation, DateTimeOffset until)
    {
        TimeSpan? patience = null;
        while (!operation.IsComplete)
        {
            // The action may complete without a frame.
            var now = Bed.Now;
            patience ??= until - now;
            until = operation.IsLimited ? now + patience.Value : until;
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
    /// True if the packet is later than the cause both by number and by time. A packet that arrived before or at the moment the
    /// tester sent the cause is not a reaction to it, even if the packet was delivered later.
    /// </summary>
    private static bool IsAfter(Packet packet, Frame? after) =>
        after is null
        || (
            packet.Frame.Number > after.Number
            && (after.Direction == Direction.Sent ? packet.Frame.At > after.At : packet.Frame.At >= after.At)
        );

    private bool TryPump(DateTimeOffset until, out Packet? packet)
    {
        packet = null;
        if (!Bed.TryReceive(until < _end ? until : _end, out var frame))
        {
            return until <= _end ? false : throw new ScenarioFaultException($"The scenario takes longer than its budget of {budget}.");
        }

        var received = Packet.Of(frame);
        if (received.IsMobility(MobilityOctets.BindingUpdateType, out _) && IsCopy(frame))
        {
            var within = CopyWithin.TotalMilliseconds;
            remark(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"an identical Binding Update came again within {within:0} ms; it counts as duplicated by the network"
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
                    $"the tester answered {took.TotalMilliseconds:0} ms after the request: this machine is too busy to judge the device"
                )
            );
        }

        return true;
    }

    /// <summary>True if the network may have duplicated the frame, so that its sender sent it once.</summary>
    private bool IsCopy(Frame frame)
    {
        // The last recorded frame is the frame itself.
        for (var i = Bed.Frames.Count - 2; i >= 0 && frame.At - Bed.Frames[i].At < CopyWithin; i--)
        {
            if (frame.IsCopyOf(Bed.Frames[i]))
            {
                return true;
            }
        }

        return false;
    }
}
