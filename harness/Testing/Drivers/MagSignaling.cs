using System.Globalization;
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

/// <summary>Plays the LMA and the mobile nodes around a MAG under test.</summary>
public sealed class MagSignaling : IResponder, IFrameObserver
{
    private const string Mag = "MAG1";
    private const string Lma = "LMA1";
    private const ushort GrantedLifetimeUnits = 150;
    private const byte FirstRejection = 128;
    private const int RepeatsAtSlowestRate = 2;

    private readonly TestSession _session;
    private readonly EmulatedNetwork _network;
    private readonly Dictionary<MobileNode, EmulatedHost> _hosts = [];
    private readonly Dictionary<MobileNode, Packet> _lastUpdates = [];
    private Func<Packet, MobilityOctets, MessageDraft?>? _policy;
    private Packet? _update;
    private Frame? _attachmentCause;
    private Frame? _advertisementCause;
    private DateTimeOffset _attachedAt;

    public MagSignaling(TestSession session, EmulatedNetwork network)
    {
        _session = session;
        _network = network;
        if (session.Scenario.Role == "MAG")
        {
            session.Tester.Add(new UpdateCheck(session, Mag, Lma));
            session.Tester.Add((IResponder)this);
            session.Tester.Add((IFrameObserver)this);
            network.Named(Lma, Ports.Core);
            network.AddCoreRouter();
        }
    }

    /// <summary>The time of the last event that the MAG may react to: a stimulus, an attachment or a detachment.</summary>
    private DateTimeOffset LastEvent => _session.LastStimulus is { } stimulus && stimulus.At > _attachedAt ? stimulus.At : _attachedAt;

    /// <summary>Raises the node's access link and sends the packets that make the MAG act: all triggers, or one trigger alone.</summary>
    public void Attach(MobileNode node, PortId port, string? trigger)
    {
        if (_session.Ixit.PortIdentities.ContainsKey(port.Name))
        {
            _session.BindToPort(node, port);
        }

        _session.Bind(node);
        _attachmentCause = _session.Bed.LastFrame;
        _advertisementCause = _attachmentCause;
        _session.SetCarrier(port, up: true);
        node.Link = port;
        node.IsRegistered = false;
        node.Prefixes = [];
        var host = new EmulatedHost(_session, _network, node, port);
        _hosts[node] = host;
        if (node.OfferedPrefixes.Count > 0)
        {
            // A host that returns to a link keeps its address and answers for it.
            host.Answer();
        }

        var before = _session.Bed.Frames.Count;
        switch (trigger)
        {
            case "link up":
                break;
            case "Router Solicitation":
                host.SolicitRouters();
                break;
            case "duplicate address detection":
                host.SolicitForDuplicates();
                break;
            case null:
                host.SolicitForDuplicates();
                host.SolicitRouters();
                break;
            default:
                throw new ScenarioFaultException(
                    $"'{trigger}' is not a trigger: say link up, Router Solicitation or duplicate address detection."
                );
        }

        _session.LastStimulus = before < _session.Bed.Frames.Count ? _session.Bed.Frames[before] : _session.LastStimulus;
        _attachedAt = _session.Bed.Now;
    }

    public void Detach(MobileNode node)
    {
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        _attachmentCause = _session.Bed.LastFrame;
        _session.SetCarrier(port, up: false);
        _hosts[node].Leave();
        _network.Forget(port);
        node.Link = null;
        _attachedAt = _session.Bed.Now;
    }

    public void SolicitRouters(MobileNode node)
    {
        _session.LastStimulus = Host(node).SolicitRouters();
        _advertisementCause = _session.LastStimulus;
    }

    /// <summary>The LMA answers every further update automatically, or ignores every update.</summary>
    public void LmaAnswers(string lma, string how, EditList edits)
    {
        RequireKnown(lma);
        _policy = how switch
        {
            "accepts" => (_, message) => Acknowledgement(message, 0, edits),
            "ignores" => null,
            _ => throw new ScenarioFaultException($"The LMA accepts or ignores updates; it does not '{how}'."),
        };
    }

