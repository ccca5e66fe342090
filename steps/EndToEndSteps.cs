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

    [Then("{MN} reaches {CN}")]
    public void Reaches(MobileNode node, Cn correspondent) => Domain.ExpectReaches(node, correspondent.Name);

    [When("{MN} begins a transfer with {CN}")]
    public void BeginsTransfer(MobileNode node, Cn correspondent) => Domain.BeginTransfer(node, correspondent.Name);

    [Then("the transfer of {MN} arrives whole")]
    public void TransferArrives(MobileNode node) => Domain.ExpectTransfer(node);

    [Then("nothing of {MN} is left")]
    public void NothingLeft(MobileNode node) => Domain.ExpectNothingLeft(node);
}
