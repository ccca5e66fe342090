using System.Globalization;
using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Statements;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Session;

/// <summary>A statement that is a scenario's purpose.</summary>
/// <param name="IsRecommendation">True for SHOULD and SHOULD NOT: not following it is a remark, a failure only under strict.</param>
/// <param name="Observed">What decides it.</param>
public sealed record PurposeStatement(StatementId Id, bool IsRecommendation, IReadOnlyList<Observation> Observed);

/// <summary>What a session needs to know of the scenario it serves.</summary>
/// <param name="Kind">BV, BI, BO or TI.</param>
public sealed record ScenarioFacts(string Id, string Role, string Kind, IReadOnlyList<PurposeStatement> Purpose);

/// <summary>Whether a failing step says something of the purpose or only that it was not reached.</summary>
public enum Phase
{
    Preamble,
    Body,
    Postamble,
}

/// <summary>
/// One scenario on one bed: the tester, the bound mobile nodes, the findings. Drivers share it; it is the one
/// place where an observation becomes a finding.
/// </summary>
public sealed class TestSession
{
    private readonly Dictionary<string, MobileNode> _mobileNodes = new(StringComparer.Ordinal);
    private readonly List<string> _remarks = [];
    private readonly HashSet<StatementId> _checkedOnMessages = [];
    private Frame? _lastStimulus;

    public TestSession(ScenarioFacts scenario, TracedBed bed)
    {
        Scenario = scenario;
        Bed = bed;
        Tester = new LowerTester(bed, TimeSpan.FromSeconds(bed.Facts.Ixit.BudgetSeconds), Remark);
        Random = new Random(Seeds.For(bed.Facts.Seed, scenario.Id));
        Started = bed.Now;
    }

    public ScenarioFacts Scenario { get; }

    public TracedBed Bed { get; }

    public LowerTester Tester { get; }

    public Ixit Ixit => Bed.Facts.Ixit;

    public FindingLog Findings { get; } = new();

    /// <summary>Every choice the tester makes comes from here, so that a seed reproduces it.</summary>
    public Random Random { get; }

    public DateTimeOffset Started { get; }

    /// <summary>How far a time that the implementation states may be from the tester's idea of its clock.</summary>
    public TimeSpan ClockTolerance => ClockAllowance + Bed.Facts.Tolerance + ClockUncertainty;

    /// <summary>What the tester does not know of the clock of the implementation under test.</summary>
    public TimeSpan ClockUncertainty => Bed.Facts.DeviceClock?.Uncertainty ?? TimeSpan.Zero;

    public Phase Phase { get; set; } = Phase.Preamble;

    public IReadOnlyList<string> Remarks => _remarks;

    public IReadOnlyCollection<MobileNode> MobileNodes => _mobileNodes.Values;

    /// <summary>The stimulus that time is counted from, and after which answers count.</summary>
    /// <exception cref="TesterLateException">It was sent, and not by the time it had to be.</exception>
    public Frame? LastStimulus
    {
        get => _lastStimulus;
        set
        {
            _lastStimulus = value;
            if (value is { Direction: Direction.Sent } && NextStimulusAt is { } intended)
            {
                NextStimulusAt = null;
                RequirePunctual(value, intended, Margin / 2);
            }
        }
    }

    /// <summary>When the next stimulus has to be sent, give or take half a margin, because of a time limit that it must be on one side of; null if there is no hurry.</summary>
    public DateTimeOffset? NextStimulusAt { get; set; }

    /// <summary>The last answer to a stimulus.</summary>
    public Frame? LastAnswer { get; set; }

    /// <summary>What the tester keeps between a time limit and itself when a scenario says "just under" or "just over".</summary>
    public TimeSpan Margin => Bed.Facts.Tolerance > MinimumMargin ? Bed.Facts.Tolerance : MinimumMargin;

    public TimeSpan AnswerWithin => TimeSpan.FromMilliseconds(Ixit.AnswerWithinMilliseconds);

    public TimeSpan Guard => TimeSpan.FromMilliseconds(Ixit.GuardMilliseconds);

