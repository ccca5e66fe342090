using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using Reqnroll;

namespace Conformance.Harness.Tests.Engine;

/// <summary>Steps that each do one thing that matters for a verdict.</summary>
[Binding]
public sealed class Deeds(TestSession session)
{
    /// <summary>A statement that observations of a status decide.</summary>
    public const string Must = "rfc5213-5.3.1-k1";

    /// <summary>A recommendation that observations of an order decide.</summary>
    public const string Should = "rfc5213-5.3.1-k2";

    /// <summary>A statement outside the purpose.</summary>
    public const string Other = "rfc5213-5.3.1-k3";

    /// <summary>The group in the id of a scenario that fails before its first step.</summary>
    public const string DeadFromTheBeginning = "DEAD";

    /// <summary>The octet that the clean-up sends.</summary>
    public const byte CleanUp = 0xee;

    private string _atTheEnd = "rests";

    [BeforeScenario]
    public void Begin()
    {
        if (session.Scenario.Id.Contains($"-{DeadFromTheBeginning}-", StringComparison.Ordinal))
        {
            throw new StepFailedException("dead from the beginning");
        }
    }

    [AfterScenario]
    public void End()
    {
        session.Tester.Send(Ports.Core, new[] { CleanUp });
        It(_atTheEnd);
    }

    [Given("at the end it {word}")]
    public void AtTheEnd(string deed) => _atTheEnd = deed;

    [When("it carries:")]
    public static void Carries(DataTable table) => _ = table;

    [Given("MN1 is used, with a session of {int} s that may be one of {int} s")]
    public void IsUsed(int leftover, int asked)
    {
        var node = session.Nodes.Named("MN1");
        session.Nodes.Bind(node);
        node.LeftoverUntil = session.Started.AddSeconds(leftover);
        node.AskedUntil = session.Started.AddSeconds(asked);
    }

    [Given("MN1 and MN2 are interfaces, with sessions of {int} s and {int} s")]
    public void AreInterfaces(int one, int other)
    {
        session.Nodes.BindToInterfaces(session.Nodes.Named("MN1"), session.Nodes.Named("MN2"));
        session.Nodes.Named("MN1").LeftoverUntil = session.Started.AddSeconds(one);
        session.Nodes.Named("MN2").LeftoverUntil = session.Started.AddSeconds(other);
    }

    [Given("it {word}")]
    [When("it {word}")]
    [Then("it {word}")]
    public void It(string deed)
    {
        switch (deed)
        {
            case "rests":
                break;
            case "waits":
                session.Tester.WaitUntil(session.Bed.Now.AddSeconds(1));
                break;
            case "sends":
                session.Tester.Send(Ports.Core, new byte[] { 1 });
                break;
            case "holds":
                session.Judge(Observation.Status, ok: true, "status 0", "status 0", session.Bed.LastFrame);
                break;
            case "violates":
                session.Judge(Observation.Status, ok: false, "status 0", "status 128", session.Bed.LastFrame);
                break;
            case "breaks":
                session.Require(Observation.Status, ok: false, "status 0", "status 129", session.Bed.LastFrame);
                break;
            case "follows":
                session.Judge(Observation.Order, ok: true, "in order", "in order", session.Bed.LastFrame);
                break;
            case "neglects":
                session.Judge(Observation.Order, ok: false, "in order", "out of order", session.Bed.LastFrame);
                break;
            case "stops":
                session.Require(Observation.Order, ok: false, "in order", "no order", session.Bed.LastFrame);
                break;
            case "stumbles":
                session.Require(Observation.Clock, ok: false, "a time", "no time", session.Bed.LastFrame);
                break;
            case "errs":
                session.Find(new StatementId(Other), ok: false, "a length of 2", "a length of 3", session.Bed.LastFrame, octet: 5);
                break;
            case "garbles":
                session.Find(new StatementId(Must), ok: false, "a length of 2", "a length of 3", session.Bed.LastFrame);
                break;
            case "confuses":
                throw new ScenarioFaultException("no such option");
            case "loses":
                throw new BedLostException("link1 is down");
            case "dawdles":
                throw new TesterLateException("the tester is late");
            case "differs":
                throw new TraceMismatchException("packet 1 differs");
            case "bursts":
                throw new InvalidOperationException("a bug");
            case "collapses":
                throw new ImplementationFailedException("nobody is served");
            case "forgets":
                throw new ImplementationFailedException("it has forgotten", Breakdown.LostState);
            case "dies":
                throw new ImplementationFailedException("it has died", Breakdown.Dead);
            default:
                throw new ArgumentOutOfRangeException(nameof(deed), deed, "no such deed");
        }
    }
}
