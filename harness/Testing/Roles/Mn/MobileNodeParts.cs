using Conformance.Testing.Checks;
using Conformance.Testing.Checks.Mn;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.Mn;

/// <summary>What the tester plays around a mobile node under test, and what it requires of it.</summary>
internal sealed class MobileNodeParts
{
    public MobileNodeParts(TestSession session, EmulatedNetwork network)
    {
        Links = new MobileNodeLinks(session, network);
        Events = new MobileNodeEvents(session);
        var bids = new MobileNodeBids(Links);
        var homeAgent = new HomeAgentPeer(session, network, Links, Events, bids);
        var correspondent = new CorrespondentPeer(session, Links, Events, bids, homeAgent);
        Network = new MobileNodeNetwork(session, Links, homeAgent, correspondent);
        session.Tester.Add(Network);
        var words = new MobileNodeFieldWords(session, Links, bids);
        Answers = new PeerAnswers(session, Events, bids, words, homeAgent, correspondent);
        Traffic = new MobileNodeTraffic(session, Links, Events, words, homeAgent, correspondent);
        Movements = new MobileNodeMovements(session, Links, Events, bids, homeAgent, correspondent, Traffic);
        Figures = new MobileNodeFigures(session, Links, Movements, Traffic, homeAgent);
        Requests = new MobileNodeRequests(session, Links, Events, bids, words, homeAgent, correspondent);
        var wanted = new MobileNodeWanted(session, bids, homeAgent.Address, correspondent.Address);
        Updates = new MobileNodeUpdates(session, Links, Events, wanted, words, Answers.Peer);
        Tests = new MobileNodeTests(session, Links, Events, words);
        HomeLink = new MobileNodeHomeLink(session, network, Links, Events);
        Bindings = new MobileNodeBindings(session, Links, Events, bids, Movements, Answers.Peer);
        Messages = new MobileNodeMessages(session, Links, Events, words);
        Bookend = new MobileNodeBookend(session, Links, Events, homeAgent, correspondent);
        session.Tester.Add(new MobileNodeObserver(session, CheckList.For(session.Scenario.Edition, session.Scenario.Role)));
    }

    public MobileNodeLinks Links { get; }

    public MobileNodeEvents Events { get; }

    public MobileNodeNetwork Network { get; }

    public PeerAnswers Answers { get; }

    public MobileNodeTraffic Traffic { get; }

    public MobileNodeMovements Movements { get; }

    public MobileNodeFigures Figures { get; }

    public MobileNodeRequests Requests { get; }

    public MobileNodeUpdates Updates { get; }

    public MobileNodeTests Tests { get; }

    public MobileNodeHomeLink HomeLink { get; }

    public MobileNodeBindings Bindings { get; }

    public MobileNodeMessages Messages { get; }

    public MobileNodeBookend Bookend { get; }
}
