using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;

namespace Conformance.TestBeds.External;

/// <summary>A key of an address in a profile, and the node on a link that has the address.</summary>
public sealed record AddressKey(string Name, string Node, NodeRole Role, PortId Link)
{
    /// <summary>The roles of devices for which the address is required.</summary>
    public IReadOnlyList<NodeRole> RequiredBy { get; init; } = [];
}

/// <summary>The keys of a profile, object by object, as in <c>profile.schema.json</c>.</summary>
public static class ProfileKeys
{
    public static IReadOnlyList<string> Root { get; } =
    [
        "$schema",
        "device",
        "model",
        "serial",
        "firmware",
        "operator",
        "lab",
        "role",
        "ports",
        "sentinelPort",
        "addresses",
        "nextHops",
        "identities",
        "prefixes",
        "ipv4",
        "visitedPrefixes",
        "authorizedGateways",
        "bindings",
        "protection",
        "accessTechnologyType",
        "timers",
        "waits",
        "configurations",
        "upperTester",
        "management",
        "carrier",
        "restart",
        "hosts",
    ];

    public static IReadOnlyList<string> ProtectionOfDirection { get; } = ["spi", "key"];

    public static IReadOnlyList<string> ProtectionOfTunnel { get; } = ["transform", "in", "out"];

    public static IReadOnlyList<string> ProtectionOfPeer { get; } = [.. ProtectionOfTunnel, "tunnel"];

    public static IReadOnlyList<string> Port { get; } = ["interface", "vlan", "mtu"];

    /// <summary>The roles that a device may have, each with the tester's ports around it.</summary>
    public static IReadOnlyDictionary<NodeRole, IReadOnlyList<string>> PortsByRole { get; } =
        new Dictionary<NodeRole, IReadOnlyList<string>>
        {
            [NodeRole.Lma] = ["core", "home"],
            [NodeRole.Mag] = ["core", "link1", "link2", "link3", "link4"],
            [NodeRole.Ha] = ["core", "home"],
            [NodeRole.Cn] = ["core"],
            [NodeRole.Mn] = ["link1", "link2", "link3", "home"],
        };

    /// <summary>The ports that a device may do without.</summary>
    public static IReadOnlyDictionary<NodeRole, IReadOnlyList<string>> OptionalPorts { get; } =
        new Dictionary<NodeRole, IReadOnlyList<string>> { [NodeRole.Mag] = ["link3", "link4"], [NodeRole.Mn] = ["link2", "link3", "home"] };

    /// <summary>The keys of addresses for devices of Proxy Mobile IPv6, with the node and the link that each is an address of.</summary>
    public static IReadOnlyList<AddressKey> AddressKeys { get; } =
    [
        new("LMA1", "LMA1", NodeRole.Lma, Ports.Core) { RequiredBy = [NodeRole.Lma, NodeRole.Mag] },
        new("LMA1-home", "LMA1", NodeRole.Lma, Ports.Home) { RequiredBy = [NodeRole.Lma] },
        new("LMA2", "LMA2", NodeRole.Lma, Ports.Core),
        new("MAG1", "MAG1", NodeRole.Mag, Ports.Core) { RequiredBy = [NodeRole.Lma, NodeRole.Mag] },
        new("MAG2", "MAG2", NodeRole.Mag, Ports.Core) { RequiredBy = [NodeRole.Lma] },
        new("MAG3", "MAG3", NodeRole.Mag, Ports.Core) { RequiredBy = [NodeRole.Lma] },
        new("core router", "core router", NodeRole.Router, Ports.Core),
        new("DHCP1", "DHCP1", NodeRole.Dhcp, Ports.Core),
        new("CN1", "CN1", NodeRole.Cn, Ports.Home) { RequiredBy = [NodeRole.Lma, NodeRole.Mag] },
    ];

