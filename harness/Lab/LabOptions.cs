namespace Conformance.Lab;

/// <summary>The domain of a lab.</summary>
internal enum LabTopology
{
    /// <summary>A mobile node that moves between two MAGs of an LMA (RFC 5213).</summary>
    Ipv6,

    /// <summary>The same with IPv4 home addresses, too: the MAGs are DHCP servers (RFC 5844).</summary>
    Ipv4,
}

/// <summary>What a lab is started with.</summary>
/// <param name="IsProtected">All signalling is under ESP, and the tunnel to MAG2.</param>
internal sealed record LabOptions(LabTopology Topology, bool IsProtected);
