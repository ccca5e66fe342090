using System.Diagnostics.CodeAnalysis;
using System.Net;
using Conformance.Testing.Checks;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Lma;

/// <summary>The exchanges of the emulated MAGs with an LMA under test: which answer belongs to which request.</summary>
public sealed class LmaExchanges(TestSession session, CheckList checks)
{
    public const string WaitingTime = "MaxDelayBeforeNewBCEAssign";

    /// <summary>The ICS item of an LMA that waits for a de-registration in doubt.</summary>
    public const string Waits = "waits-for-deregistration";

    private readonly Dictionary<string, Exchange> _lastOf = new(StringComparer.Ordinal);
    private readonly List<(Packet Packet, Packet Request)> _answers = [];

    /// <summary>The exchange that the next step is about; null if there was none.</summary>
    public Exchange? Current { get; set; }

    /// <summary>The exchange that the next step is about.</summary>
    /// <exception cref="ScenarioFaultException">Nothing was sent yet.</exception>
    public Exchange Latest => Current ?? throw new ScenarioFaultException("No MAG has sent a message yet.");

    /// <summary>The current exchange, which has an answer.</summary>
    /// <exception cref="ScenarioFaultException">No answer came yet.</exception>
    public Exchange Answered =>
        Current is { Answer: not null } exchange ? exchange : throw new ScenarioFaultException("No answer came yet.");

    /// <summary>The answer before the last one that a step has taken, with its request; null if there was none.</summary>
    public (Packet Packet, Packet Request)? AnswerBefore => _answers.Count > 1 ? _answers[^2] : null;

    /// <summary>
    /// The end of the time for which an LMA that waits for a de-registration keeps the current request waiting, as configured (RFC 5213,
    /// Section 9.1). The LMA may count from a little later, when it has the request.
    /// </summary>
    public DateTimeOffset EndOfWait => Latest.Request.Frame.At + session.Ixit.Timer(WaitingTime);

    /// <summary>
    /// The time for an answer. If the handoff state is unknown, an LMA may wait before it considers the request (RFC 5213, Section
    /// 5.4.1.2(4)).
    /// </summary>
    public TimeSpan AnswerWithin =>
        !Latest.IsDeregistration && Latest.Message.First(HandoffIndicatorKind.Type)?.Value == (byte)HandoffIndicator.HandoffStateUnknown
            ? session.Clock.AnswerWithin + session.Ixit.Timer(WaitingTime)
            : session.Clock.AnswerWithin;

    /// <summary>Runs an exchange of a bookend, which leaves no trace in the exchanges of the scenario.</summary>
    public T Apart<T>(Func<T> exchange)
    {
        var kept = (Current, session.LastStimulus, session.LastAnswer);
        try
        {
            return exchange();
        }
        finally
        {
            (Current, session.LastStimulus, session.LastAnswer) = kept;
        }
    }

    public void Open(Exchange exchange)
    {
        Current = exchange;
        _lastOf[exchange.Peer] = exchange;
    }

    /// <summary>Makes the last exchange of a MAG the current one, although another began later.</summary>
    public void ReturnTo(string mag) =>
        Current = _lastOf.GetValueOrDefault(mag) ?? throw new ScenarioFaultException($"{mag} has sent no request yet.");

    /// <summary>Waits for the answer to the current request, and fails the step if none comes.</summary>
    public Exchange Expect(string expected)
    {
        if (!TryAnswer())
        {
            // A later stimulus may end a wait: that the implementation was alive before it says nothing of the answer.
            var request = Latest.Request.Frame;
            var stimulus = session.LastStimulus is { } last && last.Number > request.Number ? last : request;
            session.Require(Observation.Status, ok: false, expected, session.NothingCame(AnswerWithin), stimulus);
        }

        return Latest;
    }

    /// <summary>Waits for the answer to the current request. The checks judge it.</summary>
    public bool TryAnswer()
    {
        var exchange = Latest;
        var until = exchange.Request.Frame.At + AnswerWithin;
        if (!TryFind(exactly: true, until, out var reply) && !TryFind(exactly: false, until, out reply))
        {
            return false;
        }

        checks.Judge(new Answer(session, exchange, reply));
        exchange.Add(reply);
        _answers.Add((reply, exchange.Request));
        session.LastAnswer = reply.Frame;
        Note(exchange, reply);
        return true;

        bool TryFind(bool exactly, DateTimeOffset limit, [NotNullWhen(true)] out Packet? found) =>
            session.Tester.TryExpect(packet => IsAnswer(packet, exactly) ? packet : null, limit, exchange.Request.Frame, out found);
    }

    /// <summary>Finds an answer to the current request although none may come.</summary>
    /// <param name="onlyProxy">True if only an answer with the P flag is forbidden.</param>
    /// <param name="until">The end of the time in which none may come; null if none may come at all.</param>
    public bool TryFindForbidden([NotNullWhen(true)] out Packet? reply, bool onlyProxy = false, DateTimeOffset? until = null) =>
        session.Tester.TryFindForbidden(
            packet => IsAnswer(packet, exactly: false) && (!onlyProxy || packet.Mobility!.ProxyFlag) ? packet : null,
            until ?? Latest.Request.Frame.At + session.Clock.Guard,
            Latest.Request.Frame,
            out reply
        );

