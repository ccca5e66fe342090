using System.Diagnostics.CodeAnalysis;
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
    private int _lost;
    private DateTimeOffset _current = Start(trace);

    public BedFacts Facts { get; } = trace.Facts;

    public IUpperTester UpperTester => new RecordedUpperTester(this);

    public DateTimeOffset Now
    {
        get
        {
            var recorded = AtThisFrame<TraceEvent.Clock>(ref _clock)?.Now ?? _current;
            _current = recorded > _current ? recorded : _current;
            return _current;
        }
    }

    public IutHealth Health => AtThisFrame<TraceEvent.Health>(ref _health)?.State ?? IutHealth.Unknown;

    public string? Crash => AtThisFrame<TraceEvent.Crash>(ref _crash)?.Reason;

    public DateTimeOffset Send(PortId port, ReadOnlyMemory<byte> frame)
    {
        ThrowIfLost();
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
        var wasSilent = AtThisFrame<TraceEvent.Silence>(ref _silence, read => read.Until == until) is not null;
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

        if (!wasSilent)
        {
            ThrowIfLost();
        }

        _current = until > _current && until != DateTimeOffset.MaxValue ? until : _current;
        frame = null;
        return false;
    }

    public IPending SetCarrier(PortId port, bool up)
    {
        if (Next<TraceEvent.Carrier>(ref _carrier) is { } read)
        {
            return new RecordedOutcome(this, read.After, read.Outcome, _carrier);
        }

        ThrowIfLost();
        return Completed.Ok;
    }

    public bool TryTakeIdentity(out int identity, out DateTimeOffset usableFrom)
    {
        usableFrom = _current;
        identity = 0;
        switch (Next<TraceEvent.Identity>(ref _nextIdentity))
        {
            case TraceEvent.IdentityTaken taken:
                identity = taken.Number;
                return true;
            case TraceEvent.NoIdentity none:
                usableFrom = none.Until;
                return false;
            default:
                throw new TraceMismatchException("The record has no further identity for the scenario.");
        }
    }

    public void ReturnIdentity(int identity, DateTimeOffset usableFrom) { }

    public void Dispose() { }

    /// <exception cref="BedLostException">The bed was lost at this point of the record.</exception>
    private void ThrowIfLost()
    {
        if (AtThisFrame<TraceEvent.Lost>(ref _lost) is { } lost)
        {
            throw new BedLostException(lost.Reason);
        }
    }

    /// <summary>The first recorded time: a scenario reads the clock before any other action.</summary>
    private static DateTimeOffset Start(Trace trace) =>
        trace.Events.OfType<TraceEvent.Clock>().FirstOrDefault() is { } first ? first.Now
        : trace.Frames.Count > 0 ? trace.Frames[0].At
        : DateTimeOffset.UnixEpoch;

    private static string FirstDifference(ReadOnlySpan<byte> recorded, ReadOnlySpan<byte> sent)
    {
        var at = recorded.CommonPrefixLength(sent);
        return at == recorded.Length || at == sent.Length
            ? $"{recorded.Length} octets are recorded, {sent.Length} are sent"
            : $"octet {at} is {recorded[at]:x2} in the record and {sent[at]:x2} now";
    }

    private T? Next<T>(ref int position)
        where T : TraceEvent
    {
        while (position < trace.Events.Count)
        {
            if (trace.Events[position++] is T read)
            {
                return read;
            }
        }

        return null;
    }

    /// <summary>
    /// The event at this point of the record; null if the recorded scenario read nothing at this point, or something else.
    /// </summary>
    private T? AtThisFrame<T>(ref int position, Func<T, bool>? isAsked = null)
        where T : TraceEvent
    {
        while (position < trace.Events.Count && (trace.Events[position] is not T || trace.Events[position].After < _nextFrame))
        {
            position++;
        }

        if (
            position == trace.Events.Count
            || trace.Events[position] is not T read
            || read.After != _nextFrame
            || isAsked?.Invoke(read) == false
        )
        {
            return null;
        }

        position++;
        return read;
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
        public bool Can(UpperTesterAction action) => bed.Next<TraceEvent.Can>(ref bed._can) is { IsSupported: true };

        public IPending Start(UpperTesterAction action)
        {
            var read =
                bed.Next<TraceEvent.Upper>(ref bed._upper) ?? throw new TraceMismatchException($"The record has no outcome of {action}.");
            return new RecordedOutcome(bed, read.After, read.Outcome, bed._upper);
        }
    }

    /// <summary>Complete once the frames received before its completion have been taken.</summary>
    /// <param name="after">The number of frames before its completion.</param>
    /// <param name="next">The index of the event after its completion in the record.</param>
    private sealed class RecordedOutcome(RecordedBed bed, int after, Outcome outcome, int next) : IPending
    {
        public bool IsComplete
        {
            get
            {
                if (bed._nextFrame < after)
                {
                    return false;
                }

                bed.SkipTo(next);
                return true;
            }
        }

        /// <summary>The record says when the action ended, however long it was waited for.</summary>
        public bool IsLimited => true;

        public Outcome Result => outcome;
    }
}
