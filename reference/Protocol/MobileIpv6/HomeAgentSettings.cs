using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>The configuration of a home agent, RFC 6275, Section 8.4.</summary>
public sealed record HomeAgentSettings
{
    /// <summary>The address to which mobile nodes register, and the home agent's end of the tunnels.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The link on which the home addresses are defended.</summary>
    public required LinkId HomeLink { get; init; }

    /// <summary>The prefixes of the home link; a home address outside them gets status 132 (RFC 6275, Section 10.3.1).</summary>
    public required IReadOnlyList<Ipv6Prefix> HomePrefixes { get; init; }

    /// <summary>The prefixes of the home addresses that may be registered; others get status 129.</summary>
    public required IReadOnlyList<Ipv6Prefix> MobileNodes { get; init; }

    /// <summary>How several care-of addresses are registered.</summary>
    public McoaEdition Mcoa { get; init; }

    /// <summary>Whether several care-of addresses may be registered, RFC 5648, Section 4.4 (status 166).</summary>
    public bool AllowsMultipleCareOfAddresses { get; init; } = true;

    /// <summary>
    /// Whether one Binding Update may register several bindings, RFC 5648, Section 4.4 (status 168). The draft leaves no choice.
    /// </summary>
    public bool AcceptsBulkRegistration { get; init; } = true;

    /// <summary>Whether home and foreign links may be used at once, RFC 5648, Section 4.4 (status 169).</summary>
    public bool AllowsSimultaneousHomeAndForeign { get; init; } = true;

    /// <summary>
    /// Whether the home link has other routers, so that a home binding is without Neighbor Discovery (RFC 5648, Section 6.3).
    /// </summary>
    public bool HasOtherRoutersOnHomeLink { get; init; }

    /// <summary>The longest lifetime granted, in whole units of 4 s up to 65534 of them.</summary>
    public TimeSpan MaximumLifetime { get; init; } = TimeSpan.FromSeconds(420);

    /// <summary>Whether Binding Updates that no security association protects are ignored, RFC 6275, Section 5.1.</summary>
    public bool ProtectionRequired { get; init; }

    /// <summary>
    /// The home addresses whose packets are under ESP in the tunnels, by an association of the home address in tunnel mode, whichever
    /// care-of address they come from or go to (RFC 5648, Section 9.3.2). None with <see cref="DualStack"/>: tunnels over IPv4 are without
    /// ESP, and packets that are to be protected may not leave without it.
    /// </summary>
    public IReadOnlyList<IPAddress> ProtectedTunnels { get; init; } = [];

    /// <summary>Whether home addresses are tested for uniqueness before the first binding, RFC 6275, Section 10.3.1.</summary>
    public bool PerformDad { get; init; } = true;

    /// <summary>How long before its end a binding is asked to be refreshed, RFC 6275, Section 9.5.5; null: never.</summary>
    public TimeSpan? RefreshRequestBefore { get; init; }

    /// <summary>
    /// The mobile networks that mobile routers may register, RFC 3963, Section 6.1.2. Without any the home agent serves no mobile routers
    /// (status 140).
    /// </summary>
    public IReadOnlyList<MobileNetworkPolicy> MobileNetworks { get; init; } = [];

    /// <summary>
    /// IPv4 care-of addresses and IPv4 home addresses, RFC 5648, Section 8; only with its edition. Null: the home agent knows none.
    /// </summary>
    public DualStackHomeAgentSettings? DualStack { get; init; }

    /// <summary>The tunnel of a home address to a care-of address, over IPv4 to one of IPv4 (RFC 5555, Section 4.5).</summary>
    /// <param name="ports">The UDP ports of a tunnel over IPv4; null to tunnel without UDP.</param>
    public Tunnel TunnelTo(IPAddress home, IPAddress careOf, TunnelPorts? ports = null)
    {
        ArgumentNullException.ThrowIfNull(careOf);
        if (careOf.AddressFamily == AddressFamily.InterNetwork && DualStack is { Address: var local })
        {
            return new Tunnel(local, careOf, ports is null ? TunnelMode.Ipv4 : TunnelMode.Ipv4Udp, ports);
        }
        return ProtectedTunnels.Contains(home)
            ? new Tunnel(Address, careOf, TunnelMode.EspTunnel) { ProtectedFor = home }
            : new Tunnel(Address, careOf);
    }

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Validate()
    {
        Require(Address.AddressFamily == AddressFamily.InterNetworkV6, nameof(Address), "must be an IPv6 address");
        Require(HomePrefixes.Count > 0, nameof(HomePrefixes), "must have a prefix");
        Require(
            MaximumLifetime >= LifetimeField.Unit && MaximumLifetime < LifetimeField.Unit * ushort.MaxValue,
            nameof(MaximumLifetime),
            "must be between 4 s and 65534 times 4 s"
        );
        Require(
            ProtectedTunnels.All(home =>
                MobileNodes.Any(known => home.AddressFamily == known.Network.AddressFamily && known.Contains(home))
            ),
            nameof(ProtectedTunnels),
            "must be home addresses that may be registered"
        );
        Require(RefreshRequestBefore is not { } before || before > TimeSpan.Zero, nameof(RefreshRequestBefore), "must be positive");
        Require(DualStack is null || Mcoa == McoaEdition.Rfc5648, nameof(DualStack), "must be null unless RFC 5648 is followed");
        Require(DualStack is null || ProtectedTunnels.Count == 0, nameof(ProtectedTunnels), "must be empty with IPv4 care-of addresses");
        DualStack?.Validate();
    }

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
        {
            throw new ArgumentException($"{name} {rule}.", name);
        }
    }
}
