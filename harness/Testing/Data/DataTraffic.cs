using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Domains;
using Conformance.Testing.Drivers;
using Conformance.Testing.Roles;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Data;

/// <summary>Sends data packets through the implementation under test, and requires where they arrive.</summary>
public sealed class DataTraffic(TestSession session, ScenarioRole role)
{
    private DataProbe? _probe;

    /// <summary>A correspondent node sends a packet to a mobile node.</summary>
    public void SendToNode(MobileNode node, PacketEdits edits) => SendFromCorrespondent(node.HomeAddress, edits);

    /// <summary>Sends a packet to an address in a prefix that is not assigned to any node.</summary>
    public void SendToUnassigned(PacketEdits edits) =>
        SendFromCorrespondent(session.UnassignedPrefix.AddressWith([0, 0, 0, 0, 0, 0, 0, 1]), edits);

    /// <summary>A mobile node sends a packet to a correspondent node.</summary>
    /// <param name="mag">The MAG that forwards the packet; null for the node's MAG.</param>
    public void SendFromNode(MobileNode node, string? mag, PacketEdits edits)
    {
        var source = edits.Of("inner", "source") switch
        {
            null => node.HomeAddress,
            "link-local" => node.Identity.LinkLayer.LinkLocalAddress(),
            "unassigned" => session.UnassignedPrefix.AddressWith(node.Identity.LinkLayer.InterfaceIdentifier()),
            var text when IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 => address,
            var text => throw new ScenarioFaultException(
                $"'{text}' is not the source of an inner packet: say link-local, unassigned or an IPv6 address."
            ),
        };
        var probe = new DataProbe(session.Random, source, session.AddressOf(session.First(NodeRole.Cn)), edits);
        Sent(role.Role.Data.SendFromNode(node, mag, probe.Packet, edits), probe);
    }

    /// <summary>Requires that the LMA tunnels a packet for the node to the given MAG, exactly once, and to no other destination.</summary>
    public void ExpectAtMag(MobileNode node, string mag)
    {
        SendIfNone(() => SendToNode(node, PacketEdits.None));
        ExpectAt(role.Role.Data.ToGateway(mag), ", and nowhere else", onlyThere: true);
    }

    /// <summary>Requires that the LMA tunnels no packet for the node to the given MAG, wherever else it may go.</summary>
    public void ExpectNotAtMag(MobileNode node, string mag)
    {
        SendIfNone(() => SendToNode(node, PacketEdits.None));
        var (probe, exit) = (Take(), role.Role.Data.ToGateway(mag));
        ExpectNone(
            Observation.Forwarding,
            packet => probe.IsIn(packet) && packet.Frame.Port == exit.Port && exit.Judge(packet).Ok,
            $"no packet for {node.Name} in a tunnel to {mag}"
        );
    }

    /// <summary>Requires a packet from the mobile node on its way to the correspondent node.</summary>
    public void ExpectAtCorrespondent(MobileNode node, string? mag)
    {
        SendIfNone(() => SendFromNode(node, mag, PacketEdits.None));
        ExpectAt(role.Role.Data.ToCorrespondent, string.Empty, onlyThere: false);
    }

    /// <summary>Requires a packet for the addressee on the access link of the given mobile node, without a tunnel header.</summary>
    public void ExpectAtNode(MobileNode addressee, MobileNode node)
    {
        SendIfNone(() => SendToNode(addressee, PacketEdits.None));
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        var expected = $"the packet on {port}, without a tunnel header, to {node.Name}'s link-layer address";
        var packet = Expect(port, expected);
        session.Require(
            [Observation.Forwarding],
            packet.Inner is null && packet.Ethernet!.Destination == node.Identity.LinkLayer,
            expected,
            packet.Inner is null ? $"it came to {packet.Ethernet!.Destination}" : "it came with a tunnel header",
            packet.Frame
        );
        ExpectNoOther(packet, expected);
    }

    public void ExpectToNodeNowhere(MobileNode node)
    {
        SendIfNone(() => SendToNode(node, PacketEdits.None));
        ExpectNowhere();
    }

    public void ExpectFromNodeNowhere(MobileNode node, string? mag)
    {
        SendIfNone(() => SendFromNode(node, mag, PacketEdits.None));
        ExpectNowhere();
    }

    /// <summary>Requires that the last packet is not forwarded.</summary>
    public void ExpectNowhere()
    {
        var probe = Take();
        ExpectNone(Observation.Forwarding, packet => probe.IsIn(packet) || probe.IsOnItsWay(packet), "the packet not forwarded");
    }

