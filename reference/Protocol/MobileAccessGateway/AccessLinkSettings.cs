using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>One access link of a gateway.</summary>
public sealed record AccessLinkSettings
{
    public required LinkId Link { get; init; }

    /// <summary>The gateway's own link-layer address there.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>
    /// The identifier of the mobile node at this port, whoever it is by its link-layer address. It is attached as soon as the
    /// link is up, and its link-layer identifier is unknown until it sends something.
    /// </summary>
    public string? BoundIdentifier { get; init; }
}
