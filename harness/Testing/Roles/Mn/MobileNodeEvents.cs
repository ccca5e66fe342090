using Conformance.Testing.Bed;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.Mn;

/// <summary>What has happened to the mobile node under test last, from which its messages are counted.</summary>
public sealed class MobileNodeEvents(TestSession session)
{
    private DateTimeOffset _at = DateTimeOffset.MinValue;
    private Frame? _cause;
    private Frame? _taken;
    private Frame? _fault;

    /// <summary>The last frame before the last stimulus, or before the last wait: earlier messages are no reaction to it.</summary>
    public Frame? Cause => Later(_cause, session.LastWait?.Before);

    /// <summary>The same, or the last message that a step has taken: one that may not come is none of these.</summary>
    public Frame? Settled => Later(Cause, _taken);

    /// <summary>The time of the last event to which the mobile node may react: a stimulus, a wait, or an answer of a peer.</summary>
    public DateTimeOffset LastAt =>
        ((DateTimeOffset[])[_at, session.Device.ToldAt, session.LastWait?.Until ?? DateTimeOffset.MinValue]).Max();

    /// <summary>The same, or that of the last message that a step has taken.</summary>
    public DateTimeOffset SettledAt => _taken is { } taken && taken.At > LastAt ? taken.At : LastAt;

    /// <summary>The last answer since the last stimulus that a step has changed; null if there was none.</summary>
    public Frame? LastFault => _fault is { } fault && fault.Number > (Cause?.Number ?? 0) ? fault : null;

    /// <summary>True once an answer was sent that a step had changed.</summary>
    public bool HasFaults { get; private set; }

    /// <summary>When the last stimulus was complete.</summary>
    public DateTimeOffset StimulatedAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>A stimulus begins. Messages up to now are no reaction to it.</summary>
    public void Begin() => _cause = session.Bed.LastFrame;

    /// <summary>A stimulus has been complete by now.</summary>
    /// <param name="frame">The frame by which a reader finds it; null if there is none.</param>
    public void End(Frame? frame)
    {
        _at = StimulatedAt = session.Bed.Now;
        session.LastStimulus = frame ?? session.LastStimulus;
    }

    /// <summary>A peer has answered.</summary>
    /// <param name="isChanged">True if a step has changed the answer.</param>
    public void NoteAnswer(Frame frame, bool isChanged)
    {
        _fault = isChanged ? frame : _fault;
        HasFaults |= isChanged;
        _at = frame.At > _at ? frame.At : _at;
        session.LastStimulus = frame;
    }

    /// <summary>A step has taken a message.</summary>
    public void Take(Frame frame) => _taken = Later(_taken, frame);

    private static Frame? Later(Frame? one, Frame? other) => one is null || (other is not null && other.Number > one.Number) ? other : one;
}
