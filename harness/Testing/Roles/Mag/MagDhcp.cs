using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mag;

/// <summary>
/// DHCP around a MAG under test (RFC 5844, Section 3.4): the tester plays the clients of mobile nodes, and the server behind the relay of
/// the MAG. Each mobile node has an exchange of its own.
/// </summary>
public sealed class MagDhcp(TestSession session, EmulatedNetwork network, MagExchanges exchanges)
{
    /// <summary>How often a client repeats a message that nothing answers; a MAG may drop the first while it signals.</summary>
    private const int Repetitions = 2;

    private readonly DhcpClients _clients = new(session, node => new DhcpAccessPath(session, network, node));
    private readonly DhcpServerPeer _server = new(session, network);
    private readonly DhcpFields _fields = new(session);

    /// <summary>The mobile node that has sent the last message, and the form in which the server has got it.</summary>
    private MobileNode? _asking;
    private Packet? _relayed;

    /// <summary>The frame of the server's last answer to that message; null if it has not answered.</summary>
    private Frame? _answered;

    private MobileNode Asking => _asking ?? throw new ScenarioFaultException("No mobile node has sent a DHCP message yet.");

    /// <summary>The mobile node sends a message to its DHCP server.</summary>
    public void Send(MobileNode node, DhcpMessageType type, EditList edits)
    {
        (_asking, _relayed, _answered) = (node, null, null);
        _clients.Of(node).Send(type, edits);
        exchanges.AdvertisementCause = session.LastStimulus;
    }

    /// <summary>Requires a message of a server to the mobile node, with these fields.</summary>
    /// <param name="within">Null for the time of an answer, with repetitions of what the node has sent.</param>
    /// <exception cref="StepFailedException">None came, or a field is not as expected.</exception>
    public void Expect(MobileNode node, DhcpMessageType type, TimeSpan? within, IReadOnlyCollection<(string Field, string Expected)> rows)
    {
        var client = _clients.Of(node);
        var came = Await(node, packet => client.IsAnswer(packet) && packet.Dhcp!.MessageType == (int)type, within, out var found);
        session.Require(
            Observation.Status,
            came,
            $"a {DhcpMessageNames.Text(type)} to {node.Name}",
            came ? "it came"
                : client.Discarded is { } reason ? $"the client discards what came: {reason}"
                : client.Other ?? session.NothingCame(within ?? session.Clock.AnswerWithin),
            found?.Frame ?? session.LastStimulus
        );
        client.Take(found!.Dhcp!);
        JudgeOrder(node, found, type);
        FieldTable.Require(
            session,
            rows.Select(row => _fields.Judge(node, found, client.EarlierServer, row.Field, row.Expected)),
            found.Frame
        );
        session.LastAnswer = found.Frame;
    }

    /// <summary>Requires that no message of a server comes to the mobile node: none of a type with all of these fields, or none.</summary>
    /// <param name="within">The time after the last event; null for the time after which the tester concludes that nothing comes.</param>
    public void ExpectNone(
        MobileNode node,
        DhcpMessageType? type,
        TimeSpan? within,
        IReadOnlyCollection<(string Field, string Expected)> rows
    )
    {
        var client = _clients.Of(node);
        var after = client.Sent?.First ?? exchanges.AttachmentCause;
        var came = session.Tester.TryFindForbidden(
            packet => client.IsFor(packet) && (type is null || packet.Dhcp!.MessageType == (int)type) && HasAll(packet) ? packet : null,
            exchanges.LastEvent + (within ?? session.Clock.Guard),
            after,
            out var found
        );
        session.Require(
            Observation.Silence,
            !came,
            $"no {(type is { } one ? DhcpMessageNames.Text(one) : "DHCP message")} to {node.Name}",
            came ? $"a {found!.Dhcp!.Message} came" : "none came",
            found?.Frame ?? session.LastStimulus
        );

        bool HasAll(Packet packet) => rows.All(row => _fields.Judge(node, packet, client.EarlierServer, row.Field, row.Expected).Ok);
    }

    /// <summary>Requires that the last message of a client comes to the server, with these fields.</summary>
    public void ExpectRelayed(DhcpMessageType type, IReadOnlyCollection<(string Field, string Expected)> rows)
    {
        var (node, client) = (Asking, _clients.Of(Asking));
        RequireSent(client, type);
        var came = Await(node, packet => IsRelayed(client, packet), within: null, out var found);
        _relayed = found is null ? null : _server.Received(found);
        session.Require(
            Observation.Forwarding,
            came,
            $"the {DhcpMessageNames.Text(type)} of {node.Name} at the DHCP server, {_server.Address}",
            came ? "it came" : session.NothingCame(session.Clock.AnswerWithin),
            found?.Frame ?? session.LastStimulus
        );
        FieldTable.Require(
            session,
            rows.Select(row => _fields.Judge(node, _relayed!, client.EarlierServer, row.Field, row.Expected)),
            found!.Frame
        );
    }

