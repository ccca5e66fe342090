using System.Globalization;
using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Drivers;

/// <summary>
/// Sends data packets through the implementation under test from correspondent nodes, from mobile nodes and in tunnels (RFC 5213,
/// Sections 5.6, 6.10.5). Each packet carries a unique mark, by which it is recognised wherever it appears.
/// </summary>
public sealed class DataPath(TestSession session, EmulatedNetwork network)
{
    private const byte InitialHopLimit = 64;

    private byte[] _mark = [];
    private Ipv6Packet? _sent;
    private Packet? _forwarded;

    /// <summary>True from the sending of a packet until a step looks for it.</summary>
    private bool _awaited;

    private bool LmaUnderTest => session.Scenario.Role == "LMA";

    /// <summary>
    /// A CN sends a packet to an MN: through the home port to the LMA under test, or through the tunnel to the MAG under test.
    /// </summary>
    public void SendToNode(MobileNode node, PacketEdits edits) => SendFromCorrespondent(node.HomeAddress, edits);

    /// <summary>
    /// An MN sends a packet to a CN: through the tunnel of an emulated MAG to the LMA under test, or on the access link of the MAG
    /// under test.
    /// </summary>
    /// <param name="mag">The name of the emulated MAG, if an LMA is under test.</param>
    public void SendFromNode(MobileNode node, string? mag, PacketEdits edits)
    {
        var source = edits.Of("inner", "source") switch
        {
            null => node.HomeAddress,
            "link-local" => node.Identity.LinkLayer.LinkLocalAddress(),
            "unassigned" => session.UnassignedPrefix.AddressWith(node.Identity.LinkLayer.InterfaceIdentifier()),
            var text => IPAddress.Parse(text),
        };
        var inner = Marked(source, Address("CN1"), edits, "inner");
        if (LmaUnderTest)
        {
            SendThroughTunnel(mag ?? node.ServingMag ?? "MAG1", "LMA1", inner, edits);
        }
        else
        {
            var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
            var sender = new EmulatedNode(node.Name, port, source, node.Identity.LinkLayer);
            var router = node.Watermark ?? throw new ScenarioFaultException($"{node.Name} knows no router on {port}.");
            Sent(network.Send(sender with { Address = node.Identity.LinkLayer.LinkLocalAddress() }, router, inner), inner);
        }
    }

    /// <summary>Sends a packet to an address in a prefix that is not assigned to any node.</summary>
    public void SendToUnassigned(PacketEdits edits)
    {
        var destination = session.UnassignedPrefix.AddressWith([0, 0, 0, 0, 0, 0, 0, 1]);
        SendFromCorrespondent(destination, edits);
    }

    /// <summary>
    /// Requires that the LMA tunnels a packet for the node to the given MAG, exactly once, and to no other destination.
    /// </summary>
    public void ExpectAtMag(MobileNode node, string mag)
    {
        SendIfNone(() => SendToNode(node, PacketEdits.None));
        var expected = $"the packet in a tunnel from {Address("LMA1")} to {Address(mag)}, {mag}, and nowhere else";
        var packet = Expect(Ports.Core, expected);
        var outer = packet.Ip!;
        var ok = packet.Inner is not null && outer.Source.Equals(Address("LMA1")) && outer.Destination.Equals(Address(mag));
        session.Require(
            [Observation.Forwarding, Observation.Session],
            ok,
            expected,
            packet.Inner is null ? "it came without a tunnel header" : $"it came in a tunnel from {outer.Source} to {outer.Destination}",
            packet.Frame,
            packet.IpOffset
        );
        ExpectNoOther(packet, expected);
    }

    /// <summary>Requires a packet for the addressee on the access link of the given mobile node, without a tunnel header.</summary>
    public void ExpectAtNode(MobileNode addressee, MobileNode node)
    {
        SendIfNone(() => SendToNode(addressee, PacketEdits.None));
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        var expected = $"the packet on {port}, without a tunnel header, to {node.Name}'s link-layer address";
        var packet = Expect(port, expected);
        var ok = packet.Inner is null && packet.Ethernet!.Destination == node.Identity.LinkLayer;
        session.Require(
            [Observation.Forwarding],
            ok,
            expected,
            packet.Inner is null ? $"it came to {packet.Ethernet!.Destination}" : "it came with a tunnel header",
            packet.Frame
        );
        ExpectNoOther(packet, expected);
    }