    /// <summary>The same for devices of Mobile IPv6, whose correspondent node CN1 is on the core link.</summary>
    public static IReadOnlyList<AddressKey> MobilityAddressKeys { get; } =
    [
        new("HA1", "HA1", NodeRole.Ha, Ports.Home) { RequiredBy = [NodeRole.Ha, NodeRole.Cn] },
        new("HA1-core", "HA1", NodeRole.Ha, Ports.Core) { RequiredBy = [NodeRole.Ha] },
        new("CN1", "CN1", NodeRole.Cn, Ports.Core) { RequiredBy = [NodeRole.Ha, NodeRole.Cn] },
        new("CN2", "CN2", NodeRole.Cn, Ports.Home) { RequiredBy = [NodeRole.Ha] },
        new("core router", "core router", NodeRole.Router, Ports.Core) { RequiredBy = [NodeRole.Cn] },
    ];

    /// <summary>
    /// The same for a mobile node: the routers of the foreign links, whose prefixes are those of their addresses, and the home agent, which
    /// is the router of the home link. CN1 is behind all of them.
    /// </summary>
    public static IReadOnlyList<AddressKey> MobileNodeAddressKeys { get; } =
    [
        new("HA1", "HA1", NodeRole.Ha, Ports.Home) { RequiredBy = [NodeRole.Mn] },
        new("CN1", "CN1", NodeRole.Cn, Ports.Core) { RequiredBy = [NodeRole.Mn] },
        .. Enumerable
            .Range(1, 3)
            .Select(number => new AddressKey($"R{number}", $"R{number}", NodeRole.Router, Ports.Access(number))
            {
                RequiredBy = [NodeRole.Mn],
            }),
    ];

    public static IReadOnlyList<string> Addresses { get; } = [.. AddressKeys.Select(key => key.Name)];

    /// <summary>True for a role of Mobile IPv6 (RFC 6275), false for one of Proxy Mobile IPv6.</summary>
    public static bool IsMobility(NodeRole role) => role is NodeRole.Ha or NodeRole.Cn or NodeRole.Mn;

    public static IReadOnlyList<AddressKey> AddressKeysOf(NodeRole role) =>
        role == NodeRole.Mn ? MobileNodeAddressKeys
        : IsMobility(role) ? MobilityAddressKeys
        : AddressKeys;

    /// <summary>The kind of a port's link. The home link of a mobile node is one that it comes to.</summary>
    public static LinkKind KindOf(string port, NodeRole device) =>
        port == Ports.Core.Name ? LinkKind.Core
        : port == Ports.Home.Name && device != NodeRole.Mn ? LinkKind.Home
        : LinkKind.Access;

    public static IReadOnlyList<string> Identities { get; } =
    ["identifier", "linkLayer", "count", "ports", "kinds", "prefixes", "staticPrefixes", "multihomed"];

    public static IReadOnlyList<string> IdentitiesOfMobility { get; } =
    ["homeAddress", "careOfAddress", "ipv4HomeAddress", "ipv4CareOfAddress", "mobileNetwork", "linkLayer", "count"];

    public static IReadOnlyList<string> IdentitiesOfMobileNode { get; } = ["homeAddress", "ipv4HomeAddress", "bids"];

    public static IReadOnlyList<string> IdentitiesOf(NodeRole role) =>
        role == NodeRole.Mn ? IdentitiesOfMobileNode
        : IsMobility(role) ? IdentitiesOfMobility
        : Identities;

    public static IReadOnlyList<string> PrefixesOfMobility { get; } = ["home", "foreign"];

    public static IReadOnlyList<string> Multihomed { get; } = ["identifier", "linkLayers", "staticPrefix"];

    public static IReadOnlyList<string> Prefixes { get; } = ["owned", "unassigned", "fixed", "foreign", "ofTwoPrefixNode"];

    public static IReadOnlyList<string> Ipv4 { get; } =
    ["network", "defaultRouter", "foreign", "fixed", "unassigned", "addresses", "dualStackPort"];