    /// <summary>Requires that no ICMPv6 error about the last packet is sent.</summary>
    public void ExpectNoError() => ExpectNone(Observation.Silence, packet => packet.Icmp is { Type: < 128 }, "no ICMPv6 error");

    /// <summary>
    /// Compares the headers of the forwarded packet with a table: outer and inner ECN, hop limit, addresses. Whether a packet is
    /// forwarded is
    /// another observation than what it carries.
    /// </summary>
    public void ExpectCarries(IEnumerable<(string Field, string Expected)> rows)
    {
        var packet = _probe?.Forwarded ?? throw new ScenarioFaultException("No packet was forwarded yet.");
        FieldTable.Require(
            session,
            rows.Select(row =>
            {
                var (actual, wanted) = (ForwardedHeader.Field(packet, row.Field), Wanted(row.Expected));
                return new FieldJudgement(
                    Observation.Options,
                    actual == wanted,
                    $"{row.Field} {wanted}",
                    $"{row.Field} {actual}",
                    packet.IpOffset
                );
            }),
            packet.Frame
        );
    }

    private Frame Stimulus => session.LastStimulus ?? throw new ScenarioFaultException("No packet was sent yet.");

    private void SendFromCorrespondent(IPAddress destination, PacketEdits edits)
    {
        var probe = new DataProbe(session.Random, session.AddressOf(session.First(NodeRole.Cn)), destination, edits);
        Sent(role.Role.Data.SendFromCorrespondent(probe.Packet, edits), probe);
    }

    private void Sent(Frame frame, DataProbe probe)
    {
        session.LastStimulus = frame;
        _probe = probe;
    }

    private void SendIfNone(Action send)
    {
        if (_probe is not { IsAwaited: true })
        {
            send();
        }
    }

    private DataProbe Take()
    {
        var probe = _probe ?? throw new ScenarioFaultException("No packet was sent yet.");
        probe.IsAwaited = false;
        return probe;
    }

    private void ExpectNone(Observation observation, Func<Packet, bool> isForbidden, string expected)
    {
        var came = session.Tester.TryFindForbidden(
            packet => isForbidden(packet) ? packet : null,
            Stimulus.At + session.Clock.Guard,
            Stimulus,
            out var found
        );
        session.Require(
            [observation],
            !came,
            expected,
            came ? $"{found!.Icmp?.Message ?? "it"} came on {found.Frame.Port}" : "none came",
            found?.Frame ?? Stimulus
        );
    }

    private void ExpectAt(DataExit exit, string addition, bool onlyThere)
    {
        var expected = exit.Expected + addition;
        var packet = Expect(exit.Port, expected);
        var (ok, actual) = exit.Judge(packet);
        session.Require([Observation.Forwarding], ok, expected, actual, packet.Frame, exit is DataExit.Tunnel ? packet.IpOffset : null);
        if (onlyThere)
        {
            ExpectNoOther(packet, expected);
        }
    }

    private Packet Expect(PortId port, string expected)
    {
        var probe = Take();
        var came = session.Tester.TryExpect(
            packet => probe.IsIn(packet) ? packet : null,
            Stimulus.At + session.Clock.AnswerWithin,
            Stimulus,
            out var found
        );
        session.Require(
            [Observation.Forwarding],
            came && found!.Frame.Port == port,
            expected,
            came ? $"it came on {found!.Frame.Port}" : session.NothingCame(session.Clock.AnswerWithin),
            found?.Frame ?? Stimulus
        );
        probe.Forwarded = found;
        return found!;
    }

    private void ExpectNoOther(Packet first, string expected)
    {
        // A network may duplicate a packet; a duplicate is not a second destination.
        var again = session.Tester.TryFindForbidden(
            packet => _probe!.IsIn(packet) && !IsCopy(packet, first) ? packet : null,
            Stimulus.At + session.Clock.Guard,
            first.Frame,
            out var second
        );
        session.Require(
            [Observation.Forwarding],
            !again,
            expected,
            again ? $"it came again on {second!.Frame.Port}, to {second.Ip!.Destination}" : "it came once",
            (second ?? first).Frame
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

    private string Wanted(string expected) =>
        expected switch
        {
            "one less" => (_probe!.Packet.HopLimit - 1).ToString(CultureInfo.InvariantCulture),
            _ => session.Ixit.Domain.Find(expected)?.Address?.ToString() ?? expected,
        };
}
