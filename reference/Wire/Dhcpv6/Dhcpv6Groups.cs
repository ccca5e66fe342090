using System.Net;

namespace Pmip.Wire;

/// <summary>Multicast groups of DHCPv6, RFC 8415, Section 7.1.</summary>
public static class Dhcpv6Groups
{
    /// <summary>ff02::1:2: where clients send to.</summary>
    public static IPAddress AllRelayAgentsAndServers { get; } = IPAddress.Parse("ff02::1:2");

    /// <summary>ff05::1:3: where relay agents send to that know no server.</summary>
    public static IPAddress AllServers { get; } = IPAddress.Parse("ff05::1:3");
}
