using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Drivers;

/// <summary>Plays the MAGs around an LMA under test: sends their requests and judges the answers.</summary>
public sealed class LmaSignaling
{
    private const ushort DefaultLifetimeUnits = 150;
    private const byte NewInterface = 1;
    private const byte BetweenMags = 3;
    private const byte StateUnknown = 4;
    private const byte StateNotChanged = 5;
    private const byte FirstRejection = 128;
    private const byte SequenceNumberOutOfWindow = 135;

    /// <summary>
    /// The options by which an LMA finds a session without its prefixes, and recognises its MAG (RFC 5213, Sections 5.4.1.1(5),
    /// 5.3.5(1)).
    /// </summary>
    private static readonly int[] _whereRegistered =
    [
        OptionType.AccessTechnologyType,
        OptionType.MobileNodeLinkLayerIdentifier,
        OptionType.AlternateCareOfAddress,
    ];

    private readonly TestSession _session;
    private readonly EmulatedNetwork _network;
    private readonly AcknowledgementCheck _acknowledgementCheck;
    private readonly Dictionary<string, ushort> _sequenceNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<MobileNode, MessageDraft> _registered = [];
    private readonly Dictionary<MobileNode, DateTimeOffset> _deregistered = [];
    private readonly Dictionary<string, Request> _lastRequests = new(StringComparer.Ordinal);
    private readonly List<Packet> _answers = [];
    private Request? _request;
    private Packet? _answer;
    private MessageDraft? _lastDraft;
    private ulong _lastTimestamp;

    /// <summary>The time at which the clock was read for the message about to be sent; null if the message is a repeated one.</summary>
    private DateTimeOffset? _composed;

