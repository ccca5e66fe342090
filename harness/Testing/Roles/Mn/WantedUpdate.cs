using Conformance.Testing.Bed;

namespace Conformance.Testing.Roles.Mn;

/// <summary>A node that sends to a mobile node under test. The tester plays all.</summary>
public enum MobilityPeer
{
    HomeAgent,
    Correspondent,

    /// <summary>A node with which it has no binding.</summary>
    Another,
}

/// <summary>What a peer does not do, from now on.</summary>
public enum PeerLimit
{
    /// <summary>It rejects updates with several BIDs.</summary>
    Bulk,

    /// <summary>It rejects updates with a BID.</summary>
    SeveralCareOfAddresses,

    /// <summary>It does not know BIDs.</summary>
    Bids,
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

    /// <summary>A lifetime above 0, for the named links, and maybe for others.</summary>
    RegistrationOfMore,

    /// <summary>A BID option.</summary>
    WithBid,

    /// <summary>Several BID options, and a lifetime above 0.</summary>
    Bulk,

    /// <summary>A lifetime of 0, for the named links and no other one.</summary>
    Deregistration,

    /// <summary>A lifetime of 0, and no BID option: all bindings end.</summary>
    EndOfAll,
}

/// <summary>The Binding Updates to a peer that a step is about.</summary>
/// <param name="Links">The links whose care-of addresses they are about; empty if the form names none.</param>
public sealed record WantedUpdate(MobilityPeer Peer, UpdateForm Form, IReadOnlyList<PortId> Links);
