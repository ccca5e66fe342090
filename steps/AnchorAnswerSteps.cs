using Conformance.Testing.Drivers;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>What a local mobility anchor under test makes of a request.</summary>
[Binding]
public sealed class AnchorAnswerSteps(TestSession session, AnchorSignaling anchor)
{
    [Given("the LMA accepts the registration/de-registration")]
    [Then("the LMA accepts the registration/de-registration")]
    public void Accepts() => anchor.ExpectAccepted();

    [Then("the LMA accepts the registration by {Gateway}")]
    public void AcceptsBy(Gateway gateway) => anchor.ExpectAccepted(gateway.Name);

    [Then("the LMA rejects it with status {int} {word}")]
    public void Rejects(int status, string name) => anchor.ExpectRejected(status, name);

    [Then("the LMA does not answer")]
    public void DoesNotAnswer() => anchor.ExpectNoAnswer();

    [Then("the LMA reports a Parameter Problem at octet {int}")]
    public void ReportsParameterProblem(int pointer) => anchor.ExpectParameterProblem(pointer);

    [Then("the LMA reports a Binding Error")]
    public void ReportsBindingError() => anchor.ExpectBindingError();

    [Then("the answer carries:")]
    public void Carries(DataTable table) => anchor.ExpectCarries(Tables.Pairs(table));

    [Then("{MobileNode} keeps its home network prefixes")]
    public void KeepsPrefixes(MobileNode node) => anchor.ExpectSamePrefixes(node, same: true);

    [Then("{MobileNode} gets other home network prefixes")]
    public void GetsOtherPrefixes(MobileNode node) => anchor.ExpectSamePrefixes(node, same: false);

    [Then("{MobileNode} has {int} home network prefix(es)")]
    public void HasPrefixes(MobileNode node, int count) => anchor.ExpectPrefixCount(node, count);

    [Then("no two mobile nodes share a home network prefix")]
    public void NoSharedPrefix() => anchor.ExpectDistinctPrefixes(session.MobileNodes);

    [Then("the session is the earlier one")]
    public void IsEarlierSession() => anchor.ExpectSession(earlier: true);

    [Then("the session is a new one")]
    public void IsNewSession() => anchor.ExpectSession(earlier: false);

    [Then("{MobileNode} has no mobility session")]
    public void HasNoSession(MobileNode node) => anchor.ExpectNoSession(node);

    [Then("the outcome is one of:")]
    public void OutcomeIsOneOf(DataTable table)
    {
        var (outcomes, text, frame) = anchor.ReadOutcome();
        Readings.Require(session, outcomes, text, frame, Tables.Readings(table));
    }
}
