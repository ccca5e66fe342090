using Conformance.Testing.Data;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Roles;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>Data packets and where they arrive.</summary>
[Binding]
public sealed class DataSteps(DataTraffic data, ScenarioRole role)
{
    [When("{CN} sends {Packet} to {Home}{WithEdits}")]
    public void CorrespondentSends(Cn correspondent, Packets packet, NodeAddresses addressees, EditList edits)
    {
        if (role.Role is IMobilityUnderTest peer)
        {
            if (addressees.IsLinkLocal)
            {
                peer.SendToLinkLocal(correspondent.Name, addressees.Node);
            }
            else
            {
                peer.SendToNode(correspondent.Name, addressees.Node);
            }
        }
        else
        {
            data.SendToNode(Of(packet, addressees), new PacketEdits(edits));
        }
    }

    [Given("{Packet} for {MN} arrives through {LMA}'s tunnel{WithEdits}")]
    [When("{Packet} for {MN} arrives through {LMA}'s tunnel{WithEdits}")]
    public void ArrivesThroughTunnel(Packets packet, MobileNode node, Lma lma, EditList edits) =>
        data.SendToNode(Of(packet, new NodeAddresses(node, string.Empty)), new PacketEdits(edits));

    [When("a packet of {MN} for {MN} arrives through {LMA}'s tunnel{WithEdits}")]
    public void ArrivesThroughTunnel(MobileNode sender, MobileNode addressee, Lma lma, EditList edits) =>
        data.SendToNode(sender, addressee, new PacketEdits(edits));

    [When("a packet for a prefix that is assigned to nobody arrives")]
    public void ArrivesForNobody() => data.SendToUnassigned(PacketEdits.None);

    [Given("{MN} finds the MTU of the tunnel")]
    public void FindsMtu(MobileNode node) => data.FindTunnelMtu(node);

    [Given("{MN} sends {Packet} to {CN}{Through}{WithEdits}")]
    [When("{MN} sends {Packet} to {CN}{Through}{WithEdits}")]
    public void NodeSends(MobileNode node, Packets packet, Cn correspondent, Through through, EditList edits) =>
        data.SendFromNode(node, packet.Family, correspondent.Name, through.Mag, new PacketEdits(edits));

    [Given("{MN} sends {Packet} to {Home}{Through}{WithEdits}")]
    [When("{MN} sends {Packet} to {Home}{Through}{WithEdits}")]
    public void NodeSends(MobileNode sender, Packets packet, NodeAddresses addressees, Through through, EditList edits) =>
        data.SendBetweenNodes(sender, Of(packet, addressees), through.Mag, new PacketEdits(edits));

    [Given("{Packets} for {Home} arrive at {MAG} only{UnlessLeast}")]
    [Then("{Packets} for {Home} arrive at {MAG} only{UnlessLeast}")]
    public void ArriveAtMag(Packets packets, NodeAddresses addressees, Mag mag, LeastMtu least) =>
        data.ExpectAtMag(Of(packets, addressees), mag.Name, unlessLeast: least.IsAllowed);

    [Then("{Packets} for {Home} do not arrive at {MAG}")]
    public void DoNotArriveAtMag(Packets packets, NodeAddresses addressees, Mag mag) =>
        data.ExpectNotAtMag(Of(packets, addressees), mag.Name);

    [Given("{Packets} for {Home} arrive at {MN}")]
    [Then("{Packets} for {Home} arrive at {MN}")]
    public void ArriveAtNode(Packets packets, NodeAddresses addressees, MobileNode node) =>
        data.ExpectAtNode(Of(packets, addressees), node);

    [Given("{Packets} for {Home} go nowhere")]
    [Then("{Packets} for {Home} go nowhere")]
    public void GoNowhere(Packets packets, NodeAddresses addressees)
    {
        if (role.Role is IMobilityUnderTest peer)
        {
            peer.ExpectNowhere(addressees.Node);
        }
        else
        {
            data.ExpectToNodeNowhere(Of(packets, addressees));
        }
    }

    [Given("{Packets} from {MN} to {MN} go {Way} {LMA} only")]
    [Then("{Packets} from {MN} to {MN} go {Way} {LMA} only")]
    public void GoToLma(Packets packets, MobileNode sender, MobileNode addressee, Way way, Lma lma) =>
        data.ExpectAtAnchor(sender, Of(packets, new NodeAddresses(addressee, string.Empty)), lma.Name, way.IsTunnel);

    [Given("{Packets} from {Home}{Through} reach {CN}")]
    [Then("{Packets} from {Home}{Through} reach {CN}")]
    public void Reach(Packets packets, NodeAddresses senders, Through through, Cn correspondent) =>
        data.ExpectAtCorrespondent(Of(packets, senders), through.Mag, correspondent.Name);

    [Given("packets from {Home} reach {CN} without a tunnel")]
    [Then("packets from {Home} reach {CN} without a tunnel")]
    public void ReachPlainly(NodeAddresses senders, Cn correspondent) => data.ExpectWithoutTunnel(senders);

    [Given("{Packets} from {Home}{Through} go nowhere")]
    [Then("{Packets} from {Home}{Through} go nowhere")]
    public void FromNodeGoNowhere(Packets packets, NodeAddresses senders, Through through) =>
        data.ExpectFromNodeNowhere(Of(packets, senders), through.Mag);

    [Then("no packet in the tunnel is larger than the path MTU")]
    public void NoneIsLarger() => data.ExpectWithinPathMtu();

    [Given("the packet goes nowhere")]
    [Then("the packet goes nowhere")]
    public void GoesNowhere()
    {
        if (role.Role is IMobilityUnderTest peer)
        {
            peer.ExpectLastNowhere();
        }
        else
        {
            data.ExpectNowhere();
        }
    }

    [Then("the forwarded packet carries:")]
    public void Carries(DataTable table) => data.ExpectCarries(Tables.Pairs(table));

    [Then("no ICMPv6 error is sent{Exception}")]
    public void NoError(ErrorException exception) => data.ExpectNoError(exception.Allowed);

    [Then("{CN} receives the {IcmpError}")]
    public void ReceivesError(Cn correspondent, IcmpError error) => data.ExpectErrorAtCorrespondent(error);

    [Then("{MN} receives the {IcmpError}{Through}")]
    public void ReceivesError(MobileNode node, IcmpError error, Through through) => data.ExpectErrorAtNode(error, node, through.Mag);

    private static NodeAddresses Of(Packets packets, NodeAddresses addresses) => addresses with { Family = packets.Family };
}
