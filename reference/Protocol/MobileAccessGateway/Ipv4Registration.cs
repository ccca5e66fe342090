using System.Net;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The part of a registration that is about IPv4, RFC 5844, Section 3.2.1.</summary>
/// <param name="HomeAddresses">At least one; more than one only before RFC 5844. DHCP gives the mobile node the first.</param>
public sealed record Ipv4Registration(IReadOnlyList<Ipv4HomeAddress> HomeAddresses)
{
    /// <summary>The default router of the mobile node; null if the LMA has named none.</summary>
    public IPAddress? DefaultRouter { get; init; }

    /// <summary>The MAG is the DHCP server of the mobile node; otherwise it is a DHCP relay agent.</summary>
    public bool ActsAsDhcpServer { get; init; }

    public Ipv4HomeAddress HomeAddress => HomeAddresses[0];

    public bool Has(IPAddress address) => HomeAddresses.Any(known => known.Address.Equals(address));
}
