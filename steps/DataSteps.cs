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

    [Given("a packet for {MN} arrives through {LMA}'s tunnel{WithEdits}")]
    [When("a packet for {MN} arrives through {LMA}'s tunnel{WithEdits}")]
    public void ArrivesThroughTunnel(MobileNode node, Lma lma, EditList edits) =>
        data.SendToNode(new NodeAddresses(node, string.Empty), new PacketEdits(edits));

    [When("a packet of {MN} for {MN} arrives through {LMA}'s tunnel{WithEdits}")]
    public void ArrivesThroughTunnel(MobileNode sender, MobileNode addressee, Lma lma, EditList edits) =>
        data.SendToNode(sender, addressee, new PacketEdits(edits));

    [When("a packet for a prefix that is assigned to nobody arrives")]
    public void ArrivesForNobody() => data.SendToUnassigned(PacketEdits.None);

    [Given("{MN} finds the MTU of the tunnel")]
    public void FindsMtu(MobileNode node) => data.FindTunnelMtu(node);

    [Given("{MN} sends a packet to {CN}{Through}{WithEdits}")]
    [When("{MN} sends a packet to {CN}{Through}{WithEdits}")]
    public void NodeSends(MobileNode node, Cn correspondent, Through through, EditList edits) =>
        data.SendFromNode(node, correspondent.Name, through.Mag, new PacketEdits(edits));

    [Given("{MN} sends a packet to {Home}{Through}{WithEdits}")]
    [When("{MN} sends a packet to {Home}{Through}{WithEdits}")]
    public void NodeSends(MobileNode sender, NodeAddresses addressees, Through through, EditList edits) =>
        data.SendBetweenNodes(sender, addressees, through.Mag, new PacketEdits(edits));

    [Given("packets for {Home} arrive at {MAG} only{UnlessLeast}")]
    [Then("packets for {Home} arrive at {MAG} only{UnlessLeast}")]
    public void ArriveAtMag(NodeAddresses addressees, Mag mag, LeastMtu least) =>
        data.ExpectAtMag(addressees, mag.Name, unlessLeast: least.IsAllowed);

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

    [Given("packets from {Home}{Through} reach {CN}")]
    [Then("packets from {Home}{Through} reach {CN}")]
    public void Reach(NodeAddresses senders, Through through, Cn correspondent) =>
        data.ExpectAtCorrespondent(senders, through.Mag, correspondent.Name);

    [Given("packets from {Home} reach {CN} without a tunnel")]
    [Then("packets from {Home} reach {CN} without a tunnel")]
    public void ReachPlainly(NodeAddresses senders, Cn correspondent) => data.ExpectWithoutTunnel(senders);

    [Given("packets from {Home}{Through} go nowhere")]
    [Then("packets from {Home}{Through} go nowhere")]
    public void FromNodeGoNowhere(NodeAddresses senders, Through through) => data.ExpectFromNodeNowhere(senders, through.Mag);

    [Then("no packet in the tunnel is larger than the path MTU")]
    public void NoneIsLarger() => data.ExpectWithinPathMtu();

    [Given("the packet goes nowhere")]
    [Then("the packet goes nowhere")]
    public void GoesNowhere() => data.ExpectNowhere();

    [Then("the forwarded packet carries:")]
    public void Carries(DataTable table) => data.ExpectCarries(Tables.Pairs(table));

    [Then("no ICMPv6 error is sent{Exception}")]
    public void NoError(ErrorException exception) => data.ExpectNoError(exception.Allowed);

    [Then("{CN} receives the ICMPv6 error {Icmpv6Error}")]
    public void ReceivesError(Cn correspondent, Icmpv6Error error) => data.ExpectErrorAtCorrespondent(error);

    [Then("{MN} receives the ICMPv6 error {Icmpv6Error}{Through}")]
    public void ReceivesError(MobileNode node, Icmpv6Error error, Through through) => data.ExpectErrorAtNode(error, node, through.Mag);
}
