using Conformance.TestBeds.External;

namespace Conformance.Harness.Tests.External;

/// <summary>Profiles for tests.</summary>
internal static class Profiles
{
    /// <summary>The profile of an LMA; the tests of mistakes depend on its line numbers.</summary>
    public const string Lma = """
        {
          // A comment.
          "device": "a router",
          "role": "lma",
          "ports": {
            "core": { "interface": "eth1", "vlan": 100 },
            "home": { "interface": "eth1", "vlan": 200 }
          },
          "addresses": {
            "LMA1": "2001:db8:100::1",
            "LMA1-home": "2001:db8:200::1",
            "MAG1": "2001:db8:100::a1",
            "MAG2": "2001:db8:100::a2",
            "MAG3": "2001:db8:100::a3",
            "CN1": "2001:db8:200::c1",
          },
          "nextHops": { "core": "fe80::1" },
          "identities": {
            "identifier": "{mac}@{kind}.example",
            "linkLayer": "02:5e:00:00:{n}",
            "count": 500
          },
          "prefixes": {
            "owned": "2001:db8:8000::/48",
            "unassigned": "2001:db8:8000:fffe::/64",
            "foreign": "2001:db8:dead::/64"
          },
          "authorizedGateways": ["MAG1", "MAG2"],
          "timers": { "MinDelayBeforeBCEDelete": 2000 },
          "waits": { "tolerance": 100, "answer": 3000, "silence": 1000, "scenario": 600000 },
          "configurations": { "lma-baseline": { "claims": ["timestamp-option"] } }
        }
        """;

    public const string Mag = """
        {
          "device": "a gateway",
          "role": "mag",
          "ports": {
            "core": { "interface": "eth1" },
            "link1": { "interface": "eth2" },
            "link2": { "interface": "eth3" },
            "link3": { "interface": "eth3", "vlan": 7 }
          },
          "addresses": { "LMA1": "2001:db8:100::1", "MAG1": "2001:db8:100::a1", "CN1": "2001:db8:200::c1" },
          "identities": {
            "identifier": "{mac}@{kind}.example",
            "linkLayer": "02:5e:00:00:{n}",
            "count": 100,
            "ports": { "link3": "link3@dynamic.example" }
          },
          "prefixes": { "owned": "2001:db8:8000::/48", "foreign": "2001:db8:dead::/64" },
          "configurations": { "mag-baseline": { "claims": [] } },
          "upperTester": { "attach": ["attach", "{node}", "{link}"] },
          "carrier": { "up": ["switch", "no", "shut", "{vlan}"], "down": ["switch", "shut", "{vlan}"] }
        }
        """;

    public static Profile Parse(string json) => ProfileFile.Parse(json, "device.json");

    /// <summary>The path of a file of <c>harness/Profiles</c>, which the build copies to the test directory.</summary>
    public static string OfRepository(string name) => Path.Combine(AppContext.BaseDirectory, "Profiles", name);
}
