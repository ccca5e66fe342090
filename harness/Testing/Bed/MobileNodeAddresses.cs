using System.Net;
using Pmip.Wire;

namespace Conformance.Testing.Bed;

/// <summary>What the tester knows of a mobile node of Mobile IPv6 that is under test (RFC 6275, Section 11).</summary>
/// <param name="HomeAddress">The home address that is configured in the mobile node: it has no other one.</param>
/// <param name="HomePrefix">The prefix of the home link.</param>
/// <param name="HomeAgent">The address of the home agent, which the tester plays.</param>
/// <param name="Correspondent">The address of the correspondent node, which the tester plays.</param>
/// <param name="BidOf">
/// The Binding Identifiers that are configured for links, by the names of the links, 1 to 65535; empty if the mobile node chooses them.
/// </param>
public sealed record MobileNodeAddresses(
    IPAddress HomeAddress,
    Ipv6Prefix HomePrefix,
    IPAddress HomeAgent,
    IPAddress Correspondent,
    IReadOnlyDictionary<string, int> BidOf
)
{
    /// <summary>The IPv4 home address that the home agent assigns to the mobile node (RFC 5555); null for a node without IPv4.</summary>
    public IPAddress? Ipv4HomeAddress { get; init; }

    /// <summary>
    /// The longest time from a Router Advertisement on a new link to a Binding Update: duplicate address detection, the delay of a router
    /// solicitation (RFC 4862, Section 5.4.2), and what the mobile node itself needs.
    /// </summary>
    public TimeSpan AttachWithin { get; init; } = TimeSpan.FromSeconds(10);
}