    public void LmaRejects(string lma, int status, string name)
    {
        RequireKnown(lma);
        StatusNames.Require(status, name);
        _policy = (_, message) => Acknowledgement(message, (byte)status, EditList.None);
    }

    /// <summary>Attaches the node, waits for its registration and accepts it; later updates are accepted automatically.</summary>
    public void AttachAndRegister(MobileNode node, PortId port, EditList edits)
    {
        // The update is answered below, exactly once, even if the LMA answered automatically for earlier nodes.
        _policy = null;
        Attach(node, port, trigger: null);
        ExpectUpdate(node, "a Proxy Binding Update");
        Answer(0, edits);
        ExpectAdvertisement(node, prefixes: null, []);
        LmaAnswers(Lma, "accepts", EditList.None);
    }

    public void ExpectUpdate(
        MobileNode node,
        string expected,
        TimeSpan? within = null,
        IReadOnlyCollection<(string Field, string Expected)>? rows = null
    )
    {
        var limit = within ?? _session.AnswerWithin;
        var came = _session.Tester.TryExpect(
            packet => IsUpdateOf(node, packet) ? packet : null,
            LastEvent + limit,
            _attachmentCause,
            out var found
        );
        _session.Require(
            [Observation.Status, Observation.Timing, Observation.Session, Observation.Malformed],
            came,
            $"{expected} for {node.Name}",
            came ? "it came" : _session.NothingCame(limit),
            found?.Frame ?? _session.LastStimulus
        );
        var earlier = _lastUpdates.GetValueOrDefault(node);
        _lastUpdates[node] = found!;
        _update = found;
        _session.LastStimulus = found!.Frame;
        if (rows is { Count: > 0 })
        {
            FieldTable.Require(
                _session,
                new FieldExpectation(_session, found.Mobility!, found.Frame.At, request: null, earlier?.Mobility),
                rows,
                found
            );
        }
    }

    public void ExpectNoUpdate(MobileNode node, TimeSpan duration, bool registrationsOnly = false)
    {
        // A MAG notices with a delay that its link went down.
        var noticed = node.Link is null && LastEvent == _attachedAt ? _attachedAt + _session.Bed.Facts.Tolerance : DateTimeOffset.MinValue;
        var came = _session.Tester.TryFindForbidden(
            packet =>
                IsUpdateOf(node, packet) && (!registrationsOnly || packet.Mobility!.LifetimeUnits > 0) && packet.Frame.At > noticed
                    ? packet
                    : null,
            LastEvent + duration,
            _session.LastStimulus,
            out var found
        );
        _session.Require(
            [Observation.Silence, Observation.Status, Observation.Timing, Observation.Malformed, Observation.Session],
            !came,
            string.Create(CultureInfo.InvariantCulture, $"no Proxy Binding Update for {node.Name} for {duration.TotalSeconds:0.###} s"),
            came ? "one came" : "none came",
            found?.Frame ?? _session.LastStimulus
        );
    }

    /// <summary>Follows the retransmissions of the last update (RFC 5213, Section 6.9.4; RFC 6275, Section 11.8).</summary>
    /// <remarks>
    /// The first interval may also be the longer one of RFC 6275 for first registrations. Once the timeout has reached the maximum,
    /// a MAG may stop; if it continues, it retransmits at that rate.
    /// </remarks>
    public void ExpectRepeats(MobileNode node, TimeSpan first, TimeSpan last, IReadOnlyCollection<(string Field, string Expected)> rows)
    {
        var longer = _session.Ixit.Timer("InitialBindackTimeoutFirstReg");
        var interval = ExpectRepeat(node, [first, longer], rows) ?? throw new System.Diagnostics.UnreachableException();
        for (interval *= 2; interval < last; interval *= 2)
        {
            ExpectRepeat(node, [interval], rows);
        }

        for (var slow = 0; slow < RepeatsAtSlowestRate && ExpectRepeat(node, [last], rows, required: false) is not null; slow++) { }
    }

