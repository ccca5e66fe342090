using Conformance.Testing.Bed;
using Conformance.Testing.Drivers;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.Mn;

/// <summary>How the peers of a mobile node under test answer it, as a scenario says.</summary>
public sealed class PeerAnswers(
    TestSession session,
    MobileNodeEvents events,
    MobileNodeBids bids,
    MobileNodeFieldWords words,
    HomeAgentPeer homeAgent,
    CorrespondentPeer correspondent
)
{
    /// <summary>The peer of a kind.</summary>
    /// <exception cref="ScenarioFaultException">It is not one that has bindings.</exception>
    public RegistrationPeer Peer(MobilityPeer kind) =>
        kind switch
        {
            MobilityPeer.HomeAgent => homeAgent,
            MobilityPeer.Correspondent => correspondent,
            _ => throw new ScenarioFaultException("Another node has no bindings."),
        };

    /// <summary>Changes the Binding Acknowledgements of a peer from now on.</summary>
    /// <param name="link">Those of updates for this link alone; null for all.</param>
    public void Change(MobilityPeer peer, PortId? link, IEnumerable<(string Field, string Value)> rows)
    {
        var policy = Peer(peer).Policy;
        if (link is { } known)
        {
            policy.Change(known, Read(rows));
        }
        else
        {
            policy.Changes = Read(rows);
        }
    }

    /// <summary>Changes the next Binding Acknowledgement of a peer.</summary>
    public void ChangeNext(MobilityPeer peer, IEnumerable<(string Field, string Value)> rows) => Peer(peer).Policy.ChangeNext(Read(rows));

    /// <summary>From now on, a peer answers no Binding Update, or answers as usual.</summary>
    public void SetSilence(MobilityPeer peer, bool isSilent)
    {
        Peer(peer).Policy.IsSilent = isSilent;
        if (!isSilent)
        {
            events.Begin();
            events.End(frame: null);
        }
    }

    /// <summary>From now on, a peer does not do something.</summary>
    public void Limit(MobilityPeer peer, PeerLimit limit)
    {
        var policy = Peer(peer).Policy;
        policy.ForbidsBulk |= limit == PeerLimit.Bulk;
        policy.ForbidsSeveral |= limit == PeerLimit.SeveralCareOfAddresses;
        policy.IgnoresBids |= limit == PeerLimit.Bids;
    }

    /// <summary>A peer rejects the next Binding Update with a status, named as in the edition.</summary>
    public void RejectNext(MobilityPeer peer, string status) => Peer(peer).Policy.RejectNext(StatusOf(status));

    /// <summary>The home agent has lost its binding for a link.</summary>
    public void LoseBinding(PortId link)
    {
        var lost =
            homeAgent.Bindings.FirstOrDefault(binding => bids.LinkOf(binding) == link)
            ?? throw new StepFailedException($"the home agent has no binding for {MobileNodeWanted.Words(link)} that it could lose");
        homeAgent.Cache.Bindings.Remove(lost.Bid);
    }

    /// <summary>Changes each Home Test or Care-of Test from now on.</summary>
    public void ChangeTest(TestInitKind kind, IEnumerable<(string Field, string Value)> rows) => correspondent.Change(kind, Read(rows));

    /// <summary>From now on, the correspondent node answers no such message.</summary>
    /// <param name="link">The link of its care-of address; null for any.</param>
    public void SilenceTests(TestInitKind kind, PortId? link) => correspondent.Silence(kind, link);

    private AnswerChanges Read(IEnumerable<(string Field, string Value)> rows) =>
        AnswerChanges.Read(rows.Select(row => (row.Field, words.Replaced(row.Value))), StatusOf, words.Address);

    private byte StatusOf(string name) => StatusNames.Find(name, session.Scenario.Edition);
}
