using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Protection;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>A DHCP message that a mobile node has sent.</summary>
/// <param name="First">The frame with the message; a repetition is another frame.</param>
internal sealed record SentDhcp(DhcpMessage Message, IpPacket Packet, Frame First)
{
    public DhcpMessageType Type => Message.Type;

    /// <summary>The last frame with the message.</summary>
    public Frame Last { get; init; } = First;
}

/// <summary>The DHCP client of a mobile node that the tester plays (RFC 2131, Section 4.4).</summary>
/// <param name="way">How its messages reach the implementation under test.</param>
internal sealed class DhcpClientPeer(TestSession session, MobileNode node, IDhcpPath way)
{
    private const string StateField = "state";

    private static readonly byte[] _parameters = [1, 3, 26, 51, 58, 59];

    /// <summary>
    /// The address that a server has offered or confirmed last, and the server's identifier; null before the first offer.
    /// </summary>
    private (IPAddress Address, IPAddress? Server)? _lease;
    private uint _transaction;

    /// <summary>The counter of the last authentic message; null if there was none.</summary>
    private ulong? _counter;

    /// <summary>The last message of the client; null if it has sent none.</summary>
    public SentDhcp? Sent { get; private set; }

    /// <summary>Why the client has discarded a message since its last one; null if it has discarded none.</summary>
    public string? Discarded { get; private set; }

    /// <summary>The server's identifier before the last offer or confirmation; null if there was none.</summary>
    public IPAddress? EarlierServer { get; private set; }

    /// <exception cref="ScenarioFaultException">A change is not one of a DHCP message, or the message is one of a server.</exception>
    /// <exception cref="StepFailedException">The client lacks what an earlier answer should have told it.</exception>
    public Frame Send(DhcpMessageType type, EditList edits)
    {
        var state = edits.Edits.OfType<Edit.Set>().LastOrDefault(edit => edit.Field == StateField)?.Value;
        var own = new Lazy<IPAddress>(() =>
            Address(edits.Edits.OfType<Edit.Set>().LastOrDefault(edit => edit.Field == "ciaddr")?.Value ?? "its IPv4 home address")
        );
        var (message, path) = way.Prepare(MessageOf(type, state, own), PathOf(type, state, own));
        var draft = new DhcpDraft(message, path, Address);
        draft.Apply(edits.Edits.Where(edit => edit is not Edit.Set { Field: StateField }));
        var packet = draft.Packet;
        var frame = Send(packet);
        (Sent, Discarded) = (new SentDhcp(draft.Message, packet, frame), null);
        return frame;
    }

    /// <summary>Sends the last message again, as a client does that waits for an answer (RFC 2131, Section 4.1).</summary>
    public Frame Repeat()
    {
        var frame = Send(Sent!.Packet);
        Sent = Sent with { Last = frame };
        return frame;
    }

    /// <summary>True for a message of a server to the client.</summary>
    public bool IsFor(Packet packet) => ReadFor(packet) is not null;

    /// <summary>The packet with a message of a server to the client, without a tunnel header; null for any other.</summary>
    public Packet? ReadFor(Packet packet) =>
        packet.Frame.Direction == Direction.Received
        && way.Received(packet) is { Dhcp: { Operation: (int)DhcpOperation.BootReply } message } received
        && (message.ClientHardwareAddress == node.Identity.LinkLayer || message.ClientHardwareAddress == SentHardwareAddress)
            ? received
            : null;

    /// <summary>What a server has sent since the client's last message, in words; null if nothing has come.</summary>
    public string? Other =>
        Sent is { First: var first } && session.Bed.Frames.Skip(first.Number).Select(Packet.Of).LastOrDefault(IsFor)?.Dhcp is { } answer
            ? $"a {answer.Message} came instead"
            : null;

    /// <summary>
    /// True for a message of a server in the client's last transaction. What a server may send without being asked has any transaction. A
    /// DHCPFORCERENEW is one if the client heeds it.
    /// </summary>
    public bool IsAnswer(Packet packet) =>
        ReadFor(packet) is { Dhcp: { } message } read
        && (
            message.MessageType == (int)DhcpMessageType.ForceRenew
                ? Heeds(read)
                : message.TransactionId == Sent?.Message.TransactionId || message.MessageType == (int)DhcpMessageType.Nak
        );

    /// <summary>The first frame with an answer of this type to the client's last message.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Frame FirstAnswer(DhcpMessageType type) =>
        session
            .Bed.Frames.Where(frame => frame.Number > Sent!.First.Number)
            .Select(Packet.Of)
            .First(packet => packet.Dhcp?.MessageType == (int)type && IsAnswer(packet))
            .Frame;

