using System.Net;

namespace Pmip.Wire;

/// <summary>Multicast groups of DHCPv6, RFC 8415, Section 7.1.</summary>
public static class Dhcpv6Groups
{
    /// <summary>ff02::1:2, the destination of client messages.</summary>
    public static IPAddress AllRelayAgentsAndServers { get; } = IPAddress.Parse("ff02::1:2");

    /// <summary>ff05::1:3, the destination of relay agents that do not know a server.</summary>
    public static IPAddress AllServers { get; } = IPAddress.Parse("ff05::1:3");
}
