using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Checks.Mobility;
using Conformance.Testing.Data;
using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Roles.Mobility;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.Correspondent;

/// <summary>
/// A correspondent node under test (RFC 6275, Section 9): the tester plays the mobile nodes at their care-of addresses, and the router of
/// the core link, behind which are their home agent and home addresses.
/// </summary>
[RoleUnderTest("CN")]
public sealed class CorrespondentUnderTest : IMobilityUnderTest
{
    /// <summary>MAX_RR_BINDING_LIFETIME (RFC 6275, Section 12): no binding lasts longer.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(420);

    private readonly TestSession _session;
    private readonly EmulatedNetwork _network;
    private readonly CheckList _checks;
    private readonly MobilityExchanges _exchanges;
    private readonly MobilityRequests _requests;
    private readonly MobilityAnswers _answers;
    private readonly ReturnTests _tests;
    private readonly CorrespondentPackets _packets;
    private readonly CorrespondentBookend _bookend;
    private readonly RefreshRequests _refreshes;

    /// <summary>True if the last message of a mobile node is a request for a test.</summary>
    private bool _isTestLast;

    public CorrespondentUnderTest(TestSession session, EmulatedNetwork network)
    {
        (_session, _network) = (session, network);
        _checks = CheckList.For(session.Scenario.Edition, session.Scenario.Role);
        var peer = new MobileNodePeer(session, network, session.AddressOf(session.Tested));
        _exchanges = new MobilityExchanges(session, _checks, _ => TimeSpan.Zero);
        _tests = new ReturnTests(session, peer);
        var proof = new ReturnRoutability(session, _tests);
        _requests = new MobilityRequests(session, _exchanges, peer, isHomeRegistration: false, proof.Complete);
        _answers = new MobilityAnswers(session, _exchanges);
        _packets = new CorrespondentPackets(session, network, peer);
        _bookend = new CorrespondentBookend(session, _exchanges, _requests, _packets);
        _refreshes = new RefreshRequests(session);
        Data = new CorrespondentDataPath();
    }

    public IDataPath Data { get; }

    public void Prepare()
    {
        _network.AddCoreRouter();
        _session.Tester.Add(new MobilityObserver(_session, _checks));
    }

    public void ReportTooBig(EditList edits) => throw new ScenarioFaultException("The tester plays no router before a correspondent node.");

    public Reaction? Serve(MobileNode node) => Apart(() => _bookend.Serve(node));

    public Reaction? Release(MobileNode node) => Apart(() => _bookend.Release(node));

    public void CleanUp()
    {
        foreach (var node in _session.Nodes.All.Where(node => node is { IsBound: true, IsOfBookend: false }))
        {
            if (node.CareOfBindings.All.Any(binding => binding.Until > _session.Bed.Now))
            {
                _requests.RemoveAll(node, from: null, EditList.None);
                _exchanges.TryAnswer();
            }
        }
    }

    public void Register(MobileNode node, RequestedBindings bindings, CareOf? from, EditList edits) =>
        Update(node, () => _requests.Register(node, bindings, from, edits));

    public void RegisterMobileNetwork(MobileNode node, RequestedBindings bindings, EditList edits) =>
        Update(node, () => _requests.RegisterMobileNetwork(node, bindings, edits));

    public void Refresh(MobileNode node, Bids bids, CareOf? from, EditList edits) =>
        Update(node, () => _requests.Refresh(node, bids, from, edits));

    public void Remove(MobileNode node, Bids bids, CareOf? from, EditList edits) =>
        Update(node, () => _requests.Remove(node, bids, from, edits));

    public void RemoveAll(MobileNode node, CareOf? from, EditList edits) => Update(node, () => _requests.RemoveAll(node, from, edits));

    public void ReturnHome(MobileNode node, EditList edits) => RemoveAll(node, CareOf.Home, edits);

    public void Repeat(MobileNode node, EditList edits)
    {
        if (_isTestLast)
        {
            _tests.Repeat(_tests.Last!, edits);
            return;
        }

        Update(node, () => _requests.Repeat(node, edits));
    }

    public void SendTestInit(MobileNode node, TestInitKind kind, CareOf? from, EditList edits)
    {
        _tests.Send(node, kind, from, edits);
        _isTestLast = true;
    }

