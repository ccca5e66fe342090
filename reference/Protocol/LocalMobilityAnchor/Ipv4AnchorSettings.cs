using System.Net;
using System.Net.Sockets;
using Pmip.Protocol.Dhcp;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The configuration of IPv4 support of a local mobility anchor, RFC 5844, Section 3.1.</summary>
public sealed record Ipv4AnchorSettings
{
    public Ipv4Edition Edition { get; init; }

    /// <summary>The IPv4 home network, whose addresses are anchored on the local mobility anchor.</summary>
    public required IpPrefix HomeNetwork { get; init; }

    /// <summary>The default router of the mobile nodes, an address of the home network that is never assigned.</summary>
    public required IPAddress DefaultRouter { get; init; }

    /// <summary>
    /// The part of the home network from which addresses are chosen; null for all of it. The other addresses of the home network are
    /// assigned on request only.
    /// </summary>
    public IpPrefix? AddressPool { get; init; }

    /// <summary>Whether IPv4 is routed in the home network; if not, requests for IPv4 are rejected (RFC 5844, Section 3.1.2.1).</summary>
    public bool Ipv4RoutingEnabled { get; init; } = true;

    /// <summary>
    /// Whether IPv6 is routed in the home network; if not, requests for both versions are rejected (RFC 5844, Section 3.1.2.1).
    /// </summary>
    public bool Ipv6RoutingEnabled { get; init; } = true;

    /// <summary>
    /// The S flag of the IPv4 DHCP Support Mode option: MAGs act as DHCP servers if true, as DHCP relays if false. Null leaves the option
    /// out.
    /// </summary>
    public bool? GatewayActsAsDhcpServer { get; init; }

    /// <summary>
    /// The variable of all nodes of a domain in draft-ietf-netlmm-pmip6-ipv4-support-04, Section 5.3; ALL_ZERO: not set. It is about the
    /// DHCP agents of MAGs, and the local mobility anchor only keeps it.
    /// </summary>
    public IPAddress FixedDHCPServerId { get; init; } = IPAddress.Any;

    /// <summary>
    /// RFC 5844, Section 3.4.2: an IPv4 address of this node, to which the DHCP relay agents of MAGs send; null if there is no DHCP server.
    /// </summary>
    public IPAddress? DhcpServerAddress { get; init; }

    /// <summary>
    /// Before draft -04: the addresses of the home network that the DHCP server gives to clients without a session, apart from
    /// <see cref="AddressPool"/>. Null for none.
    /// </summary>
    public IpPrefix? DhcpPool { get; init; }

    /// <summary>The leases of the DHCP server, in whole seconds, at least one.</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The MTU of the tunnels over IPv6 to MAGs, which the DHCP server tells: 1500 octets without the header of the tunnel. At most 65515;
    /// tunnels over IPv4 have room for more.
    /// </summary>
    public ushort TunnelMtu { get; init; } = 1460;

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Validate()
    {
        const int hostBits = 1;
        Require(
            HomeNetwork.IsIpv4 && HomeNetwork.Length < IpPrefix.MaximumLengthOf(IPAddress.Any) - hostBits,
            nameof(HomeNetwork),
            "must be an IPv4 prefix of at most 30 bits"
        );
        Require(
            DefaultRouter.AddressFamily == AddressFamily.InterNetwork && IsHost(DefaultRouter),
            nameof(DefaultRouter),
            "must be the address of a host of the home network"
        );
        Require(
            AddressPool is not { } pool || (pool.IsIpv4 && pool.Length >= HomeNetwork.Length && HomeNetwork.Contains(pool.Network)),
            nameof(AddressPool),
            "must be a part of the home network"
        );
        Require(
            DhcpServerAddress is null or { AddressFamily: AddressFamily.InterNetwork },
            nameof(DhcpServerAddress),
            "must be an IPv4 address"
        );
        Require(
            DhcpPool is not { } leased || (leased.IsIpv4 && leased.Length >= HomeNetwork.Length && HomeNetwork.Contains(leased.Network)),
            nameof(DhcpPool),
            "must be a part of the home network"
        );
        Require(DhcpReply.IsLease(LeaseTime), nameof(LeaseTime), "must be a whole number of seconds, at least one");
        Require(FixedDHCPServerId.AddressFamily == AddressFamily.InterNetwork, nameof(FixedDHCPServerId), "must be an IPv4 address");
    }

    /// <summary>Whether an address is one of the home network, and neither that of the network nor its broadcast address.</summary>
    internal bool IsHost(IPAddress address) =>
        HomeNetwork.Contains(address) && !address.Equals(HomeNetwork.Network) && !address.Equals(HomeNetwork.Last);

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
        {
            throw new ArgumentException($"{name} {rule}.", name);
        }
    }
}
