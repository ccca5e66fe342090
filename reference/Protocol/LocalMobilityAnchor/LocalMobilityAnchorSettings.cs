using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The configuration of a local mobility anchor. Variables have the names and defaults of RFC 5213, Section 9.</summary>
public sealed record LocalMobilityAnchorSettings
{
    /// <summary>The length of a home network prefix that is drawn out of the pool: one link's worth.</summary>
    public const int HomeNetworkPrefixLength = 64;

    /// <summary>LMAA: the address that registrations are sent to and the anchor's end of the tunnels.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The gateways that may register mobile nodes, RFC 5213, Section 4.</summary>
    public IReadOnlyList<IPAddress> AuthorizedMobileAccessGateways { get; init; } = [];

    /// <summary>The prefix out of which home network prefixes of 64 bits are drawn; its length, 0-64, is the limit of their number.</summary>
    public required Ipv6Prefix PrefixPool { get; init; }

    /// <summary>What is known of mobile nodes; the first policy whose pattern matches an identifier counts.</summary>
    public IReadOnlyList<MobileNodePolicy> MobileNodes { get; init; } = [];

    /// <summary>RFC 5213, Section 9.1: MinDelayBeforeBCEDelete.</summary>
    public TimeSpan MinDelayBeforeBCEDelete { get; init; } = TimeSpan.FromMilliseconds(10_000);

    /// <summary>RFC 5213, Section 9.1: MaxDelayBeforeNewBCEAssign.</summary>
    public TimeSpan MaxDelayBeforeNewBCEAssign { get; init; } = TimeSpan.FromMilliseconds(1_500);

    /// <summary>RFC 5213, Section 9.1: TimestampValidityWindow.</summary>
    public TimeSpan TimestampValidityWindow { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The longest lifetime that is granted; a request for less gets what it asks for. Up to 65535 units of 4 s.</summary>
    public TimeSpan MaximumLifetime { get; init; } = TimeSpan.FromSeconds(3_600);

    /// <summary>
    /// Whether a registration with Handoff Indicator 4 waits for the de-registration of the mobile node's one session before it
    /// gets a new one (RFC 5213, Sections 5.4.1.2(4) and 5.4.1.3(3)), or gets it at once.
    /// </summary>
    public bool WaitForDeregistrationOnUnknownHandoff { get; init; } = true;

    /// <summary>RFC 5213, Section 9.3: MobileNodeGeneratedTimestampInUse.</summary>
    public bool MobileNodeGeneratedTimestampInUse { get; init; }

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Validate()
    {
        Require(Address.AddressFamily == AddressFamily.InterNetworkV6, nameof(Address), "is an IPv6 address");
        Require(
            AuthorizedMobileAccessGateways.All(a => a.AddressFamily == AddressFamily.InterNetworkV6),
            nameof(AuthorizedMobileAccessGateways),
            "are IPv6 addresses"
        );
        Require(PrefixPool.Length <= HomeNetworkPrefixLength, nameof(PrefixPool), "is no longer than the prefixes drawn out of it (64)");
        Require(MobileNodes.All(policy => policy.PrefixCount > 0), nameof(MobileNodes), "have a prefix count of at least 1");
        Require(MinDelayBeforeBCEDelete >= TimeSpan.Zero, nameof(MinDelayBeforeBCEDelete), "is not negative");
        Require(MaxDelayBeforeNewBCEAssign >= TimeSpan.Zero, nameof(MaxDelayBeforeNewBCEAssign), "is not negative");
        Require(TimestampValidityWindow >= TimeSpan.Zero, nameof(TimestampValidityWindow), "is not negative");
        Require(
            MaximumLifetime >= LifetimeField.Unit && MaximumLifetime <= LifetimeField.Unit * ushort.MaxValue,
            nameof(MaximumLifetime),
            "is 4 s to 65535 times 4 s"
        );
    }

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
        {
            throw new ArgumentException($"{name} {rule}: this one does not follow it.", name);
        }
    }
}