    public void OpenFlow(MobileNode node, int flow, CareOf from) => _packets.Open(node, flow, from);

    public void SolicitPrefixes(MobileNode node, CareOf from, EditList edits) => throw OfHomeAgent();

    public void AddOtherNode(MobileNode node, DefendedAddress address) => throw OfHomeAgent();

    public void SendToNode(string correspondent, MobileNode node) => throw OfHomeAgent();

    public void ExpectAccepted() => _answers.ExpectAccepted();

    public void ExpectAccepted(Bids bids) => _answers.ExpectAccepted(bids);

    public void ExpectRejected(string status) => _answers.ExpectRejected(status);

    public void ExpectNotRejected(string status) => _answers.ExpectNotRejected(status);

    public void ExpectSilence()
    {
        if (_isTestLast)
        {
            _tests.ExpectNone(_tests.Last!);
        }
        else
        {
            _answers.ExpectSilence();
        }
    }

    public void ExpectStatus(Bids bids, string status) => _answers.ExpectStatus(bids, status);

    public void ExpectCountedStatus(Bids bids, string status) => _answers.ExpectCounted(bids, status);

    public void ExpectTokens(MobileNode node, bool areEqual) => _tests.ExpectTokens(node, areEqual);

    public void ExpectAnswer(IReadOnlyCollection<(string Field, string Expected)> rows) => _answers.ExpectFields(rows);

    public void ExpectTest(TestInitKind kind, IReadOnlyCollection<(string Field, string Expected)> rows) => _tests.Expect(kind, rows);

    public void ExpectRefreshRequest(MobileNode node, Bids? bids, TimeSpan? within) => _refreshes.Expect(node, bids, within);

    public void ExpectPrefixAdvertisement() => throw OfHomeAgent();

    public (IReadOnlyList<string> Outcomes, string Text, Frame? Frame) ReadOutcome() => _answers.ReadOutcome();

    public void ExpectAt(MobileNode node, IReadOnlyList<CareOf> places, bool fromHomeLink)
    {
        if (fromHomeLink)
        {
            throw OfHomeAgent();
        }

        _packets.ExpectAt(node, places);
    }

    public void ExpectIpv4At(MobileNode node, IReadOnlyList<CareOf> places, bool fromHomeLink) => throw OfHomeAgent();

    public void ExpectNowhere(MobileNode node) => throw OfHomeAgent();

    public void ExpectAtHomeAddress(MobileNode node) => _packets.ExpectAtHome(node);

    public void ExpectFlowAt(int flow, IReadOnlyList<CareOf> places) => _packets.ExpectFlowAt(flow, places);

    public void ExpectMobileNetworkAt(MobileNode node, IReadOnlyList<CareOf> places) => throw OfHomeAgent();

    public void ExpectCarried(MobileNode node, CarriedPackets packets, CareOf from, CarriedTreatment treatment)
    {
        if (packets == CarriedPackets.Tunnelled)
        {
            throw OfHomeAgent();
        }

        _packets.ExpectTreated(node, from, treatment);
    }

    public void ExpectTestInitAt(TestInitKind kind, string? correspondent) => throw OfHomeAgent();

    public void ExpectDefence(MobileNode node, DefendedAddress address, bool isDefended) => throw OfHomeAgent();

    public void ExpectAnnouncement(MobileNode node, DefendedAddress address, bool isAnnounced) => throw OfHomeAgent();

    public void ExpectAddressTest(MobileNode node, DefendedAddress address, bool isTested) => throw OfHomeAgent();

    private static ScenarioFaultException OfHomeAgent() => new("The phrase is for scenarios that test a home agent.");

    private void Update(MobileNode node, Action send)
    {
        _isTestLast = false;
        send();
        var longest = _session.Bed.Now + _longest;
        node.AskedUntil = node.AskedUntil < longest ? node.AskedUntil : longest;
        node.LeftoverUntil = node.LeftoverUntil < longest ? node.LeftoverUntil : longest;
    }

    private Reaction? Apart(Func<Reaction?> exchange)
    {
        var isTestLast = _isTestLast;
        try
        {
            return _exchanges.Apart(exchange);
        }
        finally
        {
            _isTestLast = isTestLast;
        }
    }
}
