using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Roles;
using Conformance.Testing.Roles.Mn;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>The links of a mobile node under test, and what its home agent and correspondent node do.</summary>
[Binding]
public sealed class MobileNodeSteps(ScenarioRole role, DeviceManagement management)
{
    private IMobileNodeUnderTest Node => role.As<IMobileNodeUnderTest>();

    [Given("the MN is at {Places}")]
    public void IsAt(PlaceList places) => Node.Place(places.Links);

    [Given("the MN has registered {Places}")]
    public void HasRegistered(PlaceList places) => Node.Register(places.Links);

    [Given("the CN has the bindings of {Places}")]
    public void HasOptimised(PlaceList places) => Node.Optimise(places.Links);

    [Given("the MN gets a link at {Places}")]
    [When("the MN gets a link at {Places}")]
    public void GetsLink(PlaceList places) => Node.Attach(places.Links);

    [Given("the MN loses {Places}")]
    [When("the MN loses {Places}")]
    public void Loses(PlaceList places) => Node.Detach(places.Links);

    [Given("{Place} gets another prefix")]
    [When("{Place} gets another prefix")]
    public void GetsOtherPrefix(Place place) => Node.Renumber(place.Link);

    [Given("{Place} gets a second prefix")]
    [When("{Place} gets a second prefix")]
    public void GetsSecondPrefix(Place place) => Node.AddPrefix(place.Link);

    [Given("the MN restarts")]
    [When("the MN restarts")]
    public void Restarts()
    {
        management.Restart();
        Node.NoteRestart();
    }

    [Given("the {BindingPeer} answers updates with:")]
    public void Answers(BindingPeer peer, DataTable edits) =>
        Node.SetAnswers(peer.Kind, EditList.Parse(Tables.Lines(edits)), isOnce: false);

    [Given("the {BindingPeer} answers the next update with:")]
    public void AnswersOnce(BindingPeer peer, DataTable edits) =>
        Node.SetAnswers(peer.Kind, EditList.Parse(Tables.Lines(edits)), isOnce: true);

    [Given("the {BindingPeer} does not answer updates")]
    public void IsSilent(BindingPeer peer) => Node.SetSilence(peer.Kind, isSilent: true);

    [Given("the {BindingPeer} answers updates again")]
    [When("the {BindingPeer} answers updates again")]
    public void AnswersAgain(BindingPeer peer) => Node.SetSilence(peer.Kind, isSilent: false);

    /// <summary>The number of the status depends on the edition.</summary>
    [Given("the {BindingPeer} rejects the next update with status {word}")]
    public void Rejects(BindingPeer peer, string status) => Node.RejectNext(peer.Kind, status);

    /// <inheritdoc cref="Rejects"/>
    [Given("the {BindingPeer} gives the BID of {Place} the status {word}")]
    public void GivesStatus(BindingPeer peer, Place place, string status) => Node.RejectNext(peer.Kind, place.Link, status);

    [Given("the CN answers the next {TestInit} with:")]
    public void AnswersTest(ReturnTest test, DataTable edits) => Node.SetTestAnswer(test.Kind, EditList.Parse(Tables.Lines(edits)));

    [Given("the CN does not answer {TestInit}s")]
    public void IsSilentToTests(ReturnTest test) => Node.SetTestSilence(test.Kind, isSilent: true);

    [Given("the CN answers {TestInit}s again")]
    [When("the CN answers {TestInit}s again")]
    public void AnswersTestsAgain(ReturnTest test) => Node.SetTestSilence(test.Kind, isSilent: false);

    [When("the {BindingPeer} sends a Binding Refresh Request for {RefreshedAt}{WithEdits}")]
    public void RequestsRefresh(BindingPeer peer, RefreshedPlaces places, EditList edits) =>
        Node.RequestRefresh(peer.Kind, places.Links, edits);

    [When("the {BindingPeer} sends a Binding Error of status {int}{WithEdits}")]
    public void SendsError(BindingPeer peer, int status, EditList edits) => Node.SendBindingError(peer.Kind, (byte)status, edits);

    [Given("{CN} sends packets to the MN{Over}")]
    [When("{CN} sends packets to the MN{Over}")]
    public void SendsPackets(Cn correspondent, PathPlace over) => Node.SendToNode(correspondent.Name, over.Link);
}