    /// <returns>The interval that matched; null if no retransmission came and none was required.</returns>
    private TimeSpan? ExpectRepeat(
        MobileNode node,
        IReadOnlyList<TimeSpan> intervals,
        IReadOnlyCollection<(string Field, string Expected)> rows,
        bool required = true
    )
    {
        var before = _update ?? throw new ScenarioFaultException("The MAG has sent no Proxy Binding Update yet.");
        var longest = intervals.Max();

        // A retransmission that is not required but comes too late still shows a wrong rate.
        var patience = required ? longest + IntervalTolerance(longest) : longest * 2;
        var came = _session.Tester.TryExpect(
            packet => IsUpdateOf(node, packet) ? packet : null,
            before.Frame.At + patience,
            before.Frame,
            out var found
        );
        if (!came && !required)
        {
            return null;
        }

        var gap = found is null ? TimeSpan.Zero : found.Frame.At - before.Frame.At;
        var matched = intervals
            .Where(interval => came && (gap - interval).Duration() <= IntervalTolerance(interval))
            .Cast<TimeSpan?>()
            .FirstOrDefault();
        var expected = string.Create(
            CultureInfo.InvariantCulture,
            $"a retransmission {string.Join(" or ", intervals.Select(interval => interval.TotalSeconds))} s after the one before"
        );
        var actual = came
            ? string.Create(CultureInfo.InvariantCulture, $"it came after {gap.TotalSeconds:0.###} s")
            : _session.NothingCame(patience);
        _session.Require([Observation.Timing], matched is not null, expected, actual, found?.Frame ?? before.Frame);
        FieldTable.Require(
            _session,
            new FieldExpectation(_session, found!.Mobility!, found.Frame.At, request: null, before.Mobility),
            rows,
            found
        );
        _lastUpdates[node] = found;
        _update = found;
        _session.LastStimulus = found.Frame;
        return matched;
    }

    /// <summary>The LMA accepts the last update that a step waited for.</summary>
    public void Accept(string lma, EditList edits)
    {
        RequireKnown(lma);
        Answer(0, edits);
    }

    /// <summary>The LMA rejects the last update that a step waited for.</summary>
    public void Reject(string lma, int status, string name)
    {
        RequireKnown(lma);
        StatusNames.Require(status, name);
        Answer((byte)status, EditList.None);
    }

    private void Answer(byte status, EditList edits)
    {
        var request = _update ?? throw new ScenarioFaultException("The MAG has sent no Proxy Binding Update yet.");
        var node = NodeOf(request.Mobility!);
        Send(request, Acknowledgement(request.Mobility!, status, edits)!, node);
    }

    /// <summary>The LMA repeats its answer to the last update, edited, as an unsolicited acknowledgement.</summary>
    public void SendUnrequested(string lma, MobileNode node, EditList edits)
    {
        RequireKnown(lma);
        var request =
            _lastUpdates.GetValueOrDefault(node)
            ?? throw new ScenarioFaultException($"The MAG has sent no Proxy Binding Update for {node.Name} yet.");
        Send(request, Acknowledgement(request.Mobility!, 0, edits)!, node: null);
    }

