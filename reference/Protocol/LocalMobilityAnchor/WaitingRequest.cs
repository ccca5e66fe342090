using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The attachment of a request. Requests of the same attachment replace each other.</summary>
public sealed record WaitingRequestKey(
    MobileNodeIdentifierOption MobileNode,
    AccessTechnologyType AccessTechnology,
    OctetString? LinkLayerIdentifier,
    IPAddress ProxyCareOfAddress
);

/// <summary>
/// A request that waits, at most <paramref name="Until"/>, for the previous MAG to de-register <paramref name="Session"/>.
/// </summary>
public sealed record WaitingRequest(RegistrationRequest Request, SessionId Session, Instant Until);
