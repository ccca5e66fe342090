namespace Conformance.TestBeds.External;

/// <summary>The keys of a profile, object by object, as <c>profile.schema.json</c> has them.</summary>
internal static class ProfileKeys
{
    public static readonly string[] Root =
    [
        "$schema", "device", "role", "ports", "sentinelPort", "addresses", "nextHops", "identities", "prefixes", "authorizedGateways", "accessTechnologyType", "timers", "waits",
        "configurations", "upperTester", "carrier",
    ];

    public static readonly string[] Port = ["interface", "vlan"];

    public static readonly string[] AnchorPorts = ["core", "home"];

    public static readonly string[] GatewayPorts = ["core", "link1", "link2", "link3", "link4"];

    public static readonly string[] Addresses = ["LMA1", "LMA1-home", "MAG1", "MAG2", "MAG3", "core router", "CN1"];

    public static readonly string[] Identities = ["identifier", "linkLayer", "count", "ports"];

    public static readonly string[] Prefixes = ["owned", "unassigned", "foreign", "ofTwoPrefixNode"];

    public static readonly string[] Waits = ["tolerance", "answer", "silence", "scenario"];

    public static readonly string[] Configuration = ["claims", "setUp", "standIn"];

    public static readonly string[] UpperTester = ["attach", "detach", "ping", "readAddresses"];

    public static readonly string[] Carrier = ["up", "down"];

    /// <summary>Variables and constants that scenarios name, with the value the specification gives, in milliseconds.</summary>
    public static readonly IReadOnlyDictionary<string, int> Timers = new Dictionary<string, int>
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
