using Conformance.Testing.Bed;
using Conformance.Testing.Roles;
using Conformance.Testing.Roles.Mn;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>The messages and packets of a mobile node under test.</summary>
[Binding]
public sealed class MobileNodeAnswerSteps(ScenarioRole role)
{
    private MobileNodeUnderTest Node => role.As<MobileNodeUnderTest>();

    [Given("the MN sends a Binding Update to the {BindingPeer}{Within}")]
    [Then("the MN sends a Binding Update to the {BindingPeer}{Within}")]
    public void SendsUpdate(BindingPeer peer, TimeLimit within) => Node.Updates.Expect(Any(peer), within.Length, []);

    [Given("the MN sends a Binding Update to the {BindingPeer}{Within} with:")]
    [Then("the MN sends a Binding Update to the {BindingPeer}{Within} with:")]
    public void SendsUpdate(BindingPeer peer, TimeLimit within, DataTable table) =>
        Node.Updates.Expect(Any(peer), within.Length, Tables.Pairs(table));

    [Given("the MN sends a Binding Update for {Places} to the {BindingPeer}{Within}")]
    [Then("the MN sends a Binding Update for {Places} to the {BindingPeer}{Within}")]
    public void SendsUpdate(PlaceList places, BindingPeer peer, TimeLimit within) =>
        Node.Updates.Expect(Registration(peer, places.Links), within.Length, []);

    [Given("the MN sends a Binding Update for {Places} to the {BindingPeer}{Within} with:")]
    [Then("the MN sends a Binding Update for {Places} to the {BindingPeer}{Within} with:")]
    public void SendsUpdate(PlaceList places, BindingPeer peer, TimeLimit within, DataTable table) =>
        Node.Updates.Expect(Registration(peer, places.Links), within.Length, Tables.Pairs(table));

    [Given("the MN sends a de-registration of {Ended} to the {BindingPeer}{Within}")]
    [Then("the MN sends a de-registration of {Ended} to the {BindingPeer}{Within}")]
    public void Deregisters(EndedPlaces places, BindingPeer peer, TimeLimit within) =>
        Node.Updates.Expect(Deregistration(peer, places), within.Length, []);

    [Given("the MN sends a de-registration of {Ended} to the {BindingPeer}{Within} with:")]
    [Then("the MN sends a de-registration of {Ended} to the {BindingPeer}{Within} with:")]
    public void Deregisters(EndedPlaces places, BindingPeer peer, TimeLimit within, DataTable table) =>
        Node.Updates.Expect(Deregistration(peer, places), within.Length, Tables.Pairs(table));

    [Then("the MN sends no Binding Update to the {BindingPeer}{Period}")]
    public void SendsNoUpdate(BindingPeer peer, Period period) => Node.Updates.ExpectNone(Any(peer), period.Length);

    [Then("the MN sends no Binding Update for {Place} to the {BindingPeer}{Period}")]
    public void SendsNoUpdate(Place place, BindingPeer peer, Period period) =>
        Node.Updates.ExpectNone(Registration(peer, [place.Link]), period.Length);

    [Given("the MN sends a {TestInit}{For}{Within}")]
    [Then("the MN sends a {TestInit}{For}{Within}")]
    public void SendsTestInit(ReturnTest test, OriginPlace place, TimeLimit within) =>
        Node.Tests.Expect(test.Kind, place.Link, within.Length, []);

    [Given("the MN sends a {TestInit}{For}{Within} with:")]
    [Then("the MN sends a {TestInit}{For}{Within} with:")]
    public void SendsTestInit(ReturnTest test, OriginPlace place, TimeLimit within, DataTable table) =>
        Node.Tests.Expect(test.Kind, place.Link, within.Length, Tables.Pairs(table));

    [Then("the MN sends no {TestInit}{For}{Period}")]
    public void SendsNoTestInit(ReturnTest test, OriginPlace place, Period period) =>
        Node.Tests.ExpectNone(test.Kind, place.Link, period.Length);

    [Given("the MN sends a Binding Update for at least {Places} to the {BindingPeer}{Within}")]
    [Then("the MN sends a Binding Update for at least {Places} to the {BindingPeer}{Within}")]
    public void SendsAtLeast(PlaceList places, BindingPeer peer, TimeLimit within) =>
        Node.Updates.Expect(AtLeast(peer, places), within.Length, []);

    [Given("the MN sends a Binding Update for at least {Places} to the {BindingPeer}{Within} with:")]
    [Then("the MN sends a Binding Update for at least {Places} to the {BindingPeer}{Within} with:")]
    public void SendsAtLeast(PlaceList places, BindingPeer peer, TimeLimit within, DataTable table) =>
        Node.Updates.Expect(AtLeast(peer, places), within.Length, Tables.Pairs(table));

    [Given("the MN sends a Binding Update with a BID to the {BindingPeer}{Within}")]
    [Then("the MN sends a Binding Update with a BID to the {BindingPeer}{Within}")]
    public void SendsWithBid(BindingPeer peer, TimeLimit within) =>
        Node.Updates.Expect(new(peer.Kind, UpdateForm.WithBid, []), within.Length, []);

    [Given("the MN sends a Binding Update with a BID to the {BindingPeer}{Within} with:")]
    [Then("the MN sends a Binding Update with a BID to the {BindingPeer}{Within} with:")]
    public void SendsWithBid(BindingPeer peer, TimeLimit within, DataTable table) =>
        Node.Updates.Expect(new(peer.Kind, UpdateForm.WithBid, []), within.Length, Tables.Pairs(table));

    [Then("the MN sends no Binding Update with a BID to the {BindingPeer}{Period}")]
    public void SendsNoneWithBid(BindingPeer peer, Period period) =>
        Node.Updates.ExpectNone(new(peer.Kind, UpdateForm.WithBid, []), period.Length);

    [Then("the MN sends at most {int} Binding Updates with several BIDs to the {BindingPeer}{Period}")]
    public void SendsAtMost(int most, BindingPeer peer, Period period) =>
        Node.Updates.ExpectAtMost(most, new(peer.Kind, UpdateForm.Bulk, []), period.Length);

    [Then("the MN registers at most one care-of address with the {BindingPeer}{Period}")]
    public void RegistersOne(BindingPeer peer, Period period) => Node.Updates.ExpectOneCareOf(peer.Kind, period.Length);

    private static WantedUpdate Any(BindingPeer peer) => new(peer.Kind, UpdateForm.Any, []);

    private static WantedUpdate AtLeast(BindingPeer peer, PlaceList places) => new(peer.Kind, UpdateForm.RegistrationOfMore, places.Links);

    private static WantedUpdate Registration(BindingPeer peer, IReadOnlyList<PortId> links) =>
        new(peer.Kind, UpdateForm.Registration, links);

    private static WantedUpdate Deregistration(BindingPeer peer, EndedPlaces places) =>
        places.Links is { } links ? new(peer.Kind, UpdateForm.Deregistration, links) : new(peer.Kind, UpdateForm.EndOfAll, []);
}
