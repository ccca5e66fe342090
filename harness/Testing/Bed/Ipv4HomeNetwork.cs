using System.Net;
using Pmip.Wire;

namespace Conformance.Testing.Bed;

/// <summary>The IPv4 home network of mobile nodes (RFC 5844, Section 3).</summary>
/// <param name="Prefix">The addresses that the local mobility anchor owns and assigns, with the prefix length of the network.</param>
/// <param name="DefaultRouter">The default router of the mobile nodes, an address out of <paramref name="Prefix"/>.</param>
/// <param name="Foreign">An address that no node of the domain owns.</param>
public sealed record Ipv4HomeNetwork(IpPrefix Prefix, IPAddress DefaultRouter, IPAddress Foreign)
{
    /// <summary>
    /// The only address that a mobile node of the kind <see cref="Ixit.FixedIpv4Kind"/> may use; null if there is no mobile node of that
    /// kind.
    /// </summary>
    public IPAddress? Fixed { get; init; }

    /// <summary>
    /// An address out of <see cref="Prefix"/> that is not assigned unless a mobile node asks for it; null if the implementation assigns
    /// no address that is asked for.
    /// </summary>
    public IPAddress? Unassigned { get; init; }

    /// <summary>The key with which a DHCP server at a MAG authenticates DHCPFORCERENEW; null if it has none.</summary>
    public DhcpKey? ForceRenewKey { get; init; }
}

/// <summary>A key that a DHCP server and its clients share (RFC 3118, Section 5).</summary>
/// <param name="SecretId">The number of the key in an authentication option.</param>
/// <param name="Fingerprint">
/// The first 8 octets of the SHA-256 of the key, in hexadecimal digits. The key itself is part of no IXIT, so that it gets into no record:
/// <see cref="BedFacts.Keys"/> has it.
/// </param>
public sealed record DhcpKey(uint SecretId, string Fingerprint);
