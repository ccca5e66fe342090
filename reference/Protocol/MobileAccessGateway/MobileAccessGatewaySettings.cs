using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The configuration of a mobile access gateway. Variables have the names and defaults of RFC 5213, Section 9.</summary>
public sealed record MobileAccessGatewaySettings
{
    /// <summary>
    /// The address on the egress interface: the source of registrations, and the mobile access gateway's end of the tunnel.
    /// </summary>
    public required IPAddress ProxyCareOfAddress { get; init; }

    /// <summary>LMAA: the LMA of the mobile nodes whose profile names none.</summary>
    public required IPAddress LocalMobilityAnchorAddress { get; init; }

    /// <summary>
    /// Whether messages to LMAs are protected by security associations, and those of LMAs ignored that are not, RFC 5213, Section 4.
    /// </summary>
    public bool ProtectionRequired { get; init; }

    /// <summary>The LMAs to which the tunnels are under ESP, RFC 5213, Section 4.</summary>
    public IReadOnlyList<IPAddress> ProtectedTunnels { get; init; } = [];

    /// <summary>The links to mobile nodes, each a point-to-point link with one mobile node at a time (RFC 5213, Section 6.3).</summary>
    public IReadOnlyList<AccessLinkSettings> AccessLinks { get; init; } = [];

    /// <summary>How mobile nodes are identified by their link-layer address; the first matching pattern applies.</summary>
    public IReadOnlyList<MobileNodeIdentification> Identification { get; init; } = [];

    /// <summary>The policy profiles of mobile nodes; the first whose pattern matches an identifier applies.</summary>
    public IReadOnlyList<MobileNodeProfile> Profiles { get; init; } = [];

