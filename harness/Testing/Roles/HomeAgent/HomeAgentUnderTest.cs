using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Checks.Mobility;
using Conformance.Testing.Data;
using Conformance.Testing.Domains;
using Conformance.Testing.Edits;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Peers;
using Conformance.Testing.Roles.Mobility;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.HomeAgent;

/// <summary>
/// A home agent under test: the tester plays the mobile nodes, at care-of addresses on the core link and at home, a correspondent node on
/// the core link, and a host on the home link.
/// </summary>
[RoleUnderTest("HA")]
public sealed class HomeAgentUnderTest : IMobilityUnderTest
{
    /// <summary>
    /// Duplicate address detection comes before the answer to a first registration (RFC 6275, Section 10.3.1): one RETRANS_TIMER after a
    /// delay of up to MAX_RTR_SOLICITATION_DELAY (RFC 4862, Section 5.4.2), each 1 s.
    /// </summary>
    private static readonly TimeSpan _addressTest = TimeSpan.FromSeconds(2);

    private readonly TestSession _session;
    private readonly EmulatedNetwork _network;
    private readonly CheckList _checks;
    private readonly MobileNodePeer _nodes;
    private readonly MobilityExchanges _exchanges;
    private readonly MobilityRequests _requests;
    private readonly MobilityAnswers _answers;
    private readonly HomeAgentTraffic _traffic;
    private readonly HomeAgentCarriage _carriage;
    private readonly HomeAgentMessages _messages;
    private readonly HomeLinkWatch _homeLink;
    private readonly HomeAgentBookend _bookend;
    private readonly NodesAtHome _atHome;

    public HomeAgentUnderTest(TestSession session, EmulatedNetwork network)
    {
        (_session, _network) = (session, network);
        _checks = CheckList.For(session.Scenario.Edition, session.Scenario.Role);
        _nodes = new MobileNodePeer(session, network, session.AddressOf(session.Tested));
        _atHome = new NodesAtHome(session, _nodes);
        _exchanges = new MobilityExchanges(session, _checks, DelayOf) { Hindrance = _atHome.HindranceOf };
        _requests = new MobilityRequests(session, _exchanges, _nodes, isHomeRegistration: true);
        _answers = new MobilityAnswers(session, _exchanges);
        _traffic = new HomeAgentTraffic(session, network, _nodes);
        _carriage = new HomeAgentCarriage(session, network, _nodes);
        _messages = new HomeAgentMessages(session, network, _nodes);
        _homeLink = new HomeLinkWatch(session, network, _nodes);
        _bookend = new HomeAgentBookend(session, _requests, _exchanges, _traffic);
    }

    public IDataPath Data =>
        throw new ScenarioFaultException("The phrase is about Proxy Mobile IPv6; packets of a mobile node have phrases of their own.");

    public void Prepare()
    {
        _session.Tester.Add(new MobilityObserver(_session, _checks));
        foreach (var node in _session.Ixit.Domain.Of(NodeRole.Cn).Where(node => !node.IsReal))
        {
            _network.AddAt(node.Name, Ports.Core);
            _network.AddAt(node.Name, Ports.Home);
        }

        _network.AddCoreRouter();
    }

    public void ReportTooBig(EditList edits) => throw NotOfThisRole("a router that reports Packet Too Big");

    public Reaction? Serve(MobileNode node) => _bookend.Serve(node);

    public Reaction? Release(MobileNode node) => _bookend.Release(node);

    public void CleanUp()
    {
        foreach (
            var node in _session
                .Nodes.All.Where(node => node is { IsBound: true, IsOfBookend: false, CareOfBindings.All.Count: > 0 })
                .ToList()
        )
        {
            _requests.RemoveAll(node, from: null, EditList.None);
            _exchanges.TryAnswer();
        }
    }

    public void Register(MobileNode node, RequestedBindings bindings, CareOf? from, EditList edits)
    {
        _atHome.Place(node, bindings, from);
        _requests.Register(node, bindings, from, edits);
        _atHome.SettleIfAllowed(_exchanges.Current);
    }

    public void RegisterMobileNetwork(MobileNode node, RequestedBindings bindings, EditList edits) =>
        _requests.RegisterMobileNetwork(node, bindings, edits);

    public void Refresh(MobileNode node, Bids bids, CareOf? from, EditList edits) => _requests.Refresh(node, bids, from, edits);

    public void Remove(MobileNode node, Bids bids, CareOf? from, EditList edits)
    {
        if (from is { IsHome: true })
        {
            _atHome.Come(node);
        }

        _requests.Remove(node, bids, from, edits);
    }

    public void RemoveAll(MobileNode node, CareOf? from, EditList edits)
    {
        if (from is { IsHome: true })
        {
            _atHome.Come(node);
        }

        _requests.RemoveAll(node, from, edits);
    }

    public void ReturnHome(MobileNode node, EditList edits) => RemoveAll(node, CareOf.Home, edits);

    public void Repeat(MobileNode node, EditList edits) => _requests.Repeat(node, edits);

    public void SendTestInit(MobileNode node, TestInitKind kind, CareOf? from, EditList edits) =>
        _messages.SendTestInit(node, kind, from, edits);

