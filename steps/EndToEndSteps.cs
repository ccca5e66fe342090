using Conformance.Testing.Roles;
using Conformance.Testing.Roles.EndToEnd;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>What the users of the nodes observe if every node is real.</summary>
[Binding]
public sealed class EndToEndSteps(ScenarioRole role)
{
    private EndToEndUnderTest Domain => role.As<EndToEndUnderTest>();

    [Given("{MN} has a home address")]
    [Then("{MN} has a home address")]
    public void HasAddress(MobileNode node) => Domain.ExpectAddress(node, same: false);

    [Then("{MN} keeps its home address")]
    public void KeepsAddress(MobileNode node) => Domain.ExpectAddress(node, same: true);

    /// <summary>The carriers of these links come up, all at once.</summary>
    [Given("{MN} comes to {Places}")]
    [When("{MN} comes to {Places}")]
    public void Comes(MobileNode node, PlaceList places) => Domain.Links.Come(node, places.Links);

    /// <summary>The carriers of these links go.</summary>
    [When("{MN} leaves {Places}")]
    public void Leaves(MobileNode node, PlaceList places) => Domain.Links.Leave(node, places.Links);

    [Then("{MN} reaches {CN} over {Places} only")]
    public void ReachesOver(MobileNode node, Cn correspondent, PlaceList places) =>
        Domain.ExpectReachesOver(node, correspondent.Name, places.Links);

    [Then("{MN} reaches {CN}{OverIpv4}")]
    public void Reaches(MobileNode node, Cn correspondent, IpVersion version) =>
        Domain.ExpectReaches(node, correspondent.Name, version.Family);

    [When("{MN} begins a transfer with {CN}{OverIpv4}")]
    public void BeginsTransfer(MobileNode node, Cn correspondent, IpVersion version) =>
        Domain.BeginTransfer(node, correspondent.Name, version.Family);

    [Given("{Host} runs {word}")]
    [When("{Host} runs {word}")]
    public void Runs(Host host, string program) => Domain.Ipv4.Run(host.Name, program);

    [Given("{MN} renews its IPv4 home address")]
    [Then("{MN} renews its IPv4 home address")]
    public void Renews(MobileNode node) => Domain.Ipv4.ExpectRenewal(node);

    [When("{NAT} forgets its bindings")]
    public void ForgetsBindings(Nat nat) => Domain.ForgetBindings(nat.Name);

    [Then("the transfer of {MN} arrives whole")]
    public void TransferArrives(MobileNode node) => Domain.ExpectTransfer(node);

    [Then("nothing of {MN} is left")]
    public void NothingLeft(MobileNode node) => Domain.ExpectNothingLeft(node);
}
