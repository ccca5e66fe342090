using System.Net;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Lma;

/// <summary>
/// A DHCP server at an LMA under test (RFC 5844, Section 3.4.2): the tester plays the clients, and the relay agents of their MAGs.
/// </summary>
public sealed class LmaDhcp(TestSession session, EmulatedNetwork network)
{
    private readonly DhcpClients _clients = new(session, node => new DhcpRelayPath(session, network, node));
    private readonly DhcpFields _fields = new(session);

    /// <summary>The mobile node sends a message to the server, or to the relay agent of its MAG.</summary>
    public void Send(MobileNode node, DhcpMessageType type, EditList edits)
    {
        session.Nodes.Bind(node);
        _clients.Of(node).Send(type, edits);
    }

    /// <summary>The mobile node gets its address. Before its first registration, that address is the one to register.</summary>
    public void Configure(MobileNode node, EditList edits)
    {
        Send(node, DhcpMessageType.Discover, edits);
        Expect(node, DhcpMessageType.Offer, within: null, []);
        Send(node, DhcpMessageType.Request, edits);
        var address = Expect(node, DhcpMessageType.Ack, within: null, []);
        if (node.Session is { Prefixes.Count: 0, AllIpv4.Count: 0 })
        {
            node.Session.Become([], [new Ipv4HomeAddress(address, session.Ipv4.Prefix.Length)]);
        }
    }

    /// <summary>Requires a message of the server to the mobile node, with these fields.</summary>
    /// <returns>The address that it gives to the mobile node.</returns>
    public IPAddress Expect(
        MobileNode node,
        DhcpMessageType type,
        TimeSpan? within,
        IReadOnlyCollection<(string Field, string Expected)> rows
    )
    {
        var (client, sent) = (_clients.Of(node), SentBy(node));
        var wait = within ?? session.Clock.AnswerWithin;
        var came = session.Tester.TryExpect(
            packet => client.IsAnswer(packet) && client.ReadFor(packet) is { } read && read.Dhcp!.MessageType == (int)type ? read : null,
            sent.Last.At + wait,
            sent.First,
            out var found
        );
        session.Require(
            Observation.Status,
            came,
            $"a {DhcpMessageNames.Text(type)} to {node.Name}",
            came ? "it came" : session.NothingCame(wait),
            found?.Frame ?? sent.Last
        );
        client.Take(found!.Dhcp!);
        FieldTable.Require(
            session,
            rows.Select(row => _fields.Judge(node, found, client.EarlierServer, row.Field, row.Expected)),
            found.Frame
        );
        session.LastAnswer = found.Frame;
        return found.Dhcp!.YourAddress;
    }

    /// <summary>Requires that no message of the server comes to the mobile node: none of a type with all of these fields.</summary>
    /// <param name="type">Null for any.</param>
    /// <param name="within">The time after the client's message; null for the usual time.</param>
    public void ExpectNone(
        MobileNode node,
        DhcpMessageType? type,
        TimeSpan? within,
        IReadOnlyCollection<(string Field, string Expected)> rows
    )
    {
        var (client, sent) = (_clients.Of(node), SentBy(node));
        var came = session.Tester.TryFindForbidden(
            packet =>
                client.ReadFor(packet) is { } read && (type is null || read.Dhcp!.MessageType == (int)type) && HasAll(read) ? read : null,
            sent.Last.At + (within ?? session.Clock.Guard),
            sent.First,
            out var found
        );
        var fields = string.Concat(rows.Select(row => $", {row.Field} {row.Expected}"));
        session.Require(
            Observation.Silence,
            !came,
            $"no {(type is { } one ? DhcpMessageNames.Text(one) : "DHCP message")} to {node.Name}{fields}",
            came ? $"a {found!.Dhcp!.Message} came, yiaddr {found.Dhcp.YourAddress}" : "none came",
            found?.Frame ?? sent.Last
        );

        bool HasAll(Packet read) => rows.All(row => _fields.Judge(node, read, client.EarlierServer, row.Field, row.Expected).Ok);
    }

    private SentDhcp SentBy(MobileNode node) =>
        _clients.Of(node).Sent ?? throw new ScenarioFaultException($"{node.Name} has sent no DHCP message yet.");
}
