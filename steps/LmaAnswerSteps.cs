using Conformance.Testing.Drivers;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>The reactions of a local mobility anchor under test to a request.</summary>
[Binding]
public sealed class LmaAnswerSteps(TestSession session, LmaSignaling lma)
{
    [Given("the LMA accepts the registration/de-registration")]
    [Then("the LMA accepts the registration/de-registration")]
    public void Accepts() => lma.ExpectAccepted();

    [Then("the LMA accepts the registration by {MAG}")]
    public void AcceptsBy(Mag mag) => lma.ExpectAccepted(mag.Name);

    [Then("the LMA rejects it with status {int} {word}")]
    public void Rejects(int status, string name) => lma.ExpectRejected(status, name);

    [Then("the LMA does not answer")]
    public void DoesNotAnswer() => lma.ExpectNoAnswer();

    [Then("the LMA reports a Parameter Problem at octet {int}")]
    public void ReportsParameterProblem(int pointer) => lma.ExpectParameterProblem(pointer);

    [Then("the LMA reports a Binding Error")]
    public void ReportsBindingError() => lma.ExpectBindingError();

    [Then("the answer carries:")]
    public void Carries(DataTable table) => lma.ExpectCarries(Tables.Pairs(table));

    [Then("{MN} keeps its home network prefixes")]
    public void KeepsPrefixes(MobileNode node) => lma.ExpectSamePrefixes(node, same: true);

    [Then("{MN} gets other home network prefixes")]
    public void GetsOtherPrefixes(MobileNode node) => lma.ExpectSamePrefixes(node, same: false);

    [Then("{MN} has {int} home network prefix(es)")]
    public void HasPrefixes(MobileNode node, int count) => lma.ExpectPrefixCount(node, count);

    [Then("no two mobile nodes share a home network prefix")]
    public void NoSharedPrefix() => lma.ExpectDistinctPrefixes(session.MobileNodes);

    [Then("the session is the earlier one")]
    public void IsEarlierSession() => lma.ExpectSession(earlier: true);

    [Then("the session is a new one")]
    public void IsNewSession() => lma.ExpectSession(earlier: false);

    [Then("{MN} has no mobility session")]
    public void HasNoSession(MobileNode node) => lma.ExpectNoSession(node);

    [Then("the outcome is one of:")]
    public void OutcomeIsOneOf(DataTable table)
    {
        var (outcomes, text, frame) = lma.ReadOutcome();
        AmbiguousOutcome.Require(session, outcomes, text, frame, Tables.Readings(table));
    }
}
