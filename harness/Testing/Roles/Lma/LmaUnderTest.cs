using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Data;
using Conformance.Testing.Domains;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Lma;

/// <summary>An LMA under test: the tester plays the MAGs, the mobile nodes behind them, and the correspondent nodes.</summary>
[RoleUnderTest("LMA")]
public sealed class LmaUnderTest : IDhcpUnderTest
{
    /// <summary>The time after a de-registration in which the LMA keeps the session (RFC 5213, Section 5.3.5).</summary>
    private const string WaitingTime = "MinDelayBeforeBCEDelete";

    private readonly TestSession _session;
    private readonly EmulatedNetwork _network;
    private readonly GatewayClock _clock;
    private readonly LmaExchanges _exchanges;
    private readonly Dictionary<string, EmulatedGateway> _gateways = new(StringComparer.Ordinal);
    private readonly LmaDhcp _dhcp;

    public LmaUnderTest(TestSession session, EmulatedNetwork network)
    {
        _session = session;
        _network = network;
        _clock = new GatewayClock(session);
        var checks = CheckList.For(session.Scenario.Edition, session.Scenario.Role);
        _exchanges = new LmaExchanges(session, checks);
        Requests = new LmaRequests(session, _exchanges, Gateway, _clock);
        Answers = new LmaAnswers(session, _exchanges);
        Sessions = new LmaSessions(session, _exchanges, Requests, checks);
        Ipv4 = new LmaIpv4(session, _exchanges);
        Data = new LmaDataPath(session, network, Gateway);
        _dhcp = new LmaDhcp(session, network);
    }

    public LmaRequests Requests { get; }

    public LmaAnswers Answers { get; }

    public LmaSessions Sessions { get; }

    public LmaIpv4 Ipv4 { get; }

    public IDataPath Data { get; }

    public void Prepare()
    {
        foreach (var mag in _session.Ixit.Domain.Of(NodeRole.Mag).Select(node => node.Name).Order(StringComparer.Ordinal))
        {
            _network.AddAt(mag, Ports.Core);
        }

        var correspondent = _session.First(NodeRole.Cn);
        _network.Named(correspondent, Ports.Home);
        if (_session.Ixit.Domain.Find(correspondent)!.AddressOf(AddressFamily.InterNetwork) is not null)
        {
            _network.Named(correspondent, Ports.Home, AddressFamily.InterNetwork);
        }

        _network.AddCoreRouter();
    }

    /// <summary>From now on, a MAG reaches the LMA so.</summary>
    public void Signal(string mag, GatewayPath path) => Gateway(mag).Transport.Take(path);

    public void Send(MobileNode node, DhcpMessageType type, EditList edits) => _dhcp.Send(node, type, edits);

    public void Configure(MobileNode node, EditList edits) => _dhcp.Configure(node, edits);

    public void Expect(MobileNode node, ExpectedReply reply, TimeSpan? within, IReadOnlyCollection<(string Field, string Expected)> rows)
    {
        switch (reply)
        {
            case ExpectedReply.Dhcp { Comes: true, Type: { } type }:
                _dhcp.Expect(node, type, within, rows);
                break;
            case ExpectedReply.Dhcp(_, var type):
                _dhcp.ExpectNone(node, type, within, rows);
                break;
            default:
                throw new ScenarioFaultException("An LMA under test has no link on which a mobile node could ask by ARP.");
        }
    }

    public void ReportTooBig(EditList edits) => _session.LastStimulus = TooBigReport.Send(_session, _network, edits);

    public Reaction? Serve(MobileNode node) =>
        _exchanges.Apart(() =>
        {
            var mag = _session.First(NodeRole.Mag);
            Requests.Register(mag, node, EditList.None);
            var isAnswered = _exchanges.TryAnswer();
            var isWithoutIpv6 = isAnswered && IsWithoutIpv6(_exchanges.Latest);
            if (isWithoutIpv6)
            {
                isAnswered = AsksForIpv4(mag, node);
            }

            if (!isAnswered)
            {
                return AnswersInClear(node)
                    ? Reaction.Refused("it answers nothing under ESP, although it is alive: it answers in clear")
                    : Reaction.Silent(_session.NothingCame(_session.Clock.AnswerWithin));
            }

            if (_exchanges.Latest.Answer!.Mobility!.Status is not 0 and var status)
            {
                return Reaction.Refused($"status {StatusNames.Text(status)}");
            }

            _exchanges.NoteAccepted(_exchanges.Latest);
            if (isWithoutIpv6)
            {
                End(node);
            }

            return Reaction.Served;
        });