    public LmaSignaling(TestSession session, EmulatedNetwork network)
    {
        _session = session;
        _network = network;
        _acknowledgementCheck = new AcknowledgementCheck(session);
        if (session.Scenario.Role == "LMA")
        {
            foreach (
                var mag in session
                    .Ixit.Addresses.Keys.Where(name => name.StartsWith("MAG", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
            )
            {
                network.Named(mag, Ports.Core);
            }

            network.Named("CN1", Ports.Home);
            network.AddCoreRouter();
        }
    }

    /// <summary>The request with which answers are matched.</summary>
    /// <exception cref="ScenarioFaultException">Nothing was sent yet.</exception>
    public Request Request => _request ?? throw new ScenarioFaultException("No MAG has sent a message yet.");

    /// <summary>
    /// If the handoff state is unknown, an LMA may wait before it considers the request (RFC 5213, Section 5.4.1.2(4)).
    /// </summary>
    private TimeSpan AnswerWithin =>
        !Request.IsDeregistration && Request.Message.First(OptionType.HandoffIndicator)?.Value == StateUnknown
            ? _session.AnswerWithin + _session.Ixit.Timer("MaxDelayBeforeNewBCEAssign")
            : _session.AnswerWithin;

    /// <summary>Registers a node that is new to the LMA: ALL_ZERO prefix, Handoff Indicator 1.</summary>
    public void Register(string mag, MobileNode node, EditList edits) =>
        Send(mag, node, Draft(mag, node, DefaultLifetimeUnits, NewInterface, Asked(node, known: false)), edits);

    /// <summary>Registers a node with a message whose octets are edited.</summary>
    public void Register(string mag, MobileNode node, OctetEdits edits)
    {
        var draft = Draft(mag, node, DefaultLifetimeUnits, NewInterface, Asked(node, known: false));
        draft.OctetEdits = edits;
        Send(mag, node, draft, EditList.None);
    }

    public void Refresh(string mag, MobileNode node, EditList edits) =>
        Send(mag, node, Draft(mag, node, DefaultLifetimeUnits, StateNotChanged, Asked(node, known: true)), edits);

    public void HandOff(string mag, MobileNode node, EditList edits) =>
        Send(mag, node, Draft(mag, node, DefaultLifetimeUnits, BetweenMags, Asked(node, known: false)), edits);

    public void Deregister(string mag, MobileNode node, EditList edits) =>
        Send(mag, node, Draft(mag, node, lifetimeUnits: 0, StateUnknown, Asked(node, known: true)), edits);

    /// <summary>Sends the MAG's last message again, with the same octets unless edited.</summary>
    public void Repeat(string mag, EditList edits)
    {
        if (mag != Request.Mag)
        {
            throw new ScenarioFaultException($"The last message is {Request.Mag}'s, not {mag}'s.");
        }

        Send(mag, Request.Node, _lastDraft ?? throw new ScenarioFaultException($"{mag} has sent no message yet."), edits);
    }

    /// <summary>Requires status 0.</summary>
    public void ExpectAccepted()
    {
        var reply = ExpectAnswer("an acknowledgement with status 0 ACCEPTED");
        var message = reply.Mobility!;
        _session.Require(
            [Observation.Status, Observation.Order],
            message.Status == 0,
            "status 0 ACCEPTED",
            StatusNames.Text(message.Status),
            reply.Frame,
            message.Offset + 6
        );
        Accepted(reply, message);
    }

    /// <summary>
    /// Requires status 0 for the last request of a MAG, which is not necessarily the latest request: its answer may have to wait
    /// for another event.
    /// </summary>
    public void ExpectAccepted(string mag)
    {
        _request = _lastRequests.GetValueOrDefault(mag) ?? throw new ScenarioFaultException($"{mag} has sent no request yet.");
        ExpectAccepted();
    }

    public void ExpectRejected(int status, string name)
    {
        StatusNames.Require(status, name);
        var expected = $"status {StatusNames.Text((byte)status)}";
        var reply = ExpectAnswer($"an acknowledgement with {expected}");
        var message = reply.Mobility!;
        var ok = message.Status == status;
        _session.Require(
            [Observation.Status, Observation.Order, Observation.Malformed, Observation.Prefixes],
            ok,
            expected,
            $"status {StatusNames.Text(message.Status)}",
            reply.Frame,
            message.Offset + 6
        );
    }

    public void ExpectNoAnswer()
    {
        var came = _session.Tester.TryFindForbidden(
            packet => IsAnswer(packet, exactly: false) ? packet : null,
            Request.Frame.At + _session.Guard,
            Request.Frame,
            out var reply
        );
        _session.Require(
            [Observation.Silence, Observation.Source, Observation.Malformed, Observation.Flags, Observation.Session],
            !came,
            "no acknowledgement",
            came ? $"an acknowledgement with status {StatusNames.Text(reply!.Mobility!.Status)}" : "none came",
            reply?.Frame ?? Request.Frame
        );
    }

    /// <summary>Requires an ICMPv6 Parameter Problem about the last request that points at an octet of its Mobility Header.</summary>
    public void ExpectParameterProblem(int pointer)
    {
        var expected = $"an ICMPv6 Parameter Problem, code 0, that points at octet {pointer} of the Mobility Header";
        var came = _session.Tester.TryExpect(
            packet => packet.Icmp?.Type == Icmpv6Layer.ParameterProblem ? packet : null,
            Request.Frame.At + _session.AnswerWithin,
            Request.Frame,
            out var reply
        );
        var actual = reply?.Icmp is { } problem
            ? $"code {problem.Code}, pointer {problem.Pointer}"
            : _session.NothingCame(_session.AnswerWithin);
        var wanted = (uint)(Ipv6Packet.HeaderLength + pointer);
        _session.Require(
            [Observation.Malformed],
            came && reply!.Icmp is { Code: 0 } found && found.Pointer == wanted,
            expected,
            actual,
            reply?.Frame ?? Request.Frame
        );
    }

    /// <summary>Requires a Binding Error with status 2, unrecognized MH Type (RFC 6275, Section 9.2).</summary>
    public void ExpectBindingError()
    {
        const int BindingErrorType = 7;
        const byte UnrecognizedType = 2;
        var came = _session.Tester.TryExpect(
            packet => packet.IsMobility(BindingErrorType, out _) ? packet : null,
            Request.Frame.At + _session.AnswerWithin,
            Request.Frame,
            out var reply
        );
        var actual = came ? $"a Binding Error with status {reply!.Mobility!.Status}" : _session.NothingCame(_session.AnswerWithin);
        _session.Require(
            [Observation.Malformed],
            came && reply!.Mobility!.Status == UnrecognizedType,
            "a Binding Error with status 2, unrecognized MH Type",
            actual,
            reply?.Frame ?? Request.Frame
        );
    }

    /// <summary>Compares the fields of the last answer with a table.</summary>
    public void ExpectCarries(IEnumerable<(string Field, string Expected)> rows)
    {
        var reply = _answer ?? throw new ScenarioFaultException("No answer came yet.");
        var fields = new FieldExpectation(_session, reply.Mobility!, reply.Frame.At, Request, earlier: null);
        FieldTable.Require(_session, fields, rows, reply);
    }

    public void ExpectSamePrefixes(MobileNode node, bool same)
    {
        var reply = _answer ?? throw new ScenarioFaultException("No answer came yet.");
        var now = Texts(node.Prefixes);
        var before = Texts(node.EarlierPrefixes);
        var comparable = node.Prefixes.Count > 0 && node.EarlierPrefixes.Count > 0;
        var kept = comparable && now.SequenceEqual(before);
        var fresh = comparable && !node.Prefixes.Any(prefix => node.EarlierPrefixes.Any(other => Overlap(prefix, other)));
        var expected = same ? $"the earlier prefixes: {string.Join(", ", before)}" : $"prefixes other than {string.Join(", ", before)}";
        _session.Require(
            [Observation.Prefixes, Observation.Session],
            same ? kept : fresh,
            expected,
            now.Any() ? string.Join(", ", now) : "no valid prefix",
            reply.Frame
        );
    }

    /// <summary>Requires that every registered mobile node has a prefix, and that the prefixes do not overlap.</summary>
    public void ExpectDistinctPrefixes(IReadOnlyCollection<MobileNode> nodes)
    {
        var registered = nodes.Where(node => node.IsRegistered).ToList();
        var without = registered.Find(node => node.Prefixes.Count == 0);
        var all = registered.SelectMany(node => node.Prefixes.Select(prefix => (node.Name, Prefix: prefix))).ToList();
        var shared = all.SelectMany(
                (one, index) =>
                    all.Skip(index + 1)
                        .Where(other => Overlap(one.Prefix, other.Prefix))
                        .Select(other => $"{one.Prefix} of {one.Name} and {other.Prefix} of {other.Name} overlap")
            )
            .FirstOrDefault();
        var actual = without is not null ? $"{without.Name} has none" : shared ?? "each has its own prefix";
        _session.Require([Observation.Prefixes], without is null && shared is null, "a distinct prefix for each", actual, _answer?.Frame);
    }

    /// <summary>
    /// Requires as many prefixes in the answer as the node is known to have; the check of the message does not know that number.
    /// </summary>
    public void ExpectPrefixCount(MobileNode node, int count)
    {
        var ok = node.Prefixes.Count == count && node.Prefixes.Distinct().Count() == count;
        var (expected, actual) = ($"{count} different prefixes", string.Join(", ", Texts(node.Prefixes)));
        _session.Find("rfc5213-5.3.6-k10", ok, expected, actual, _answer?.Frame);
        _session.Require([Observation.Prefixes], ok, expected, actual, _answer?.Frame);
    }

    /// <summary>
    /// Compares the link-local address of the session with the address it was marked with, to tell the earlier session from a new
    /// one.
    /// </summary>
    public void ExpectSession(bool earlier)
    {
        var reply = _answer ?? throw new ScenarioFaultException("No answer came yet.");
        var mark = Request.Node.Watermark ?? throw new ScenarioFaultException($"{Request.Node.Name}'s session was not marked.");
        var given = reply.Mobility!.First(OptionType.LinkLocalAddress);
        var kept = given?.Address.Equals(mark) ?? false;
        var expected = earlier
            ? $"the earlier session, whose link-local address is {mark}"
            : $"a new session, whose link-local address is not {mark}";
        var actual = given is null ? "no Link-local Address option" : $"link-local address {given.Address}";
        _session.Require(
            [Observation.Session, Observation.Timing],
            given is not null && kept == earlier,
            expected,
            actual,
            reply.Frame,
            given is null ? null : reply.Mobility.Offset + given.Offset
        );
    }

    /// <summary>
    /// Sends a request with a lifetime of 0, which an LMA without a session of that node silently ignores (RFC 5213, Sections
    /// 5.4.1.1-5.4.1.3). The request would end an existing session, so that later steps cannot examine the node.
    /// </summary>
    public void ExpectNoSession(MobileNode node)
    {
        var mag = node.ServingMag ?? _request?.Mag ?? "MAG1";
        Send(mag, node, Draft(mag, node, lifetimeUnits: 0, StateUnknown, Asked(node, known: false)), EditList.None);
        var came = _session.Tester.TryFindForbidden(
            packet => IsAnswer(packet, exactly: false) ? packet : null,
            Request.Frame.At + _session.Guard,
            Request.Frame,
            out var reply
        );
        var actual = came
            ? $"the probe is answered with status {StatusNames.Text(reply!.Mobility!.Status)}: a session exists"
            : "the probe is not answered";
        _session.Require(
            [Observation.Session, Observation.Timing, Observation.Silence],
            !came,
            "no mobility session: a probe with lifetime 0 is ignored",
            actual,
            reply?.Frame ?? Request.Frame
        );
    }

    /// <summary>Waits for the outcome of the last request and expresses it in the words of a table of legal readings.</summary>
    public (IReadOnlyList<string> Outcomes, string Text, Frame? Frame) ReadOutcome()
    {
        if (!TryAnswer(out var reply))
        {
            return (["not answered"], _session.NothingCame(AnswerWithin), null);
        }

        var message = reply.Mobility!;
        if (message.Status >= FirstRejection)
        {
            return ([$"rejected with {StatusNames.Text(message.Status)}"], $"status {StatusNames.Text(message.Status)}", reply.Frame);
        }

        var mark = Request.Node.Watermark;
        Accepted(reply, message);
        var earlier = mark is not null && (message.First(OptionType.LinkLocalAddress)?.Address.Equals(mark) ?? false);
        var outcome = earlier ? "accepted, the session is the earlier one" : "accepted, the session is a new one";
        return (["accepted", outcome], outcome, reply.Frame);
    }

    /// <summary>Ends the sessions that the scenario registered. The outcome is not judged.</summary>
    public void CleanUp()
    {
        foreach (var node in _session.MobileNodes.Where(node => node.IsBound))
        {
            if (node.IsRegistered && node.ServingMag is { } mag)
            {
                // A scenario may have registered the node with a time in the future.
                _lastTimestamp = Math.Max(_lastTimestamp, node.LastTimestamp);
                var draft = Draft(mag, node, lifetimeUnits: 0, StateUnknown, Asked(node, known: true));
                draft.Options.RemoveAll(option => _whereRegistered.Contains(option.Type));
                draft.Options.AddRange(_registered[node].Options.Where(option => _whereRegistered.Contains(option.Type)));
                Send(mag, node, draft, EditList.None);
                TryAnswer(out _);
            }
        }
    }

    /// <summary>A bookend: registers a separate node that the scenario does not use, to test whether the LMA is alive.</summary>
    /// <returns>The observation if it is not status 0; null if it is status 0.</returns>
    public string? Sentinel(string name)
    {
        var (keptRequest, keptAnswer, keptDraft) = (_request, _answer, _lastDraft);
        var node = _session.MobileNode(name);
        _session.Bind(node);
        try
        {
            Send("MAG1", node, Draft("MAG1", node, DefaultLifetimeUnits, NewInterface, Asked(node, known: false)), EditList.None);
            if (!TryAnswer(out var reply))
            {
                return _session.NothingCame(_session.AnswerWithin);
            }

            if (reply.Mobility!.Status != 0)
            {
                return $"status {StatusNames.Text(reply.Mobility.Status)}";
            }

            Accepted(reply, reply.Mobility);
            return null;
        }
        finally
        {
            (_request, _answer, _lastDraft) = (keptRequest, keptAnswer, keptDraft);
        }
    }

    private static bool Overlap(Ipv6Prefix one, Ipv6Prefix other) => one.Contains(other) || other.Contains(one);

    private static IEnumerable<string> Texts(IEnumerable<Ipv6Prefix> prefixes) =>
        prefixes.Select(prefix => prefix.ToString()).Order(StringComparer.Ordinal);

    private static IEnumerable<Ipv6Prefix> Asked(MobileNode node, bool known) =>
        known && node.Prefixes.Count > 0 ? node.Prefixes : [Ipv6Prefix.AllZero];

    private MessageDraft Draft(string mag, MobileNode node, ushort lifetimeUnits, byte handoff, IEnumerable<Ipv6Prefix> prefixes)
    {
        _session.Bind(node);

        // Before the clock is read for the Timestamp: resolving the LMA's link-layer address may take time.
        _network.Resolve(_network.Named(mag, Ports.Core), _session.AddressOf("LMA1"));
        var draft = new MessageDraft
        {
            IsAcknowledgement = false,
            SequenceNumber = NextSequenceNumber(mag),
            LifetimeUnits = lifetimeUnits,
        };
        draft.Options.Add(MobileNodeIdentifierOption.ForNai(node.Identity.Identifier));
        draft.Options.AddRange(prefixes.Select(prefix => new HomeNetworkPrefixOption(prefix)));
        draft.Options.Add(new HandoffIndicatorOption((HandoffIndicator)handoff));
        draft.Options.Add(new AccessTechnologyTypeOption((AccessTechnologyType)_session.Ixit.AccessTechnologyType));
        draft.Options.Add(new MobileNodeLinkLayerIdentifierOption(new OctetString(node.Identity.LinkLayer.ToArray())));
        draft.Options.Add(new LinkLocalAddressOption(IPAddress.IPv6None));
        draft.Options.Add(new TimestampOption(new Timestamp(NextTimestamp())));
        return draft;
    }

    /// <summary>
    /// The time of day, or a later time if necessary to keep requests of the same moment in order: the LMA must not have to decide
    /// which request came first.
    /// </summary>
    /// <exception cref="StepFailedException">
    /// The uncertainty of the LMA's clock is too large to choose a time that the LMA must accept.
    /// </exception>
    private ulong NextTimestamp()
    {
        var window = _session.Ixit.Timer("TimestampValidityWindow");
        if (_session.ClockUncertainty > window + _session.Margin)
        {
            throw new StepFailedException(
                $"the device's clock is known to within {_session.ClockUncertainty.TotalMilliseconds:0} ms, and its "
                    + $"TimestampValidityWindow is {window.TotalMilliseconds:0} ms: no Timestamp is certain to be inside it"
            );
        }

        _composed = _session.Bed.Now;
        return _lastTimestamp = Math.Max(TimestampOctets.FromTime(_session.OnDevice(_composed.Value)), _lastTimestamp + 1);
    }

    private ushort NextSequenceNumber(string mag)
    {
        if (!_sequenceNumbers.TryGetValue(mag, out var last))
        {
            last = (ushort)_session.Random.Next(ushort.MaxValue);
        }

        _sequenceNumbers[mag] = ++last;
        return last;
    }

    private void Send(string mag, MobileNode node, MessageDraft draft, EditList edits)
    {
        var last = _request?.Node == node ? _request.Message.SequenceNumber : draft.SequenceNumber;
        new DraftEditor(_session, node, last).Apply(draft, edits);
        var from = _network.Named(mag, Ports.Core);
        var lma = _session.AddressOf("LMA1");
        var packet = new Ipv6Packet(from.Address, lma, IpProtocol.MobilityHeader, draft.ToBytes(from.Address, lma));
        var known = KnownPrefixes(node);
        var frame = _network.Send(from, lma, packet);
        _sequenceNumbers[mag] = draft.SequenceNumber;
        var asked = frame.At + TimeSpan.FromSeconds(draft.LifetimeUnits * 4);
        node.AskedUntil = asked > node.AskedUntil ? asked : node.AskedUntil;
        _lastDraft = draft;
        _request = new Request(
            frame,
            new MobilityOctets(packet.Payload, EthernetFrame.HeaderLength + Ipv6Packet.HeaderLength),
            packet,
            mag,
            node,
            known
        );
        _lastRequests[mag] = _request;
        _answer = null;
        _session.LastStimulus = frame;
        if (
            _composed is { } time
            && _request.Message.First(OptionType.Timestamp) is { Length: 8 } stamp
            && stamp.Timestamp == _lastTimestamp
        )
        {
            var reserved = _session.Margin + _session.ClockUncertainty;
            var window = _session.Ixit.Timer("TimestampValidityWindow");
            TestSession.RequirePunctual(frame, time, window > reserved + (_session.Margin / 2) ? window - reserved : _session.Margin / 2);
        }

        _composed = null;
    }

    private IReadOnlyList<Ipv6Prefix> KnownPrefixes(MobileNode node)
    {
        var now = _session.Bed.Now + _session.Margin;
        var deleted = _deregistered.TryGetValue(node, out var at)
            ? at + _session.Ixit.Timer("MinDelayBeforeBCEDelete")
            : DateTimeOffset.MinValue;
        return now < (node.IsRegistered ? node.RegisteredUntil : deleted) ? node.Prefixes : [];
    }

    private Packet ExpectAnswer(string expected)
    {
        if (TryAnswer(out var reply))
        {
            return reply;
        }

        _session.Require(
            [Observation.Status, Observation.Order, Observation.Malformed],
            ok: false,
            expected,
            _session.NothingCame(AnswerWithin),
            Request.Frame
        );
        throw new System.Diagnostics.UnreachableException();
    }

    private bool TryAnswer([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Packet? reply)
    {
        var until = Request.Frame.At + AnswerWithin;
        if (
            !_session.Tester.TryExpect(packet => IsAnswer(packet, exactly: true) ? packet : null, until, Request.Frame, out reply)
            && !_session.Tester.TryExpect(packet => IsAnswer(packet, exactly: false) ? packet : null, until, Request.Frame, out reply)
        )
        {
            return false;
        }

        _acknowledgementCheck.Check(Request, reply);
        _answer = reply;
        _answers.Add(reply);
        _session.LastAnswer = reply.Frame;
        Note(reply);
        return true;
    }

    /// <summary>Records until when a session may live that this answer started or ended, whatever answer the scenario expected.</summary>
    private void Note(Packet reply)
    {
        var (node, message) = (Request.Node, reply.Mobility!);
        if (message.Status != 0)
        {
            return;
        }

        if (!Request.IsDeregistration)
        {
            var until = reply.Frame.At + TimeSpan.FromSeconds(message.LifetimeUnits * 4);
            node.LeftoverUntil = until > node.LeftoverUntil ? until : node.LeftoverUntil;
        }
        else if (node.Sessions <= 1)
        {
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
        if (
            message.SequenceNumber != Request.Message.SequenceNumber
            && _answers.Exists(earlier => earlier.Frame != packet.Frame && earlier.Frame.Bytes.Span.SequenceEqual(packet.Frame.Bytes.Span))
        )
        {
            return false;
        }

        var asked = Request.Message.First(OptionType.MobileNodeIdentifier)?.Identifier ?? string.Empty;
        bool[] matches =
        [
            message.SequenceNumber == Request.Message.SequenceNumber || message.Status == SequenceNumberOutOfWindow,
            (message.First(OptionType.MobileNodeIdentifier)?.Identifier ?? string.Empty) == asked,
            packet.Ip!.Destination.Equals(Request.Packet.Source),
        ];
        return matches.Count(match => match) >= (exactly ? matches.Length : 2);
    }

    private void Accepted(Packet reply, MobilityOctets message)
    {
        var node = Request.Node;
        node.ServingMag = Request.Mag;
        var timestamp = Request.Message.First(OptionType.Timestamp)?.Timestamp;
        node.LastTimestamp = timestamp ?? node.LastTimestamp;
        node.LastSequenceNumber = timestamp is null ? Request.Message.SequenceNumber : null;
        node.IsRegistered = !Request.IsDeregistration;
        if (Request.IsDeregistration)
        {
            _deregistered[node] = reply.Frame.At;
            return;
        }

        _registered[node] = _lastDraft!;
        node.EarlierPrefixes = node.Prefixes;
        node.RegisteredUntil = reply.Frame.At + TimeSpan.FromSeconds(message.LifetimeUnits * 4);
        node.Prefixes =
        [
            .. message
                .All(OptionType.HomeNetworkPrefix)
                .Where(option => option.Length >= 18 && option.PrefixLength is > 0 and <= 128)
                .Select(option => new Ipv6Prefix(option.Prefix, option.PrefixLength)),
        ];
        node.Sessions += node.Prefixes.SequenceEqual(node.EarlierPrefixes) ? 0 : 1;
        node.SessionLinkLocal = message.First(OptionType.LinkLocalAddress)?.Address ?? node.SessionLinkLocal;
        node.Watermark ??= node.SessionLinkLocal;
    }
}
