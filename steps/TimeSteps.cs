using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>The passing of time, counted from the last stimulus.</summary>
[Binding]
public sealed class TimeSteps(TimePassing clockwork)
{
    [Given("{Duration} passes")]
    [When("{Duration} passes")]
    public void Passes(Duration duration) => clockwork.Pass(duration);
}
