using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The configuration of a mobile access gateway. Variables have the names and defaults of RFC 5213, Section 9.</summary>
public sealed record MobileAccessGatewaySettings
{
    /// <summary>The address on the egress interface: the source of registrations and the gateway's end of the tunnel.</summary>
    public required IPAddress ProxyCareOfAddress { get; init; }

    /// <summary>LMAA: the anchor of all mobile nodes of this gateway.</summary>
    public required IPAddress LocalMobilityAnchorAddress { get; init; }

    /// <summary>The links to mobile nodes, each a point-to-point link with one mobile node at a time (RFC 5213, Section 6.3).</summary>
    public IReadOnlyList<AccessLinkSettings> AccessLinks { get; init; } = [];

    /// <summary>How mobile nodes are told by their link-layer address; the first pattern that matches counts.</summary>
    public IReadOnlyList<MobileNodeIdentification> Identification { get; init; } = [];

    /// <summary>The lifetime that is asked for, 4 s to 65535 times 4 s.</summary>
    public TimeSpan RequestedLifetime { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>RFC 5213, Section 9.3: TimestampBasedApproachInUse.</summary>
    public bool TimestampBasedApproachInUse { get; init; } = true;

    /// <summary>RFC 5213, Section 9.3: FixedMAGLinkLocalAddressOnAllAccessLinks; ALL_ZERO: the anchor is asked for an address.</summary>
    public IPAddress FixedMAGLinkLocalAddressOnAllAccessLinks { get; init; } = IPAddress.IPv6Any;

    /// <summary>RFC 5213, Section 9.2: EnableMAGLocalRouting.</summary>
    public bool EnableMAGLocalRouting { get; init; }

    /// <summary>How mobile nodes are attached.</summary>
    public AccessTechnologyType AccessTechnology { get; init; } = AccessTechnologyType.Ieee8023;

    /// <summary>The MTU of the path to the anchor, in octets, 1320 or more: 1280 are left in the tunnel.</summary>
    public uint CoreMtu { get; init; } = 1500;

    /// <summary>RFC 6275, Section 12: INITIAL_BINDACK_TIMEOUT.</summary>
    public TimeSpan InitialBindackTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>RFC 6275, Section 12: MAX_BINDACK_TIMEOUT.</summary>
    public TimeSpan MaxBindackTimeout { get; init; } = TimeSpan.FromSeconds(32);

    /// <summary>The part of the granted lifetime after which it is extended, above 0 and below 1.</summary>
    public double RefreshAt { get; init; } = 0.5;

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Validate()
    {
        Require(ProxyCareOfAddress.AddressFamily == AddressFamily.InterNetworkV6, nameof(ProxyCareOfAddress), "is an IPv6 address");
        Require(
            LocalMobilityAnchorAddress.AddressFamily == AddressFamily.InterNetworkV6,
            nameof(LocalMobilityAnchorAddress),
            "is an IPv6 address"
        );
        Require(AccessLinks.DistinctBy(link => link.Link).Count() == AccessLinks.Count, nameof(AccessLinks), "have different names");
        Require(
            RequestedLifetime >= LifetimeField.Unit && RequestedLifetime <= LifetimeField.Unit * ushort.MaxValue,
            nameof(RequestedLifetime),
            "is 4 s to 65535 times 4 s"
        );
        Require(
            FixedMAGLinkLocalAddressOnAllAccessLinks is { IsIPv6LinkLocal: true }
                || IPAddress.IPv6Any.Equals(FixedMAGLinkLocalAddressOnAllAccessLinks),
            nameof(FixedMAGLinkLocalAddressOnAllAccessLinks),
            "is a link-local address or ALL_ZERO"
        );
        Require(CoreMtu >= TunnelMtu.Minimum + Ipv6Packet.HeaderLength, nameof(CoreMtu), "is at least 1320 octets");
        Require(InitialBindackTimeout > TimeSpan.Zero, nameof(InitialBindackTimeout), "is positive");
        Require(MaxBindackTimeout >= InitialBindackTimeout, nameof(MaxBindackTimeout), "is not below InitialBindackTimeout");
        Require(RefreshAt is > 0 and < 1, nameof(RefreshAt), "is above 0 and below 1");
    }

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
        {
            throw new ArgumentException($"{name} {rule}: this one does not follow it.", name);
        }
    }
}
