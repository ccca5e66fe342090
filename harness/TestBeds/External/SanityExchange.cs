using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Domains;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Peers;
using Conformance.Testing.Roles;
using Conformance.Testing.Roles.Lma;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.TestBeds.External;

/// <summary>
/// Exchanges with the device outside of scenarios: whether it is reachable, whether it does its work, and what its clock shows. They
/// use the drivers of scenarios, whose findings are not reported here.
/// </summary>
public sealed class SanityExchange
{
    private const int Looks = 3;

    private static readonly string[] _pair = ["MN-one", "MN-other"];

    private readonly ITestBed _bed;
    private readonly NodeRole _role;
    private readonly TestSession _session;
    private readonly EmulatedNetwork _network;
    private readonly IRoleUnderTest _tested;

    public SanityExchange(ITestBed bed, NodeRole role)
    {
        (_bed, _role) = (bed, role);
        _session = new TestSession(new ScenarioFacts("sanity exchange", role.Abbreviation(), ScenarioKind.BV, []), new TracedBed(bed));
        _network = new EmulatedNetwork(_session);
        _tested = RoleCatalogue.Create(_session.Scenario.Role, _session, _network).Role;
        _tested.Prepare();
    }

    private LmaUnderTest Lma => (LmaUnderTest)_tested;

    /// <summary>Resolves the device's link-layer address on a port, as its neighbours on the link do.</summary>
    /// <param name="answer">The address, or why it could not be resolved.</param>
    public bool TryNeighbor(PortId port, out string answer)
    {
        var domain = _session.Ixit.Domain;
        var asked = domain.Tested!;
        try
        {
            var asking = domain.Nodes.First(node => node.Role != _role && node.On(port) is not null);
            var address = asked.AddressOn(port)!;
            answer = $"{asked.Name}, {address}, is at {_network.Resolve(_network.Named(asking.Name, port), address)}";
            return true;
        }
        catch (StepFailedException e)
        {
            answer = $"{asked.Name} does not answer: {e.Message}";
            return false;
        }
    }

    /// <summary>
    /// Makes the device work for a mobile node: an LMA, a home agent and a correspondent node accept a registration, a MAG registers a node
    /// that attaches, a mobile node registers when a link comes up. Whether it ends the session is said, but scenarios judge it.
    /// </summary>
    /// <param name="answer">The work done, or the reason of the failure.</param>
    public bool TryWork(out string answer)
    {
        try
        {
            var node = _session.Nodes.Named("MN-sanity");
            node.IsOfBookend = true;
            if (_tested.Serve(node) is { Problem: { } problem })
            {
                answer =
                    _role == NodeRole.Mag && Identified() is { } other ? $"{problem} for {node.Identity.Identifier}, {other}" : problem;
                return false;
            }

            if (_role == NodeRole.Mn)
            {
                _tested.Release(node);
                answer = $"on {_session.Ixit.Domain.Links[0].Port} it registers with its home agent";
                return true;
            }

            var (began, ended) =
                _role != NodeRole.Mag
                    ? ("a registration", "a de-registration")
                    : (
                        $"on {_session.Ixit.Domain.Bookends} a mobile node is registered when it attaches",
                        "de-registered when it detaches"
                    );
            var verb = _role != NodeRole.Mag ? " is accepted" : string.Empty;
            answer = _tested.Release(node) switch
            {
                null => $"{began}{verb}",
                { Problem: { } unended } => $"{began}{verb}, but not {ended}: {unended}",
                _ when _role != NodeRole.Mag => $"{began} and {ended} are accepted",
                _ => $"{began} and {ended}",
            };
            return true;
        }
        catch (StepFailedException e)
        {
            answer = e.Message;
            return false;
        }
        finally
        {
            GiveBack();
        }
    }

    /// <summary>Serves two mobile nodes and compares what they are given, as the device must not take one for the other.</summary>
    /// <param name="answer">How they differ, or what shows that they do not.</param>
    /// <returns>
    /// Null if it cannot be told, because the device serves no node, keeps no sessions to compare, or is the only mobile node.
    /// </returns>
    public bool? TryTellApart(out string answer)
    {
        if (_role == NodeRole.Mn)
        {
            answer = string.Empty;
            return null;
        }

        var nodes = _pair.Select(_session.Nodes.Named).ToList();
        try
        {
            foreach (var node in nodes)
            {
                node.IsOfBookend = true;
                if (_tested.Serve(node) is { Problem: { } problem })
                {
                    answer =
                        $"{node.Identity.Identifier} is not served: {problem}{(Identified() is { } other ? $"; {other}" : string.Empty)}";
                    return node == nodes[0] || _role != NodeRole.Mag ? null : false;
                }

                if (_role == NodeRole.Mag)
                {
                    _tested.Release(node);
                }
            }

            var (one, two) = (nodes[0], nodes[1]);
            if (_role == NodeRole.Mag)
            {
                answer = $"{one.Identity.Identifier} and {two.Identity.Identifier} are registered by their own identifiers";
                return true;
            }

            var prefixes = nodes.ConvertAll(node => string.Join(", ", node.Session.Prefixes));
            var isOne = one.Session.Prefixes.Any(prefix => two.Session.Prefixes.Contains(prefix));
            answer =
                $"{one.Identity.Identifier} has {prefixes[0]}, {two.Identity.Identifier} has {prefixes[1]}"
                + (isOne ? ": the device takes them for one mobile node; see 'identities' in the profile" : string.Empty);
            return _session.Ixit.HasSparePrefixes && prefixes.TrueForAll(text => text.Length > 0) ? !isOne : null;
        }
        catch (StepFailedException e)
        {
            answer = e.Message;
            return null;
        }
        finally
        {
            GiveBack();
        }
    }