    /// <summary>Notes that the LMA has accepted the current request.</summary>
    public void NoteAccepted(Exchange exchange)
    {
        var (node, reply) = (exchange.Node!, exchange.Answer!);
        var (binding, message) = (node.Binding, reply.Mobility!);
        binding.Gateway = exchange.Peer;
        var timestamp = exchange.Message.First(TimestampKind.Type)?.Timestamp;
        binding.LastTimestamp = timestamp ?? binding.LastTimestamp;
        binding.LastSequenceNumber = timestamp is null ? exchange.Message.SequenceNumber : null;
        binding.IsRegistered = !exchange.EndsSession;
        if (exchange.EndsSession)
        {
            binding.DeregisteredAt = reply.Frame.At;
            return;
        }

        if (exchange.IsDeregistration)
        {
            var isOfIpv6 = exchange.Message.First(HomeNetworkPrefixKind.Type) is not null;
            node.Session.Become(isOfIpv6 ? [] : node.Session.Prefixes, isOfIpv6 ? node.Session.Ipv4Addresses : []);
            return;
        }

        binding.AcceptedRequest = exchange;
        binding.Until = reply.Frame.At + TimeSpan.FromSeconds(message.LifetimeUnits * 4);
        node.Registered(
            [
                .. message
                    .All(HomeNetworkPrefixKind.Type)
                    .Where(option => option.Length >= 18 && option.PrefixLength is > 0 and <= 128)
                    .Select(option => new Ipv6Prefix(option.Prefix, option.PrefixLength)),
            ],
            message.First(LinkLocalAddressKind.Type)?.Address,
            exchange.Message.First(LinkLocalAddressKind.Type)?.Address is { } asked && !asked.Equals(IPAddress.IPv6None) ? asked : null,
            Ipv4In(message)
        );
    }

    /// <summary>The IPv4 home addresses that an acknowledgement assigns.</summary>
    private IReadOnlyList<Ipv4HomeAddress> Ipv4In(MobilityOctets message) =>
        Ipv4ReplyKind.Of(session.Scenario.Edition.Wire) is { } kind
            ?
            [
                .. message
                    .All(kind.NumberIn(session.Scenario.Edition.Wire))
                    .Where(option => Ipv4ReplyKind.StatusOf(option) < Ipv4ReplyKind.FirstRefusal)
                    .Select(Ipv4ReplyKind.Given)
                    .Where(given => !given.Address.Equals(IPAddress.Any)),
            ]
            : [];

    /// <summary>Records until when a session may live that this answer started or ended, whatever answer the scenario expected.</summary>
    private static void Note(Exchange exchange, Packet reply)
    {
        var (node, message) = (exchange.Node!, reply.Mobility!);
        if (message.Status != 0)
        {
            return;
        }

        if (!exchange.IsDeregistration)
        {
            var until = reply.Frame.At + TimeSpan.FromSeconds(message.LifetimeUnits * 4);
            node.LeftoverUntil = until > node.LeftoverUntil ? until : node.LeftoverUntil;
        }
        else if (exchange.EndsSession && node.Sessions.Count <= 1)
        {
            // A de-registration is known to end the session only if there is one.
            node.LeftoverUntil = DateTimeOffset.MinValue;
        }
    }

    /// <summary>
    /// A faulty answer must be recognised before it can be judged. If no packet matches exactly by the time the answer is due, two
    /// of sequence number, identifier and destination are enough. Only with status 135 does the sequence number differ from the
    /// request's.
    /// </summary>
    private bool IsAnswer(Packet packet, bool exactly)
    {
        if (!packet.IsMobility(MobilityOctets.BindingAcknowledgementType, out var message))
        {
            return false;
        }

        // A network may duplicate a packet: the duplicate of an answer to an earlier request does not answer this request.
        var (request, asked) = (Latest.Request, Latest.Message);
        if (
            message.SequenceNumber != asked.SequenceNumber
            && _answers.Exists(earlier =>
                earlier.Packet.Frame != packet.Frame && earlier.Packet.Frame.Bytes.Span.SequenceEqual(packet.Frame.Bytes.Span)
            )
        )
        {
            return false;
        }

        bool[] matches =
        [
            message.SequenceNumber == asked.SequenceNumber || message.Status == Answer.SequenceNumberOutOfWindow,
            IdentifierOf(message) == IdentifierOf(asked),
            packet.Ip!.Destination.Equals(request.Ip!.Source),
        ];
        return matches.Count(match => match) >= (exactly ? matches.Length : 2);

        static string IdentifierOf(MobilityOctets message) => message.First(MobileNodeIdentifierKind.Type)?.Identifier ?? string.Empty;
    }
}
