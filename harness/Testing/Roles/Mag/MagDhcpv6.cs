using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Domains;
using Conformance.Testing.Drivers;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mag;

/// <summary>
/// Stateful address configuration around a MAG under test (RFC 5213, Section 6.11): the tester plays the DHCPv6 client of a mobile node,
/// and the server on the core link.
/// </summary>
public sealed class MagDhcpv6(TestSession session, EmulatedNetwork network)
{
    private const int RelayMessage = 9,
        InterfaceId = 18;

    /// <summary>The last message of a client, and its relayed form as soon as that was seen.</summary>
    private (MobileNode Node, byte[] Octets, Frame Frame)? _sent;
    private Packet? _relayed;

    /// <summary>The mobile node sends a message to relay agents and servers.</summary>
    /// <param name="type">The name of the message: <c>Solicit</c>.</param>
    public void Send(MobileNode node, string type)
    {
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        if (!Enum.TryParse<Dhcpv6MessageType>(type, out var number))
        {
            throw new ScenarioFaultException($"'{type}' is no DHCPv6 message: say Solicit, Request, Renew or Rebind.");
        }

        Named();
        var octets = new Dhcpv6ClientServerMessage(
            number,
            (uint)session.Random.Next(1 << 24),
            [
                new Dhcpv6ClientIdentifierOption(new Duid(new OctetString([0, 3, 0, 1, .. node.Identity.LinkLayer.ToArray()]))),
                new Dhcpv6IaNaOption(Iaid: 1, RenewalSeconds: 0, RebindingSeconds: 0, Dhcpv6OptionList.Empty),
            ]
        ).ToBytes();
        var client = new EmulatedNode(node.Name, port, AddressOf(node), node.Identity.LinkLayer);
        var group = Dhcpv6Groups.AllRelayAgentsAndServers;
        var path = new UdpPath(client.Address, Dhcpv6Layer.ClientPort, group, Dhcpv6Layer.ServerPort);
        var frame = network.SendTo(client, MacAddress.ForMulticast(group), (Ipv6Packet)path.Wrap(octets));
        (_sent, _relayed) = ((node, octets, frame), null);
        session.LastStimulus = frame;
    }

    /// <summary>Requires the last message in a Relay-forward message to the server, with these fields.</summary>
    /// <exception cref="StepFailedException">None came, or a field is not as expected.</exception>
    public void ExpectRelayed(IReadOnlyCollection<(string Field, string Expected)> rows)
    {
        var (node, octets, frame) = _sent ?? throw new ScenarioFaultException("No mobile node has sent a DHCPv6 message yet.");
        var server = Named().Address;
        var came = session.Tester.TryExpect(IsRelayed, frame.At + session.Clock.AnswerWithin, frame, out _relayed);
        session.Require(
            Observation.Forwarding,
            came,
            $"the message of {node.Name} in a Relay-forward message to {server}",
            came ? "it came" : session.NothingCame(session.Clock.AnswerWithin),
            _relayed?.Frame ?? frame
        );
        FieldTable.Require(session, rows.Select(row => Judge(node, MessageOf(_relayed!)!, row.Field, row.Expected)), _relayed!.Frame);

        Packet? IsRelayed(Packet packet) =>
            packet.Frame.Port == Ports.Core
            && packet.Ip is { Destination: var to }
            && to.Equals(server)
            && MessageOf(packet) is { MessageType: Dhcpv6Layer.RelayForward } message
            && message.First(RelayMessage) is { Data: var relayed }
            && relayed.Span.SequenceEqual(octets)
                ? packet
                : null;
    }

    /// <summary>
    /// The server answers the last relayed message; requires its answer on the link of the mobile node, where the client listens (RFC 3315,
    /// Sections 5.2 and 20.2).
    /// </summary>
    public void ExpectAnswered()
    {
        var (node, octets, _) = _sent ?? throw new ScenarioFaultException("No mobile node has sent a DHCPv6 message yet.");
        var relayed = _relayed ?? throw new StepFailedException("the MAG has not relayed the message, so that there is nothing to answer");
        var forward = MessageOf(relayed)!;
        byte[] answer = [(byte)Dhcpv6MessageType.Reply, .. octets[1..]];
        var reply = new Dhcpv6RelayMessage(
            Dhcpv6MessageType.RelayReply,
            (byte)forward.HopCount,
            forward.LinkAddress,
            forward.PeerAddress,
            [
                .. forward.First(InterfaceId) is { Data: var id }
                    ? (Dhcpv6Option[])[new Dhcpv6InterfaceIdOption(new OctetString(id.Span))]
                    : [],
                new Dhcpv6RelayMessageOption(new OctetString(answer)),
            ]
        );
        var path = new UdpPath(Named().Address, Dhcpv6Layer.ServerPort, relayed.Ip!.Source, Dhcpv6Layer.ServerPort);
        var frame = network.Send(Named(), relayed.Ip.Source, (Ipv6Packet)path.Wrap(reply.ToBytes()));
        session.LastStimulus = frame;
        var came = session.Tester.TryExpect(IsAnswer, frame.At + session.Clock.AnswerWithin, frame, out var found);
        session.Require(
            Observation.Forwarding,
            came,
            $"the answer of the server on {node.Link}, to {node.Name}",
            came ? "it came" : session.NothingCame(session.Clock.AnswerWithin),
            found?.Frame ?? frame
        );

        Packet? IsAnswer(Packet packet) =>
            MagAccess.IsFor(node, packet)
            && packet is { Ip.Destination: var to, Upper: UdpLayer { DestinationPort: Dhcpv6Layer.ClientPort } }
            && to.Equals(AddressOf(node))
            && MessageOf(packet) is { Part: var part }
            && part.Span.SequenceEqual(answer)
                ? packet
                : null;
    }

    /// <summary>The address of the client on the link.</summary>
    private static IPAddress AddressOf(MobileNode node) => node.Identity.LinkLayer.LinkLocalAddress();

    private EmulatedNode Named() => network.Named(session.First(NodeRole.Dhcp), Ports.Core);

    private static Dhcpv6Layer? MessageOf(Packet packet) => (packet.Upper as UdpLayer)?.Content as Dhcpv6Layer;

    private static FieldJudgement Judge(MobileNode node, Dhcpv6Layer message, string field, string expected)
    {
        var (ok, actual) = (field.ToUpperInvariant(), expected) switch
        {
            ("LINK-ADDRESS", "in a home network prefix of the mobile node") => (
                node.Session.OfferedPrefixes.Any(prefix => prefix.Contains(message.LinkAddress)),
                $"{message.LinkAddress}"
            ),
            _ => throw new ScenarioFaultException(
                $"'{field}' with '{expected}' is not an expectation for a Relay-forward message: say link-address in a home network prefix "
                    + "of the mobile node."
            ),
        };
        return new FieldJudgement(Observation.Options, ok, $"{field} {expected}", $"{field} {actual}", message.Offset);
    }
}
