using Conformance.Testing.Edits;
using Conformance.Testing.Session;

namespace Conformance.Testing.Drivers;

/// <summary>
/// Lets protocol time pass. The time counts from the last stimulus or the last change of a link, as the timers of the implementation do,
/// unless the duration says from which exchange.
/// </summary>
public sealed class TimePassing(TestSession session)
{
    public void Pass(Duration duration)
    {
        // A timer of the implementation starts between the stimulus and the answer. A time under the limit therefore counts from
        // the stimulus, and a time over the limit from the answer.
        var stimulus = session.LastStimulus;
        var isUnder = duration.Side == LimitSide.JustUnder;
        var start = stimulus?.At ?? session.Bed.Now;
        if (stimulus is not null && !isUnder && session.LastAnswer is { } answer && answer.Number > stimulus.Number)
        {
            start = answer.At;
        }

        if (session.LinkChangedAt > start)
        {
            start = session.LinkChangedAt.Value;
        }

        if (duration.Since is { } since)
        {
            start = (isUnder ? since.Request : since.Answer!).Frame.At;
        }

        var until = start + duration.Length;
        session.LastWait = (session.Bed.LastFrame, until);
        session.Tester.WaitUntil(until);
        session.NextStimulusAt = isUnder ? until : null;
    }
}
