using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Statements;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Session;

/// <summary>
/// One scenario on one bed: the tester, the bound mobile nodes and the findings. All drivers share the session. Only the session
/// turns observations into findings.
/// </summary>
public sealed class TestSession
{
    private readonly List<string> _remarks = [];
    private readonly HashSet<StatementId> _checkedOnMessages = [];
    private Frame? _lastStimulus;
    private DateTimeOffset _nextFrom;

    public TestSession(ScenarioFacts scenario, TracedBed bed)
    {
        Scenario = scenario;
        Bed = bed;
        Ixit = bed.Facts.Ixit;
        Tester = new LowerTester(bed, bed.Facts.Ixit.Budget, Remark);
        Random = new Random(Seeds.For(bed.Facts.Seed, scenario.Id));
        Clock = new TesterClock(bed.Facts);
        Nodes = new MobileNodes(Tester, Random);
        PathMtu = new PathMtu(this);
        Started = bed.Now;
    }

    public ScenarioFacts Scenario { get; }

    public TracedBed Bed { get; }

    public LowerTester Tester { get; }

    /// <summary>The IXIT of the bed, with the variables that the operator has set in the scenario.</summary>
    public Ixit Ixit { get; set; }

    public FindingLog Findings { get; } = new();

    /// <summary>The source of all random choices of the tester, so that a seed reproduces them.</summary>
    public Random Random { get; }

    public DateTimeOffset Started { get; }

    public Phase Phase { get; set; } = Phase.Preamble;

    public IReadOnlyList<string> Remarks => _remarks;

    public MobileNodes Nodes { get; }

    public TesterClock Clock { get; }

    public PathMtu PathMtu { get; }

    /// <summary>The stimulus from which time is counted. Only later answers count.</summary>
    /// <exception cref="TesterLateException">The stimulus was sent too late.</exception>
    public Frame? LastStimulus
    {
        get => _lastStimulus;
        set
        {
            _lastStimulus = value;
            if (value is { Direction: Direction.Sent } && NextStimulusAt is { } intended)
            {
                NextStimulusAt = null;
                TesterClock.RequirePunctual(value, intended, Clock.Margin / 2);
            }
        }
    }

    /// <summary>
    /// The time at which the next stimulus must be sent, plus or minus half a margin, to be on the intended side of a time limit;
    /// null if any time will do.
    /// </summary>
    public DateTimeOffset? NextStimulusAt { get; set; }

    /// <summary>
    /// The time of the last change of a link, which is an event for the implementation as a stimulus is; null if there was none.
    /// </summary>
    public DateTimeOffset? LinkChangedAt { get; private set; }

    /// <summary>The last time that a scenario has let pass: the last frame before it, and its end; null if there was none.</summary>
    public (Frame? Before, DateTimeOffset Until)? LastWait { get; set; }

    public LinkChanges LinkChanges { get; } = new();

    /// <summary>The next session on this bed must not begin before a time, by which its sequence numbers are higher.</summary>
    public void DelayNext(DateTimeOffset until) => _nextFrom = until > _nextFrom ? until : _nextFrom;

    /// <summary>Waits until the next session may begin.</summary>
    public void AwaitNext()
    {
        if (_nextFrom > Bed.Now)
        {
            Tester.WaitUntil(_nextFrom);
        }
    }

    /// <summary>The last answer to a stimulus.</summary>
    public Frame? LastAnswer { get; set; }

    /// <summary>Link negotiation of a physical port takes some seconds.</summary>
    private static TimeSpan CarrierPatience => TimeSpan.FromSeconds(10);

    /// <summary>
    /// Records an observation as findings about the purpose statements that observations of its kind decide. Outside of the body, it
    /// records nothing: there, only the check of every message makes findings.
    /// </summary>
    /// <returns>True if the observation decided a statement.</returns>
    public bool Judge(Observation observation, bool ok, string expected, string actual, Frame? frame, int? octet = null)
    {
        if (Phase != Phase.Body)
        {
            return false;
        }

        var decided = Scenario
            .Purpose.Where(statement => statement.Observed.Contains(observation) && !IsLeftToMessages(statement, observation))
            .ToList();
        foreach (var statement in decided)
        {
            Findings.Add(new Finding(statement.Id, ok, expected, actual, frame?.Number, octet), Bed.Frames.Count);
        }

        return decided.Count > 0;
    }

    /// <summary>Records an observation, and fails the step if the observation is not the expected one.</summary>
    /// <exception cref="StepFailedException"><paramref name="ok"/> is false.</exception>
    public void Require(Observation observation, bool ok, string expected, string actual, Frame? frame, int? octet = null)
    {
        var decided = Judge(observation, ok, expected, actual, frame, octet);
        if (!ok)
        {
            throw new StepFailedException(PrintableText.Of($"expected {expected}; {actual}"), decided);
        }
    }

