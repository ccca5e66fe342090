using Conformance.Testing.Data;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Roles;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>Events in the network around the implementation under test that are not part of the protocol.</summary>
[Binding]
public sealed class NetworkSteps(EmulatedRouter coreRouter, RouteListener homeRouter, ScenarioRole role)
{
    [Given("a router on the core link advertises itself")]
    [When("a router on the core link advertises itself")]
    public void Advertises() => coreRouter.Advertise();

    [Given("a core router reports Packet Too Big about the last tunnelled packet{WithEdits}")]
    [When("a core router reports Packet Too Big about the last tunnelled packet{WithEdits}")]
    public void ReportsTooBig(EditList edits) => role.Role.ReportTooBig(edits);

    /// <summary>The reports of RFC 2473, Section 8.1, but for Packet Too Big.</summary>
    [When("a core router reports {TunnelError} about the last tunnelled packet")]
    public void ReportsError(TunnelError error) => coreRouter.Report(error);

    [Then("a router on the home link hears of {Route} to {Home}")]
    public void HearsOfRoute(Packets route, NodeAddresses addresses) => homeRouter.ExpectRoute(addresses with { Family = route.Family });
}
