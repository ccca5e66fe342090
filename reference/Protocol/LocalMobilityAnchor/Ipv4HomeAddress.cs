using System.Net;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>An IPv4 home address, requested or assigned (RFC 5844, Section 3.1.1).</summary>
/// <param name="Address">In a request, 0.0.0.0 leaves the choice to the local mobility anchor.</param>
/// <param name="PrefixLength">The length of the prefix of the IPv4 home network, 0-32 bits; in a request, as it was received.</param>
public sealed record Ipv4HomeAddress(IPAddress Address, byte PrefixLength)
{
    /// <summary>0.0.0.0 with the prefix length 0.</summary>
    public static Ipv4HomeAddress AllZero { get; } = new(IPAddress.Any, 0);

    public bool IsAllZero => Address.Equals(IPAddress.Any);
}