    /// <summary>Negotiation of a physical link takes some seconds.</summary>
    private static TimeSpan CarrierPatience => TimeSpan.FromSeconds(10);

    private static TimeSpan MinimumMargin => TimeSpan.FromMilliseconds(2);

    public MobileNode MobileNode(string name)
    {
        if (!_mobileNodes.TryGetValue(name, out var node))
        {
            node = new MobileNode(name);
            _mobileNodes.Add(name, node);
        }

        return node;
    }

    /// <summary>Gives a mobile node an identity the implementation under test holds no state of, if it has none yet.</summary>
    public void Bind(MobileNode node)
    {
        if (node.IsBound)
        {
            return;
        }

        int number;
        while (!Bed.TryTakeIdentity(out number, out var usableFrom))
        {
            if (usableFrom == DateTimeOffset.MaxValue)
            {
                throw new ScenarioFaultException(
                    $"The bed has no identity left for {node.Name}: the IXIT's pool is smaller than the scenario."
                );
            }

            Tester.WaitUntil(usableFrom);
        }

        Bind(node, IdentityOf(number, node.Kind));
    }

    /// <summary>Binds a mobile node to the identity that an access link has by itself.</summary>
    public void BindToPort(MobileNode node, PortId port)
    {
        if (!node.IsBound)
        {
            var number = Random.Next(0xf000, 0xffff);
            Bind(node, IdentityOf(number, node.Kind) with { Number = 0, Identifier = Ixit.PortIdentities[port.Name] });
        }
    }

    /// <summary>
    /// Records an observation as findings about the purpose statements that observations of these kinds decide. In a preamble it
    /// records nothing: there, only the full check of every message speaks.
    /// </summary>
    /// <returns>True if it decided a statement.</returns>
    public bool Judge(IReadOnlyList<Observation> observations, bool ok, string expected, string actual, Frame? frame, int? octet = null)
    {
        if (Phase != Phase.Body)
        {
            return false;
        }

        var decided = Scenario
            .Purpose.Where(statement => statement.Observed.Any(observations.Contains) && !IsLeftToMessages(statement, observations))
            .ToList();
        foreach (var statement in decided)
        {
            Findings.Add(new Finding(statement.Id, ok, expected, actual, frame?.Number, octet));
        }

        return decided.Count > 0;
    }

    /// <summary>Records an observation, and ends the step if it is not the expected one.</summary>
    /// <exception cref="StepFailedException"><paramref name="ok"/> is false.</exception>
    public void Require(IReadOnlyList<Observation> observations, bool ok, string expected, string actual, Frame? frame, int? octet = null)
    {
        var decided = Judge(observations, ok, expected, actual, frame, octet);
        if (!ok)
        {
            throw new StepFailedException($"expected {expected}; {actual}", decided);
        }
    }

    /// <summary>Records what the full check of a message says of one statement, whatever the scenario's purpose.</summary>
    public void Find(string statement, bool ok, string expected, string actual, Frame? frame, int? octet = null)
    {
        var id = new StatementId(statement);
        _checkedOnMessages.Add(id);
        Findings.Add(new Finding(id, ok, expected, actual, frame?.Number, octet));
    }

    public void Remark(string text)
    {
        if (!_remarks.Contains(text))
        {
            _remarks.Add(text);
        }
    }

    /// <summary>How far the clocks of a domain may differ: the TimestampValidityWindow that RFC 5213, Section 9.1, gives by default.</summary>
    public static TimeSpan ClockAllowance => TimeSpan.FromMilliseconds(300);

    /// <summary>What the clock of the implementation under test shows at a time of the bed's clock.</summary>
    public DateTimeOffset OnDevice(DateTimeOffset time) => time + (Bed.Facts.DeviceClock?.Offset ?? TimeSpan.Zero);

    /// <summary>The address of a node that the IXIT names.</summary>
    /// <exception cref="ScenarioFaultException">It names no such node.</exception>
    public IPAddress AddressOf(string name) =>
        Ixit.Addresses.TryGetValue(name, out var text)
            ? IPAddress.Parse(text)
            : throw new ScenarioFaultException($"The IXIT gives no address of {name}.");