    /// <summary>
    /// Requires a Router Advertisement on the node's link with exactly these prefixes; null stands for those that the LMA assigned.
    /// </summary>
    public void ExpectAdvertisement(
        MobileNode node,
        IReadOnlyList<Ipv6Prefix>? prefixes,
        IReadOnlyCollection<(string Field, string Expected)> rows
    )
    {
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        var wanted = (prefixes ?? node.OfferedPrefixes).Select(prefix => prefix.ToString()).Order(StringComparer.Ordinal).ToList();
        var after = _advertisementCause;
        if (wanted.Count == 0)
        {
            throw new StepFailedException($"nothing was assigned to {node.Name}: the MAG requested no home network prefix");
        }

        Packet? nearest = null;
        var until = (after?.At ?? _session.Bed.Now) + _session.AnswerWithin;
        var came = _session.Tester.TryExpect(
            packet =>
                packet.Frame.Port == port
                && packet.RouterAdvertisement is { } candidate
                && PrefixesOf(candidate, ref nearest, packet).SequenceEqual(wanted)
                    ? packet
                    : null,
            until,
            after,
            out var found
        );
        var actual =
            came ? "it came"
            : nearest?.RouterAdvertisement is { } other ? $"a Router Advertisement with {string.Join(", ", Advertised(other))}"
            : _session.NothingCame(_session.AnswerWithin);
        _session.Require(
            [Observation.Advertisement, Observation.Prefixes, Observation.Status, Observation.Malformed],
            came,
            $"a Router Advertisement on {port} with {string.Join(", ", wanted)}",
            actual,
            (found ?? nearest)?.Frame ?? after
        );
        var advertisement = found!.RouterAdvertisement!;
        var wrong = new List<string>();
        var decided = false;
        foreach (var (field, expected) in rows)
        {
            var (ok, said) = JudgeAdvertisement(node, found, advertisement, field, expected);
            decided |= _session.Judge([Observation.Advertisement], ok, $"{field} {expected}", $"{field} {said}", found.Frame);
            if (!ok)
            {
                wrong.Add($"expected {field} {expected}; {said}");
            }
        }

        _hosts[node].Answer();
        if (wrong.Count > 0)
        {
            throw new StepFailedException(string.Join(". ", wrong), decided);
        }
    }

    /// <summary>Requires that no Router Advertisement to the node contains a home network prefix; other content is allowed.</summary>
    public void ExpectNoAdvertisement(MobileNode node)
    {
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        var owned = Ipv6Prefix.Parse(_session.Ixit.OwnedPrefix);
        var after = _session.LastStimulus;
        var came = _session.Tester.TryFindForbidden(
            packet =>
                packet.Frame.Port == port
                && packet.RouterAdvertisement is { } advertisement
                && advertisement.Prefixes.Any(advertised =>
                    owned.Contains(advertised.Prefix) || advertised.Prefix.Equals(IPAddress.IPv6None)
                )
                    ? packet
                    : null,
            LastEvent + _session.Guard,
            after,
            out var found
        );
        _session.Require(
            [Observation.Advertisement, Observation.Silence, Observation.Status, Observation.Malformed, Observation.Session],
            !came,
            $"no home network prefix advertised on {port}",
            came ? $"a Router Advertisement with {string.Join(", ", Advertised(found!.RouterAdvertisement!))}" : "none",
            found?.Frame ?? after
        );
    }

    /// <summary>
    /// An advertised prefix shows that the MAG has accepted an acknowledgement. The tester cannot know otherwise, because it does
    /// not know which of its answers a MAG must ignore.
    /// </summary>
    public void Observe(Packet packet)
    {
        if (packet.Frame.Direction != Direction.Received || packet.RouterAdvertisement is not { } advertisement)
        {
            return;
        }

        var advertised = Advertised(advertisement);
        foreach (
            var node in _session.MobileNodes.Where(node =>
                node.Link == packet.Frame.Port && node.OfferedPrefixes.Any(prefix => advertised.Contains(prefix.ToString()))
            )
        )
        {
            node.Prefixes = node.OfferedPrefixes;
            node.IsRegistered = true;
        }
    }

    public bool TryRespond(Packet packet, LowerTester tester)
    {
        if (
            _policy is null
            || !packet.IsMobility(MobilityOctets.BindingUpdateType, out var message)
            || _policy(packet, message) is not { } draft
        )
        {
            return false;
        }

        Send(packet, draft, NodeOf(message));

        // The update stays visible to steps that wait for it.
        return false;
    }

    /// <summary>Detaches every node and lets the MAG de-register it.</summary>
    public void CleanUp()
    {
        LmaAnswers(Lma, "accepts", EditList.None);
        foreach (var node in _session.MobileNodes.Where(node => node.Link is not null))
        {
            Detach(node);
        }

        _session.Tester.WaitUntil(_session.Bed.Now + _session.Ixit.Timer("INITIAL_BINDACK_TIMEOUT") + _session.Margin);
    }

