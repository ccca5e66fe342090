namespace Conformance.Lab;

/// <summary>What a lab is started with.</summary>
/// <param name="HasIpv4">Mobile nodes have IPv4 home addresses, too, and the MAGs are DHCP servers (RFC 5844).</param>
/// <param name="IsProtected">All signalling is under ESP, and the tunnel to MAG2.</param>
internal sealed record LabOptions(bool HasIpv4, bool IsProtected);
