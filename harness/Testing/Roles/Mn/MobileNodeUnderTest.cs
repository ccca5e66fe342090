using Conformance.Testing.Data;
using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.Mn;

/// <summary>
/// A mobile node under test (RFC 6275, Section 11; RFC 5648, Section 5): the tester plays the routers of its links, its home agent, and a
/// correspondent node behind all of them. Events on the links are the stimuli, its messages and packets the observations. The home link is
/// <c>home</c>, the foreign ones <c>link1</c> to <c>link3</c>.
/// </summary>
[RoleUnderTest("MN")]
public sealed class MobileNodeUnderTest(TestSession session, EmulatedNetwork network) : IRoleUnderTest
{
    private MobileNodeParts? _parts;
    private MobileNode? _served;
    private bool _hasReacted;

    public IDataPath Data =>
        throw new ScenarioFaultException("The phrase is about Proxy Mobile IPv6; packets of a mobile node have phrases of their own.");

    public MobileNodeMovements Movements => Known.Movements;

    public MobileNodeFigures Figures => Known.Figures;

    public PeerAnswers Answers => Known.Answers;

    public MobileNodeRequests Requests => Known.Requests;

    public MobileNodeTraffic Traffic => Known.Traffic;

    public MobileNodeUpdates Updates => Known.Updates;

    public MobileNodeTests Tests => Known.Tests;

    public MobileNodeHomeLink HomeLink => Known.HomeLink;

    public MobileNodeBindings Bindings => Known.Bindings;

    public MobileNodeMessages Messages => Known.Messages;

    private MobileNodeParts Known => _parts ?? throw new ScenarioFaultException("The links of the mobile node are not there yet.");

    public void Prepare() => _parts = new MobileNodeParts(session, network);

    public void ReportTooBig(EditList edits) =>
        throw new ScenarioFaultException("A mobile node under test has nothing to do with a router that reports Packet Too Big.");

    public Reaction? Serve(MobileNode node)
    {
        _served = node;
        return Known.Bookend.Serve();
    }

    /// <summary>
    /// A mobile node that has sent something to its peers after the last stimulus is alive; there is no need to try it, and it has no other
    /// identity that could be tried.
    /// </summary>
    public Reaction? Release(MobileNode node)
    {
        if (_served != node)
        {
            return _hasReacted ? Reaction.Served : null;
        }

        _served = null;
        Known.Bookend.CleanUp();
        return Reaction.Served;
    }

    public void CleanUp()
    {
        _hasReacted = Known.Network.LastHeard > Known.Events.StimulatedAt;
        Known.Bookend.CleanUp();
    }
}