    /// <summary>The identifier in the last update of a MAG; null if it sent none.</summary>
    private string? Identified() =>
        _session
            .Bed.Frames.Where(frame => frame.Direction == Direction.Received)
            .Select(frame => Packet.Of(frame))
            .LastOrDefault(packet => packet.IsMobility(MobilityOctets.BindingUpdateType, out _))
            ?.Mobility!.First(MobileNodeIdentifierKind.Type)
            is { } option
            ? $"but an update for {PrintableText.Of(option.Identifier)}"
            : null;

    /// <summary>
    /// Reads the clock of an LMA, which answers a Timestamp far from its own time with status 156 and its own time (RFC 5213,
    /// Section 5.5). The most precise of several readings is used.
    /// </summary>
    /// <param name="problem">Why the clock cannot be read; null on success.</param>
    /// <returns>The reading; null if the clock cannot be read.</returns>
    public ClockReading? ReadClock(out string? problem)
    {
        const string LongAgo = "Timestamp = now - 10000000 s";
        try
        {
            var readings = new List<ClockReading>();
            var node = _session.Nodes.Named("MN-clock");
            for (var look = 0; look < Looks; look++)
            {
                Lma.Requests.Register(_session.First(NodeRole.Mag), node, EditList.Parse(LongAgo));
                var asked = Lma.Requests.Last;
                var (_, text, frame) = Lma.Answers.ReadOutcome();
                if (
                    frame is null
                    || Packet.Of(frame).Mobility is not { Status: Answer.TimestampMismatch } message
                    || message.First(TimestampKind.Type) is not { Length: 8 } stated
                )
                {
                    problem =
                        "the device must answer a Timestamp 115 days in the past with status 156 TIMESTAMP_MISMATCH and its own time; "
                        + text;
                    return null;
                }

                readings.Add(ClockReading.Of(asked.Frame.At, frame.At, TimestampOctets.ToTime(stated.Timestamp)));
            }

            problem = null;
            var best = readings.MinBy(reading => reading.Uncertainty)!;
            return best.Uncertainty + _session.Clock.Margin < _session.Ixit.Timer("TimestampValidityWindow") ? best : Narrowed(best, node);
        }
        catch (StepFailedException e)
        {
            problem = e.Message;
            return null;
        }
        finally
        {
            GiveBack();
        }
    }

    /// <summary>
    /// A slow device may have read its clock when the request came, or just before the answer left. The timestamp with which it
    /// accepts a registration shows which.
    /// </summary>
    private ClockReading Narrowed(ClockReading reading, MobileNode node)
    {
        var window = _session.Ixit.Timer("TimestampValidityWindow");
        foreach (var offset in (TimeSpan[])[reading.Offset + reading.Uncertainty, reading.Offset - reading.Uncertainty, reading.Offset])
        {
            var aside = Math.Round(offset.TotalMilliseconds);
            var time =
                aside == 0 ? "now" : string.Create(CultureInfo.InvariantCulture, $"now {(aside < 0 ? '-' : '+')} {Math.Abs(aside):0} ms");
            Lma.Requests.Register(_session.First(NodeRole.Mag), node, EditList.Parse($"Timestamp = {time} and Lifetime = 4 s"));
            Lma.Answers.ReadOutcome();
            if (node.Binding.IsRegistered)
            {
                return reading with { Offset = offset, Uncertainty = window };
            }
        }

        // No candidate was accepted: the reading is less certain by the window.
        return reading with
        {
            Uncertainty = reading.Uncertainty + window,
        };
    }

    /// <summary>Waits, while the emulated nodes continue to answer.</summary>
    public void WaitUntil(DateTimeOffset until) => _session.Tester.WaitUntil(until);

    /// <summary>Offset and uncertainty of a clock as text.</summary>
    public static string Text(ClockReading reading) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(reading.Offset < TimeSpan.Zero ? "-" : "+")}{reading.Offset.Duration():d\\.hh\\:mm\\:ss\\.fff} against this machine's, "
                + $"within {reading.Uncertainty.TotalMilliseconds:0.00} ms"
        );

    private void GiveBack()
    {
        try
        {
            _tested.CleanUp();
            foreach (var node in _session.Nodes.All.Where(node => node.IsOfBookend))
            {
                _tested.Release(node);
            }
        }
        catch (StepFailedException)
        {
            // The identities are not used again before their sessions must have ended.
        }

        _session.AwaitNext();
        foreach (var node in _session.Nodes.All.Where(node => node.IsBound && node.Identity.Number > 0))
        {
            var deleted =
                _bed.Now
                + _session.Ixit.Timer(ProfileKeys.IsMobility(_role) ? "MAX_DELETE_BCE_TIMEOUT" : "MinDelayBeforeBCEDelete")
                + _session.Clock.Guard;
            _bed.ReturnIdentity(node.Identity.Number, node.LeftoverUntil > deleted ? node.LeftoverUntil : deleted);
        }
    }
}
