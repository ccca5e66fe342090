using Conformance.Testing.Roles;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>Data packets and addresses of mobile nodes of Mobile IPv6.</summary>
[Binding]
public sealed class MobilityDataSteps(ScenarioRole role)
{
    private IMobilityUnderTest Peer => role.As<IMobilityUnderTest>();

    [Given("packets for {MN}{Sender} arrive at {CoAs} only")]
    [Then("packets for {MN}{Sender} arrive at {CoAs} only")]
    public void ArriveAt(MobileNode node, Sender sender, Places places) => Peer.ExpectAt(node, places.All, sender.IsOnHomeLink);

    [Given("IPv4 packets for {MN}{Sender} arrive at {CoAs} only")]
    [Then("IPv4 packets for {MN}{Sender} arrive at {CoAs} only")]
    public void OfIpv4ArriveAt(MobileNode node, Sender sender, Places places) => Peer.ExpectIpv4At(node, places.All, sender.IsOnHomeLink);

    [Given("packets for {MN} go to its home address")]
    [Then("packets for {MN} go to its home address")]
    public void GoToHomeAddress(MobileNode node) => Peer.ExpectAtHomeAddress(node);

    [Given("packets of flow {int} arrive at {CoAs} only")]
    [Then("packets of flow {int} arrive at {CoAs} only")]
    public void OfFlowArriveAt(int flow, Places places) => Peer.ExpectFlowAt(flow, places.All);

    [Given("packets for the mobile network of {MN} arrive at {CoAs} only")]
    [Then("packets for the mobile network of {MN} arrive at {CoAs} only")]
    public void OfNetworkArriveAt(MobileNode node, Places places) => Peer.ExpectMobileNetworkAt(node, places.All);

    [Given("packets for the mobile network of {MN} go nowhere")]
    [Then("packets for the mobile network of {MN} go nowhere")]
    public void OfNetworkGoNowhere(MobileNode node) => Peer.ExpectMobileNetworkAt(node, []);

    [Given("{Carried} of {MN} from {CoA} are {Treatment}")]
    [Then("{Carried} of {MN} from {CoA} are {Treatment}")]
    public void AreTreated(Carried packets, MobileNode node, CareOf from, Treatment treatment) =>
        Peer.ExpectCarried(node, packets.Packets, from, treatment.Kind);

    [Then("the {TestInit} reaches {CN}")]
    public void Reaches(ReturnTest test, Cn correspondent) => Peer.ExpectTestInitAt(test.Kind, correspondent.Name);

    [Then("the {TestInit} goes nowhere")]
    public void GoesNowhere(ReturnTest test) => Peer.ExpectTestInitAt(test.Kind, correspondent: null);

    [Given("the HA {Defends} the {Address} of {MN}")]
    [Then("the HA {Defends} the {Address} of {MN}")]
    public void IsDefended(Happening defence, HomeLinkAddress address, MobileNode node) =>
        Peer.ExpectDefence(node, address.Kind, defence.Happens);

    [Then("the HA {Announces} the {Address} of {MN}")]
    public void IsAnnounced(Happening announcement, HomeLinkAddress address, MobileNode node) =>
        Peer.ExpectAnnouncement(node, address.Kind, announcement.Happens);

    [Then("the HA {Tests} the {Address} of {MN}")]
    public void IsTested(Happening test, HomeLinkAddress address, MobileNode node) =>
        Peer.ExpectAddressTest(node, address.Kind, test.Happens);
}