    /// <summary>Requires that the last message of a client leaves the MAG on no path, relayed or as it is.</summary>
    public void ExpectNotRelayed(DhcpMessageType type)
    {
        var client = _clients.Of(Asking);
        RequireSent(client, type);
        var came = session.Tester.TryFindForbidden(
            packet => IsPassedOn(client, packet) ? packet : null,
            exchanges.LastEvent + session.Clock.Guard,
            client.Sent!.First,
            out var found
        );
        session.Require(
            Observation.Silence,
            !came,
            $"no {DhcpMessageNames.Text(type)} of {Asking.Name} on the core link",
            came ? "it came" : "none came",
            found?.Frame ?? session.LastStimulus
        );
    }

    /// <summary>The server answers the message that has come to it last.</summary>
    public void Answer(DhcpMessageType type, EditList edits)
    {
        var relayed = _relayed ?? throw new StepFailedException("no message of a client has come to the DHCP server");
        _answered = _server.Answer(Asking, relayed, type, edits);
    }

    /// <summary>
    /// The mobile node gets its address by DHCP, from the MAG or from the server behind it: whichever the MAG lets it reach.
    /// </summary>
    public void Configure(MobileNode node, EditList edits)
    {
        Exchange(DhcpMessageType.Discover, DhcpMessageType.Offer);
        Exchange(DhcpMessageType.Request, DhcpMessageType.Ack);

        void Exchange(DhcpMessageType asked, DhcpMessageType expected)
        {
            Send(node, asked, edits);
            var client = _clients.Of(node);
            if (Await(node, packet => IsRelayed(client, packet) || client.IsAnswer(packet), within: null, out var found))
            {
                if (_server.Received(found) is { } relayed)
                {
                    _relayed = relayed;
                    Answer(expected, EditList.None);
                }
                else
                {
                    client.Take(found.Dhcp!);
                    return;
                }
            }

            Expect(node, expected, within: null, []);
        }
    }

    /// <summary>Waits for a packet; the client repeats its message if nothing comes and no server has answered it.</summary>
    private bool Await(
        MobileNode node,
        Func<Packet, bool> isWanted,
        TimeSpan? within,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Packet? found
    )
    {
        var client = _clients.Of(node);
        var after = _answered ?? client.Sent?.First ?? exchanges.AttachmentCause;
        for (var repetitions = 0; ; repetitions++)
        {
            if (
                session.Tester.TryExpect(
                    packet => isWanted(packet) ? packet : null,
                    exchanges.LastEvent + (within ?? session.Clock.AnswerWithin),
                    after,
                    out found
                )
            )
            {
                return true;
            }

            if (repetitions == Repetitions || within is not null || _answered is not null || client.Sent is null || node.Link is null)
            {
                return false;
            }

            client.Repeat();
        }
    }

    /// <summary>An offer or a confirmation of the address that the LMA assigns cannot come before the LMA has assigned it.</summary>
    private void JudgeOrder(MobileNode node, Packet answer, DhcpMessageType type)
    {
        if (type is not (DhcpMessageType.Offer or DhcpMessageType.Ack) || node.Session.OfferedIpv4 is not [{ IsGranted: true } first, ..])
        {
            return;
        }

        // The step has looked for what came after the answer of the server alone.
        var earliest = _clients.Of(node).FirstAnswer(type);
        session.Require(
            Observation.Order,
            earliest.Number > first.By.Number,
            $"a {DhcpMessageNames.Text(type)} after the Proxy Binding Acknowledgement, packet {Number(first.By)}",
            $"it is packet {Number(earliest)}",
            earliest
        );

        static string Number(Frame frame) => frame.Number.ToString(CultureInfo.InvariantCulture);
    }

    private bool IsRelayed(DhcpClientPeer client, Packet packet) => IsPassedOn(client, packet) && _server.Received(packet) is not null;

    private static bool IsPassedOn(DhcpClientPeer client, Packet packet) =>
        client.Sent is { } sent
        && packet.Frame.Direction == Direction.Received
        && packet.Frame.Port == Ports.Core
        && (packet.Inner ?? packet).Dhcp is { Operation: (int)DhcpOperation.BootRequest } message
        && message.TransactionId == sent.Message.TransactionId
        && message.MessageType == (int)sent.Type;

    private static void RequireSent(DhcpClientPeer client, DhcpMessageType type)
    {
        if (client.Sent?.Type != type)
        {
            throw new ScenarioFaultException($"The last DHCP message of a mobile node is no {DhcpMessageNames.Text(type)}.");
        }
    }
}
