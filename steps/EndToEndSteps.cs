using Conformance.Testing.Drivers;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>What people see when every node is a real one.</summary>
[Binding]
public sealed class EndToEndSteps(EndToEnd endToEnd)
{
    [Then("{MobileNode} has a home address")]
    public void HasAddress(MobileNode node) => endToEnd.ExpectAddress(node, same: false);

    [Then("{MobileNode} keeps its home address")]
    public void KeepsAddress(MobileNode node) => endToEnd.ExpectAddress(node, same: true);

    [Then("{MobileNode} reaches {Correspondent}")]
    public void Reaches(MobileNode node, Correspondent correspondent) => endToEnd.ExpectReaches(node, correspondent.Name);

    [Then("nothing of {MobileNode} is left")]
    public void NothingLeft(MobileNode node) => endToEnd.ExpectNothingLeft(node);
}
