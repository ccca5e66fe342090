using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Data;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Roles.Mn;

/// <summary>
/// A mobile node under test: the tester plays the routers of its links, its home agent, and a correspondent node behind all of them.
/// </summary>
[RoleUnderTest("MN")]
public sealed class MobileNodeUnderTest(TestSession session, EmulatedNetwork network) : IMobileNodeUnderTest
{
    private Parts? _parts;

    public IDataPath Data =>
        throw new ScenarioFaultException("The phrase is about Proxy Mobile IPv6; packets of a mobile node have phrases of their own.");

    private Parts Known => _parts ?? throw new ScenarioFaultException("The links of the mobile node are not there yet.");

    public void Prepare() => _parts = new Parts(session, network);

    public void ReportTooBig(EditList edits) =>
        throw new ScenarioFaultException("A mobile node under test has nothing to do with a router that reports Packet Too Big.");

    public Reaction? Serve(MobileNode node)
    {
        Known.ServedBy = node;
        return Known.Bookend.Serve();
    }

    /// <summary>
    /// A mobile node that has sent something to its peers after the last stimulus is alive; there is no need to try it, and it has no other
    /// identity that could be tried.
    /// </summary>
    public Reaction? Release(MobileNode node)
    {
        if (Known.ServedBy != node)
        {
            return Known.HasReacted ? Reaction.Served : null;
        }

        Known.ServedBy = null;
        Known.Bookend.CleanUp();
        return Reaction.Served;
    }

    public void CleanUp()
    {
        Known.HasReacted = Known.Network.LastHeard > Known.Events.StimulatedAt;
        Known.Bookend.CleanUp();
    }

    public void Place(IReadOnlyList<PortId> links) => Known.Movements.Place(links);

    public void Register(IReadOnlyList<PortId> links) => Known.Movements.Register(links);

    public void Optimise(IReadOnlyList<PortId> links) => Known.Movements.Optimise(links);

    public void Attach(IReadOnlyList<PortId> links) => Known.Movements.Attach(links);

    public void Detach(IReadOnlyList<PortId> links) => Known.Movements.Detach(links);

    public void Renumber(PortId link) => Known.Movements.AddPrefix(link, replaces: true);

    public void AddPrefix(PortId link) => Known.Movements.AddPrefix(link, replaces: false);

    public void NoteRestart()
    {
        Known.Events.Begin();
        Known.Events.End(frame: null);
        foreach (var router in Known.Links.Up)
        {
            router.Advertise();
        }
    }

    public void SetAnswers(MobilityPeer peer, EditList edits, bool isOnce)
    {
        var policy = Known.Peer(peer).Policy;
        var replaced = Known.Words.Replaced(edits);
        if (isOnce)
        {
            policy.ChangeNext(replaced);
        }
        else
        {
            policy.Edits = replaced;
        }
    }

    public void SetSilence(MobilityPeer peer, bool isSilent)
    {
        Known.Peer(peer).Policy.IsSilent = isSilent;
        Known.Events.Begin();
        Known.Events.End(frame: null);
    }

    public void RejectNext(MobilityPeer peer, string status) =>
        Known.Peer(peer).Policy.RejectNext(StatusNames.Find(status, session.Scenario.Edition));

    public void RejectNext(MobilityPeer peer, PortId link, string status) =>
        Known.Peer(peer).Policy.RejectNext(link, StatusNames.Find(status, session.Scenario.Edition));

    public void SetTestAnswer(TestInitKind kind, EditList edits) => Known.Correspondent.ChangeNext(kind, Known.Words.Replaced(edits));

    public void SetTestSilence(TestInitKind kind, bool isSilent) => Known.Correspondent.SetSilence(kind, isSilent);

    public void RequestRefresh(MobilityPeer peer, IReadOnlyList<PortId>? links, EditList edits) =>
        Known.Requests.Refresh(Known.Peer(peer), links, edits);

    public void SendBindingError(MobilityPeer peer, byte status, EditList edits) =>
        Known.Requests.SendError(Known.Peer(peer), status, edits);

    public void SendToNode(string correspondent, PortId? over) => Known.Traffic.Send(correspondent, over);

    public void ExpectUpdate(WantedUpdate wanted, TimeSpan? within, IReadOnlyCollection<(string Field, string Expected)> rows) =>
        Known.Updates.Expect(wanted, within ?? Patience, rows);

    public void ExpectNoUpdate(WantedUpdate wanted, TimeSpan? period) => Known.Updates.ExpectNone(wanted, period ?? session.Clock.Guard);

