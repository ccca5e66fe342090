using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>The configuration of a mobile node, RFC 6275, Section 11.</summary>
public sealed record MobileNodeSettings
{
    /// <summary>RFC 6275, Section 12: MAX_RR_BINDING_LIFETIME.</summary>
    public static readonly TimeSpan MaximumReturnRoutabilityBindingLifetime = TimeSpan.FromSeconds(420);

    /// <summary>RFC 6275, Section 12: MAX_TOKEN_LIFETIME.</summary>
    public static readonly TimeSpan MaximumTokenLifetime = TimeSpan.FromSeconds(210);

    /// <summary>The home address, in <see cref="HomePrefix"/>.</summary>
    public required IPAddress HomeAddress { get; init; }

    /// <summary>The prefix of the home link: where it is advertised, the mobile node is at home (RFC 6275, Section 11.5.2).</summary>
    public required Ipv6Prefix HomePrefix { get; init; }

    /// <summary>The address of the home agent.</summary>
    public required IPAddress HomeAgent { get; init; }

    /// <summary>The links of the mobile node, the preferred first.</summary>
    public required IReadOnlyList<LinkId> Links { get; init; }

    /// <summary>How several care-of addresses are registered; without, only one is.</summary>
    public McoaEdition Mcoa { get; init; }

    /// <summary>The BIDs of links, 1 to 65535, all different; a link without one gets the lowest that is free.</summary>
    public IReadOnlyDictionary<LinkId, ushort> Bids { get; init; } = new Dictionary<LinkId, ushort>();

    /// <summary>Whether one Binding Update to the home agent registers several care-of addresses (RFC 5648, Section 5.3).</summary>
    public bool RegistersInBulk { get; init; }

    /// <summary>How long the first of several care-of addresses waits for others, to be registered in bulk with them.</summary>
    public TimeSpan BulkDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether care-of addresses are registered with correspondent nodes (RFC 6275, Section 11.7.2).</summary>
    public bool OptimizesRoutes { get; init; }

    /// <summary>What is done on the home link beside foreign ones.</summary>
    public ReturnPolicy AtHome { get; init; } = ReturnPolicy.HomeOnly;

    /// <summary>The lifetime to ask for, in whole units of 4 s up to 65534 of them.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromSeconds(420);

    /// <summary>
    /// The link-layer addresses of the interfaces: for the Mobility Header Link-Layer Address option of a home binding (RFC 5648, Section
    /// 5.6.3), and for the advertisement of the home address at home (RFC 6275, Section 11.5.5).
    /// </summary>
    public IReadOnlyDictionary<LinkId, MacAddress> LinkLayerAddresses { get; init; } = new Dictionary<LinkId, MacAddress>();

    /// <summary>
    /// Whether Binding Updates to the home agent are sent under its security association, and its Binding Acknowledgements ignored without
    /// (RFC 6275, Section 5.1).
    /// </summary>
    public bool ProtectionRequired { get; init; }

    /// <summary>RFC 6275, Section 13: InitialBindackTimeoutFirstReg, with time for a test of the home address.</summary>
    public TimeSpan FirstRegistrationTimeout { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>RFC 6275, Section 12: INITIAL_BINDACK_TIMEOUT.</summary>
    public TimeSpan InitialTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>RFC 6275, Section 12: MAX_BINDACK_TIMEOUT.</summary>
    public TimeSpan MaximumTimeout { get; init; } = TimeSpan.FromSeconds(32);

    /// <summary>
    /// IPv4 care-of addresses and an IPv4 home address, RFC 5648, Section 8; only with its edition. Null: the mobile node uses none. With
    /// them it uses the home link alone where it would use foreign ones, too: an update of an IPv4 care-of address ends a home binding.
    /// </summary>
    public DualStackMobileNodeSettings? DualStack { get; init; }

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Validate()
    {
        Require(HomeAddress.AddressFamily == AddressFamily.InterNetworkV6, nameof(HomeAddress), "must be an IPv6 address");
        Require(HomePrefix.Contains(HomeAddress), nameof(HomeAddress), "must be in the home prefix");
        Require(HomeAgent.AddressFamily == AddressFamily.InterNetworkV6, nameof(HomeAgent), "must be an IPv6 address");
        Require(Links.Count > 0 && Links.Distinct().Count() == Links.Count, nameof(Links), "must be different links, at least one");
        Require(Bids.Values.All(bid => bid > 0), nameof(Bids), "must be positive");
        Require(Bids.Values.Distinct().Count() == Bids.Count, nameof(Bids), "must be different");
        Require(
            Lifetime >= LifetimeField.Unit && Lifetime < LifetimeField.Unit * ushort.MaxValue,
            nameof(Lifetime),
            "must be between 4 s and 65534 times 4 s"
        );
        Require(BulkDelay >= TimeSpan.Zero, nameof(BulkDelay), "must not be negative");
        Require(FirstRegistrationTimeout > TimeSpan.Zero, nameof(FirstRegistrationTimeout), "must be positive");
        Require(InitialTimeout > TimeSpan.Zero, nameof(InitialTimeout), "must be positive");
        Require(MaximumTimeout >= InitialTimeout, nameof(MaximumTimeout), "must not be below the initial timeout");
        Require(DualStack is null || Mcoa == McoaEdition.Rfc5648, nameof(DualStack), "must be null unless RFC 5648 is followed");
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
