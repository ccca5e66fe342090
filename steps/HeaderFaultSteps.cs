using Conformance.Testing.Drivers;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>What an implementation under test reports about a fault of a Mobility Header.</summary>
[Binding]
public sealed class HeaderFaultSteps(HeaderFaultReport report)
{
    [Then("the {Peer} reports a Parameter Problem at octet {int}")]
    [Then("the {Role} reports a Parameter Problem at octet {int}")]
    public void ReportsParameterProblem(TestedRole tested, int pointer) => report.ExpectParameterProblem(tested.Tag, pointer);

    [Then("the {Peer} reports a Binding Error")]
    [Then("the {Role} reports a Binding Error")]
    public void ReportsBindingError(TestedRole tested) => report.ExpectBindingError(tested.Tag);
}
