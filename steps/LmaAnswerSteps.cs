using Conformance.Testing.Drivers;
using Conformance.Testing.Roles;
using Conformance.Testing.Roles.EndToEnd;
using Conformance.Testing.Roles.Lma;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>The reactions of a local mobility anchor under test to a request.</summary>
[Binding]
public sealed class LmaAnswerSteps(TestSession session, ScenarioRole role)
{
    private LmaAnswers Answers => role.As<LmaUnderTest>().Answers;

    private LmaSessions Sessions => role.As<LmaUnderTest>().Sessions;

    private LmaIpv4 Ipv4 => role.As<LmaUnderTest>().Ipv4;

    [Given("the LMA accepts the registration/de-registration")]
    [Then("the LMA accepts the registration/de-registration")]
    public void Accepts() => Answers.ExpectAccepted();

    [Given("the LMA accepts the registration by {MAG}")]
    [Then("the LMA accepts the registration by {MAG}")]
    public void AcceptsBy(Mag mag) => Answers.ExpectAccepted(mag.Name);

    /// <summary>The answer had to wait for the event before this step.</summary>
    [Then("the LMA accepts the registration by {MAG} at once")]
    public void AcceptsAtOnce(Mag mag) => Answers.ExpectAcceptedAtOnce(mag.Name);

    [Then("the LMA keeps the registration by {MAG} waiting{ToTheEnd}")]
    public void KeepsWaiting(Mag mag, Wait wait) => Answers.ExpectWaiting(mag.Name, wait.IsToTheEnd);

    [Given("the LMA rejects it with status {int} {word}")]
    [Then("the LMA rejects it with status {int} {word}")]
    public void Rejects(int status, string name) => Answers.ExpectRejected(status, name);

    /// <summary>The number of the status depends on the edition.</summary>
    [Given("the LMA rejects it with status {word}")]
    [Then("the LMA rejects it with status {word}")]
    public void Rejects(string name) => Answers.ExpectRejected(name);

    [Then("the LMA does not accept it")]
    public void DoesNotAccept() => Answers.ExpectNotAccepted();

    [Then("the LMA does not answer")]
    public void DoesNotAnswer() => Answers.ExpectNoAnswer();

    [Then("the LMA does not answer with P = 1")]
    public void DoesNotAnswerAsProxy() => Answers.ExpectNoProxyAnswer();

    [Then("the answer carries:")]
    public void Carries(DataTable table) => Answers.ExpectCarries(Tables.Pairs(table));

    [Given("{MN} keeps its {Assigned}")]
    [Then("{MN} keeps its {Assigned}")]
    public void Keeps(MobileNode node, Assigned what)
    {
        if (role.Role is EndToEndUnderTest domain && what is { Ipv4: true, Prefixes: false })
        {
            domain.Ipv4.ExpectAddress(node, same: true);
        }
        else
        {
            Compare(node, what, same: true);
        }
    }

    [Then("{MN} gets {Other}")]
    public void GetsOther(MobileNode node, Assigned what) => Compare(node, what, same: false);

    [Then("the request does not get the {Assigned} of {MN}'s session")]
    public void Leaves(Assigned what, MobileNode node)
    {
        if (what.Ipv4)
        {
            Ipv4.ExpectLeft(node);
        }
        else
        {
            Sessions.ExpectPrefixesLeft(node);
        }
    }

    [Given("{MN} has {Number} home network prefix(es)")]
    [Then("{MN} has {Number} home network prefix(es)")]
    public void HasPrefixes(MobileNode node, Number number) => Sessions.ExpectPrefixCount(node, number.Count, number.IsLeast);

    [Given("{MN} has {Number} IPv4 home address(es)")]
    [Then("{MN} has {Number} IPv4 home address(es)")]
    public void HasIpv4Addresses(MobileNode node, Number number)
    {
        if (role.Role is EndToEndUnderTest domain)
        {
            domain.Ipv4.ExpectAddress(node, same: false);
        }
        else
        {
            Ipv4.ExpectCount(node, number.Count, number.IsLeast);
        }
    }

    [Given("no two mobile nodes share {Shared}")]
    [Then("no two mobile nodes share {Shared}")]
    public void NoneShared(Assigned what)
    {
        if (what.Ipv4)
        {
            Ipv4.ExpectDistinct(session.Nodes.All);
        }
        else
        {
            Sessions.ExpectDistinctPrefixes(session.Nodes.All);
        }
    }

    [Given("the session is the earlier one")]
    [Then("the session is the earlier one")]
    public void IsEarlierSession() => Sessions.ExpectSession(earlier: true);

    [Given("the session is a new one")]
    [Then("the session is a new one")]
    public void IsNewSession() => Sessions.ExpectSession(earlier: false);

    /// <summary>The step ends what it examines: it registers the node.</summary>
    [LastStep]
    [Then("a new registration of {MN} finds no mobility session")]
    public void NothingIsLeft(MobileNode node) => Sessions.ExpectNothingLeft(node);

    [Then("the outcome is one of:")]
    public void OutcomeIsOneOf(DataTable table)
    {
        var (outcomes, text, frame) = role.Role is IMobilityUnderTest peer ? peer.ReadOutcome() : Answers.ReadOutcome();
        AmbiguousOutcome.Require(session, outcomes, text, frame, Tables.Readings(table));
    }

    private void Compare(MobileNode node, Assigned what, bool same)
    {
        if (what.Prefixes)
        {
            Sessions.ExpectSamePrefixes(node, same);
        }

        if (what.Ipv4)
        {
            Ipv4.ExpectSame(node, same);
        }
    }
}
