using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.Mn;

/// <summary>A node with which a mobile node under test has bindings. The tester plays both.</summary>
public enum MobilityPeer
{
    HomeAgent,
    Correspondent,
}

/// <summary>How packets of a mobile node reach a correspondent node while it is away from home (RFC 6275, Section 11.3.1).</summary>
public enum PacketWay
{
    /// <summary>From the home address, in a tunnel to the home agent.</summary>
    ReverseTunnelled,

    /// <summary>From a care-of address, with a Home Address option.</summary>
    RouteOptimised,
}

/// <summary>The Binding Updates that a step is about.</summary>
public enum UpdateForm
{
    Any,

    /// <summary>A lifetime above 0, for the named links and no other one.</summary>
    Registration,

    /// <summary>A lifetime of 0, for the named links and no other one.</summary>
    Deregistration,

    /// <summary>A lifetime of 0, and no BID option: all bindings end.</summary>
    EndOfAll,
}

/// <summary>The Binding Updates to a peer that a step is about.</summary>
/// <param name="Links">The links whose care-of addresses they are about; empty if the form names none.</param>
public sealed record WantedUpdate(MobilityPeer Peer, UpdateForm Form, IReadOnlyList<PortId> Links);

/// <summary>
/// A mobile node under test (RFC 6275, Section 11; RFC 5648, Section 5). The tester owns its links: events there are the stimuli, and its
/// messages and packets the observations. The home link is <c>home</c>, the foreign ones <c>link1</c> to <c>link3</c>.
/// </summary>
[RoleUnderTest("MN")]
public interface IMobileNodeUnderTest : IRoleUnderTest
{
    /// <summary>Gives the mobile node links, one after the other. Nothing is awaited.</summary>
    void Place(IReadOnlyList<PortId> links);

    /// <summary>Gives the mobile node links, one after the other, and waits until the home agent has a binding for each.</summary>
    /// <exception cref="StepFailedException">It does not register a link.</exception>
    void Register(IReadOnlyList<PortId> links);

    /// <summary>
    /// Sends packets of the correspondent node through the tunnels, and waits until it has a binding for each of these links, on which the
    /// mobile node is.
    /// </summary>
    /// <exception cref="StepFailedException">The mobile node does not optimise the route.</exception>
    void Optimise(IReadOnlyList<PortId> links);

    /// <summary>Gives the mobile node all these links at once.</summary>
    void Attach(IReadOnlyList<PortId> links);

    /// <summary>The carriers of these links go.</summary>
    void Detach(IReadOnlyList<PortId> links);

    /// <summary>The router of a link advertises another prefix instead of its own, which ends.</summary>
    void Renumber(PortId link);

    /// <summary>The router of a link advertises another prefix beside its own.</summary>
    void AddPrefix(PortId link);

    /// <summary>The mobile node has restarted.</summary>
    void NoteRestart();

    /// <summary>Changes the Binding Acknowledgements of a peer.</summary>
    /// <param name="isOnce">True for the next one alone, otherwise from now on.</param>
    void SetAnswers(MobilityPeer peer, EditList edits, bool isOnce);

    /// <summary>From now on, a peer answers no Binding Update, or answers as usual.</summary>
    void SetSilence(MobilityPeer peer, bool isSilent);

    /// <summary>A peer rejects the next Binding Update with a status, named as in the edition.</summary>
    void RejectNext(MobilityPeer peer, string status);

    /// <summary>A peer gives the BID of a link a status the next time, in its BID option.</summary>
    void RejectNext(MobilityPeer peer, PortId link, string status);

    /// <summary>Changes the next Home Test or Care-of Test.</summary>
    void SetTestAnswer(TestInitKind kind, EditList edits);

    /// <summary>From now on, the correspondent node answers no such message, or answers as usual.</summary>
    void SetTestSilence(TestInitKind kind, bool isSilent);

    /// <summary>Sends a Binding Refresh Request.</summary>
    /// <param name="links">The links whose BIDs it names; null for one without BID option.</param>
    void RequestRefresh(MobilityPeer peer, IReadOnlyList<PortId>? links, EditList edits);

    /// <summary>Sends a Binding Error (RFC 6275, Section 6.1.9).</summary>
    void SendBindingError(MobilityPeer peer, byte status, EditList edits);

    /// <summary>A correspondent node sends packets to the home address.</summary>
    /// <param name="over">The link on whose care-of address they arrive; null for any of those that are bound.</param>
    void SendToNode(string correspondent, PortId? over);

    /// <summary>Requires a Binding Update with these fields.</summary>
    /// <param name="within">Null for the time that a mobile node has after a link came up.</param>
    /// <exception cref="StepFailedException">None comes, or a field is another.</exception>
    void ExpectUpdate(WantedUpdate wanted, TimeSpan? within, IReadOnlyCollection<(string Field, string Expected)> rows);

    /// <summary>Requires that no Binding Update comes but those that refresh a binding before its end.</summary>
    /// <param name="wanted">Those that may not come.</param>
    /// <param name="period">Null for the usual time.</param>
    void ExpectNoUpdate(WantedUpdate wanted, TimeSpan? period);

    /// <summary>Requires a Home Test Init in the reverse tunnel, or a Care-of Test Init.</summary>
    /// <param name="link">That of the care-of address; null for any.</param>
    /// <inheritdoc cref="ExpectUpdate"/>
    void ExpectTestInit(TestInitKind kind, PortId? link, TimeSpan? within, IReadOnlyCollection<(string Field, string Expected)> rows);

    /// <summary>Requires that no such message comes.</summary>
    /// <inheritdoc cref="ExpectNoUpdate" path="/param[@name='period']"/>
    void ExpectNoTestInit(TestInitKind kind, PortId? link, TimeSpan? period);

    /// <summary>Requires that replies to a correspondent node come over these links, and no other one.</summary>
    void ExpectPacketsOver(string correspondent, IReadOnlyList<PortId> links);

    /// <summary>Requires that replies to a correspondent node come in a form.</summary>
    void ExpectWay(string correspondent, PacketWay way);

    /// <summary>Requires that the mobile node answers Neighbor Solicitations for its home address on the home link, or does not.</summary>
    void ExpectSolicitationsAnswered(bool areAnswered);

    /// <summary>Requires that a peer has a binding for each of these links.</summary>
    void ExpectBindings(MobilityPeer peer, IReadOnlyList<PortId> links);

    /// <summary>Requires that a peer has no binding of the mobile node.</summary>
    void ExpectNoBinding(MobilityPeer peer);
}
