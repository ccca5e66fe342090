using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Conformance.Testing.Roles.Mobility;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Roles.Correspondent;

/// <summary>
/// Packets between mobile nodes and a correspondent node under test (RFC 6275, Section 9.3): it answers echo requests, and its replies go
/// to a care-of address with a type 2 routing header, or to the home address.
/// </summary>
internal sealed class CorrespondentPackets(TestSession session, EmulatedNetwork network, MobileNodePeer peer)
{
    /// <summary>A device without flow rules may use several care-of addresses: some flows show more than one.</summary>
    private const int Flows = 3;

    private const string AtHome = "the home address, without a routing header";

    private readonly Dictionary<int, (MobileNode Node, ushort Identifier)> _flows = [];
    private ushort _lastIdentifier;

    /// <summary>Sends the first packet of a flow, and requires that it is accepted.</summary>
    /// <exception cref="StepFailedException">It is not answered.</exception>
    public void Open(MobileNode node, int flow, CareOf from)
    {
        var identifier = _flows.TryGetValue(flow, out var known) && known.Node == node ? known.Identifier : NextIdentifier();
        _flows[flow] = (node, identifier);
        var probe = CorrespondentProbe.FromCareOf(session, peer, node, from, identifier);
        session.LastStimulus = probe.Sent;
        if (Answer(probe) is null)
        {
            throw new StepFailedException($"the first packet of flow {flow} is not answered: {Nothing}");
        }
    }

    /// <summary>Requires that packets of new flows for a mobile node arrive at these places, and nowhere else.</summary>
    public void ExpectAt(MobileNode node, IReadOnlyList<CareOf> places)
    {
        node.CareOfBindings.RequireLiving(places, session.Bed.Now);
        for (var count = 0; count < Flows; count++)
        {
            ExpectAt(node, NextIdentifier(), places);
        }
    }

    /// <summary>Requires that packets for a mobile node go to its home address, without a routing header.</summary>
    public void ExpectAtHome(MobileNode node) => ExpectAt(node, [CareOf.Home]);

    /// <summary>Requires that the packets of a flow arrive at one of these places, and always there.</summary>
    public void ExpectFlowAt(int flow, IReadOnlyList<CareOf> places)
    {
        var (node, identifier) = _flows.TryGetValue(flow, out var known)
            ? known
            : throw new ScenarioFaultException($"Flow {flow} was not opened.");
        var first = ExpectAt(node, identifier, places);
        for (var count = 1; count < Flows; count++)
        {
            ExpectAt(node, identifier, [first]);
        }
    }

    /// <summary>Requires what the correspondent node does with packets of a mobile node that have a Home Address option.</summary>
    public void ExpectTreated(MobileNode node, CareOf from, CarriedTreatment treatment)
    {
        if (treatment == CarriedTreatment.Accepted)
        {
            node.CareOfBindings.RequireLiving([from], session.Bed.Now);
        }

        var (answer, error, sent) = Treated(node, from, treatment);
        switch (treatment)
        {
            case CarriedTreatment.Accepted:
                RequireAlive(answer, sent);
                Require(
                    answer is not null,
                    $"an answer to the packet from {from}",
                    error is null ? Nothing : "a Binding Error",
                    (answer ?? error)?.Frame ?? sent,
                    Observation.Session,
                    Observation.Forwarding
                );
                break;
            case CarriedTreatment.Dropped:
                RequireAlive(answer ?? error, sent);
                RequireDropped(from, answer, sent);
                break;
            default:
                RequireDropped(from, answer, sent);
                session.Require(
                    Observation.Status,
                    error is not null,
                    $"a Binding Error about the packet from {from}",
                    Nothing,
                    error?.Frame ?? sent
                );
                break;
        }
    }

    /// <summary>True if a packet from a place is answered, false if a Binding Error refuses it, null if nothing comes.</summary>
    public bool? IsAccepted(MobileNode node, CareOf from)
    {
        var (answer, error, _) = Treated(node, from, CarriedTreatment.Accepted);
        return answer is not null ? true
            : error is not null ? false
            : null;
    }

    private string Nothing => session.NothingCame(session.Clock.AnswerWithin);

