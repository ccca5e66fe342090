using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Simulated;

/// <summary>The nodes under test. They determine which nodes the tester plays.</summary>
public enum Topology
{
    Lma,
    Mag,
    EndToEnd,
}

/// <summary>
/// A configuration of the implementation under test that scenarios ask for by name (<c>@config:lma-baseline</c>).
/// There are few, because a device is set up by hand for each: the baseline provisions every kind of mobile node at once.
/// </summary>
/// <param name="Claims">The ICS of the reference in this configuration.</param>
public sealed record NamedConfiguration(string Name, Topology Topology, string Description, IReadOnlyList<string> Claims)
{
    /// <summary>The reference has no IPsec: it does not claim that mandatory item, and its reports say so.</summary>
    private static readonly string[] _bothRoles = ["timestamp-option", "sequence-number-scheme", "dynamic-tunnels"];

    public static IReadOnlyList<NamedConfiguration> All { get; } =
    [
        new(
            "lma-baseline",
            Topology.Lma,
            "RFC 5213 defaults; every kind of mobile node provisioned",
            [.. _bothRoles, "waits-for-deregistration"]
        ),
        new(
            "lma-small-pool",
            Topology.Lma,
            "as lma-baseline, with a pool of four /64 prefixes",
            [.. _bothRoles, "waits-for-deregistration"]
        )
        {
            Lma = settings => settings with { PrefixPool = Ipv6Prefix.Parse("2001:db8:8000::/62") },
        },
        new(
            "mag-baseline",
            Topology.Mag,
            "RFC 5213 defaults; links 1, 2 and 4 identify mobile nodes by link-layer address, link 3 has a fixed identifier",
            [.. _bothRoles, "anchor-link-local-address"]
        ),
        new(
            "mag-fixed-link-local",
            Topology.Mag,
            "as mag-baseline, with FixedMAGLinkLocalAddressOnAllAccessLinks set",
            [.. _bothRoles, "fixed-mag-link-local-address"]
        )
        {
            Mag = settings =>
                settings with
                {
                    FixedMAGLinkLocalAddressOnAllAccessLinks = System.Net.IPAddress.Parse("fe80::200:5eff:fe00:5213"),
                },
        },
        new(
            "e2e-baseline",
            Topology.EndToEnd,
            "RFC 5213 defaults; MN1 moves between MAG1 and MAG2, CN1 is behind LMA1",
            [.. _bothRoles, "waits-for-deregistration"]
        ),
    ];

    public Func<LocalMobilityAnchorSettings, LocalMobilityAnchorSettings> Lma { get; init; } = settings => settings;

    public Func<MobileAccessGatewaySettings, MobileAccessGatewaySettings> Mag { get; init; } = settings => settings;

    public static NamedConfiguration? Find(string name) => All.FirstOrDefault(configuration => configuration.Name == name);
}
