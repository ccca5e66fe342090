using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The attachment a request speaks for: requests of the same attachment replace each other.</summary>
public sealed record WaitingRequestKey(
    MobileNodeIdentifierOption MobileNode,
    AccessTechnologyType AccessTechnology,
    OctetString? LinkLayerIdentifier,
    IPAddress ProxyCareOfAddress
);

/// <summary>A request that waits, at most <paramref name="Until"/>, for the de-registration of <paramref name="Session"/> by the gateway it was at.</summary>
public sealed record WaitingRequest(RegistrationRequest Request, SessionId Session, Instant Until);
