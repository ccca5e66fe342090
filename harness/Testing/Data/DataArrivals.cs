using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Data;

/// <summary>Where the last data packet of the tester leaves the implementation under test, or what it reports instead.</summary>
internal sealed class DataArrivals(TestSession session)
{
    private DataProbe? _probe;

    /// <summary>True if no step has looked for the last packet yet.</summary>
    public bool IsAwaiting => _probe is { IsAwaited: true };

    /// <exception cref="ScenarioFaultException">No packet was sent yet.</exception>
    public DataProbe Last => _probe ?? throw new ScenarioFaultException("No packet was sent yet.");

    /// <exception cref="ScenarioFaultException">No step has found the last packet.</exception>
    public Packet Forwarded => _probe?.Forwarded ?? throw new ScenarioFaultException("No packet was forwarded yet.");

    /// <summary>The frame with the last packet.</summary>
    /// <exception cref="ScenarioFaultException">No packet was sent yet.</exception>
    public Frame Stimulus => session.LastStimulus ?? throw new ScenarioFaultException("No packet was sent yet.");

    public void Await(DataProbe probe) => _probe = probe;

    /// <summary>Requires the last packet at an exit, in its form.</summary>
    /// <param name="addition">What is added to the words about the exit.</param>
    /// <param name="onlyThere">True if the packet must not come a second time, wherever it may be.</param>
    public void ExpectAt(DataExit exit, string addition, bool onlyThere)
    {
        var expected = exit.Expected + addition;
        var packet = Expect(exit.Port, expected);
        var (ok, actual) = exit.Judge(packet);
        session.Require(Observation.Forwarding, ok, expected, actual, packet.Frame, exit is DataExit.Tunnel ? packet.IpOffset : null);
        if (onlyThere)
        {
            ExpectNoOther(packet, expected);
        }
    }

    /// <summary>Requires that the last packet does not come at an exit in its form.</summary>
    public void ExpectNotAt(DataExit exit, string expected)
    {
        var probe = Take();
        Func<Packet, bool> isThere = exit is DataExit.Tunnel tunnel ? tunnel.IsToEnd : packet => exit.Judge(packet).Ok;
        ExpectNone(
            Observation.Forwarding,
            packet => Whole(packet) is var whole && probe.IsIn(whole) && whole.Frame.Port == exit.Port && isThere(whole),
            expected
        );
    }

    /// <summary>Requires that the node under test answers the last packet, an echo request to itself.</summary>
    public void ExpectAnswer()
    {
        var probe = Take();
        session.Tester.TryExpect(
            packet => probe.IsAnsweredIn(packet) ? packet : null,
            Stimulus.At + session.Clock.AnswerWithin,
            Stimulus,
            out var found
        );
        session.Require(
            Observation.Forwarding,
            found is not null,
            "an echo reply",
            found is null ? session.NothingCame(session.Clock.AnswerWithin) : "it came",
            found?.Frame ?? Stimulus
        );
    }

    public void ExpectNowhere()
    {
        var probe = Take();
        ExpectNone(
            Observation.Forwarding,
            packet => probe.IsIn(Whole(packet)) || probe.IsOnItsWay(packet) || probe.IsAnsweredIn(packet),
            "the packet not forwarded"
        );
    }

    /// <summary>
    /// Requires that the implementation sends no packet of more octets on the core link. A packet counts also if a step before has found
    /// it.
    /// </summary>
    public void ExpectNoneAbove(uint octets)
    {
        Take();
        var until = Stimulus.At + session.Clock.Guard;
        session.Tester.WaitUntil(until);
        var found = session
            .Bed.Frames.Skip(Stimulus.Number)
            .Where(frame => frame.Direction == Direction.Received && frame.Port == Ports.Core)
            .Where(frame => frame.At > Stimulus.At && frame.At <= until)
            .Select(Packet.Of)
            .FirstOrDefault(packet => packet.Frame.Bytes.Length - packet.IpOffset > octets);
        session.Require(
            Observation.Forwarding,
            found is null,
            string.Create(CultureInfo.InvariantCulture, $"no packet of more than {octets} octets on {Ports.Core}"),
            found is null ? "none came" : $"{found.Icmp?.Message ?? "it"} came on {found.Frame.Port}",
            found?.Frame ?? Stimulus
        );
    }

