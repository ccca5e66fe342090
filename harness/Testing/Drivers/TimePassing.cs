using Conformance.Testing.Edits;
using Conformance.Testing.Session;

namespace Conformance.Testing.Drivers;

/// <summary>Lets protocol time pass, counted from the last stimulus: what a timer of the implementation counts from.</summary>
public sealed class TimePassing(TestSession session)
{
    public void Pass(string duration)
    {
        // A timer of the implementation starts between the message that set it and the answer: what must be under the limit
        // counts from the earlier, what must be over it from the later.
        var stimulus = session.LastStimulus;
        var start = stimulus?.At ?? session.Bed.Now;
        if (
            stimulus is not null
            && !duration.StartsWith("just under", StringComparison.Ordinal)
            && session.LastAnswer is { } answer
            && answer.Number > stimulus.Number
        )
        {
            start = answer.At;
        }

        var until = start + Durations.Parse(duration, session.Ixit, session.Margin);
        session.Tester.WaitUntil(until);
        session.NextStimulusAt = duration.StartsWith("just under", StringComparison.Ordinal) ? until : null;
    }
}
