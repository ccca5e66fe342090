using Conformance.Testing.Drivers;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>Runs the bookends before and after every scenario, and the postamble.</summary>
[Binding]
public sealed class Hooks(Bookends surroundings)
{
    [BeforeScenario]
    public void Begin() => surroundings.Begin();

    [AfterScenario]
    public void End() => surroundings.End();
}
