using Conformance.Testing.Peers;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>Events in the network around the implementation under test that are not part of the protocol.</summary>
[Binding]
public sealed class NetworkSteps(EmulatedRouter coreRouter)
{
    [Given("a router on the core link advertises itself")]
    [When("a router on the core link advertises itself")]
    public void Advertises() => coreRouter.Advertise();
}