    /// <summary>Records the result of the message check for one statement, regardless of the scenario's purpose.</summary>
    /// <param name="ofOneMessage">True if the message alone proves it, whatever came before.</param>
    public void Find(
        StatementId statement,
        bool ok,
        string expected,
        string actual,
        Frame? frame,
        int? octet = null,
        bool ofOneMessage = false
    )
    {
        _checkedOnMessages.Add(statement);
        Findings.Add(new Finding(statement, ok, expected, actual, frame?.Number, octet), Bed.Frames.Count, ofOneMessage);
    }

    public void Remark(string text)
    {
        if (!_remarks.Contains(text))
        {
            _remarks.Add(text);
        }
    }

    /// <summary>The name of the node under test.</summary>
    /// <exception cref="ScenarioFaultException">Several nodes are under test.</exception>
    public string Tested => Ixit.Domain.Tested?.Name ?? throw new ScenarioFaultException("More than one node is under test.");

    /// <summary>The name of the first node with a role.</summary>
    /// <exception cref="ScenarioFaultException">The domain has no such node.</exception>
    public string First(NodeRole role) =>
        Ixit.Domain.Of(role).FirstOrDefault()?.Name ?? throw new ScenarioFaultException($"The domain has no {role.Abbreviation()}.");

    /// <summary>The name of the LMA in the profile of a mobile node.</summary>
    public string AnchorOf(MobileNode? node) =>
        node?.Kind == Ixit.OtherAnchorKind
            ? Ixit.Domain.Of(NodeRole.Lma).Skip(1).FirstOrDefault()?.Name
                ?? throw new ScenarioFaultException("The domain has one LMA only.")
            : First(NodeRole.Lma);

    /// <summary>The address of a node that the IXIT names.</summary>
    /// <exception cref="ScenarioFaultException">The IXIT does not name the node, or has no address of the family for it.</exception>
    public IPAddress AddressOf(string name, AddressFamily family = AddressFamily.InterNetworkV6) =>
        Ixit.Domain.Find(name)?.AddressOf(family)
        ?? throw new ScenarioFaultException($"The IXIT has no {NameOf(family)}address for {name}.");

    /// <summary>The address of a node on a link.</summary>
    /// <exception cref="ScenarioFaultException">The IXIT does not name the node, or has no address for it there.</exception>
    public IPAddress AddressOn(string name, PortId link, AddressFamily family = AddressFamily.InterNetworkV6) =>
        Ixit.Domain.Find(name)?.AddressOn(link, family)
        ?? throw new ScenarioFaultException($"The IXIT has no {NameOf(family)}address for {name} on the link {link}.");

    /// <exception cref="ScenarioFaultException">The IXIT has no IPv4 home network.</exception>
    public Ipv4HomeNetwork Ipv4 => Ixit.Ipv4 ?? throw new ScenarioFaultException("The IXIT has no IPv4 home network.");

    /// <summary>What the operator has changed at the implementation under test.</summary>
    public DeviceChanges Device { get; } = new();

    public bool Claims(string item) => Device.Claims(item) ?? Bed.Facts.Claims.Contains(item);

    /// <summary>The actual outcome when an answer did not come: silence, or a crash of the implementation.</summary>
    public string NothingCame(TimeSpan within) =>
        Bed.Health == IutHealth.Crashed
            ? Death
            : string.Create(CultureInfo.InvariantCulture, $"nothing came within {within.TotalSeconds:0.###} s");

    /// <summary>The message that the implementation under test crashed, with the reason if the bed knows it.</summary>
    public string Death =>
        Bed.Crash is { } crash ? $"the implementation under test crashed: {crash}" : "the implementation under test crashed";

    /// <summary>Raises or lowers the link of a port, and waits until the change is complete.</summary>
    /// <exception cref="StepFailedException">The link does not come up.</exception>
    /// <exception cref="ScenarioFaultException">The command for the link was ended by its time limit.</exception>
    public void SetCarrier(PortId port, bool up)
    {
        var pending = Bed.SetCarrier(port, up);
        var outcome = Tester.Await(pending, Bed.Now + CarrierPatience)
            ? pending.Result
            : new Outcome.Failed($"the link is not {(up ? "up" : "down")} after {CarrierPatience.TotalSeconds} s");
        Bed.NoteCarrier(port, up, outcome);
        LinkChangedAt = Bed.Now;
        LinkChanges.Add(port, Bed.Now);
        switch (outcome)
        {
            case Outcome.Expired expired:
                throw new ScenarioFaultException($"{port}: {expired.Reason}");
            case Outcome.Failed:
                throw new StepFailedException($"{port}: {outcome}");
            default:
                break;
        }
    }

    /// <summary>
    /// Statements about the fields of messages are left to the check of every message, so that a step about one field does not fail
    /// the clause of another field. A more specific observation that the statement names overrides the message check.
    /// </summary>
    private bool IsLeftToMessages(PurposeStatement statement, Observation observation) =>
        _checkedOnMessages.Contains(statement.Id) && observation == Observation.Options;

    private static string NameOf(AddressFamily family) => family == AddressFamily.InterNetwork ? "IPv4 " : string.Empty;
}