    /// <summary>The requested lifetime, 4 s to 65535 times 4 s.</summary>
    public TimeSpan RequestedLifetime { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>RFC 5213, Section 9.3: TimestampBasedApproachInUse.</summary>
    public bool TimestampBasedApproachInUse { get; init; } = true;

    /// <summary>
    /// RFC 5213, Section 9.3: MobileNodeGeneratedTimestampInUse. The timestamp of the first registration is the one that the mobile
    /// node gave on attachment, if it gave one; later messages have a later one, by the time since the attachment.
    /// </summary>
    public bool MobileNodeGeneratedTimestampInUse { get; init; }

    /// <summary>RFC 5213, Section 9.3: FixedMAGLinkLocalAddressOnAllAccessLinks; ALL_ZERO: an address is requested from the LMA.</summary>
    public IPAddress FixedMAGLinkLocalAddressOnAllAccessLinks { get; init; } = IPAddress.IPv6Any;

    /// <summary>
    /// RFC 5213, Section 9.3: FixedMAGLinkLayerAddressOnAllAccessLinks; ALL_ZERO: each access link has the address of its own settings.
    /// </summary>
    public MacAddress FixedMAGLinkLayerAddressOnAllAccessLinks { get; init; }

    /// <summary>RFC 5213, Section 9.2: EnableMAGLocalRouting.</summary>
    public bool EnableMAGLocalRouting { get; init; }

    /// <summary>
    /// RFC 5213, Section 6.11: where the DHCPv6 relay agent sends the messages of mobile nodes: servers, or a group of them. Empty if
    /// there is no stateful address configuration.
    /// </summary>
    public IReadOnlyList<IPAddress> Dhcpv6Servers { get; init; } = [];

    /// <summary>RFC 5844, Section 3: how IPv4 home addresses are supported; null if they are not.</summary>
    public Ipv4GatewaySettings? Ipv4 { get; init; }

    /// <summary>RFC 5844, Section 4: how LMAs are reached over IPv4; null if they are not.</summary>
    public Ipv4GatewayTransport? Ipv4Transport { get; init; }

    /// <summary>The access technology of the access links.</summary>
    public AccessTechnologyType AccessTechnology { get; init; } = AccessTechnologyType.Ieee8023;

    /// <summary>
    /// The MTU of the path to every LMA, in octets; at least 1320, which leaves 1280 in a tunnel without ESP. One under ESP fragments.
    /// </summary>
    public uint CoreMtu { get; init; } = 1500;

    /// <summary>RFC 6275, Section 12: INITIAL_BINDACK_TIMEOUT.</summary>
    public TimeSpan InitialBindackTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>RFC 6275, Section 12: MAX_BINDACK_TIMEOUT.</summary>
    public TimeSpan MaxBindackTimeout { get; init; } = TimeSpan.FromSeconds(32);

    /// <summary>The fraction of the granted lifetime after which an extension is requested, above 0 and below 1.</summary>
    public double RefreshAt { get; init; } = 0.5;

    /// <summary>
    /// Whether an address, of IPv6 or IPv4, is that of an LMA with which this mobile access gateway may register mobile nodes.
    /// </summary>
    public bool IsAnchor(IPAddress address) =>
        LocalMobilityAnchorAddress.Equals(address)
        || Profiles.Any(profile => address.Equals(profile.LocalMobilityAnchorAddress) || address.Equals(profile.Ipv4AnchorAddress))
        || Ipv4Transport?.Anchors.Values.Contains(address) == true;

    /// <summary>IPv4-LMAA: the address at which the LMA of a mobile node is reached over IPv4; null if it is reached over IPv6.</summary>
    /// <param name="profile">The profile of the mobile node; null if it has none.</param>
    /// <param name="anchor">LMAA: the LMA of the mobile node.</param>
    public IPAddress? Ipv4AnchorAddressOf(MobileNodeProfile? profile, IPAddress anchor) =>
        Ipv4Transport is null || profile?.SignalsOverIpv4 == false
            ? null
            : profile?.Ipv4AnchorAddress ?? Ipv4Transport.Anchors.GetValueOrDefault(anchor);

    /// <summary>The mode of the tunnel to an LMA.</summary>
    public TunnelMode TunnelModeTo(IPAddress anchor) => ProtectedTunnels.Contains(anchor) ? TunnelMode.EspTunnel : TunnelMode.Ipv6;

    /// <summary>The link-layer address of the mobile access gateway on an access link.</summary>
    public MacAddress LinkLayerAddressOn(AccessLinkSettings link) =>
        FixedMAGLinkLayerAddressOnAllAccessLinks == default ? link.MacAddress : FixedMAGLinkLayerAddressOnAllAccessLinks;

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Validate()
    {
        Require(ProxyCareOfAddress.AddressFamily == AddressFamily.InterNetworkV6, nameof(ProxyCareOfAddress), "must be an IPv6 address");
        Require(
            LocalMobilityAnchorAddress.AddressFamily == AddressFamily.InterNetworkV6,
            nameof(LocalMobilityAnchorAddress),
            "must be an IPv6 address"
        );
        Require(
            ProtectedTunnels.All(a => a.AddressFamily == AddressFamily.InterNetworkV6),
            nameof(ProtectedTunnels),
            "must be IPv6 addresses"
        );
        Require(
            Profiles.All(profile => profile.LocalMobilityAnchorAddress is null or { AddressFamily: AddressFamily.InterNetworkV6 }),
            nameof(Profiles),
            "must have IPv6 addresses of LMAs"
        );
        Require(
            !Profiles.Any(profile => profile.IsAmbiguous),
            nameof(Profiles),
            "must have one * in the pattern of an identifier to which another * refers"
        );
        Require(
            Profiles.All(profile => profile.PrefixLifetimes.IsInRange),
            nameof(Profiles),
            "must have lifetimes of prefixes in whole seconds, preferred ones not above valid ones"
        );
        Require(
            Dhcpv6Servers.All(server => server.AddressFamily == AddressFamily.InterNetworkV6),
            nameof(Dhcpv6Servers),
            "must be IPv6 addresses"
        );
        Require(
            Ipv4 is not null || Profiles.All(profile => !profile.IpVersions.HasFlag(IpVersions.Ipv4)),
            nameof(Profiles),
            "must not offer IPv4 without the settings Ipv4"
        );
        Require(Profiles.All(profile => profile.IpVersions != IpVersions.None), nameof(Profiles), "must offer an IP version");
        Require(Ipv4 is null or { HasIpv4Addresses: true }, nameof(Ipv4), "must have IPv4 addresses");
        Require(Ipv4 is null or { HasValidLease: true }, nameof(Ipv4), "must have a LeaseTime in whole seconds, at least one");
        Ipv4Transport?.Validate();
        Require(
            Profiles.All(profile => profile.Ipv4AnchorAddress is null or { AddressFamily: AddressFamily.InterNetwork }),
            nameof(Profiles),
            "must have IPv4 addresses of LMAs as Ipv4AnchorAddress"
        );
        Require(
            Ipv4Transport is not null || Profiles.All(profile => profile is { Ipv4AnchorAddress: null, SignalsOverIpv4: not true }),
            nameof(Profiles),
            "must not be registered over IPv4 without the settings Ipv4Transport"
        );
        Require(
            Profiles.All(profile =>
                profile.SignalsOverIpv4 is not true
                || Ipv4AnchorAddressOf(profile, profile.LocalMobilityAnchorAddress ?? LocalMobilityAnchorAddress) is not null
            ),
            nameof(Profiles),
            "must not be registered over IPv4 with an LMA whose IPv4 address is not known"
        );
        Require(
            Ipv4 is null || Ipv4Transport is null || Ipv4.Edition == Ipv4Transport.Edition,
            nameof(Ipv4Transport),
            "must be of the Edition of Ipv4"
        );
        Require(
            !ProtectedTunnels.Any(anchor => Ipv4Transport?.Anchors.ContainsKey(anchor) == true),
            nameof(ProtectedTunnels),
            "must not lead to LMAs that are reached over IPv4"
        );
        Require(AccessLinks.All(link => link.Mtu >= TunnelMtu.Minimum), nameof(AccessLinks), "must have an MTU of at least 1280 octets");
        Require(AccessLinks.DistinctBy(link => link.Link).Count() == AccessLinks.Count, nameof(AccessLinks), "must have different names");
        Require(
            RequestedLifetime >= LifetimeField.Unit && RequestedLifetime <= LifetimeField.Unit * ushort.MaxValue,
            nameof(RequestedLifetime),
            "must be between 4 s and 65535 times 4 s"
        );
        Require(
            FixedMAGLinkLocalAddressOnAllAccessLinks is { IsIPv6LinkLocal: true }
                || IPAddress.IPv6Any.Equals(FixedMAGLinkLocalAddressOnAllAccessLinks),
            nameof(FixedMAGLinkLocalAddressOnAllAccessLinks),
            "must be a link-local address or ALL_ZERO"
        );
        Require(
            TimestampBasedApproachInUse || !MobileNodeGeneratedTimestampInUse,
            nameof(MobileNodeGeneratedTimestampInUse),
            "must not be set without TimestampBasedApproachInUse"
        );
        Require(
            !FixedMAGLinkLayerAddressOnAllAccessLinks.IsMulticast,
            nameof(FixedMAGLinkLayerAddressOnAllAccessLinks),
            "must be the address of one node or ALL_ZERO"
        );
        Require(CoreMtu >= TunnelMtu.Minimum + Ipv6Packet.HeaderLength, nameof(CoreMtu), "must be at least 1320 octets");
        Require(InitialBindackTimeout > TimeSpan.Zero, nameof(InitialBindackTimeout), "must be positive");
        Require(MaxBindackTimeout >= InitialBindackTimeout, nameof(MaxBindackTimeout), "must not be below InitialBindackTimeout");
        Require(RefreshAt is > 0 and < 1, nameof(RefreshAt), "must be above 0 and below 1");
    }

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
        {
            throw new ArgumentException($"{name} {rule}.", name);
        }
    }
}
