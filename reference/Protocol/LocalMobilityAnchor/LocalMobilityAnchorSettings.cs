using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>The configuration of a local mobility anchor. Variables have the names and defaults of RFC 5213, Section 9.</summary>
public sealed record LocalMobilityAnchorSettings
{
    /// <summary>The length of a home network prefix assigned from the pool: the prefix of one link.</summary>
    public const int HomeNetworkPrefixLength = 64;

    /// <summary>LMAA: the address to which registrations are sent, and the local mobility anchor's end of the tunnels.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>
    /// The MAGs that may register mobile nodes, RFC 5213, Section 4, by the address that a request comes from: an IPv4-Proxy-CoA over the
    /// transport of RFC 5844, otherwise the Proxy-CoA.
    /// </summary>
    public IReadOnlyList<IPAddress> AuthorizedMobileAccessGateways { get; init; } = [];

    /// <summary>Whether messages that no security association protects are ignored, RFC 5213, Section 4.</summary>
    public bool ProtectionRequired { get; init; }

    /// <summary>The MAGs to which the tunnels are under ESP, RFC 5213, Section 4.</summary>
    public IReadOnlyList<IPAddress> ProtectedTunnels { get; init; } = [];

    /// <summary>The prefix from which home network prefixes of 64 bits are assigned; its length, 0-64, limits their number.</summary>
    public required Ipv6Prefix PrefixPool { get; init; }

    /// <summary>IPv4 support, RFC 5844; null for none: options of IPv4 in a request are ignored.</summary>
    public Ipv4AnchorSettings? Ipv4 { get; init; }

    /// <summary>RFC 5844, Section 4: how MAGs reach this node over IPv4; null if they do not.</summary>
    public Ipv4AnchorTransport? Ipv4Transport { get; init; }

    /// <summary>The policies of mobile nodes; the first policy whose pattern matches an identifier applies.</summary>
    public IReadOnlyList<MobileNodePolicy> MobileNodes { get; init; } = [];

    /// <summary>RFC 5213, Section 9.1: MinDelayBeforeBCEDelete.</summary>
    public TimeSpan MinDelayBeforeBCEDelete { get; init; } = TimeSpan.FromMilliseconds(10_000);

    /// <summary>RFC 5213, Section 9.1: MaxDelayBeforeNewBCEAssign.</summary>
    public TimeSpan MaxDelayBeforeNewBCEAssign { get; init; } = TimeSpan.FromMilliseconds(1_500);

    /// <summary>RFC 5213, Section 9.1: TimestampValidityWindow.</summary>
    public TimeSpan TimestampValidityWindow { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The longest lifetime granted; a shorter requested lifetime is granted as requested. Up to 65535 units of 4 s.</summary>
    public TimeSpan MaximumLifetime { get; init; } = TimeSpan.FromSeconds(3_600);

    /// <summary>
    /// Whether a registration with Handoff Indicator 4 waits for the de-registration of the mobile node's only session before a new
    /// session is created (RFC 5213, Sections 5.4.1.2(4) and 5.4.1.3(3)), or a new session is created immediately.
    /// </summary>
    public bool WaitForDeregistrationOnUnknownHandoff { get; init; } = true;

    /// <summary>
    /// Whether routes for the prefixes of sessions are announced by RIPng (RFC 5213, Section 5.6.2), and a route for the IPv4 home network
    /// by RIP version 2 while a session has an address of it (RFC 5844, Section 3.1.3).
    /// </summary>
    public bool AnnounceRoutes { get; init; }

    /// <summary>
    /// RFC 5213, Section 9.3: TimestampBasedApproachInUse. If false, requests are ordered by sequence numbers, also those with a Timestamp
    /// option.
    /// </summary>
    public bool TimestampBasedApproachInUse { get; init; } = true;

    /// <summary>RFC 5213, Section 9.3: MobileNodeGeneratedTimestampInUse; only with TimestampBasedApproachInUse.</summary>
    public bool MobileNodeGeneratedTimestampInUse { get; init; }

    /// <summary>
    /// Whether a message is for this node: to the LMAA, over IPv4 to the IPv4-LMAA, and in both headers if there are two.
    /// </summary>
    public bool IsAddressed(SignalingTransport path) =>
        path switch
        {
            Ipv6Signaling => path.Destination.Equals(Address),
            Ipv4UdpIpv6Signaling { Inner.Destination: var inner } when !inner.Equals(Address) => false,
            _ => path.Destination.Equals(Ipv4Transport?.Address),
        };

    /// <summary>The mode of the tunnel over IPv6 to a MAG.</summary>
    public TunnelMode TunnelModeTo(IPAddress gateway) => ProtectedTunnels.Contains(gateway) ? TunnelMode.EspTunnel : TunnelMode.Ipv6;

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Validate()
    {
        Require(Address.AddressFamily == AddressFamily.InterNetworkV6, nameof(Address), "must be an IPv6 address");
        Require(
            Ipv4Transport is not null || AuthorizedMobileAccessGateways.All(a => a.AddressFamily == AddressFamily.InterNetworkV6),
            nameof(AuthorizedMobileAccessGateways),
            "must be IPv6 addresses without the settings Ipv4Transport"
        );
        Require(
            ProtectedTunnels.All(a => a.AddressFamily == AddressFamily.InterNetworkV6),
            nameof(ProtectedTunnels),
            "must be IPv6 addresses"
        );
        Require(
            PrefixPool.Length <= HomeNetworkPrefixLength,
            nameof(PrefixPool),
            "must not be longer than the prefixes assigned from it (64)"
        );
        Require(MobileNodes.All(policy => policy.PrefixCount > 0), nameof(MobileNodes), "must have a prefix count of at least 1");
        Require(MobileNodes.All(policy => policy.Ipv4AddressCount > 0), nameof(MobileNodes), "must have an address count of at least 1");
        Require(
            MobileNodes.All(policy => policy.IpVersions != IpVersions.None),
            nameof(MobileNodes),
            "must be authorized for a version of IP"
        );
        Require(
            MobileNodes.All(policy => policy.Ipv4HomeAddresses.All(address => Ipv4?.IsHost(address) == true)),
            nameof(MobileNodes),
            "must have IPv4 home addresses of the home network only"
        );
        Ipv4?.Validate();
        Ipv4Transport?.Validate();
        Require(MinDelayBeforeBCEDelete >= TimeSpan.Zero, nameof(MinDelayBeforeBCEDelete), "must not be negative");
        Require(MaxDelayBeforeNewBCEAssign >= TimeSpan.Zero, nameof(MaxDelayBeforeNewBCEAssign), "must not be negative");
        Require(TimestampValidityWindow >= TimeSpan.Zero, nameof(TimestampValidityWindow), "must not be negative");
        Require(
            MaximumLifetime >= LifetimeField.Unit && MaximumLifetime <= LifetimeField.Unit * ushort.MaxValue,
            nameof(MaximumLifetime),
            "must be between 4 s and 65535 times 4 s"
        );
        Require(
            TimestampBasedApproachInUse || !MobileNodeGeneratedTimestampInUse,
            nameof(MobileNodeGeneratedTimestampInUse),
            "must not be set without TimestampBasedApproachInUse"
        );
    }

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
        {
            throw new ArgumentException($"{name} {rule}.", name);
        }
    }
}
