using Conformance.Testing.Drivers;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>What people see when every node is a real one.</summary>
[Binding]
public sealed class EndToEndSteps(EndToEnd endToEnd)
{
    [Given("{MobileNode} has a home address")]
    [Then("{MobileNode} has a home address")]
    public void HasAddress(MobileNode node) => endToEnd.ExpectAddress(node, same: false);

    [Then("{MobileNode} keeps its home address")]
    public void KeepsAddress(MobileNode node) => endToEnd.ExpectAddress(node, same: true);

    [Then("{MobileNode} reaches {Correspondent}")]
    public void Reaches(MobileNode node, Correspondent correspondent) => endToEnd.ExpectReaches(node, correspondent.Name);

    [When("{MobileNode} begins a transfer with {Correspondent}")]
    public void BeginsTransfer(MobileNode node, Correspondent correspondent) => endToEnd.BeginTransfer(node, correspondent.Name);

    [Then("the transfer of {MobileNode} arrives whole")]
    public void TransferArrives(MobileNode node) => endToEnd.ExpectTransfer(node);

    [Then("nothing of {MobileNode} is left")]
    public void NothingLeft(MobileNode node) => endToEnd.ExpectNothingLeft(node);
}