    /// <summary>
    /// Requires a packet from the MN at the CN: on the home side of the LMA under test, or in the tunnel from the MAG under test to
    /// the LMA.
    /// </summary>
    public void ExpectAtCorrespondent(MobileNode node, string? mag)
    {
        const string Lma = "LMA1";
        SendIfNone(() => SendFromNode(node, mag, PacketEdits.None));
        if (LmaUnderTest)
        {
            var expected = "the packet on the home side, without a tunnel header";
            var packet = Expect(Ports.Home, expected);
            session.Require(
                [Observation.Forwarding],
                packet.Inner is null,
                expected,
                packet.Inner is null ? "it came" : "it came with a tunnel header",
                packet.Frame
            );
            return;
        }

        var tunnel = $"the packet in a tunnel from {Address("MAG1")} to {Address(Lma)}, {Lma}";
        var tunnelled = Expect(Ports.Core, tunnel);
        var outer = tunnelled.Ip!;
        var ok = tunnelled.Inner is not null && outer.Source.Equals(Address("MAG1")) && outer.Destination.Equals(Address(Lma));
        session.Require(
            [Observation.Forwarding],
            ok,
            tunnel,
            tunnelled.Inner is null ? "it came without a tunnel header" : $"it came in a tunnel from {outer.Source} to {outer.Destination}",
            tunnelled.Frame,
            tunnelled.IpOffset
        );
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
        _awaited = false;
        var came = session.Tester.TryFindForbidden(
            packet => IsMarked(packet) || IsOnItsWay(packet) ? packet : null,
            Stimulus.At + session.Guard,
            Stimulus,
            out var found
        );
        session.Require(
            [Observation.Forwarding, Observation.Silence, Observation.Session, Observation.Status, Observation.Timing],
            !came,
            "the packet not forwarded",
            came ? $"it came on {found!.Frame.Port}" : "it was not forwarded",
            found?.Frame ?? Stimulus
        );
    }

    /// <summary>Requires that no ICMPv6 error about the last packet is sent.</summary>
    public void ExpectNoError()
    {
        var came = session.Tester.TryFindForbidden(
            packet => packet.Icmp is { Type: < 128 } ? packet : null,
            Stimulus.At + session.Guard,
            Stimulus,
            out var found
        );
        session.Require(
            [Observation.Forwarding, Observation.Silence],
            !came,
            "no ICMPv6 error",
            came ? $"{found!.Icmp!.Message}" : "none",
            found?.Frame ?? Stimulus
        );
    }

    /// <summary>Compares the headers of the forwarded packet with a table: outer and inner ECN, hop limit, addresses.</summary>
    public void ExpectCarries(IEnumerable<(string Field, string Expected)> rows)
    {
        var packet = _forwarded ?? throw new ScenarioFaultException("No packet was forwarded yet.");
        var wrong = new List<string>();
        var decided = false;
        foreach (var (field, expected) in rows)
        {
            var actual = Field(packet, field);
            var wanted = Wanted(expected);
            decided |= session.Judge(
                [Observation.Forwarding],
                actual == wanted,
                $"{field} {wanted}",
                $"{field} {actual}",
                packet.Frame,
                packet.IpOffset
            );
            if (actual != wanted)
            {
                wrong.Add($"expected {field} {wanted}; {field} {actual}");
            }
        }

        if (wrong.Count > 0)
        {
            throw new StepFailedException(string.Join(". ", wrong), decided);
        }
    }

    private Frame Stimulus => session.LastStimulus ?? throw new ScenarioFaultException("No packet was sent yet.");

    private void SendFromCorrespondent(IPAddress destination, PacketEdits edits)
    {
        var inner = Marked(Address("CN1"), destination, edits, "inner");
        if (LmaUnderTest)
        {
            Sent(network.Send(network.Named("CN1", Ports.Home), HomeSideOfLma(), inner), inner);
        }
        else
        {
            SendThroughTunnel("LMA1", "MAG1", inner, edits);
        }
    }

    private void SendThroughTunnel(string from, string to, Ipv6Packet inner, PacketEdits edits)
    {
        var entry = network.Named(from, Ports.Core);
        var source = edits.Of("outer", "source") is { } named ? Address(named) : entry.Address;
        var packet = new Ipv6Packet(source, Address(to), IpProtocol.Ipv6, inner.ToBytes()) { TrafficClass = (byte)edits.Ecn("outer") };
        Sent(network.Send(entry, Address(to), packet), inner);
    }