    public Reaction? Release(MobileNode node) =>
        node.Binding.IsRegistered
            ? _exchanges.Apart(() =>
            {
                var isValid = _session.Bed.Now + _session.Clock.Margin < node.Binding.Until;
                var reaction = End(node);
                return isValid || reaction.Answers ? reaction : null;
            })
            : null;

    public void CleanUp()
    {
        foreach (
            var node in _session.Nodes.All.Where(node =>
                node is { IsBound: true, IsOfBookend: false, Binding: { IsRegistered: true, Gateway: not null } }
            )
        )
        {
            // An LMA must not answer for a session whose lifetime has run out. One whose addresses are all withdrawn may have ended.
            var (prefixes, ipv4) = (node.Session.Prefixes, node.Session.Ipv4Addresses);
            var areWithdrawn = ipv4.Count == 0 && prefixes.Count > 0 && prefixes.All(_session.Device.HasWithdrawn);
            if (node.Binding.Until > _session.Bed.Now && !areWithdrawn)
            {
                Requests.End(node);
                _exchanges.TryAnswer();
            }
        }
    }

    /// <summary>
    /// True if the home network has no IPv6 (RFC 5844, Section 3.1.2.1): there, a bookend is about IPv4. The LMA without IPv4 support does
    /// not have this status.
    /// </summary>
    private bool IsWithoutIpv6(Exchange exchange) =>
        _session.Ixit.Ipv4 is not null && exchange.Answer!.Mobility!.Status == (byte)BindingStatus.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE;

    /// <summary>
    /// Registers a node as one that may have IPv4 only. Where the addresses are few, those of earlier nodes may become free during the wait
    /// after their de-registration; for the same reason the caller ends the session at once.
    /// </summary>
    /// <returns>False if no answer came.</returns>
    private bool AsksForIpv4(string mag, MobileNode node)
    {
        _session.Nodes.Rebind(node, Ixit.Ipv4OnlyKind);
        Requests.Register(mag, node, EditList.None);
        if (!_exchanges.TryAnswer())
        {
            return false;
        }

        if (_exchanges.Latest.Answer!.Mobility!.Status != (byte)BindingStatus.INSUFFICIENT_RESOURCES)
        {
            return true;
        }

        _session.Tester.WaitUntil(_session.Bed.Now + _session.Ixit.Timer(WaitingTime) + _session.Clock.Margin);
        Requests.Register(mag, node, EditList.None);
        return _exchanges.TryAnswer();
    }

    /// <summary>
    /// True if an LMA that has to be asked under ESP, and was silent then, answers a message without protection. It is not dead.
    /// </summary>
    private bool AnswersInClear(MobileNode node)
    {
        var mag = _session.First(NodeRole.Mag);
        if (_session.Bed.Associations?.Between(_session.AddressOf(mag), _session.AddressOf(_session.Tested), isTunnel: false) is null)
        {
            return false;
        }

        Requests.Register(mag, node, EditList.Parse("protection = none"));
        return _exchanges.TryAnswer();
    }

    /// <summary>Ends the session of a bookend's node.</summary>
    private Reaction End(MobileNode node)
    {
        Requests.End(node);
        node.Binding.IsRegistered = false;
        return !_exchanges.TryAnswer() ? Reaction.Silent(_session.NothingCame(_session.Clock.AnswerWithin))
            : _exchanges.Latest.Answer!.Mobility!.Status is not 0 and var status ? Reaction.Refused($"status {StatusNames.Text(status)}")
            : Reaction.Served;
    }

    private EmulatedGateway Gateway(string name)
    {
        if (!_gateways.TryGetValue(name, out var gateway))
        {
            gateway = new EmulatedGateway(
                _session,
                _network,
                _network.Named(name, Ports.Core),
                _session.AddressOf(_session.Tested),
                _clock
            );
            _gateways.Add(name, gateway);
        }

        return gateway;
    }
}
