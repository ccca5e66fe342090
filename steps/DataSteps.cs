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
    [When("{CN} sends a packet to {Home}{WithEdits}")]
    public void CorrespondentSends(Cn correspondent, NodeAddresses addressees, EditList edits) =>
        data.SendToNode(addressees, new PacketEdits(edits));

    [When("a packet for {MN} arrives through {LMA}'s tunnel{WithEdits}")]
    public void ArrivesThroughTunnel(MobileNode node, Lma lma, EditList edits) =>
        data.SendToNode(new NodeAddresses(node, string.Empty), new PacketEdits(edits));

    [When("a packet of {MN} for {MN} arrives through {LMA}'s tunnel{WithEdits}")]
    public void ArrivesThroughTunnel(MobileNode sender, MobileNode addressee, Lma lma, EditList edits) =>
        data.SendToNode(sender, addressee, new PacketEdits(edits));

    [When("a packet for a prefix that is assigned to nobody arrives")]
    public void ArrivesForNobody() => data.SendToUnassigned(PacketEdits.None);

    [When("{MN} sends a packet to {CN}{WithEdits}")]
    public void NodeSends(MobileNode node, Cn correspondent, EditList edits) =>
        data.SendFromNode(node, correspondent.Name, mag: null, new PacketEdits(edits));

    [Given("{MN} finds the MTU of the tunnel")]
    public void FindsMtu(MobileNode node) => data.FindTunnelMtu(node);

    [When("{MN} sends a packet to {CN} through {MAG}{WithEdits}")]
    public void NodeSends(MobileNode node, Cn correspondent, Mag mag, EditList edits) =>
        data.SendFromNode(node, correspondent.Name, mag.Name, new PacketEdits(edits));

    [Given("{MN} sends a packet to {Home}{WithEdits}")]
    [When("{MN} sends a packet to {Home}{WithEdits}")]
    public void NodeSends(MobileNode sender, NodeAddresses addressees, EditList edits) =>
        data.SendBetweenNodes(sender, addressees, mag: null, new PacketEdits(edits));

    [When("{MN} sends a packet to {Home} through {MAG}{WithEdits}")]
    public void NodeSends(MobileNode sender, NodeAddresses addressees, Mag mag, EditList edits) =>
        data.SendBetweenNodes(sender, addressees, mag.Name, new PacketEdits(edits));

    [Given("packets for {Home} arrive at {MAG} only")]
    [Then("packets for {Home} arrive at {MAG} only")]
    public void ArriveAtMag(NodeAddresses addressees, Mag mag) => data.ExpectAtMag(addressees, mag.Name);

    [Then("packets for {Home} do not arrive at {MAG}")]
    public void DoNotArriveAtMag(NodeAddresses addressees, Mag mag) => data.ExpectNotAtMag(addressees, mag.Name);

    [Given("packets for {Home} arrive at {MN}")]
    [Then("packets for {Home} arrive at {MN}")]
    public void ArriveAtNode(NodeAddresses addressees, MobileNode node) => data.ExpectAtNode(addressees, node);

    [Given("packets for {Home} go nowhere")]
    [Then("packets for {Home} go nowhere")]
    public void GoNowhere(NodeAddresses addressees) => data.ExpectToNodeNowhere(addressees);

    [Given("packets from {MN} to {MN} go {Way} {LMA} only")]
    [Then("packets from {MN} to {MN} go {Way} {LMA} only")]
    public void GoToLma(MobileNode sender, MobileNode addressee, Way way, Lma lma) =>
        data.ExpectAtAnchor(sender, addressee, lma.Name, way.IsTunnel);

    [Given("packets from {Home} reach {CN}")]
    [Then("packets from {Home} reach {CN}")]
    public void Reach(NodeAddresses senders, Cn correspondent) => data.ExpectAtCorrespondent(senders, mag: null, correspondent.Name);

    [Given("packets from {Home} reach {CN} without a tunnel")]
    [Then("packets from {Home} reach {CN} without a tunnel")]
    public void ReachPlainly(NodeAddresses senders, Cn correspondent) => data.ExpectWithoutTunnel(senders);

    [Given("packets from {Home} through {MAG} reach {CN}")]
    [Then("packets from {Home} through {MAG} reach {CN}")]
    public void Reach(NodeAddresses senders, Mag mag, Cn correspondent) =>
        data.ExpectAtCorrespondent(senders, mag.Name, correspondent.Name);

    [Then("packets from {Home} go nowhere")]
    public void FromNodeGoNowhere(NodeAddresses senders) => data.ExpectFromNodeNowhere(senders, mag: null);

    [Then("packets from {Home} through {MAG} go nowhere")]
    public void FromNodeGoNowhere(NodeAddresses senders, Mag mag) => data.ExpectFromNodeNowhere(senders, mag.Name);

    [Then("no packet in the tunnel is larger than the path MTU")]
    public void NoneIsLarger() => data.ExpectWithinPathMtu();

    [Then("the packet goes nowhere")]
    public void GoesNowhere() => data.ExpectNowhere();

    [Then("the forwarded packet carries:")]
    public void Carries(DataTable table) => data.ExpectCarries(Tables.Pairs(table));

    [Then("no ICMPv6 error is sent{Exception}")]
    public void NoError(ErrorException exception) => data.ExpectNoError(exception.Allowed);

    [Then("{CN} receives the ICMPv6 error {Icmpv6Error}")]
    public void ReceivesError(Cn correspondent, Icmpv6Error error) => data.ExpectErrorAtCorrespondent(error);

    [Then("{MN} receives the ICMPv6 error {Icmpv6Error}")]
    public void ReceivesError(MobileNode node, Icmpv6Error error) => data.ExpectErrorAtNode(error, node);

    [Then("{MN} receives the ICMPv6 error {Icmpv6Error} through {MAG}")]
    public void ReceivesError(MobileNode node, Icmpv6Error error, Mag mag) => data.ExpectErrorAtMag(error, mag.Name);
}
