using System.Net;

namespace Conformance.Testing.Session;

/// <summary>An IPv4 home address of a mobile node (RFC 5844, Section 3.1.1).</summary>
/// <param name="PrefixLength">That of its home network: 0-32 bits.</param>
public sealed record Ipv4HomeAddress(IPAddress Address, byte PrefixLength)
{
    /// <summary>What a request holds that leaves the choice of the address to the LMA.</summary>
    public static Ipv4HomeAddress AllZero { get; } = new(IPAddress.Any, 0);

    public override string ToString() => $"{Address}/{PrefixLength}";
}