    /// <summary>
    /// Takes an offer or a confirmation: the client uses what it says, and answers for its address from now on. After a DHCPFORCERENEW, it
    /// renews its lease at the server that has sent it (RFC 3203, Section 2.2).
    /// </summary>
    public void Take(DhcpLayer answer)
    {
        if (answer.MessageType == (int)DhcpMessageType.ForceRenew)
        {
            _counter = DhcpAuthentication.CounterOf(answer);
            EarlierServer = _lease?.Server;
            _lease = _lease is { } lease ? (lease.Address, ServerOf(answer) ?? lease.Server) : null;
            return;
        }

        if (answer.MessageType is not ((int)DhcpMessageType.Offer or (int)DhcpMessageType.Ack) || answer.YourAddress.Equals(IPAddress.Any))
        {
            return;
        }

        EarlierServer = _lease?.Server;
        _lease = (answer.YourAddress, ServerOf(answer) ?? EarlierServer);
        if (answer.MessageType == (int)DhcpMessageType.Ack)
        {
            way.Use(answer.YourAddress);
        }
    }

    private static IPAddress? ServerOf(DhcpLayer answer) =>
        answer.First((int)DhcpOptionCode.ServerIdentifier) is { Data: { Length: 4 } data } ? data.Ipv4Address(0) : null;

    /// <summary>RFC 3203, Sections 2.2 and 6: a client discards one that is not for it alone, or not authentic.</summary>
    /// <exception cref="StepFailedException">The tester has no key with which it could tell.</exception>
    private bool Heeds(Packet packet)
    {
        if (session.Ipv4.ForceRenewKey is not { } known || session.Bed.Facts.Keys.Find(known.Fingerprint) is not { } key)
        {
            throw new StepFailedException(
                "the tester has no key of the DHCP server, so it cannot tell whether a DHCPFORCERENEW is authentic"
            );
        }

        Discarded =
            packet.Ethernet!.Destination.IsMulticast || packet.Ip!.Destination.Equals(IPAddress.Broadcast)
                ? "it is not sent to the client alone"
                : DhcpAuthentication.Fault(packet.Dhcp!, known.SecretId, key, _counter);
        return Discarded is null;
    }

    private MacAddress? SentHardwareAddress =>
        Sent?.Message.HardwareAddress is { Length: MacAddress.Length } given ? new MacAddress(given.Span) : null;

    private DhcpMessage MessageOf(DhcpMessageType type, string? state, Lazy<IPAddress> own)
    {
        var isNew = type is DhcpMessageType.Discover or DhcpMessageType.Inform || state is not null || _transaction == 0;
        _transaction = isNew ? (uint)session.Random.Next(1, int.MaxValue) : _transaction;
        var usesAddress = type is DhcpMessageType.Release or DhcpMessageType.Inform || state is "RENEWING" or "REBINDING";
        return new DhcpMessage(DhcpOperation.BootRequest, _transaction, [.. OptionsOf(type, state)])
        {
            HardwareAddress = new OctetString(node.Identity.LinkLayer.ToArray()),
            ClientAddress = usesAddress ? own.Value : IPAddress.Any,
        };
    }

    /// <summary>RFC 2131, Table 5.</summary>
    private IEnumerable<DhcpOption> OptionsOf(DhcpMessageType type, string? state)
    {
        yield return new DhcpMessageTypeOption(type);
        yield return DhcpClientIdentifierOption.ForMac(node.Identity.LinkLayer);
        if (type == DhcpMessageType.Decline || (type == DhcpMessageType.Request && state is null or "INIT-REBOOT"))
        {
            yield return new DhcpRequestedAddressOption(Address(state is null ? "the offered address" : "its IPv4 home address"));
        }

        if (type is DhcpMessageType.Decline or DhcpMessageType.Release || (type == DhcpMessageType.Request && state is null))
        {
            yield return new DhcpServerIdentifierOption(Server);
        }

        if (type is DhcpMessageType.Discover or DhcpMessageType.Request or DhcpMessageType.Inform)
        {
            yield return new DhcpParameterRequestListOption(new OctetString(_parameters));
        }
    }

    /// <summary>RFC 2131, Section 4.4.4: only a renewal and a release go to the server alone.</summary>
    private UdpPath PathOf(DhcpMessageType type, string? state, Lazy<IPAddress> own)
    {
        var isUnicast = type == DhcpMessageType.Release || state == "RENEWING";
        var source = isUnicast || state == "REBINDING" || type == DhcpMessageType.Inform ? own.Value : IPAddress.Any;
        return new UdpPath(source, DhcpLayer.ClientPort, isUnicast ? Server : IPAddress.Broadcast, DhcpLayer.ServerPort);
    }

    private IPAddress Address(string words) =>
        words switch
        {
            "the offered address" => _lease?.Address
                ?? throw new StepFailedException($"no DHCPOFFER has told {node.Name} an address that it could request"),
            "its IPv4 home address" when _lease is { } lease => lease.Address,
            _ => Ipv4Words.Read(words, node, session),
        };

    private IPAddress Server => _lease?.Server ?? way.Server;

    private Frame Send(IpPacket packet)
    {
        var frame = way.Send(packet);
        session.LastStimulus = frame;
        return frame;
    }
}
