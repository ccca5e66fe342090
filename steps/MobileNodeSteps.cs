using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Roles;
using Conformance.Testing.Roles.Mn;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>The links of a mobile node under test, and what other nodes send to it.</summary>
[Binding]
public sealed class MobileNodeSteps(ScenarioRole role, DeviceManagement management)
{
    private MobileNodeUnderTest Node => role.As<MobileNodeUnderTest>();

    [Given("the MN is at {Places}")]
    public void IsAt(PlaceList places) => Node.Movements.Place(places.Links);

    [Given("the MN has registered {Places}")]
    public void HasRegistered(PlaceList places) => Node.Movements.Register(places.Links);

    [Given("the CN has the bindings of {Places}")]
    public void HasOptimised(PlaceList places) => Node.Movements.Optimise(places.Links);

    /// <summary>A state of the draft's Appendix A, with packets in both directions on each of its paths.</summary>
    [Given("the bindings of Figure {int}")]
    public void HasBindingsOf(int figure) => Node.Figures.Enter(figure);

    [Given("the HA is the router of {Place}")]
    public void IsRouter(Place place) => Node.Figures.ManageByHomeAgent(place.Link);

    [Given("the MN gets a link at {Places}")]
    [When("the MN gets a link at {Places}")]
    public void GetsLink(PlaceList places) => Node.Movements.Attach(places.Links);

    [Given("the MN loses {Places}")]
    [When("the MN loses {Places}")]
    public void Loses(PlaceList places) => Node.Movements.Detach(places.Links);

    [Given("the MN moves from {Place} to {Place}")]
    [When("the MN moves from {Place} to {Place}")]
    public void Moves(Place from, Place to) => Node.Movements.Move(from.Link, to.Link);

    [Given("{Place} gets another prefix")]
    [When("{Place} gets another prefix")]
    public void GetsOtherPrefix(Place place) => Node.Movements.AddPrefix(place.Link, replaces: true);

    [Given("{Place} gets a second prefix")]
    [When("{Place} gets a second prefix")]
    public void GetsSecondPrefix(Place place) => Node.Movements.AddPrefix(place.Link, replaces: false);

    [Given("the MN restarts")]
    [When("the MN restarts")]
    public void Restarts()
    {
        management.Restart();
        Node.Movements.NoteRestart();
    }

    [Given("the {BindingPeer} sends a Binding Refresh Request for {RefreshedAt}{WithEdits}")]
    [When("the {BindingPeer} sends a Binding Refresh Request for {RefreshedAt}{WithEdits}")]
    public void RequestsRefresh(BindingPeer peer, RefreshedPlaces places, EditList edits) =>
        Node.Requests.Refresh(peer.Kind, places.Links, edits);

    [When("another node sends a Binding Refresh Request")]
    public void RequestsRefresh() => Node.Requests.Refresh(MobilityPeer.Another, places: null, EditList.None);

    [Given("the {BindingPeer} sends a Binding Error of status {int}{WithEdits}")]
    [When("the {BindingPeer} sends a Binding Error of status {int}{WithEdits}")]
    public void SendsError(BindingPeer peer, int status, EditList edits) => Node.Requests.SendError(peer.Kind, (byte)status, edits);

    [When("another node sends a Binding Error of status {int}")]
    public void SendsError(int status) => Node.Requests.SendError(MobilityPeer.Another, (byte)status, EditList.None);

    [Given("{Correspondent} sends packets to the MN{Over}{WithEdits}")]
    [When("{Correspondent} sends packets to the MN{Over}{WithEdits}")]
    public void SendsPackets(PacketSender sender, PathPlace over, EditList edits) => Node.Traffic.Send(sender.Name, over.Link, edits);

    [When("{Correspondent} sends packets with a type 2 routing header to the MN over {Place}{WithEdits}")]
    public void SendsRoutedPackets(PacketSender sender, Place over, EditList edits) =>
        Node.Traffic.SendRouted(sender.Name, over.Link, edits);
}
