using Conformance.Testing.Drivers;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>The passing of time, counted from the last stimulus.</summary>
[Binding]
public sealed class TimeSteps(TimePassing clockwork)
{
    [Given("{Duration} passes")]
    [When("{Duration} passes")]
    public void Passes(DurationText duration) => clockwork.Pass(duration.Text);
}
