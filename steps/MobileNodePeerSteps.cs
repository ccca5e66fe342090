using Conformance.Testing.Roles;
using Conformance.Testing.Roles.Mn;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>How the home agent and the correspondent node of a mobile node under test answer it.</summary>
[Binding]
public sealed class MobileNodePeerSteps(ScenarioRole role)
{
    private PeerAnswers Peers => role.As<MobileNodeUnderTest>().Answers;

    [Given("the {BindingPeer} answers updates with:")]
    public void Answers(BindingPeer peer, DataTable table) => Peers.Change(peer.Kind, link: null, Tables.Changes(table));

    [Given("the {BindingPeer} answers updates for {Place} with:")]
    public void Answers(BindingPeer peer, Place place, DataTable table) => Peers.Change(peer.Kind, place.Link, Tables.Changes(table));

    [Given("the {BindingPeer} answers the next update with:")]
    public void AnswersOnce(BindingPeer peer, DataTable table) => Peers.ChangeNext(peer.Kind, Tables.Changes(table));

    [Given("the {BindingPeer} does not answer updates")]
    public void IsSilent(BindingPeer peer) => Peers.SetSilence(peer.Kind, isSilent: true);

    [Given("the {BindingPeer} answers updates again")]
    [When("the {BindingPeer} answers updates again")]
    public void AnswersAgain(BindingPeer peer) => Peers.SetSilence(peer.Kind, isSilent: false);

    [Given("the {BindingPeer} {Limits}")]
    public void Forbids(BindingPeer peer, Limitation limit) => Peers.Limit(peer.Kind, limit.Kind);

    /// <summary>The number of the status depends on the edition.</summary>
    [Given("the {BindingPeer} rejects the next update with status {word}")]
    public void Rejects(BindingPeer peer, string status) => Peers.RejectNext(peer.Kind, status);

    [Given("the HA has lost the binding of {Place}")]
    [When("the HA has lost the binding of {Place}")]
    public void HasLost(Place place) => Peers.LoseBinding(place.Link);

    [Given("the CN answers {TestInit}s with:")]
    public void AnswersTests(ReturnTest test, DataTable table) => Peers.ChangeTest(test.Kind, Tables.Changes(table));

    [Given("the CN does not answer {TestInit}s{FromLink}")]
    public void IsSilentToTests(ReturnTest test, TestPlace place) => Peers.SilenceTests(test.Kind, place.Link);
}