    /// <summary>The same for devices of Mobile IPv6; a mobile node under test has no home network.</summary>
    public static IReadOnlyList<string> Ipv4Of(NodeRole role) =>
        role == NodeRole.Mn ? ["addresses", "dualStackPort"]
        : IsMobility(role) ? ["network", "defaultRouter", "foreign", "addresses", "dualStackPort"]
        : Ipv4;

    /// <summary>The NAT before MAGs that the tester plays, which has an IPv4 address alone.</summary>
    public const string Nat = "NAT1";

    /// <summary>The keys of the nodes that have an IPv4 address: those of <see cref="Addresses"/>, and the NAT.</summary>
    public static IReadOnlyList<string> Ipv4Addresses { get; } = [.. Addresses, Nat];

    public static IReadOnlyList<string> Ipv4AddressesOf(NodeRole role) =>
        IsMobility(role) ? [.. AddressKeysOf(role).Select(key => key.Name)] : Ipv4Addresses;

    public static IReadOnlyList<string> Waits { get; } = ["tolerance", "answer", "silence", "attach", "scenario"];

    public static IReadOnlyList<string> Configuration { get; } = ["claims", "edition", "setUp", "standIn"];

    public static IReadOnlyList<string> UpperTester { get; } = ["attach", "detach", "ping", "readAddresses"];

    /// <summary>Each command with its placeholders.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ManagementCommands { get; } =
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["hint"] = ["hint", "port", "link", "interface", "vlan"],
            ["timestamp"] = ["timestamp", "port", "link", "interface", "vlan"],
            ["set"] = ["name", "value"],
            ["restart"] = [],
            ["authorize"] = ["gateway"],
            ["deauthorize"] = ["gateway"],
            ["renumber"] = ["prefix"],
            ["terminate"] = ["mobileNode"],
            ["reenable"] = ["mobileNode"],
        };

    public static IReadOnlyList<string> Management { get; } = [.. ManagementCommands.Keys, "reset", "timeout"];

    public static IReadOnlyList<string> Carrier { get; } = ["up", "down"];

    /// <summary>How an action is done: each excludes the others.</summary>
    public static IReadOnlyList<string> WaysOfAction { get; } = ["exec", "ssh", "manual"];

    public static IReadOnlyList<string> Action { get; } = [.. WaysOfAction, "host", "timeout"];

    /// <summary>Where the secret of a host is: each excludes the others.</summary>
    public static IReadOnlyList<string> SecretsOfHost { get; } = ["keyFile", "passwordFile", "passwordVariable"];

    public static IReadOnlyList<string> Host { get; } = ["address", "port", "user", "hostKey", .. SecretsOfHost];

    /// <summary>RFC 5213, Section 9.1.</summary>
    public static IReadOnlyList<string> VariablesOfRfc5213 { get; } =
    ["MinDelayBeforeBCEDelete", "MaxDelayBeforeNewBCEAssign", "TimestampValidityWindow"];

    /// <summary>Variables and constants that scenarios name, with their values in the specification, in milliseconds.</summary>
    public static IReadOnlyDictionary<string, int> Timers { get; } =
        new Dictionary<string, int>
        {
            // RFC 5213, Section 9.1.
            ["MinDelayBeforeBCEDelete"] = 10000,
            ["MaxDelayBeforeNewBCEAssign"] = 1500,
            ["TimestampValidityWindow"] = 300,

            // RFC 6275, Sections 12 and 13.
            ["INITIAL_BINDACK_TIMEOUT"] = 1000,
            ["InitialBindackTimeoutFirstReg"] = 1500,
            ["MAX_BINDACK_TIMEOUT"] = 32000,
            ["MAX_DELETE_BCE_TIMEOUT"] = 10000,
            ["MAX_NONCE_LIFETIME"] = 240_000,
            ["MAX_RR_BINDING_LIFETIME"] = 420_000,
            ["MAX_TOKEN_LIFETIME"] = 210_000,

            // RFC 4861, Section 10.
            ["RetransTimer"] = 1000,
        };
}