    private void Sent(Frame frame, Ipv6Packet inner)
    {
        session.LastStimulus = frame;
        _sent = inner;
        _forwarded = null;
        _awaited = true;
    }

    private Ipv6Packet Marked(IPAddress source, IPAddress destination, PacketEdits edits, string header)
    {
        _mark = new byte[16];
        session.Random.NextBytes(_mark);
        var echo = new EchoRequest(0x5213, 1, new OctetString(_mark)).ToBytes(source, destination);
        return new Ipv6Packet(source, destination, IpProtocol.Icmpv6, echo)
        {
            TrafficClass = (byte)edits.Ecn(header),
            HopLimit = edits.HopLimit(header) ?? InitialHopLimit,
        };
    }

    private void SendIfNone(Action send)
    {
        if (!_awaited)
        {
            send();
        }
    }

    private Packet Expect(PortId port, string expected)
    {
        _awaited = false;
        var came = session.Tester.TryExpect(
            packet => IsMarked(packet) ? packet : null,
            Stimulus.At + session.AnswerWithin,
            Stimulus,
            out var found
        );
        var actual = !came ? session.NothingCame(session.AnswerWithin) : $"it came on {found!.Frame.Port}";
        session.Require(
            [Observation.Forwarding, Observation.Session],
            came && found!.Frame.Port == port,
            expected,
            actual,
            found?.Frame ?? Stimulus
        );
        _forwarded = found;
        return found!;
    }

    private void ExpectNoOther(Packet first, string expected)
    {
        // A network may duplicate a packet; a duplicate is not a second destination.
        var again = session.Tester.TryFindForbidden(
            packet => IsMarked(packet) && !IsCopy(packet, first) ? packet : null,
            Stimulus.At + session.Guard,
            first.Frame,
            out var second
        );
        session.Require(
            [Observation.Forwarding, Observation.Session],
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

    /// <summary>A Neighbor Solicitation for the destination on an access link shows that the packet is about to be forwarded.</summary>
    private bool IsOnItsWay(Packet packet) =>
        packet.Frame.Port != Ports.Core
        && packet.Frame.Port != Ports.Home
        && packet.Neighbor?.Type == NeighborDiscoveryLayer.NeighborSolicitation
        && packet.Neighbor.Target.Equals(_sent!.Destination);

    /// <summary>Only a packet with the current mark counts; an ICMPv6 error that quotes such a packet does not.</summary>
    private bool IsMarked(Packet packet) =>
        (packet.Inner ?? packet).Icmp is { Type: Icmpv6Layer.EchoRequest, Echo: { } echo } && echo.Data.Span.SequenceEqual(_mark);

    private string Wanted(string expected) =>
        expected switch
        {
            "one less" => (_sent!.HopLimit - 1).ToString(CultureInfo.InvariantCulture),
            _ => session.Ixit.Addresses.TryGetValue(expected, out var address) ? address : expected,
        };

    private static string Field(Packet packet, string field)
    {
        var words = field.Split(' ', 2);
        var header =
            words[0] == "inner" ? (packet.Inner ?? packet).Ip!
            : words[0] == "outer" ? packet.Ip!
            : throw Unknown(field);
        return words[^1] switch
        {
            "ECN" => EcnName(header.Ecn),
            "Hop Limit" => header.HopLimit.ToString(CultureInfo.InvariantCulture),
            "source" => header.Source.ToString(),
            "destination" => header.Destination.ToString(),
            _ => throw Unknown(field),
        };
    }

    private static ScenarioFaultException Unknown(string field) =>
        new($"'{field}' is not a field of a forwarded packet: say inner or outer, then ECN, Hop Limit, source or destination.");

    private static string EcnName(Ecn ecn) =>
        ecn switch
        {
            Ecn.NotEct => "Not-ECT",
            Ecn.Ect0 => "ECT(0)",
            Ecn.Ect1 => "ECT(1)",
            _ => "CE",
        };

    private IPAddress HomeSideOfLma() => Address("LMA1-home");

    private IPAddress Address(string name) => session.AddressOf(name);
}
