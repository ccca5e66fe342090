using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Conformance.Testing.Bed;

namespace Conformance.TestBeds.Recorded;

/// <summary>
/// A bed that replays a trace. The scenario sends the same frames as in the record (they are compared octet by octet) and receives
/// the recorded frames at the recorded times, so that its findings follow from the record alone.
/// </summary>
/// <remarks>
/// If a received frame was altered, the scenario may take another path than in the record. The bed then answers from the rest of the
/// record: the next frame received before the requested time, or nothing.
/// </remarks>
public sealed class RecordedBed(Trace trace) : ITestBed
{
    private int _nextFrame;
    private int _clock;
    private int _nextIdentity;
    private int _health;
    private int _upper;
    private int _silence;
    private int _can;
    private int _carrier;
    private int _crash;
    private DateTimeOffset _current = Start(trace);

    public BedFacts Facts { get; } = trace.Facts;

    public IUpperTester UpperTester => new RecordedUpperTester(this);

    public DateTimeOffset Now
    {
        get
        {
            var read = AtThisFrame("clock", ref _clock);
            var recorded = read is null ? _current : DateTimeOffset.Parse(read.Value, CultureInfo.InvariantCulture);
            _current = recorded > _current ? recorded : _current;
            return _current;
        }
    }

    public IutHealth Health => AtThisFrame("health", ref _health) is { } read ? Enum.Parse<IutHealth>(read.Value) : IutHealth.Unknown;

    public string? Crash => AtThisFrame("crash", ref _crash) is { Value.Length: > 0 } read ? read.Value : null;

    public DateTimeOffset Send(PortId port, ReadOnlyMemory<byte> frame)
    {
        while (_nextFrame < trace.Frames.Count && trace.Frames[_nextFrame].Direction == Direction.Received)
        {
            _nextFrame++;
        }

        if (_nextFrame == trace.Frames.Count)
        {
            throw new TraceMismatchException(
                $"The record ends before the tester sends on {port}: the scenario, the seed or a received packet has changed."
            );
        }

        var recorded = trace.Frames[_nextFrame++];
        if (recorded.Port != port || !recorded.Bytes.Span.SequenceEqual(frame.Span))
        {
            throw new TraceMismatchException(
                $"Packet {recorded.Number} of the record differs from the packet that the tester sends on {port}: "
                    + $"{FirstDifference(recorded.Bytes.Span, frame.Span)}."
            );
        }

        _current = recorded.At > _current ? recorded.At : _current;
        return recorded.At;
    }

    public bool TryReceive(DateTimeOffset until, [NotNullWhen(true)] out ReceivedFrame? frame)
    {
        // A real bed may deliver a frame late that has an early timestamp: if nothing came in the recorded run, nothing comes now.
        var wasSilent =
            AtThisFrame("silence", ref _silence, read => read.Value == until.ToString("O", CultureInfo.InvariantCulture)) is not null;
        if (
            !wasSilent
            && _nextFrame < trace.Frames.Count
            && trace.Frames[_nextFrame] is { Direction: Direction.Received } next
            && next.At <= until
        )
        {
            _nextFrame++;
            _current = next.At > _current ? next.At : _current;
            frame = new ReceivedFrame(next.Port, next.At, next.Bytes);
            return true;
        }

        _current = until > _current && until != DateTimeOffset.MaxValue ? until : _current;
        frame = null;
        return false;
    }

    public IPending SetCarrier(PortId port, bool up) =>
        Next("carrier", ref _carrier) is { } read ? new RecordedOutcome(this, read, _carrier) : Completed.Ok;

    public bool TryTakeIdentity(out int identity, out DateTimeOffset usableFrom)
    {
        usableFrom = _current;
        identity = 0;
        var read =
            Next("identity", ref _nextIdentity) ?? throw new TraceMismatchException("The record has no further identity for the scenario.");
        const string None = "none until ";
        if (read.Value.StartsWith(None, StringComparison.Ordinal))
        {
            usableFrom = DateTimeOffset.Parse(read.Value[None.Length..], CultureInfo.InvariantCulture);
            return false;
        }

        identity = int.Parse(read.Value, CultureInfo.InvariantCulture);
        return true;
    }

    public void ReturnIdentity(int identity, DateTimeOffset usableFrom) { }

    public void Dispose() { }

    /// <summary>The first recorded time: a scenario reads the clock before any other action.</summary>
    private static DateTimeOffset Start(Trace trace) =>
        trace.Events.FirstOrDefault(read => read.Kind == "clock") is { } first
            ? DateTimeOffset.Parse(first.Value, CultureInfo.InvariantCulture)
        : trace.Frames.Count > 0 ? trace.Frames[0].At
        : DateTimeOffset.UnixEpoch;

    private static string FirstDifference(ReadOnlySpan<byte> recorded, ReadOnlySpan<byte> sent)
    {
        var at = recorded.CommonPrefixLength(sent);
        return at == recorded.Length || at == sent.Length
            ? $"{recorded.Length} octets are recorded, {sent.Length} are sent"
            : $"octet {at} is {recorded[at]:x2} in the record and {sent[at]:x2} now";
    }

    private TraceEvent? Next(string kind, ref int position)
    {
        while (position < trace.Events.Count && trace.Events[position].Kind != kind)
        {
            position++;
        }

        return position < trace.Events.Count ? trace.Events[position++] : null;
    }

    /// <summary>
    /// The event at this point of the record; null if the recorded scenario read nothing at this point, or something else.
    /// </summary>
    private TraceEvent? AtThisFrame(string kind, ref int position, Func<TraceEvent, bool>? isAsked = null)
    {
        while (position < trace.Events.Count && (trace.Events[position].Kind != kind || trace.Events[position].After < _nextFrame))
        {
            position++;
        }

        return
            position < trace.Events.Count
            && trace.Events[position] is var read
            && read.After == _nextFrame
            && (isAsked is null || isAsked(read))
            ? trace.Events[position++]
            : null;
    }

    /// <summary>Skips events that were read during a wait: the replay does not wait, because the outcome is known at once.</summary>
    private void SkipTo(int position)
    {
        _clock = Math.Max(_clock, position);
        _silence = Math.Max(_silence, position);
        _health = Math.Max(_health, position);
    }

    private sealed class RecordedUpperTester(RecordedBed bed) : IUpperTester
    {
        public bool Can(UpperTesterAction action) => bed.Next("can", ref bed._can) is { Value: "yes" };

        public IPending Start(UpperTesterAction action)
        {
            var read = bed.Next("upper", ref bed._upper) ?? throw new TraceMismatchException($"The record has no outcome of {action}.");
            return new RecordedOutcome(bed, read, bed._upper);
        }
    }

    /// <summary>Complete once the frames received before its completion have been taken.</summary>
    /// <param name="next">The index of the event after its completion in the record.</param>
    private sealed class RecordedOutcome(RecordedBed bed, TraceEvent outcome, int next) : IPending
    {
        public bool IsComplete
        {
            get
            {
                if (bed._nextFrame < outcome.After)
                {
                    return false;
                }

                bed.SkipTo(next);
                return true;
            }
        }

        public string Result => outcome.Value[(outcome.Value.IndexOf(": ", StringComparison.Ordinal) + 2)..];
    }
}