    /// <summary>A bookend: attaches a separate node at the access link for bookends, to test whether the MAG is alive.</summary>
    /// <returns>The observation if no registration came; null if it came.</returns>
    public string? Sentinel(string name)
    {
        var kept = (_update, _session.LastStimulus, _policy, _attachedAt, _attachmentCause, _advertisementCause);
        var node = _session.MobileNode(name);
        try
        {
            _policy = null;
            Attach(node, new PortId(_session.Ixit.SentinelPort), trigger: null);
            var came = _session.Tester.TryExpect(
                packet => IsUpdateOf(node, packet) ? packet : null,
                _session.Bed.Now + _session.AnswerWithin,
                after: null,
                out var found
            );
            if (!came)
            {
                return _session.NothingCame(_session.AnswerWithin);
            }

            Send(found!, Acknowledgement(found!.Mobility!, 0, EditList.None)!, node);
            LmaAnswers(Lma, "accepts", EditList.None);
            Detach(node);
            _session.Tester.TryExpect(
                packet => IsUpdateOf(node, packet) && packet.Mobility!.LifetimeUnits == 0 ? packet : null,
                _session.Bed.Now + _session.AnswerWithin,
                after: null,
                out _
            );
            return null;
        }
        finally
        {
            (_update, _session.LastStimulus, _policy, _attachedAt, _attachmentCause, _advertisementCause) = kept;
        }
    }

    /// <summary>
    /// The timers of a device have a limited resolution: the tolerance is a tenth of the interval plus the bed's tolerance.
    /// </summary>
    private TimeSpan IntervalTolerance(TimeSpan interval) => (interval / 10) + _session.Bed.Facts.Tolerance;

    private static bool IsUpdateOf(MobileNode node, Packet packet) =>
        packet.IsMobility(MobilityOctets.BindingUpdateType, out var message)
        && message.First(OptionType.MobileNodeIdentifier) is { } identifier
        && identifier.Identifier == node.Identity.Identifier;

    private static List<string> Advertised(NeighborDiscoveryLayer advertisement) =>
        [.. advertisement.Prefixes.Select(prefix => prefix.ToString()).Order(StringComparer.Ordinal)];

    private static List<string> PrefixesOf(NeighborDiscoveryLayer advertisement, ref Packet? nearest, Packet packet)
    {
        nearest = packet;
        return Advertised(advertisement);
    }

    private static (bool Ok, string Actual) JudgeAdvertisement(
        MobileNode node,
        Packet packet,
        NeighborDiscoveryLayer advertisement,
        string field,
        string expected
    )
    {
        switch (field.ToUpperInvariant())
        {
            case "ON-LINK":
                return (
                    advertisement.Prefixes.All(prefix => prefix.OnLink == (expected == "1")),
                    advertisement.Prefixes.All(prefix => prefix.OnLink) ? "1" : "0"
                );
            case "MTU":
                var said = advertisement.Mtu?.ToString(CultureInfo.InvariantCulture) ?? "absent";
                return (said == expected, said);
            case "ROUTER LIFETIME":
                return (
                    expected == "greater than 0"
                        ? advertisement.RouterLifetime > 0
                        : advertisement.RouterLifetime.ToString(CultureInfo.InvariantCulture) == expected,
                    $"{advertisement.RouterLifetime} s"
                );
            case "SOURCE":
                var source = packet.Ip!.Source;
                return (
                    expected == "the assigned link-local address" ? source.Equals(node.Watermark) : source.ToString() == expected,
                    source.ToString()
                );
            default:
                throw new ScenarioFaultException(
                    $"'{field}' is not a field of a Router Advertisement here: say on-link, MTU, Router Lifetime or source."
                );
        }
    }

    private static void RequireKnown(string lma)
    {
        if (lma != Lma)
        {
            throw new ScenarioFaultException($"The tester plays {Lma} here, not {lma}.");
        }
    }

    private EmulatedHost Host(MobileNode node) =>
        _hosts.TryGetValue(node, out var host) ? host : throw new ScenarioFaultException($"{node.Name} was never attached.");

