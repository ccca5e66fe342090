namespace Conformance.Lab;

/// <summary>The domain of a lab.</summary>
internal enum LabTopology
{
    /// <summary>A mobile node that moves between two MAGs of an LMA (RFC 5213).</summary>
    Ipv6,

    /// <summary>The same with IPv4 home addresses, too: the MAGs are DHCP servers (RFC 5844).</summary>
    Ipv4,

    /// <summary>
    /// A mobile node with an interface on each of three foreign links and the home link, its home agent, a correspondent node and the
    /// router of the foreign links (RFC 5648).
    /// </summary>
    Mcoa,
}

/// <summary>What a lab is started with.</summary>
/// <param name="IsProtected">With MAGs: all signalling is under ESP, and the tunnel to MAG2.</param>
internal sealed record LabOptions(LabTopology Topology, bool IsProtected);
