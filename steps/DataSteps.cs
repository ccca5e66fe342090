using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>Data packets and where they come out.</summary>
[Binding]
public sealed class DataSteps(DataPath data)
{
    [When("{Correspondent} sends a packet to {MobileNode}")]
    public void CorrespondentSends(Correspondent correspondent, MobileNode node) => data.SendToNode(node, PacketEdits.None);

    [When("{Correspondent} sends a packet to {MobileNode} with {Edits}")]
    public void CorrespondentSends(Correspondent correspondent, MobileNode node, EditList edits) =>
        data.SendToNode(node, new PacketEdits(edits));

    [When("a packet for {MobileNode} arrives through {Anchor}'s tunnel")]
    public void ArrivesThroughTunnel(MobileNode node, Anchor anchor) => data.SendToNode(node, PacketEdits.None);

    [When("a packet for {MobileNode} arrives through {Anchor}'s tunnel with {Edits}")]
    public void ArrivesThroughTunnel(MobileNode node, Anchor anchor, EditList edits) => data.SendToNode(node, new PacketEdits(edits));

    [When("a packet for a prefix that is assigned to nobody arrives")]
    public void ArrivesForNobody() => data.SendToUnassigned(PacketEdits.None);

    [When("{MobileNode} sends a packet to {Correspondent}")]
    public void NodeSends(MobileNode node, Correspondent correspondent) => data.SendFromNode(node, gateway: null, PacketEdits.None);

    [When("{MobileNode} sends a packet to {Correspondent} with {Edits}")]
    public void NodeSends(MobileNode node, Correspondent correspondent, EditList edits) =>
        data.SendFromNode(node, gateway: null, new PacketEdits(edits));

    [When("{MobileNode} sends a packet to {Correspondent} through {Gateway}")]
    public void NodeSends(MobileNode node, Correspondent correspondent, Gateway gateway) =>
        data.SendFromNode(node, gateway.Name, PacketEdits.None);

    [When("{MobileNode} sends a packet to {Correspondent} through {Gateway} with {Edits}")]
    public void NodeSends(MobileNode node, Correspondent correspondent, Gateway gateway, EditList edits) =>
        data.SendFromNode(node, gateway.Name, new PacketEdits(edits));

    [Given("packets for {MobileNode} arrive at {Gateway} only")]
    [Then("packets for {MobileNode} arrive at {Gateway} only")]
    public void ArriveAtGateway(MobileNode node, Gateway gateway) => data.ExpectAtGateway(node, gateway.Name);

    [Given("packets for {MobileNode} arrive at {MobileNode}")]
    [Then("packets for {MobileNode} arrive at {MobileNode}")]
    public void ArriveAtNode(MobileNode addressee, MobileNode node) => data.ExpectAtNode(addressee, node);

    [Then("packets for {MobileNode} go nowhere")]
    public void GoNowhere(MobileNode node) => data.ExpectToNodeNowhere(node);

    [Given("packets from {MobileNode} reach {Correspondent}")]
    [Then("packets from {MobileNode} reach {Correspondent}")]
    public void Reach(MobileNode node, Correspondent correspondent) => data.ExpectAtCorrespondent(node, gateway: null);

    [Given("packets from {MobileNode} through {Gateway} reach {Correspondent}")]
    [Then("packets from {MobileNode} through {Gateway} reach {Correspondent}")]
    public void Reach(MobileNode node, Gateway gateway, Correspondent correspondent) => data.ExpectAtCorrespondent(node, gateway.Name);

    [Then("packets from {MobileNode} go nowhere")]
    public void FromNodeGoNowhere(MobileNode node) => data.ExpectFromNodeNowhere(node, gateway: null);

    [Then("packets from {MobileNode} through {Gateway} go nowhere")]
    public void FromNodeGoNowhere(MobileNode node, Gateway gateway) => data.ExpectFromNodeNowhere(node, gateway.Name);

    [Then("the packet goes nowhere")]
    public void GoesNowhere() => data.ExpectNowhere();

    [Then("the forwarded packet carries:")]
    public void Carries(DataTable table) => data.ExpectCarries(Tables.Pairs(table));

    [Then("no ICMPv6 error is sent")]
    public void NoError() => data.ExpectNoError();
}
