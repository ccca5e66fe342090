using System.Net;
using System.Net.Sockets;
using Pmip.Protocol.Dhcp;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>How a mobile access gateway supports IPv4 home addresses: RFC 5844, Section 3.</summary>
public sealed record Ipv4GatewaySettings
{
    public Ipv4Edition Edition { get; init; }

    /// <summary>
    /// Whether the MAG is a DHCP server for mobile nodes of which the LMA does not say it: those without a registration, and all in the
    /// drafts before RFC 5844. Otherwise it is a DHCP relay agent.
    /// </summary>
    public bool ActsAsDhcpServer { get; init; } = true;

    /// <summary>
    /// RFC 5844, Section 3.4: the address of the DHCP agents of all MAGs, which is a server identifier too; ALL_ZERO: the default router
    /// address of the mobile node. The name is that of draft-ietf-netlmm-pmip6-ipv4-support-04, Section 5.3.
    /// </summary>
    public IPAddress FixedDHCPServerId { get; init; } = IPAddress.Any;

    /// <summary>
    /// An IPv4 address of this MAG alone, which its DHCP agent has in the drafts before RFC 5844; null if it has none.
    /// </summary>
    public IPAddress? DhcpAddress { get; init; }

    /// <summary>
    /// The DHCP servers to which the relay agent sends the messages of mobile nodes, through the tunnel to their LMA unless there is a
    /// <see cref="RelayAddress"/>.
    /// </summary>
    public IReadOnlyList<IPAddress> DhcpServers { get; init; } = [];

    /// <summary>
    /// An IPv4 address of this MAG alone from which it relays to the servers, and to which they answer; the routes of the MAG lead to the
    /// servers. Null if the relay agent has the address for them that it has for mobile nodes.
    /// </summary>
    public IPAddress? RelayAddress { get; init; }

    /// <summary>RFC 5107: the relay agent has the servers name its address as server identifier.</summary>
    public bool OverridesServerIdentifier { get; init; }

    /// <summary>The leases of the DHCP server, in whole seconds, at least one.</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The first registration of a mobile node of both IP versions asks for prefixes alone, and its first DHCP message for the address
    /// (RFC 5844, Section 3.4.1).
    /// </summary>
    public bool WaitsForDhcp { get; init; }

    /// <summary>
    /// The key of DHCPFORCERENEW, before RFC 5844; null if the server does not send it.
    /// </summary>
    public DhcpKey? ForceRenewKey { get; init; }

    /// <summary>Whether all addresses are of IPv4.</summary>
    internal bool HasIpv4Addresses =>
        DhcpServers
            .Append(FixedDHCPServerId)
            .Append(DhcpAddress ?? IPAddress.Any)
            .Append(RelayAddress ?? IPAddress.Any)
            .All(address => address.AddressFamily == AddressFamily.InterNetwork);

    internal bool HasValidLease => DhcpReply.IsLease(LeaseTime);
}
