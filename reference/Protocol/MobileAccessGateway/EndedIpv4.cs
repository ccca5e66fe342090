namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>A mobile node on a link is not served with IPv4 any more.</summary>
public sealed record EndedIpv4(GatewayState Gateway, LinkId Link)
{
    /// <summary>The mobile node is still there, and did not want it.</summary>
    public bool IsLost { get; init; }

    /// <summary>The mobile node is not served at all any more.</summary>
    public bool IsLast { get; init; }
}
