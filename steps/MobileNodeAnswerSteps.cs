using Conformance.Testing.Bed;
using Conformance.Testing.Roles;
using Conformance.Testing.Roles.Mn;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>The messages and packets of a mobile node under test.</summary>
[Binding]
public sealed class MobileNodeAnswerSteps(ScenarioRole role)
{
    private IMobileNodeUnderTest Node => role.As<IMobileNodeUnderTest>();

    [Given("the MN sends a Binding Update to the {BindingPeer}{Within}")]
    [Then("the MN sends a Binding Update to the {BindingPeer}{Within}")]
    public void SendsUpdate(BindingPeer peer, TimeLimit within) => Node.ExpectUpdate(Any(peer), within.Length, []);

    [Given("the MN sends a Binding Update to the {BindingPeer}{Within} with:")]
    [Then("the MN sends a Binding Update to the {BindingPeer}{Within} with:")]
    public void SendsUpdate(BindingPeer peer, TimeLimit within, DataTable table) =>
        Node.ExpectUpdate(Any(peer), within.Length, Tables.Pairs(table));

    [Given("the MN sends a Binding Update for {Places} to the {BindingPeer}{Within}")]
    [Then("the MN sends a Binding Update for {Places} to the {BindingPeer}{Within}")]
    public void SendsUpdate(PlaceList places, BindingPeer peer, TimeLimit within) =>
        Node.ExpectUpdate(Registration(peer, places.Links), within.Length, []);

    [Given("the MN sends a Binding Update for {Places} to the {BindingPeer}{Within} with:")]
    [Then("the MN sends a Binding Update for {Places} to the {BindingPeer}{Within} with:")]
    public void SendsUpdate(PlaceList places, BindingPeer peer, TimeLimit within, DataTable table) =>
        Node.ExpectUpdate(Registration(peer, places.Links), within.Length, Tables.Pairs(table));

    [Given("the MN sends a de-registration of {Ended} to the {BindingPeer}{Within}")]
    [Then("the MN sends a de-registration of {Ended} to the {BindingPeer}{Within}")]
    public void Deregisters(EndedPlaces places, BindingPeer peer, TimeLimit within) =>
        Node.ExpectUpdate(Deregistration(peer, places), within.Length, []);

    [Given("the MN sends a de-registration of {Ended} to the {BindingPeer}{Within} with:")]
    [Then("the MN sends a de-registration of {Ended} to the {BindingPeer}{Within} with:")]
    public void Deregisters(EndedPlaces places, BindingPeer peer, TimeLimit within, DataTable table) =>
        Node.ExpectUpdate(Deregistration(peer, places), within.Length, Tables.Pairs(table));

    [Then("the MN sends no Binding Update to the {BindingPeer}{Period}")]
    public void SendsNoUpdate(BindingPeer peer, Period period) => Node.ExpectNoUpdate(Any(peer), period.Length);

    [Then("the MN sends no Binding Update for {Place} to the {BindingPeer}{Period}")]
    public void SendsNoUpdate(Place place, BindingPeer peer, Period period) =>
        Node.ExpectNoUpdate(Registration(peer, [place.Link]), period.Length);

    [Then("the MN sends no de-registration of {Ended} to the {BindingPeer}{Period}")]
    public void DoesNotDeregister(EndedPlaces places, BindingPeer peer, Period period) =>
        Node.ExpectNoUpdate(Deregistration(peer, places), period.Length);

    [Given("the MN sends a {TestInit}{For}{Within}")]
    [Then("the MN sends a {TestInit}{For}{Within}")]
    public void SendsTestInit(ReturnTest test, OriginPlace place, TimeLimit within) =>
        Node.ExpectTestInit(test.Kind, place.Link, within.Length, []);

    [Given("the MN sends a {TestInit}{For}{Within} with:")]
    [Then("the MN sends a {TestInit}{For}{Within} with:")]
    public void SendsTestInit(ReturnTest test, OriginPlace place, TimeLimit within, DataTable table) =>
        Node.ExpectTestInit(test.Kind, place.Link, within.Length, Tables.Pairs(table));

    [Then("the MN sends no {TestInit}{For}{Period}")]
    public void SendsNoTestInit(ReturnTest test, OriginPlace place, Period period) =>
        Node.ExpectNoTestInit(test.Kind, place.Link, period.Length);

    [Given("packets of the MN to {CN} come over {Places} only")]
    [Then("packets of the MN to {CN} come over {Places} only")]
    public void ComeOver(Cn correspondent, PlaceList places) => Node.ExpectPacketsOver(correspondent.Name, places.Links);

    [Given("packets of the MN to {CN} are {PacketWay}")]
    [Then("packets of the MN to {CN} are {PacketWay}")]
    public void Go(Cn correspondent, Carriage way) => Node.ExpectWay(correspondent.Name, way.Kind);

    [Then("the MN {Answers} Neighbor Solicitations for its home address")]
    public void AnswersSolicitations(Happening answer) => Node.ExpectSolicitationsAnswered(answer.Happens);

    [Given("the MN has a binding for {Places} at the {BindingPeer}")]
    [Then("the MN has a binding for {Places} at the {BindingPeer}")]
    public void HasBindings(PlaceList places, BindingPeer peer) => Node.ExpectBindings(peer.Kind, places.Links);

    [Given("the MN has no binding at the {BindingPeer}")]
    [Then("the MN has no binding at the {BindingPeer}")]
    public void HasNoBinding(BindingPeer peer) => Node.ExpectNoBinding(peer.Kind);

    private static WantedUpdate Any(BindingPeer peer) => new(peer.Kind, UpdateForm.Any, []);

    private static WantedUpdate Registration(BindingPeer peer, IReadOnlyList<PortId> links) =>
        new(peer.Kind, UpdateForm.Registration, links);

    private static WantedUpdate Deregistration(BindingPeer peer, EndedPlaces places) =>
        places.Links is { } links ? new(peer.Kind, UpdateForm.Deregistration, links) : new(peer.Kind, UpdateForm.EndOfAll, []);
}
