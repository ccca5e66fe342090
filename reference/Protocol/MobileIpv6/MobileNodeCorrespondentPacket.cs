using System.Net;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A packet of a correspondent node that has come through the tunnel of the home agent, RFC 6275, Section 11.7.2.</summary>
/// <param name="node">The mobile node.</param>
/// <param name="packet">What the host says of the packet.</param>
public sealed class MobileNodeCorrespondentPacket(MobileNodeState node, RoleInput.TunnelledPacket packet)
{
    public MobileNodeState Node { get; } = node;

    /// <summary>The address of the correspondent node.</summary>
    public IPAddress Correspondent { get; } = packet.Source;

    /// <summary>The home address to which it has sent.</summary>
    public IPAddress Destination { get; } = packet.Destination;
}