    /// <summary>Requires the last packet on a port, in whatever form.</summary>
    public Packet Expect(PortId port, string expected)
    {
        var probe = Take();
        var came = session.Tester.TryExpect(
            packet => Whole(packet) is var whole && probe.IsIn(whole) ? whole : null,
            Stimulus.At + session.Clock.AnswerWithin,
            Stimulus,
            out var found
        );
        session.Require(
            Observation.Forwarding,
            came && found!.Frame.Port == port,
            expected,
            came ? $"it came on {found!.Frame.Port}" : session.NothingCame(session.Clock.AnswerWithin),
            found?.Frame ?? Stimulus
        );
        probe.Forwarded = found;
        return found!;
    }

    /// <summary>Waits for the last packet at its exit, or for Packet Too Big about it.</summary>
    /// <returns>The reported MTU, which is less than the size of the packet; null if the packet has come.</returns>
    /// <exception cref="StepFailedException">Neither came.</exception>
    public uint? TooBigFor(PortId port)
    {
        var probe = Take();
        session.Tester.TryExpect(
            packet => Whole(packet) is var whole && ((probe.IsIn(whole) && whole.Frame.Port == port) || IsTooBig(whole)) ? whole : null,
            Stimulus.At + session.Clock.AnswerWithin,
            Stimulus,
            out var found
        );
        return found is null
                ? throw new StepFailedException(
                    $"of {probe.Packet.ToBytes().Length} octets to {probe.Packet.Destination}, "
                        + session.NothingCame(session.Clock.AnswerWithin)
                )
            : probe.IsIn(found) ? null
            : found.AnyIcmp!.Mtu;

        bool IsTooBig(Packet packet) =>
            packet.AnyIcmp is { IsError: true, Mtu: { } stated } report
            && stated >= session.PathMtu.TunnelRange(report is Icmpv4Layer).Least
            && stated < probe.Packet.Length
            && probe.IsQuotedIn(report);
    }

    /// <summary>
    /// Waits for Packet Too Big of the least MTU about the last packet: with it, the implementation says that its tunnel has that MTU.
    /// </summary>
    public bool IsTooBigForLeast()
    {
        var isReported = session.Tester.TryExpect(
            packet => packet.Icmp is { Type: Icmpv6Layer.PacketTooBig, Mtu: PathMtu.Least } icmp && Last.IsQuotedIn(icmp) ? packet : null,
            Stimulus.At + session.Clock.AnswerWithin,
            Stimulus,
            out var report
        );
        if (isReported)
        {
            Take();
            var expected = string.Create(CultureInfo.InvariantCulture, $"the packet in the tunnel, or Packet Too Big of {PathMtu.Least}");
            session.Judge(Observation.Forwarding, ok: true, expected, "it was reported so", report!.Frame);
        }

        return isReported;
    }

    /// <summary>Requires that the last packet does not come a second time.</summary>
    public void ExpectNoOther(Packet first, string expected)
    {
        // A network may duplicate a packet; a duplicate is not a second destination.
        var again = session.Tester.TryFindForbidden(
            packet => Whole(packet) is var whole && Last.IsIn(whole) && !IsCopy(whole, first) ? whole : null,
            Stimulus.At + session.Clock.Guard,
            first.Frame,
            out var second
        );
        session.Require(
            Observation.Forwarding,
            !again,
            expected,
            again ? $"it came again on {second!.Frame.Port}, to {second.Ip!.Destination}" : "it came once",
            (second ?? first).Frame
        );
    }

    /// <summary>The packet, put together if a tunnel has carried it in fragments and this is the last of them.</summary>
    private Packet Whole(Packet packet) => Reassembly.Whole(packet, session.Bed.Frames);

    /// <summary>The last packet, for which a step looks now.</summary>
    public DataProbe Take()
    {
        var probe = Last;
        probe.IsAwaited = false;
        return probe;
    }

    public void ExpectNone(Observation observation, Func<Packet, bool> isForbidden, string expected)
    {
        var came = session.Tester.TryFindForbidden(
            packet => isForbidden(packet) ? packet : null,
            Stimulus.At + session.Clock.Guard,
            Stimulus,
            out var found
        );
        session.Require(
            observation,
            !came,
            expected,
            came ? $"{found!.AnyIcmp?.Message ?? "it"} came on {found.Frame.Port}" : "none came",
            found?.Frame ?? Stimulus
        );
    }

    private bool IsCopy(Packet packet, Packet first)
    {
        if (!packet.Frame.IsCopyOf(first.Frame))
        {
            return false;
        }

        session.Remark("an identical forwarded packet came again; it counts as duplicated by the network");
        return true;
    }
}
