using Conformance.Testing.Edits;
using Conformance.Testing.Roles;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>What mobile nodes of Mobile IPv6 send to a home agent or correspondent node under test.</summary>
[Binding]
public sealed class MobilitySteps(ScenarioRole role)
{
    private IMobilityUnderTest Peer => role.As<IMobilityUnderTest>();

    /// <summary>Each binding by an update of its own.</summary>
    [Given("{MN} has registered {Bindings}")]
    public void HasRegistered(MobileNode node, RequestedBindings bindings)
    {
        foreach (var binding in bindings.All)
        {
            Peer.Register(node, new RequestedBindings([binding]), from: null, EditList.None);
            Peer.ExpectAccepted();
        }
    }

    [Given("{MN} registers {Bindings}{FromCoA}{WithEdits}")]
    [When("{MN} registers {Bindings}{FromCoA}{WithEdits}")]
    public void Registers(MobileNode node, RequestedBindings bindings, FromPlace from, EditList edits) =>
        Peer.Register(node, bindings, from.Place, edits);

    [Given("{MN} registers {Bindings} for its mobile network{WithEdits}")]
    [When("{MN} registers {Bindings} for its mobile network{WithEdits}")]
    public void RegistersMobileNetwork(MobileNode node, RequestedBindings bindings, EditList edits) =>
        Peer.RegisterMobileNetwork(node, bindings, edits);

    [Given("{MN} refreshes {Bids}{FromCoA}{WithEdits}")]
    [When("{MN} refreshes {Bids}{FromCoA}{WithEdits}")]
    public void Refreshes(MobileNode node, Bids bids, FromPlace from, EditList edits) => Peer.Refresh(node, bids, from.Place, edits);

    [Given("{MN} removes {Bids}{FromCoA}{WithEdits}")]
    [When("{MN} removes {Bids}{FromCoA}{WithEdits}")]
    public void Removes(MobileNode node, Bids bids, FromPlace from, EditList edits) => Peer.Remove(node, bids, from.Place, edits);

    [Given("{MN} removes all its bindings{FromCoA}{WithEdits}")]
    [When("{MN} removes all its bindings{FromCoA}{WithEdits}")]
    public void RemovesAll(MobileNode node, FromPlace from, EditList edits) => Peer.RemoveAll(node, from.Place, edits);

    [Given("{MN} returns home{WithEdits}")]
    [When("{MN} returns home{WithEdits}")]
    public void ReturnsHome(MobileNode node, EditList edits) => Peer.ReturnHome(node, edits);

    [When("{MN} repeats its last message{WithEdits}")]
    public void Repeats(MobileNode node, EditList edits) => Peer.Repeat(node, edits);

    [Given("{MN} sends a {TestInit}{FromCoA}{WithEdits}")]
    [When("{MN} sends a {TestInit}{FromCoA}{WithEdits}")]
    public void SendsTestInit(MobileNode node, ReturnTest test, FromPlace from, EditList edits) =>
        Peer.SendTestInit(node, test.Kind, from.Place, edits);

    [Given("{MN} opens flow {int} from {CoA}")]
    [When("{MN} opens flow {int} from {CoA}")]
    public void OpensFlow(MobileNode node, int flow, CareOf from) => Peer.OpenFlow(node, flow, from);

    [Given("{MN} sends a Mobile Prefix Solicitation from {CoA}{WithEdits}")]
    [When("{MN} sends a Mobile Prefix Solicitation from {CoA}{WithEdits}")]
    public void SolicitsPrefixes(MobileNode node, CareOf from, EditList edits) => Peer.SolicitPrefixes(node, from, edits);

    [Given("another node has the {Address} of {MN}")]
    [When("another node has the {Address} of {MN}")]
    public void IsOfAnother(HomeLinkAddress address, MobileNode node) => Peer.AddOtherNode(node, address.Kind);
}
