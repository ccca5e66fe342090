using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Bed;

namespace Conformance.Harness.Tests.Beds;

/// <summary>
/// A bed in virtual time whose frames come from a script: a list of frames by time, and reactions to the frames that the tester sends.
/// </summary>
internal sealed class ScriptedBed(BedFacts? facts = null) : ITestBed
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<ReceivedFrame, (DateTimeOffset At, int Order)> _coming = new();
    private int _scripted;

    public BedFacts Facts { get; set; } = facts ?? Sessions.Facts();

    public DateTimeOffset Now { get; private set; } = Start;

    public IutHealth Health { get; set; } = IutHealth.Running;

    public string? Crash { get; set; }

    public IUpperTester UpperTester { get; init; } = new NoUpperTester();

    /// <summary>The time that the bed needs to send a frame.</summary>
    public TimeSpan SendsAfter { get; set; }

    /// <summary>Called with every frame that the tester sends, at the time it leaves the port.</summary>
    public Action<ScriptedBed, PortId, ReadOnlyMemory<byte>>? OnSend { get; set; }

    /// <summary>Called when the tester raises or lowers the link of a port.</summary>
    public Action<ScriptedBed, PortId, bool>? OnCarrier { get; set; }

    public Func<PortId, bool, IPending> Carrier { get; set; } = (_, _) => Completed.Ok;

    /// <summary>The identities that the bed gives out, in order: the number, or the time from which one is usable.</summary>
    public Queue<(int Number, DateTimeOffset UsableFrom)> Identities { get; } = new();

    public List<(int Identity, DateTimeOffset UsableFrom)> Returned { get; } = [];

    /// <summary>The frames that the tester sent, in order.</summary>
    public List<(PortId Port, DateTimeOffset At, byte[] Octets)> Sent { get; } = [];

    /// <summary>Adds a frame to the script. Frames of one instant come in the order in which they were added.</summary>
    public ScriptedBed Deliver(DateTimeOffset at, PortId port, params byte[] octets)
    {
        _coming.Enqueue(new ReceivedFrame(port, at, octets), (at, _scripted++));
        return this;
    }

    /// <summary>Adds a frame to the script that a real bed delivers late: at a given time, but with an earlier timestamp.</summary>
    public ScriptedBed DeliverLate(DateTimeOffset delivered, DateTimeOffset stamped, PortId port, params byte[] octets)
    {
        _coming.Enqueue(new ReceivedFrame(port, stamped, octets), (delivered, _scripted++));
        return this;
    }

    public DateTimeOffset Send(PortId port, ReadOnlyMemory<byte> frame)
    {
        Now += SendsAfter;
        Sent.Add((port, Now, frame.ToArray()));
        OnSend?.Invoke(this, port, frame);
        return Now;
    }

    public bool TryReceive(DateTimeOffset until, [NotNullWhen(true)] out ReceivedFrame? frame)
    {
        if (_coming.TryPeek(out frame, out var due) && due.At <= until)
        {
            _coming.Dequeue();
            Now = due.At > Now ? due.At : Now;
            return true;
        }

        Now = until > Now ? until : Now;
        frame = null;
        return false;
    }

    public IPending SetCarrier(PortId port, bool up)
    {
        OnCarrier?.Invoke(this, port, up);
        return Carrier(port, up);
    }

    public bool TryTakeIdentity(out int identity, out DateTimeOffset usableFrom)
    {
        if (!Identities.TryPeek(out var next))
        {
            (identity, usableFrom) = (0, DateTimeOffset.MaxValue);
            return false;
        }

        (identity, usableFrom) = next;
        if (usableFrom > Now)
        {
            return false;
        }

        Identities.Dequeue();
        return true;
    }

    public void ReturnIdentity(int identity, DateTimeOffset usableFrom) => Returned.Add((identity, usableFrom));

    /// <summary>Why the bed was to replace the implementation; null if it was not.</summary>
    public string? Replaced { get; private set; }

    public void Replace(string reason) => Replaced = reason;

    public void Dispose() { }
}