    private MobileNode? NodeOf(MobilityOctets message)
    {
        var identifier = message.First(OptionType.MobileNodeIdentifier)?.Identifier;
        return _session.MobileNodes.FirstOrDefault(node => node.IsBound && node.Identity.Identifier == identifier);
    }

    private MessageDraft? Acknowledgement(MobilityOctets message, byte status, EditList edits)
    {
        if (NodeOf(message) is not { } node)
        {
            return null;
        }

        var draft = new MessageDraft
        {
            IsAcknowledgement = true,
            Status = status,
            SequenceNumber = message.SequenceNumber,
            LifetimeUnits = status < FirstRejection ? Math.Min(message.LifetimeUnits, GrantedLifetimeUnits) : (ushort)0,
        };
        foreach (var option in message.Options)
        {
            if (Echoed(option, node, status) is { } echoed)
            {
                draft.Options.Add(echoed);
            }
        }

        new DraftEditor(_session, node, message.SequenceNumber).Apply(draft, edits);
        return draft;
    }

    private MobilityOption? Echoed(OptionOctets option, MobileNode node, byte status) =>
        option.Type switch
        {
            OptionType.HomeNetworkPrefix when option.Length < 18 || option.PrefixLength > 128 => null,
            OptionType.HomeNetworkPrefix when option.IsAllZeroPrefix && status < FirstRejection => new HomeNetworkPrefixOption(
                Allocate(node)
            ),
            OptionType.HomeNetworkPrefix => new HomeNetworkPrefixOption(new Ipv6Prefix(option.Prefix, option.PrefixLength)),
            OptionType.LinkLocalAddress when option.Address.Equals(IPAddress.IPv6None) && status < FirstRejection =>
                new LinkLocalAddressOption(LmaLinkLocal(node)),
            OptionType.LinkLocalAddress => new LinkLocalAddressOption(option.Address),
            OptionType.MobileNodeIdentifier => MobileNodeIdentifierOption.ForNai(option.Identifier),
            OptionType.HandoffIndicator => new HandoffIndicatorOption((HandoffIndicator)option.Value),
            OptionType.AccessTechnologyType => new AccessTechnologyTypeOption((AccessTechnologyType)option.Value),
            OptionType.MobileNodeLinkLayerIdentifier => new MobileNodeLinkLayerIdentifierOption(
                new OctetString(option.LinkLayerIdentifier.Span)
            ),
            OptionType.Timestamp => new TimestampOption(new Timestamp(option.Timestamp)),
            _ => null,
        };

    private Ipv6Prefix Allocate(MobileNode node) =>
        node.OfferedPrefixes.Count > 0
            ? node.OfferedPrefixes[0]
            : Ipv6Prefix
                .Parse(_session.Ixit.OwnedPrefix)
                .Subnet(64, (ulong)(node.Identity.LinkLayer.ToArray()[4] << 8 | node.Identity.LinkLayer.ToArray()[5]));

    private static IPAddress LmaLinkLocal(MobileNode node) =>
        node.Watermark ??= new IPAddress([0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0, .. node.Identity.LinkLayer.ToArray()[4..]]);

    private void Send(Packet request, MessageDraft draft, MobileNode? node)
    {
        var from = _network.Named(Lma, Ports.Core);
        var to = request.Ip!.Source;
        var octets = draft.ToBytes(from.Address, to);
        var frame = _network.Send(from, to, new Ipv6Packet(from.Address, to, IpProtocol.MobilityHeader, octets));
        _session.LastStimulus = frame;
        _advertisementCause = frame;
        if (node is null)
        {
            return;
        }

        if (draft.Status >= FirstRejection || request.Mobility!.LifetimeUnits == 0)
        {
            return;
        }

        node.RegisteredUntil = frame.At + TimeSpan.FromSeconds(draft.LifetimeUnits * 4);
        node.OfferedPrefixes =
        [
            .. draft.Options.OfType<HomeNetworkPrefixOption>().Select(option => option.Prefix).Where(prefix => !prefix.IsAllZero),
        ];
        node.Watermark = draft.Options.OfType<LinkLocalAddressOption>().FirstOrDefault()?.Address ?? node.Watermark;
    }
}
