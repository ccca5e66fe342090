using Conformance.Testing.Roles;
using Conformance.Testing.Roles.Mn;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>Packets of a mobile node under test, its bindings, and its messages beside updates and tests.</summary>
[Binding]
public sealed class MobileNodeDataSteps(ScenarioRole role)
{
    private MobileNodeUnderTest Node => role.As<MobileNodeUnderTest>();

    [Given("packets of the MN to {Correspondent} come over {Places} only")]
    [Then("packets of the MN to {Correspondent} come over {Places} only")]
    public void ComeOver(PacketSender correspondent, PlaceList places) => Node.Traffic.ExpectOver(correspondent.Name, places.Links);

    [Given("packets of the MN to {Correspondent} are {PacketWay}")]
    [Then("packets of the MN to {Correspondent} are {PacketWay}")]
    public void Go(PacketSender correspondent, Carriage way) => Node.Traffic.ExpectWay(correspondent.Name, way.Kind);

    [Then("the MN {Answers} Neighbor Solicitations for its home address")]
    public void AnswersSolicitations(Happening answer) => Node.HomeLink.ExpectAnswered(answer.Happens);

    [Given("the MN has a binding for {Places} at the {BindingPeer}")]
    [Then("the MN has a binding for {Places} at the {BindingPeer}")]
    public void HasBindings(PlaceList places, BindingPeer peer) => Node.Bindings.Expect(peer.Kind, places.Links);

    [Given("the MN has no binding at the {BindingPeer}")]
    [Then("the MN has no binding at the {BindingPeer}")]
    public void HasNoBinding(BindingPeer peer) => Node.Bindings.Expect(peer.Kind, count: 0);

    [Given("the MN has {int} bindings at the {BindingPeer}")]
    [Then("the MN has {int} bindings at the {BindingPeer}")]
    public void HasBindings(int count, BindingPeer peer) => Node.Bindings.Expect(peer.Kind, count);

    [Then("packets of the MN on the home link go to the link-layer address of the router")]
    public void GoToRouter() => Node.HomeLink.ExpectRouterAddressed();

    [Then("the MN {Takes} them")]
    public void TakesPackets(Taking taking) => Node.Traffic.ExpectTaken(taking.AreTaken);

    [Given("the MN advertises its home address{Within}")]
    [Then("the MN advertises its home address{Within}")]
    public void Advertises(TimeLimit within) => Node.HomeLink.ExpectAdvertised(within.Length);

    [Given("the MN sends a Mobile Prefix Solicitation{Within}")]
    [Then("the MN sends a Mobile Prefix Solicitation{Within}")]
    public void SolicitsPrefixes(TimeLimit within) => Node.Messages.ExpectPrefixSolicitation(within.Length);

    /// <summary>RFC 6275, Section 9.2: it tells the home agent that it does not know the type of a message.</summary>
    [Then("the MN reports a Binding Error")]
    public void ReportsError() =>
        Node.Messages.ExpectError(Node.Answers.Peer(MobilityPeer.HomeAgent).Address, within: null, [("Status", "2")]);
}
