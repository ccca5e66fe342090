using Conformance.Testing.Data;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>Data packets and where they arrive.</summary>
[Binding]
public sealed class DataSteps(DataTraffic data)
{
    [When("{CN} sends a packet to {MN}{WithEdits}")]
    public void CorrespondentSends(Cn correspondent, MobileNode node, EditList edits) => data.SendToNode(node, new PacketEdits(edits));

    [When("a packet for {MN} arrives through {LMA}'s tunnel{WithEdits}")]
    public void ArrivesThroughTunnel(MobileNode node, Lma lma, EditList edits) => data.SendToNode(node, new PacketEdits(edits));

    [When("a packet for a prefix that is assigned to nobody arrives")]
    public void ArrivesForNobody() => data.SendToUnassigned(PacketEdits.None);

    [When("{MN} sends a packet to {CN}{WithEdits}")]
    public void NodeSends(MobileNode node, Cn correspondent, EditList edits) => data.SendFromNode(node, mag: null, new PacketEdits(edits));

    [When("{MN} sends a packet to {CN} through {MAG}{WithEdits}")]
    public void NodeSends(MobileNode node, Cn correspondent, Mag mag, EditList edits) =>
        data.SendFromNode(node, mag.Name, new PacketEdits(edits));

    [Given("packets for {MN} arrive at {MAG} only")]
    [Then("packets for {MN} arrive at {MAG} only")]
    public void ArriveAtMag(MobileNode node, Mag mag) => data.ExpectAtMag(node, mag.Name);

    [Then("packets for {MN} do not arrive at {MAG}")]
    public void DoNotArriveAtMag(MobileNode node, Mag mag) => data.ExpectNotAtMag(node, mag.Name);

    [Given("packets for {MN} arrive at {MN}")]
    [Then("packets for {MN} arrive at {MN}")]
    public void ArriveAtNode(MobileNode addressee, MobileNode node) => data.ExpectAtNode(addressee, node);

    [Then("packets for {MN} go nowhere")]
    public void GoNowhere(MobileNode node) => data.ExpectToNodeNowhere(node);

    [Given("packets from {MN} reach {CN}")]
    [Then("packets from {MN} reach {CN}")]
    public void Reach(MobileNode node, Cn correspondent) => data.ExpectAtCorrespondent(node, mag: null);

    [Given("packets from {MN} through {MAG} reach {CN}")]
    [Then("packets from {MN} through {MAG} reach {CN}")]
    public void Reach(MobileNode node, Mag mag, Cn correspondent) => data.ExpectAtCorrespondent(node, mag.Name);

    [Then("packets from {MN} go nowhere")]
    public void FromNodeGoNowhere(MobileNode node) => data.ExpectFromNodeNowhere(node, mag: null);

    [Then("packets from {MN} through {MAG} go nowhere")]
    public void FromNodeGoNowhere(MobileNode node, Mag mag) => data.ExpectFromNodeNowhere(node, mag.Name);

    [Then("the packet goes nowhere")]
    public void GoesNowhere() => data.ExpectNowhere();

    [Then("the forwarded packet carries:")]
    public void Carries(DataTable table) => data.ExpectCarries(Tables.Pairs(table));

    [Then("no ICMPv6 error is sent")]
    public void NoError() => data.ExpectNoError();
}