    public void OpenFlow(MobileNode node, int flow, CareOf from) => _traffic.OpenFlow(node, flow, from);

    public void SolicitPrefixes(MobileNode node, CareOf from, EditList edits) => _messages.SolicitPrefixes(node, from, edits);

    public void AddOtherNode(MobileNode node, DefendedAddress address) => _homeLink.AddOtherNode(node, address);

    public void SendToNode(string correspondent, MobileNode node) => _traffic.SendToNode(correspondent, node);

    public void SendToLinkLocal(string correspondent, MobileNode node) => _traffic.SendToLinkLocal(node);

    public void ExpectLastNowhere() => _traffic.ExpectLastNowhere();

    public void ExpectAccepted()
    {
        _answers.ExpectAccepted();
        _atHome.SettleIfAllowed(_exchanges.Current);
    }

    public void ExpectAccepted(Bids bids)
    {
        _answers.ExpectAccepted(bids);
        _atHome.SettleIfAllowed(_exchanges.Current);
    }

    public void ExpectRejected(string status) => _answers.ExpectRejected(status);

    public void ExpectNotRejected(string status) => _answers.ExpectNotRejected(status);

    public void ExpectSilence()
    {
        if (_messages.IsAwaiting)
        {
            _messages.ExpectNoPrefixAdvertisement();
        }
        else
        {
            _answers.ExpectSilence();
        }
    }

    public void ExpectStatus(Bids bids, string status) => _answers.ExpectStatus(bids, status);

    public void ExpectCountedStatus(Bids bids, string status)
    {
        _answers.ExpectCounted(bids, status);
        _atHome.SettleIfAllowed(_exchanges.Current);
    }

    public void ExpectAnswer(IReadOnlyCollection<(string Field, string Expected)> rows) => _answers.ExpectFields(rows);

    public void ExpectTest(TestInitKind kind, IReadOnlyCollection<(string Field, string Expected)> rows) =>
        throw NotOfThisRole("the tests of return routability");

    public void ExpectTokens(MobileNode node, bool areEqual) => throw NotOfThisRole("the tokens of return routability");

    public void ExpectRefreshRequest(MobileNode node, Bids? bids, TimeSpan? within) => _messages.ExpectRefreshRequest(node, bids, within);

    public void ExpectPrefixAdvertisement() => _messages.ExpectPrefixAdvertisement();

    public (IReadOnlyList<string> Outcomes, string Text, Frame? Frame) ReadOutcome() => _answers.ReadOutcome();

    public void ExpectAt(MobileNode node, IReadOnlyList<CareOf> places, bool fromHomeLink)
    {
        AwaitNegotiation();
        _traffic.ExpectAt(node, places, fromHomeLink);
    }

    public void ExpectIpv4At(MobileNode node, IReadOnlyList<CareOf> places, bool fromHomeLink)
    {
        AwaitNegotiation();
        _traffic.ExpectIpv4At(node, places, fromHomeLink);
    }

    public void ExpectNowhere(MobileNode node) => _traffic.ExpectNowhere(node);

    public void ExpectAtHomeAddress(MobileNode node) => throw NotOfThisRole("packets that a correspondent node sends to a home address");

    public void ExpectFlowAt(int flow, IReadOnlyList<CareOf> places) => _traffic.ExpectFlowAt(flow, places);

    public void ExpectMobileNetworkAt(MobileNode node, IReadOnlyList<CareOf> places) => _traffic.ExpectMobileNetworkAt(node, places);

    public void ExpectCarried(MobileNode node, CarriedPackets packets, CareOf from, CarriedTreatment treatment)
    {
        AwaitNegotiation();
        _carriage.Expect(node, packets, from, treatment);
    }

    public void ExpectTestInitAt(TestInitKind kind, string? correspondent) => _messages.ExpectTestInitAt(correspondent);

    public void ExpectDefence(MobileNode node, DefendedAddress address, bool isDefended) =>
        _homeLink.ExpectDefence(node, address, isDefended);

    public void ExpectAnnouncement(MobileNode node, DefendedAddress address, bool isAnnounced) =>
        _homeLink.ExpectAnnouncement(node, address, isAnnounced);

    public void ExpectAddressTest(MobileNode node, DefendedAddress address, bool isTested) =>
        _homeLink.ExpectAddressTest(node, address, isTested);

    /// <summary>The answer to an update over IPv4 decides about the form of the tunnel, even if no step judges it.</summary>
    private void AwaitNegotiation()
    {
        if (_exchanges.Current is { Answer: null, Request.IsMessageInUdp: true })
        {
            _exchanges.TryAnswer();
        }
    }

    /// <summary>A first registration has to wait for duplicate address detection.</summary>
    private TimeSpan DelayOf(Exchange exchange) =>
        !exchange.IsDeregistration && exchange.Node!.CareOfBindings.All.All(binding => binding.Until <= exchange.Request.Frame.At)
            ? _addressTest
            : TimeSpan.Zero;

    private static ScenarioFaultException NotOfThisRole(string what) => new($"A home agent under test has nothing to do with {what}.");
}
