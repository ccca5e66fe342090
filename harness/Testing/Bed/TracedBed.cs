using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Protection;
using Pmip.Wire;

namespace Conformance.Testing.Bed;

/// <summary>
/// Records every input that a scenario gets from its bed and every action on it. A verdict is a function of this record: running
/// the scenario again on the record gives the same findings.
/// </summary>
public sealed class TracedBed(ITestBed bed)
{
    private readonly List<Frame> _frames = [];
    private readonly List<TraceEvent> _events = [];
    private readonly EspAssociations? _associations = EspAssociations.Of(bed.Facts.Ixit.Domain, bed.Facts.Keys);

    public BedFacts Facts => bed.Facts;

    public IReadOnlyList<Frame> Frames => _frames;

    /// <summary>The security associations of the nodes that the tester plays; null if there are none.</summary>
    public EspAssociations? Associations => _associations;

    /// <summary>The frame recorded last; null if no frame was recorded yet.</summary>
    public Frame? LastFrame => _frames.Count > 0 ? _frames[^1] : null;

    public DateTimeOffset Now
    {
        get
        {
            var now = bed.Now;
            Note(new TraceEvent.Clock(_frames.Count, now));
            return now;
        }
    }

    public IutHealth Health
    {
        get
        {
            var health = bed.Health;
            Note(new TraceEvent.Health(_frames.Count, health));
            return health;
        }
    }

    /// <summary>How the implementation under test crashed; null if it runs or the bed cannot tell.</summary>
    public string? Crash
    {
        get
        {
            var crash = bed.Crash;
            Note(new TraceEvent.Crash(_frames.Count, crash));
            return crash;
        }
    }

    /// <inheritdoc cref="ITestBed.Send"/>
    public Frame Send(PortId port, ReadOnlyMemory<byte> bytes) => Add(port, Direction.Sent, Used(() => bed.Send(port, bytes)), bytes);

    public bool TryReceive(DateTimeOffset until, [NotNullWhen(true)] out Frame? frame)
    {
        if (Used(() => bed.TryReceive(until, out var received) ? received : null) is { } received)
        {
            frame = Add(received.Port, Direction.Received, received.At, received.Bytes);
            return true;
        }

        Note(new TraceEvent.Silence(_frames.Count, until));
        frame = null;
        return false;
    }

    public IPending SetCarrier(PortId port, bool up) => Used(() => bed.SetCarrier(port, up));

    /// <summary>Records that the link of a port went up or down, or why that failed.</summary>
    public void NoteCarrier(PortId port, bool up, Outcome outcome) => Note(new TraceEvent.Carrier(_frames.Count, port, up, outcome));

    public bool TryTakeIdentity(out int identity, out DateTimeOffset usableFrom)
    {
        var taken = bed.TryTakeIdentity(out identity, out usableFrom);
        Note(taken ? new TraceEvent.IdentityTaken(_frames.Count, identity) : new TraceEvent.NoIdentity(_frames.Count, usableFrom));
        return taken;
    }

    public void ReturnIdentity(int identity, DateTimeOffset usableFrom) => bed.ReturnIdentity(identity, usableFrom);

    public bool Can(UpperTesterAction action)
    {
        var can = bed.UpperTester.Can(action);
        Note(new TraceEvent.Can(_frames.Count, can));
        return can;
    }

    public IPending Start(UpperTesterAction action) => bed.UpperTester.Start(action);

    /// <summary>Records the outcome of an action of the upper tester.</summary>
    public void NoteUpperTester(UpperTesterAction action, Outcome outcome) =>
        Note(
            new TraceEvent.Upper(
                _frames.Count,
                action.GetType().Name,
                action.Node,
                outcome,
                action switch
                {
                    UpperTesterAction.Manage managed => managed.Command.ToString(),
                    UpperTesterAction.Run run => run.Program,
                    _ => null,
                }
            )
        );

    /// <summary>
    /// Records that a step begins, by its number from 1; the clean-up follows the last step. The event serves readers of the trace
    /// and does not affect the verdict.
    /// </summary>
    public void NoteStep(int number) => Note(new TraceEvent.Step(_frames.Count, number));

    /// <summary>
    /// Records the identity of a mobile node of the scenario. The event serves readers of the trace and does not affect the
    /// verdict.
    /// </summary>
    public void NoteMobileNode(string name, MacAddress linkLayer, string identifier) =>
        Note(new TraceEvent.MobileNode(_frames.Count, name, linkLayer, identifier));

    public Trace ToTrace(string scenario) => new(scenario, bed.Facts, _frames, _events);

    /// <summary>Uses the bed, and records its loss, from which the verdict follows.</summary>
    private T Used<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (BedLostException e)
        {
            Note(new TraceEvent.Lost(_frames.Count, e.Message));
            throw;
        }
    }

    private Frame Add(PortId port, Direction direction, DateTimeOffset at, ReadOnlyMemory<byte> bytes)
    {
        var frame = new Frame(port, direction, _frames.Count + 1, at, bytes)
        {
            Associations = _associations,
            DualStackPort = Facts.Ixit.DualStackPort,
        };
        _frames.Add(frame);
        return frame;
    }

    private void Note(TraceEvent noted) => _events.Add(noted);
}
