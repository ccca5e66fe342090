using Conformance.Testing.Drivers;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>What surrounds every scenario: bookends before and after, and the postamble.</summary>
[Binding]
public sealed class Hooks(Bookends surroundings)
{
    [BeforeScenario]
    public void Begin() => surroundings.Begin();

    [AfterScenario]
    public void End() => surroundings.End();
}
