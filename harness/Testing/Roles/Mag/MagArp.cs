using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Drivers;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mag;

/// <summary>Address resolution by a mobile node on an access link of a MAG under test (RFC 5844, Sections 3.2.3.2 and 3.2.4).</summary>
public sealed class MagArp(TestSession session, EmulatedNetwork network)
{
    private const string OwnAddress = "its own address";
    private const string OtherHost = "another host of its home network";

    private (MobileNode Node, IPAddress Target, Frame Frame)? _asked;

    /// <summary>The sender of the answer before the last one, with its link; null before the second answer.</summary>
    private (PortId Link, MacAddress LinkLayer)? _before;

    /// <summary>The mobile node asks for the link-layer address of another node; for its own address, it probes (RFC 5227).</summary>
    public void Ask(MobileNode node, string target)
    {
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        var isProbe = target == OwnAddress;
        var address = target switch
        {
            OwnAddress => Ipv4Words.Assigned(node, session).Address,
            OtherHost => Other(Ipv4Words.Assigned(node, session)),
            _ => Ipv4Words.Read(target, node, session),
        };
        var source = isProbe ? IPAddress.Any : Ipv4Words.Assigned(node, session).Address;
        var from = new EmulatedNode(node.Name, port, source, node.Identity.LinkLayer);
        if (!isProbe)
        {
            network.Add(from);
        }

        _asked = (node, address, ArpPeer.Ask(session.Tester, from, address));
        session.LastStimulus = _asked.Value.Frame;
    }

    /// <summary>Requires an answer to the last question, with these fields.</summary>
    /// <exception cref="StepFailedException">None came, or a field is not as expected.</exception>
    public void Expect(MobileNode node, IReadOnlyCollection<(string Field, string Expected)> rows)
    {
        var (target, frame) = Last(node);
        var came = session.Tester.TryExpect(
            packet => IsAnswer(node, target, packet) ? packet : null,
            frame.At + session.Clock.AnswerWithin,
            frame,
            out var found
        );
        session.Require(
            Observation.Status,
            came,
            $"an ARP Reply to {node.Name} for {target}",
            came ? "it came" : session.NothingCame(session.Clock.AnswerWithin),
            found?.Frame ?? frame
        );
        FieldTable.Require(session, rows.Select(row => Judge(found!, row.Field, row.Expected)), found!.Frame);
        _before = (found.Frame.Port, found.Arp!.SenderHardwareAddress);
    }

    public void ExpectNone(MobileNode node)
    {
        var (target, frame) = Last(node);
        var came = session.Tester.TryFindForbidden(
            packet => IsAnswer(node, target, packet) ? packet : null,
            frame.At + session.Clock.Guard,
            frame,
            out var found
        );
        session.Require(
            Observation.Silence,
            !came,
            $"no ARP Reply to {node.Name} for {target}",
            came ? $"one came, of {found!.Arp!.SenderHardwareAddress}" : "none came",
            found?.Frame ?? frame
        );
    }

    private FieldJudgement Judge(Packet packet, string field, string expected)
    {
        var answer = packet.Arp!;
        var (observation, ok, actual) = (field, expected) switch
        {
            ("link-layer address", "that of the MAG") => (
                Observation.Options,
                answer.SenderHardwareAddress == packet.Ethernet!.Source,
                $"{answer.SenderHardwareAddress} from {packet.Ethernet.Source}"
            ),
            ("link-layer address", "as on the link before") => (
                Observation.Advertisement,
                answer.SenderHardwareAddress == Before(packet),
                $"{answer.SenderHardwareAddress} after {Before(packet)}"
            ),
            _ => throw new ScenarioFaultException(
                $"'{field}' with '{expected}' is not an expectation for an ARP Reply: say link-layer address that of the MAG, "
                    + "or as on the link before."
            ),
        };
        return new FieldJudgement(observation, ok, $"{field} {expected}", $"{field} {actual}", answer.Offset);
    }

    private MacAddress Before(Packet packet) =>
        _before is { } before && before.Link != packet.Frame.Port
            ? before.LinkLayer
            : throw new StepFailedException("no ARP Reply on another link has shown the address there");

    private (IPAddress Target, Frame Frame) Last(MobileNode node) =>
        _asked is { } asked && asked.Node == node
            ? (asked.Target, asked.Frame)
            : throw new ScenarioFaultException($"{node.Name} has not asked by ARP last.");

    private static bool IsAnswer(MobileNode node, IPAddress target, Packet packet) =>
        packet.Frame.Direction == Direction.Received
        && packet.Frame.Port == node.Link
        && packet.Arp is { Operation: ArpLayer.Reply, Fault: null } reply
        && reply.SenderProtocolAddress.Equals(target)
        && reply.TargetHardwareAddress == node.Identity.LinkLayer;

    /// <summary>An address of the home subnet that is neither the node's nor, most probably, one that the tester has assigned.</summary>
    private static IPAddress Other(Ipv4HomeAddress assigned)
    {
        const byte Distance = 0x20;
        var octets = assigned.Address.GetAddressBytes();
        octets[^1] ^= Distance;
        return new IPAddress(octets);
    }
}