    public void ExpectTestInit(
        TestInitKind kind,
        PortId? link,
        TimeSpan? within,
        IReadOnlyCollection<(string Field, string Expected)> rows
    ) => Known.Tests.Expect(kind, link, within ?? Patience, rows);

    public void ExpectNoTestInit(TestInitKind kind, PortId? link, TimeSpan? period) =>
        Known.Tests.ExpectNone(kind, link, period ?? session.Clock.Guard);

    public void ExpectPacketsOver(string correspondent, IReadOnlyList<PortId> links) => Known.Traffic.ExpectOver(correspondent, links);

    public void ExpectWay(string correspondent, PacketWay way) => Known.Traffic.ExpectWay(correspondent, way);

    public void ExpectSolicitationsAnswered(bool areAnswered) => Known.HomeLink.ExpectAnswered(areAnswered);

    public void ExpectBindings(MobilityPeer peer, IReadOnlyList<PortId> links)
    {
        var missing = links.Where(link => !Known.Movements.IsBound(Known.Peer(peer), link)).ToList();
        session.Require(
            Observation.Session,
            missing.Count == 0,
            $"a binding for {MobileNodeWanted.Words(links)}",
            missing.Count == 0 ? "as expected" : $"none for {MobileNodeWanted.Words(missing)}",
            session.LastStimulus
        );
    }

    public void ExpectNoBinding(MobilityPeer peer)
    {
        var bindings = Known.Peer(peer).Bindings;
        session.Require(
            Observation.Session,
            bindings.Count == 0,
            "no binding",
            bindings.Count == 0 ? "none" : $"one for {bindings[0].CareOf}",
            session.LastStimulus
        );
    }

    private TimeSpan Patience => Known.Links.Known.AttachWithin;

    /// <summary>What the tester plays around the mobile node, from the beginning of a scenario on.</summary>
    private sealed class Parts
    {
        public Parts(TestSession session, EmulatedNetwork network)
        {
            Links = new MobileNodeLinks(session, network);
            Events = new MobileNodeEvents(session);
            var bids = new MobileNodeBids(Links);
            HomeAgent = new HomeAgentPeer(session, network, Links, Events, bids);
            Correspondent = new CorrespondentPeer(session, Links, Events, bids, HomeAgent);
            Network = new MobileNodeNetwork(session, Links, HomeAgent, Correspondent);
            session.Tester.Add(Network);
            Words = new MobileNodeFieldWords(Links, bids);
            Traffic = new MobileNodeTraffic(session, Links, Events, HomeAgent, Correspondent);
            Movements = new MobileNodeMovements(session, Links, Events, bids, HomeAgent, Correspondent, Traffic);
            Requests = new MobileNodeRequests(session, Links, Events, bids, Words, HomeAgent);
            var wanted = new MobileNodeWanted(session, bids, HomeAgent.Address, Correspondent.Address);
            Updates = new MobileNodeUpdates(session, Events, wanted, Words, Peer);
            Tests = new MobileNodeTests(session, Links, Events, Words);
            HomeLink = new MobileNodeHomeLink(session, network, Links);
            Bookend = new MobileNodeBookend(session, Links, Events, HomeAgent, Correspondent);
            Checks = CheckList.For(session.Scenario.Edition, session.Scenario.Role);
        }

        public CheckList Checks { get; }

        public MobileNodeLinks Links { get; }

        public MobileNodeEvents Events { get; }

        public HomeAgentPeer HomeAgent { get; }

        public CorrespondentPeer Correspondent { get; }

        public MobileNodeNetwork Network { get; }

        public MobileNodeFieldWords Words { get; }

        public MobileNodeTraffic Traffic { get; }

        public MobileNodeMovements Movements { get; }

        public MobileNodeRequests Requests { get; }

        public MobileNodeUpdates Updates { get; }

        public MobileNodeTests Tests { get; }

        public MobileNodeHomeLink HomeLink { get; }

        public MobileNodeBookend Bookend { get; }

        /// <summary>The mobile node of a bookend, while it is on a link.</summary>
        public MobileNode? ServedBy { get; set; }

        /// <summary>True if the mobile node has sent something to its peers after the last stimulus.</summary>
        public bool HasReacted { get; set; }

        public RegistrationPeer Peer(MobilityPeer peer) => peer == MobilityPeer.HomeAgent ? HomeAgent : Correspondent;
    }
}