    /// <summary>A prefix the anchor owns and assigns to nobody.</summary>
    public Ipv6Prefix UnassignedPrefix =>
        Ixit.UnassignedPrefix is { } named ? Ipv6Prefix.Parse(named) : LastButOne(Ipv6Prefix.Parse(Ixit.OwnedPrefix));

    public bool Claims(string item) => Bed.Facts.Claims.Contains(item);

    /// <summary>Makes sure that a message left when it was to: sent later, it is another stimulus, and the right answer another one.</summary>
    /// <param name="intended">The time its content says, or that it had to leave by.</param>
    /// <exception cref="TesterLateException">It left later than is allowed.</exception>
    public static void RequirePunctual(Frame frame, DateTimeOffset intended, TimeSpan allowance)
    {
        var late = frame.At - intended;
        if (late > allowance)
        {
            throw new TesterLateException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the tester sent packet {frame.Number} {late.TotalMilliseconds:0} ms late, and no more than {allowance.TotalMilliseconds:0} ms can be told from a fault of the device: this machine is too busy"
                )
            );
        }
    }

    /// <summary>What to say when an answer did not come: that nothing came, or that the implementation died.</summary>
    public string NothingCame(TimeSpan within) =>
        Bed.Health == IutHealth.Crashed
            ? Death
            : string.Create(CultureInfo.InvariantCulture, $"nothing came within {within.TotalSeconds:0.###} s");

    /// <summary>That the implementation under test died, and of what, if the bed knows.</summary>
    public string Death => Bed.Crash is { } crash ? $"the implementation under test died: {crash}" : "the implementation under test died";

    /// <summary>Plugs the cable of a port in or out, and waits until that is so.</summary>
    /// <exception cref="StepFailedException">The link does not come up.</exception>
    public void SetCarrier(PortId port, bool up)
    {
        var pending = Bed.SetCarrier(port, up);
        var result = Tester.Await(pending, Bed.Now + CarrierPatience)
            ? pending.Result
            : $"failed: the link is not {(up ? "up" : "down")} after {CarrierPatience.TotalSeconds} s";
        Bed.NoteCarrier(port, up, result);
        if (result.StartsWith("failed:", StringComparison.Ordinal))
        {
            throw new StepFailedException($"{port}: {result}");
        }
    }

    /// <summary>
    /// A statement about the fields of messages is left to the check of every message, so that a step about one field does not
    /// redden the clause of another. An observation of a kind of its own that the statement names looks harder than the
    /// check, and counts.
    /// </summary>
    private bool IsLeftToMessages(PurposeStatement statement, IReadOnlyList<Observation> observations) =>
        _checkedOnMessages.Contains(statement.Id)
        && !statement.Observed.Any(observed => observed != Observation.Options && observations.Contains(observed));

    private static Ipv6Prefix LastButOne(Ipv6Prefix owned)
    {
        const int Length = 64;
        const int Shown = 16;
        var last = (1UL << Math.Min(Shown, Length - owned.Length)) - 1;
        return owned.Subnet(Length, last > 0 ? last - 1 : 0);
    }

    private void Bind(MobileNode node, Identity identity)
    {
        node.Bind(identity);
        Bed.NoteMobileNode(node.Name, identity.LinkLayer, identity.Identifier);
    }

    private Identity IdentityOf(int number, string kind)
    {
        var octets = string.Create(CultureInfo.InvariantCulture, $"{number >> 8:x2}:{number & 0xff:x2}");
        var linkLayer = MacAddress.Parse(Ixit.LinkLayerPattern.Replace("{n}", octets, StringComparison.Ordinal));
        var hex = linkLayer.ToString().Replace(":", string.Empty, StringComparison.Ordinal);
        return new Identity(
            number,
            Ixit.IdentifierPattern.Replace("{mac}", hex, StringComparison.Ordinal).Replace("{kind}", kind, StringComparison.Ordinal),
            linkLayer
        );
    }
}
