using Conformance.Testing.Edits;
using Conformance.Testing.Session;

namespace Conformance.Testing.Drivers;

/// <summary>Lets protocol time pass, counted from the last stimulus: what a timer of the implementation counts from.</summary>
public sealed class Clockwork(TestSession session)
{
    public void Pass(string duration)
    {
        var start = session.LastStimulus?.At ?? session.Bed.Now;
        session.Tester.WaitUntil(start + Durations.Parse(duration, session.Ixit, session.Margin));
    }
}