    private (Packet? Answer, Packet? Error, Frame Sent) Treated(MobileNode node, CareOf from, CarriedTreatment wanted)
    {
        for (var attempt = 1; ; attempt++)
        {
            var probe = CorrespondentProbe.FromCareOf(session, peer, node, from, NextIdentifier());
            session.LastStimulus = probe.Sent;
            Packet? answer = null;
            Packet? error = null;
            session.Tester.TryExpect(
                packet =>
                {
                    answer = probe.IsAnsweredIn(packet) ? packet : null;
                    error = probe.IsRefusedIn(packet) ? packet : null;
                    return answer ?? error;
                },
                probe.Sent.At + session.Clock.AnswerWithin,
                probe.Sent,
                out _
            );
            if (
                answer is not null
                || error is not null
                || wanted != CarriedTreatment.AnsweredByBindingError
                || attempt == BindingErrors.Attempts
            )
            {
                return (answer, error, probe.Sent);
            }

            session.Tester.WaitUntil(session.Bed.Now + BindingErrors.BetweenAttempts);
        }
    }

    private void RequireDropped(CareOf from, Packet? answer, Frame sent)
    {
        var expected = $"no answer to the packet from {from}";
        var actual = answer is null ? "none came" : "it is answered";
        Require(answer is null, expected, actual, answer?.Frame ?? sent, Observation.Silence, Observation.Session, Observation.Forwarding);
    }

    /// <summary>Records an observation of several kinds.</summary>
    private void Require(bool ok, string expected, string actual, Frame frame, params ReadOnlySpan<Observation> kinds)
    {
        foreach (var kind in kinds[..^1])
        {
            session.Judge(kind, ok, expected, actual, frame);
        }

        session.Require(kinds[^1], ok, expected, actual, frame);
    }

    private CareOf ExpectAt(MobileNode node, ushort identifier, IReadOnlyList<CareOf> places)
    {
        var probe = CorrespondentProbe.FromHome(session, peer, node, identifier);
        session.LastStimulus = probe.Sent;
        var answer = Answer(probe);
        RequireAlive(answer, probe.Sent);
        var expected =
            $"a packet to {string.Join(" or ", places.Select(place => place.IsHome ? AtHome : $"{place}, by a routing header"))}";
        if (answer is null)
        {
            Require(ok: false, expected, Nothing, probe.Sent, Observation.Session, Observation.Forwarding);
        }

        var ip = answer!.Ip!;
        var place =
            ip.RoutedTo is null && ip.Destination.Equals(probe.Sender)
                ? CareOf.Home
                : CareOf.All.FirstOrDefault(known =>
                    !known.IsHome && ip.RoutedTo is not null && node.AddressAt(known).Equals(ip.Destination)
                );
        var actual =
            place is null ? $"it came to {ip.Destination}"
            : place.IsHome ? $"it came to {AtHome}"
            : $"it came to {place}, by a routing header";
        var isThere = place is not null && places.Contains(place);

        // Route optimization is recommended alone (RFC 6275, Section 9.3.2): at the home address a packet says nothing of bindings.
        if (!isThere && place is { IsHome: true })
        {
            session.Require(Observation.Source, ok: false, expected, actual, answer.Frame);
        }

        Require(isThere, expected, actual, answer.Frame, Observation.Source, Observation.Session, Observation.Forwarding);
        return place!;
    }

    /// <summary>That nothing comes says something of a device only if it answers other packets of the kind.</summary>
    /// <exception cref="StepFailedException">It does not.</exception>
    private void RequireAlive(Packet? answer, Frame sent)
    {
        if (answer is not null)
        {
            return;
        }

        var router = network.Named(session.First(NodeRole.Router), Ports.Core);
        var probe = CorrespondentProbe.FromOther(session, network, router, peer.Tested, NextIdentifier());
        if (Answer(probe) is null)
        {
            throw new StepFailedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"packet {sent.Number} is not answered, nor is an echo request of another node: nothing can be said of mobile nodes"
                )
            );
        }
    }

    private Packet? Answer(CorrespondentProbe probe) =>
        session.Tester.TryExpect(
            packet => probe.IsAnsweredIn(packet) ? packet : null,
            probe.Sent.At + session.Clock.AnswerWithin,
            probe.Sent,
            out var answer
        )
            ? answer
            : null;

    private ushort NextIdentifier() =>
        _lastIdentifier = _lastIdentifier == 0 ? (ushort)session.Random.Next(1, ushort.MaxValue / 2) : (ushort)(_lastIdentifier + 1);
}
