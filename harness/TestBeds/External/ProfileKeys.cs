namespace Conformance.TestBeds.External;

/// <summary>The keys of a profile, object by object, as in <c>profile.schema.json</c>.</summary>
public static class ProfileKeys
{
    public static IReadOnlyList<string> Root { get; } =
    [
        "$schema",
        "device",
        "role",
        "ports",
        "sentinelPort",
        "addresses",
        "nextHops",
        "identities",
        "prefixes",
        "authorizedGateways",
        "accessTechnologyType",
        "timers",
        "waits",
        "configurations",
        "upperTester",
        "carrier",
    ];

    public static IReadOnlyList<string> Port { get; } = ["interface", "vlan"];

    public static IReadOnlyList<string> LmaPorts { get; } = ["core", "home"];

    public static IReadOnlyList<string> MagPorts { get; } = ["core", "link1", "link2", "link3", "link4"];

    public static IReadOnlyList<string> Addresses { get; } = ["LMA1", "LMA1-home", "MAG1", "MAG2", "MAG3", "core router", "CN1"];

    public static IReadOnlyList<string> Identities { get; } = ["identifier", "linkLayer", "count", "ports"];

    public static IReadOnlyList<string> Prefixes { get; } = ["owned", "unassigned", "foreign", "ofTwoPrefixNode"];

    public static IReadOnlyList<string> Waits { get; } = ["tolerance", "answer", "silence", "scenario"];

    public static IReadOnlyList<string> Configuration { get; } = ["claims", "setUp", "standIn"];

    public static IReadOnlyList<string> UpperTester { get; } = ["attach", "detach", "ping", "readAddresses"];

    public static IReadOnlyList<string> Carrier { get; } = ["up", "down"];

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
        };
}
