using Conformance.Testing.Roles;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>The messages of a home agent or correspondent node under test.</summary>
[Binding]
public sealed class MobilityAnswerSteps(ScenarioRole role)
{
    [Given("the {Peer} accepts the registration/de-registration")]
    [Then("the {Peer} accepts the registration/de-registration")]
    public void Accepts(TestedRole tested) => Peer(tested).ExpectAccepted();

    [Given("the {Peer} accepts {Bids}")]
    [Then("the {Peer} accepts {Bids}")]
    public void Accepts(TestedRole tested, Bids bids) => Peer(tested).ExpectAccepted(bids);

    /// <summary>The number of the status depends on the edition.</summary>
    [Given("the {Peer} rejects it with status {word}")]
    [Then("the {Peer} rejects it with status {word}")]
    public void Rejects(TestedRole tested, string status) => Peer(tested).ExpectRejected(status);

    [Then("the {Peer} does not reject it with status {word}")]
    public void DoesNotReject(TestedRole tested, string status) => Peer(tested).ExpectNotRejected(status);

    [Then("the {Peer} does not answer")]
    public void DoesNotAnswer(TestedRole tested) => Peer(tested).ExpectSilence();

    [Then("the answer gives {Bids} the status {word}")]
    public void Gives(Bids bids, string status) => role.As<IMobilityUnderTest>().ExpectStatus(bids, status);

    [Given("the status of {Bids} is {word}")]
    [Then("the status of {Bids} is {word}")]
    public void Counts(Bids bids, string status) => role.As<IMobilityUnderTest>().ExpectCountedStatus(bids, status);

    [Then("the tokens of the last two Care-of Tests of {MN} are {Comparison}")]
    public void Compares(MobileNode node, Comparison tokens) => role.As<IMobilityUnderTest>().ExpectTokens(node, tokens.IsEqual);

    [Then("the {Peer} answers with:")]
    public void AnswersWith(TestedRole tested, DataTable table) => Peer(tested).ExpectAnswer(Tables.Pairs(table));

    [Then("the {Peer} answers with a {Test}")]
    public void AnswersWithTest(TestedRole tested, ReturnTest test) => Peer(tested).ExpectTest(test.Kind, []);

    [Then("the {Peer} answers with a {Test} with:")]
    public void AnswersWithTest(TestedRole tested, ReturnTest test, DataTable table) =>
        Peer(tested).ExpectTest(test.Kind, Tables.Pairs(table));

    [Then("the {Peer} asks {MN} to refresh {Refreshed}{Within}")]
    public void AsksToRefresh(TestedRole tested, MobileNode node, Refreshed what, TimeLimit within) =>
        Peer(tested).ExpectRefreshRequest(node, what.Bids, within.Length);

    [Then("the {Peer} answers with a Mobile Prefix Advertisement")]
    public void AnswersWithPrefixes(TestedRole tested) => Peer(tested).ExpectPrefixAdvertisement();

    private IMobilityUnderTest Peer(TestedRole tested)
    {
        role.Require(tested.Tag);
        return role.As<IMobilityUnderTest>();
    }
}
