using System.Net;
using System.Text.Json;
using Conformance.TestBeds.External;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.External;

public sealed class ProfileFileTests
{
    [Fact]
    public void Profile_OfAnLma_IsReadWhole()
    {
        var profile = Profiles.Parse(Profiles.Lma);

        profile.Role.Should().Be(NodeRole.Lma);
        profile.Device.Should().Be("a router");
        profile
            .Ports.Should()
            .Equal(new PortSettings("core", "eth1", 100, LinkKind.Core), new PortSettings("home", "eth1", 200, LinkKind.Home));
        var domain = profile.Ixit.Domain;
        domain.Links.Select(link => link.Port).Should().Equal(Ports.Core, Ports.Home);
        domain.Find("LMA1")!.AddressOn(Ports.Core).Should().Be(IPAddress.Parse("2001:db8:100::1"));
        domain.Find("LMA1")!.AddressOn(Ports.Home).Should().Be(IPAddress.Parse("2001:db8:200::1"));
        domain.Find("CN1")!.AddressOn(Ports.Home).Should().Be(IPAddress.Parse("2001:db8:200::c1"));
        domain.Find(Ports.Core)!.NextHop.Should().Be(IPAddress.Parse("fe80::1"));
        domain.Find(Ports.Home)!.NextHop.Should().BeNull();
        domain.Tested.Should().BeEquivalentTo(new { Name = "LMA1", Role = NodeRole.Lma });
        domain.Of(NodeRole.Mag).Where(mag => mag.IsAuthorized).Select(mag => mag.Name).Should().Equal("MAG1", "MAG2");
        profile.Ixit.UnassignedPrefix.Should().Be(Ipv6Prefix.Parse("2001:db8:8000:fffe::/64"));
        profile.Ixit.Timer("MinDelayBeforeBCEDelete").Should().Be(TimeSpan.FromSeconds(2));
        profile.Ixit.AnswerWithin.Should().Be(TimeSpan.FromSeconds(3));
        profile.Ixit.Budget.Should().Be(TimeSpan.FromSeconds(600));
        profile.Identities.Should().Be(500);
        profile.Tolerance.Should().Be(TimeSpan.FromMilliseconds(100));
        profile.Find("lma-baseline")!.Claims.Should().Equal("timestamp-option");
        profile.Find("lma-small-pool").Should().BeNull();
        profile.Carrier.Should().BeNull();
    }

    /// <summary>Elsewhere the claim would keep the time of day in rejections from being judged.</summary>
    [Theory]
    [InlineData("foreign-lma.json")]
    [InlineData("foreign-mag.json")]
    [InlineData("stand-in-lma.json")]
    [InlineData("stand-in-mag.json")]
    public void TimestampsOfMobileNodes_CountInTheConfigurationForThemOnly(string file)
    {
        const string Claim = "mobile-node-generated-timestamp";
        var reading = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        using var json = JsonDocument.Parse(File.ReadAllText(Profiles.OfRepository(file)), reading);
        var profile = json.RootElement;

        profile
            .GetProperty("configurations")
            .EnumerateObject()
            .Where(configuration => configuration.Value.GetProperty("claims").EnumerateArray().Any(claim => claim.ValueEquals(Claim)))
            .Select(configuration => configuration.Name)
            .Should()
            .Equal($"{profile.GetProperty("role")}-variables");
    }

    [Theory]
    [InlineData("\"timestamp-option\"", true)]
    [InlineData("\"timestamp-option\", \"mobile-node-generated-timestamp\"", false)]
    [InlineData("", false)]
    public void Clock_IsShownByAnLmaThatComparesTimestampsWithIt(string claims, bool expected) =>
        Profiles
            .Parse(Profiles.Lma.Replace("[\"timestamp-option\"]", $"[{claims}]", StringComparison.Ordinal))
            .Find("lma-baseline")!
            .ShowsClock.Should()
            .Be(expected);

    [Fact]
    public void Profile_CanTellWhatTheDeviceIsProvisionedWith_AndWhoTestsIt()
    {
        var profile = Profiles.Parse(
            Profiles
                .Lma.Replace("\"role\": \"lma\",", "\"role\": \"lma\", \"serial\": \"47\", \"lab\": \"room 5\",", StringComparison.Ordinal)
                .Replace(
                    "\"count\": 500",
                    "\"count\": 500, \"kinds\": [\"dynamic\", \"unknown\"], \"prefixes\": [\"2001:db8:8000:{n}::/64\"]",
                    StringComparison.Ordinal
                )
                .Replace("{mac}@{kind}", "user{n}@{kind}", StringComparison.Ordinal)
                .Replace(
                    "\"authorizedGateways\"",
                    "\"restart\": [\"reset\", \"{configuration}\"], \"authorizedGateways\"",
                    StringComparison.Ordinal
                )
        );

        profile.Identity.Should().Be(new DeviceIdentity(Model: null, "47", Firmware: null, Operator: null, "room 5"));
        Words(profile.Restart).Should().Equal("reset", "{configuration}");
        profile.Ixit.Kinds.Should().Equal("dynamic", "unknown");
        profile.Ixit.ProvisionedPrefixes.Should().Equal("2001:db8:8000:{n}::/64");
        profile.Ixit.IdentifierPattern.Should().Be("user{n}@{kind}.example");
    }

    [Fact]
    public void Profile_WithoutKindsAndPrefixes_HasEveryKind_AndADeviceThatAssignsPrefixes()
    {
        var profile = Profiles.Parse(Profiles.Lma);

        profile.Ixit.Kinds.Should().Equal("dynamic", "two-prefix", "disabled", "unknown");
        profile.Ixit.ProvisionedPrefixes.Should().BeEmpty();
        (profile.Identity, profile.Restart).Should().Be((new DeviceIdentity(), null));
    }

    [Fact]
    public void Identifier_OfADeviceWithOneKind_NeedNotTellKindsApart() =>
        Profiles
            .Parse(
                Profiles
                    .Lma.Replace("{mac}@{kind}.example", "{mac}@example", StringComparison.Ordinal)
                    .Replace("\"count\": 500", "\"count\": 500, \"kinds\": [\"dynamic\"]", StringComparison.Ordinal)
            )
            .Ixit.IdentifierPattern.Should()
            .Be("{mac}@example");

    [Theory]
    [InlineData("\"kinds\": [\"dinamic\"]", "identities.kinds: there is no kind of mobile node 'dinamic' (did you mean 'dynamic'?)")]
    [InlineData(
        "\"kinds\": [\"dynamic\", \"fixed-prefix\"]",
        "identities.kinds: fixed-prefix mobile nodes need the prefix that they may use in 'prefixes.fixed'"
    )]
    [InlineData("\"kinds\": [\"unknown\"]", "identities.kinds: the device must serve mobile nodes of the kind 'dynamic'")]
    [InlineData("\"kinds\": \"dynamic\"", "identities.kinds: \"dynamic\" is not allowed; expected a list of kinds of mobile nodes")]
    [InlineData(
        "\"prefixes\": [\"2001:db8:8000::/64\", \"2001:db8:8000:{n}::/64\"]",
        "identities.prefixes: '2001:db8:8000::/64' does not produce a prefix for every mobile node"
    )]
    [InlineData(
        "\"prefixes\": [\"2001:db8:dead:{n}::/64\", \"2001:db8:8000:{n}::/64\"]",
        "identities.prefixes: 2001:db8:dead:1::/64 to 2001:db8:dead:1f4::/64 are not part of 2001:db8:8000::/48"
    )]
    [InlineData(
        "\"kinds\": [\"dynamic\", \"static\"]",
        "identities.kinds: a static mobile node needs the prefixes of its profile in 'identities.staticPrefixes'"
    )]
    [InlineData(
        "\"staticPrefixes\": [\"2001:db8:8001:{n}::/64\"]",
        "identities.staticPrefixes: 2001:db8:8001:1::/64 to 2001:db8:8001:1f4::/64 are not part of 2001:db8:8000::/48"
    )]
    [InlineData(
        "\"kinds\": [\"dynamic\", \"temporary\"]",
        "identities.kinds: a temporary mobile node changes its link-layer address: {kind} is missing in 'identities.linkLayer'"
    )]
    [InlineData("\"prefixes\": [\"2001:db8:8000:{n}::/64\"]", "identities.prefixes: a two-prefix mobile node needs 2 patterns")]
    [InlineData(
        "\"multihomed\": { \"identifier\": \"many@example\", \"linkLayers\": [\"02:5e:00:00:ee:01\"] }",
        "identities.multihomed.linkLayers: '02:5e:00:00:ee:01' is not the unicast link-layer addresses of two interfaces or more"
    )]
    [InlineData(
        "\"multihomed\": { \"identifier\": \"many@example\", \"linkLayers\": [\"02:5e:00:00:ee:01\", \"03:5e:00:00:ee:02\"] }",
        "identities.multihomed.linkLayers: '02:5e:00:00:ee:01, 03:5e:00:00:ee:02' is not"
    )]
    [InlineData(
        "\"multihomed\": { \"linkLayers\": [\"02:5e:00:00:ee:01\", \"02:5e:00:00:ee:02\"] }",
        "identities.multihomed.identifier: the value is missing"
    )]
    public void Abilities_WithAMistake_AreRefusedWithLineAndKey(string keys, string expected) =>
        Mistakes(Profiles.Lma.Replace("\"count\": 500", $"\"count\": 500,\n{keys}", StringComparison.Ordinal))
            .Should()
            .Contain(mistake => mistake.StartsWith($"device.json:22: {expected}", StringComparison.Ordinal));

    [Fact]
    public void MobileNodesWithAFixedPrefix_AreThereIfTheProfileNamesIt()
    {
        var ixit = Profiles.Parse(WithFixedPrefix("2001:db8:8000:fff0::/64")).Ixit;

        ixit.Kinds.Should().Equal([.. Ixit.UsualKinds, "fixed-prefix"]);
        ixit.ProvisionedFor(1, "fixed-prefix").Should().Equal(Ipv6Prefix.Parse("2001:db8:8000:fff0::/64"));
        ixit.ProvisionedFor(1, "dynamic").Should().BeEmpty();
    }

    [Theory]
    [InlineData("2001:db8:dead:1::/64")]
    [InlineData("2001:db8:8000:fffe::/64")]
    public void FixedPrefix_IsOneThatTheDeviceAssigns(string prefix) =>
        Mistakes(WithFixedPrefix(prefix))
            .Should()
            .ContainSingle()
            .Which.Should()
            .EndWith(
                $": prefixes.fixed: {prefix} is not a part of 2001:db8:8000::/48 that the device assigns to fixed-prefix mobile nodes"
            );

    private static string WithFixedPrefix(string prefix) =>
        Profiles.Lma.Replace("\"foreign\":", $"\"fixed\": \"{prefix}\", \"foreign\":", StringComparison.Ordinal);

    [Fact]
    public void MobileNodeWithSeveralInterfaces_IsThereIfTheProfileHasOne()
    {
        const string Count = "\"count\": 100,";
        var key =
            "\"multihomed\": { \"identifier\": \"many@example\", \"linkLayers\": [\"02:5e:00:00:ee:01\", \"02:5e:00:00:ee:02\"], "
            + "\"staticPrefix\": \"2001:db8:8001:ffff::/64\" },";

        var multihomed = Profiles.Parse(Profiles.Mag.Replace(Count, Count + key, StringComparison.Ordinal)).Ixit.Multihomed!;

        multihomed.Identifier.Should().Be("many@example");
        multihomed.LinkLayers.Should().Equal(MacAddress.Parse("02:5e:00:00:ee:01"), MacAddress.Parse("02:5e:00:00:ee:02"));
        multihomed.StaticPrefix.Should().Be(Ipv6Prefix.Parse("2001:db8:8001:ffff::/64"));
        Profiles.Parse(Profiles.Mag).Ixit.Multihomed.Should().BeNull();
    }

    [Theory]
    [InlineData("\"restart\": [],", "restart: the list is empty; its first string must be the program")]
    [InlineData("\"restart\": [\"reset\", \"{port}\"],", "restart: there is no placeholder 'port'")]
    [InlineData("\"operator\": 7,", "operator: 7 is not allowed; expected free text")]
    public void RestartOrDetail_WithAMistake_IsRefused(string line, string expected) =>
        Mistakes(Profiles.Lma.Replace("\"role\": \"lma\",", "\"role\": \"lma\", " + line, StringComparison.Ordinal))
            .Should()
            .ContainSingle()
            .Which.Should()
            .StartWith($"device.json:4: {expected}");

    [Fact]
    public void Profile_WithoutTimersAndWaits_HasThoseOfTheSpecification()
    {
        var profile = Profiles.Parse(Profiles.Mag);

        profile.Ixit.Timer("MinDelayBeforeBCEDelete").Should().Be(TimeSpan.FromSeconds(10));
        profile.Ixit.Timer("MAX_BINDACK_TIMEOUT").Should().Be(TimeSpan.FromSeconds(32));
        profile.Ixit.Guard.Should().Be(TimeSpan.FromSeconds(3));
        profile.Ixit.AccessTechnologyType.Should().Be(3);
    }

    [Fact]
    public void Profile_OfAMag_HasLinksIdentitiesAndCommands()
    {
        var profile = Profiles.Parse(Profiles.Mag);

        profile.Role.Should().Be(NodeRole.Mag);
        var domain = profile.Ixit.Domain;
        domain.Links.Select(link => link.Port.Name).Should().Equal("core", "link1", "link2", "link3");
        domain.Bookends.Should().Be(Ports.Access(3));
        domain.Links.Select(link => link.BoundIdentity).Should().Equal(null, null, null, "link3@dynamic.example");
        domain.Tested!.Interfaces.Select(known => known.Link).Should().Equal(domain.Links.Select(link => (PortId?)link.Port));
        Words(profile.Carrier!.Down).Should().Equal("switch", "shut", "{vlan}");
        Words(profile.UpperTester.Attach).Should().Equal("attach", "{node}", "{link}");
    }

    [Theory]
    [InlineData("\"rolle\": \"lma\",", "rolle: there is no such key (did you mean 'role'?); known keys: $schema, device, model, serial")]
    [InlineData("\"device\": \"again\",", "device: the key occurs twice")]
    public void Profile_WithAnotherKey_IsRefused(string line, string reason) =>
        Mistakes(Profiles.Lma.Replace("\"role\": \"lma\",", "\"role\": \"lma\", " + line, StringComparison.Ordinal))
            .Should()
            .ContainSingle()
            .Which.Should()
            .StartWith($"device.json:4: {reason}");

    [Theory]
    [InlineData(
        "\"role\": \"lma\"",
        "\"role\": \"lmaa\"",
        "4: role: 'lmaa' is not allowed (did you mean 'lma'?); expected one of lma, mag"
    )]
    [InlineData("\"device\": \"a router\"", "\"device\": 7", "3: device: 7 is not allowed; expected a short description of the device")]
    [InlineData("\"device\": \"a router\",", "", "1: device: the value is missing; expected a short description of the device")]
    [InlineData("\"vlan\": 100", "\"vlan\": 5000", "6: ports.core.vlan: 5000 is out of range; expected a whole number from 1 to 4094")]
    [InlineData(
        "\"vlan\": 100",
        "\"vlan\": 100, \"mtu\": 1279",
        "6: ports.core.mtu: 1279 is out of range; expected a whole number from 1280 to 65535"
    )]
    [InlineData("\"vlan\": 100", "\"vlan\": 1.5", "6: ports.core.vlan: 1.5 is out of range; expected a whole number from 1 to 4094")]
    [InlineData(
        "\"vlan\": 100",
        "\"vlann\": 100",
        "6: ports.core.vlann: there is no such key (did you mean 'vlan'?); known keys: interface, vlan, mtu"
    )]
    [InlineData(
        "\"vlan\": 100",
        "\"vlan\": 200",
        "7: ports.home: eth1, VLAN 200 is already used by port core; every port needs its own interface or VLAN"
    )]
    [InlineData(
        "\"core\": { \"interface\": \"eth1\"",
        "\"core\": { \"interface\": \"eth/1\"",
        "6: ports.core.interface: 'eth/1' is not the name of an interface; a name has at most 15 characters and neither spaces nor slashes"
    )]
    [InlineData("\"home\": { \"interface\"", "\"link1\": { \"interface\"", "7: ports.link1: there is no such key; known keys: core, home")]
    [InlineData(
        "\"MAG1\": \"2001:db8:100::a1\"",
        "\"MAG1\": \"192.0.2.1\"",
        "12: addresses.MAG1: '192.0.2.1' cannot be used; expected a unicast IPv6 address that is not link-local, such as \"2001:db8::1\""
    )]
    [InlineData("\"MAG1\": \"2001:db8:100::a1\"", "\"MAG1\": \"ff02::1\"", "12: addresses.MAG1: 'ff02::1' cannot be used")]
    [InlineData(
        "\"MAG1\": \"2001:db8:100::a1\"",
        "\"MAG1\": \"2001:db8:100::1\"",
        "12: addresses.MAG1: 2001:db8:100::1 is already the address of LMA1; every node needs its own address"
    )]
    [InlineData(
        "\"CN1\": \"2001:db8:200::c1\"",
        "\"CN2\": \"2001:db8:200::c1\"",
        "15: addresses.CN2: there is no such key (did you mean 'CN1'?)"
    )]
    [InlineData("\"core\": \"fe80::1\"", "\"link7\": \"fe80::1\"", "17: nextHops.link7: there is no such key; known keys: core, home")]
    [InlineData(
        "\"core\": \"fe80::1\"",
        "\"core\": \"router\"",
        "17: nextHops.core: 'router' is not the IPv6 address of a router; link-local addresses are allowed"
    )]
    [InlineData(
        "{mac}@{kind}.example",
        "{kind}.example",
        "19: identities.identifier: '{kind}.example' is the same for every mobile node: {mac} or {n} is missing"
    )]
    [InlineData(
        "{mac}@{kind}.example",
        "{mac}@example",
        "19: identities.identifier: '{mac}@example' does not distinguish the kinds of mobile nodes"
    )]
    [InlineData(
        "02:5e:00:00:{n}",
        "03:5e:00:00:{n}",
        "20: identities.linkLayer: '03:5e:00:00:{n}' does not produce unicast link-layer addresses; expected a link-layer address with {n}"
    )]
    [InlineData(
        "02:5e:00:00:{n}",
        "02:5e:00:00:00:00",
        "20: identities.linkLayer: '02:5e:00:00:00:00' does not produce unicast link-layer addresses"
    )]
    [InlineData("\"count\": 500", "\"count\": 3", "21: identities.count: 3 is out of range; expected a whole number from 8 to 65535")]
    [InlineData(
        "\"owned\": \"2001:db8:8000::/48\"",
        "\"owned\": \"2001:db8:8000::/56\"",
        "24: prefixes.owned: '2001:db8:8000::/56' cannot be used; expected an IPv6 prefix with a length of 16 to 48"
    )]
    [InlineData(
        "\"owned\": \"2001:db8:8000::/48\"",
        "\"owned\": \"2001:db8:8000:1::/48\"",
        "24: prefixes.owned: '2001:db8:8000:1::/48' has bits set beyond its length; did you mean 2001:db8:8000::/48?"
    )]
    [InlineData(
        "2001:db8:8000:fffe::/64",
        "2001:db8:8001::/64",
        "25: prefixes.unassigned: 2001:db8:8001::/64 is not part of 2001:db8:8000::/48; "
            + "expected a prefix that the device owns and never assigns"
    )]
    [InlineData(
        "2001:db8:dead::/64",
        "2001:db8:8000:1::/64",
        "26: prefixes.foreign: 2001:db8:8000:1::/64 overlaps 2001:db8:8000::/48, which the device owns"
    )]
    [InlineData(
        "[\"MAG1\", \"MAG2\"]",
        "[\"MAG1\", \"MAG2\", \"MAG9\"]",
        "28: authorizedGateways: there is no MAG 'MAG9' (did you mean 'MAG1'?); known: MAG1, MAG2, MAG3"
    )]
    [InlineData(
        "[\"MAG1\", \"MAG2\"]",
        "[\"MAG1\", \"MAG3\"]",
        "28: authorizedGateways: the list MAG1, MAG3 is not allowed; "
            + "expected the emulated MAGs that the LMA serves: MAG1 and MAG2, but not MAG3"
    )]
    [InlineData("[\"MAG1\", \"MAG2\"]", "[\"MAG1\", 2]", "28: authorizedGateways: 2 is not allowed in the list")]
    [InlineData(
        "\"MinDelayBeforeBCEDelete\": 2000",
        "\"MinDelayBeforeBCEDelet\": 2000",
        "29: timers.MinDelayBeforeBCEDelet: there is no such key (did you mean 'MinDelayBeforeBCEDelete'?)"
    )]
    [InlineData(
        "\"MinDelayBeforeBCEDelete\": 2000",
        "\"MinDelayBeforeBCEDelete\": \"2 s\"",
        "29: timers.MinDelayBeforeBCEDelete: \"2 s\" is not allowed; expected a whole number from 1 to 86400000"
    )]
    [InlineData(
        "\"tolerance\": 100",
        "\"tolerance\": -1",
        "30: waits.tolerance: -1 is out of range; expected a whole number from 0 to 86400000"
    )]
    [InlineData(
        "\"lma-baseline\": {",
        "\"mag-baseline\": {",
        "31: configurations.mag-baseline: there is no such key (did you mean 'lma-baseline'?); known keys: "
            + "lma-baseline, lma-small-pool, lma-no-wait, lma-defaults, lma-variables"
    )]
    [InlineData(
        "[\"timestamp-option\"]",
        "[\"timestamp-options\"]",
        "31: configurations.lma-baseline.claims: there is no ICS item 'timestamp-options' (did you mean 'timestamp-option'?); "
            + "known: timestamp-option, dynamic-tunnels"
    )]
    [InlineData(
        "\"claims\": [\"timestamp-option\"]",
        "\"claims\": [], \"standIn\": \"nowhere.json\"",
        "31: configurations.lma-baseline.standIn: there is no file "
    )]
    [InlineData(
        "\"claims\": [\"timestamp-option\"]",
        "\"claims\": [], \"setUp\": [\"ssh\", \"{config}\"]",
        "31: configurations.lma-baseline.setUp: there is no placeholder 'config' (did you mean 'configuration'?); known: configuration"
    )]
    [InlineData(
        "\"claims\": [\"timestamp-option\"]",
        "\"claims\": [], \"standIn\": \"/dev/null\"",
        "5: ports: port core is a VLAN, which a stand-in does not support: give each port its own interface"
    )]
    [InlineData(
        "\"claims\": [\"timestamp-option\"]",
        "\"claims\": [], \"setUp\": []",
        "31: configurations.lma-baseline.setUp: the list is empty; its first string must be the program"
    )]
    [InlineData(
        "\"lma-baseline\": {",
        "\"lma-small-pool\": { \"claims\": [] }, \"lma-baseline\": {",
        "31: configurations: a profile with several configurations needs a 'setUp' command (or a 'standIn') in each"
    )]
    [InlineData(
        "{ \"lma-baseline\": { \"claims\": [\"timestamp-option\"] } }",
        "{ }",
        "31: configurations: there is no configuration; expected at least one of lma-baseline, "
            + "lma-small-pool, lma-no-wait, lma-defaults, lma-variables"
    )]
    public void Profile_WithAMistake_IsRefusedWithLineKeyAndWhatIsAllowed(string right, string wrong, string expected)
    {
        Profiles.Lma.Should().Contain(right);

        Mistakes(Profiles.Lma.Replace(right, wrong, StringComparison.Ordinal))
            .Should()
            .Contain(mistake => mistake.StartsWith($"device.json:{expected}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "\"role\": \"mag\",",
        "\"role\": \"mag\", \"authorizedGateways\": [],",
        "authorizedGateways: only an LMA has authorised gateways, and the device is a MAG"
    )]
    [InlineData(
        "\"role\": \"mag\",",
        "\"role\": \"mag\", \"sentinelPort\": \"link9\",",
        "sentinelPort: 'link9' is not allowed (did you mean 'link1'?); expected one of link1, link2, link3"
    )]
    [InlineData("\"link2\": { \"interface\": \"eth3\" },", "", "ports.link2: the value is missing; expected an object, { ... }")]
    [InlineData(
        "\"carrier\": {",
        "\"upperTester\": {",
        "ports.link2: this port and port link3 both use eth3, so taking this link down also takes link3 down; "
            + "give each access link its own interface"
    )]
    [InlineData(
        "\"carrier\": {",
        "\"management\": { \"set\": [\"set\", \"{name}\", \"{value}\"] }, \"carrier\": {",
        "management: a command changes the device for the scenarios that follow: give 'reset', a command that sets the device up again, or "
            + "a 'setUp' command in each configuration"
    )]
    [InlineData(
        "\"carrier\": {",
        "\"management\": { \"hint\": [\"hint\", \"{socket}\"] }, \"carrier\": {",
        "management.hint: there is no placeholder 'socket'; known: hint, port, link, interface, vlan, configuration"
    )]
    [InlineData("\"down\": [\"switch\", \"shut\", \"{vlan}\"]", "\"downn\": [\"x\"]", "carrier.down: the value is missing")]
    [InlineData(
        "\"link3\": \"link3@dynamic.example\"",
        "\"core\": \"x\"",
        "identities.ports.core: there is no such key; known keys: link1, link2, link3, link4"
    )]
    public void Profile_OfAMagWithAMistake_IsRefused(string right, string wrong, string expected)
    {
        Profiles.Mag.Should().Contain(right);

        Mistakes(Profiles.Mag.Replace(right, wrong, StringComparison.Ordinal))
            .Should()
            .Contain(mistake => mistake.Contains($": {expected}", StringComparison.Ordinal));
    }

    [Fact]
    public void Profile_WithSeveralMistakes_IsRefusedWithAllOfThemInTheirOrder()
    {
        var mistakes = Mistakes(
            Profiles
                .Lma.Replace("\"vlan\": 100", "\"vlan\": 0", StringComparison.Ordinal)
                .Replace("\"count\": 500", "\"count\": \"many\"", StringComparison.Ordinal)
                .Replace("\"silence\"", "\"quiet\"", StringComparison.Ordinal)
        );

        mistakes.Should().HaveCount(3);
        mistakes.Select(mistake => mistake.Split(": ")[1]).Should().Equal("ports.core.vlan", "identities.count", "waits.quiet");
    }

    [Theory]
    [InlineData("{", "device.json:1: this is not JSON")]
    [InlineData("{\n  \"device\": \"a\"\n  \"role\": \"lma\"\n}", "device.json:3: this is not JSON")]
    [InlineData("[]", "device.json:1: a profile must be an object, { ... }")]
    [InlineData("", "device.json:1: this is not JSON")]
    public void Profile_ThatIsNotJson_IsRefusedWithItsLine(string text, string expected) =>
        Mistakes(text).Should().ContainSingle().Which.Should().StartWith(expected);

    [Fact]
    public void Profile_ThatIsNotThere_IsRefused()
    {
        var load = () => ProfileFile.Load("/nowhere/device.json");

        load.Should().Throw<ProfileException>().WithMessage("/nowhere/device.json:1: the profile cannot be read*");
    }

    [Theory]
    [InlineData("stand-in-lma.json")]
    [InlineData("stand-in-mag.json")]
    [InlineData("stand-in-mag-profile.json")]
    [InlineData("stand-in-mag-regular-access.json")]
    [InlineData("stand-in-mag-esp.json")]
    [InlineData("stand-in-mag-ipv4.json")]
    [InlineData("stand-in-ha.json")]
    [InlineData("stand-in-ha-esp.json")]
    [InlineData("stand-in-ha-ipv4.json")]
    [InlineData("stand-in-mn-ipv4.json")]
    [InlineData("stand-in-cn.json")]
    [InlineData("example.json")]
    [InlineData("example-mag.json")]
    [InlineData("example-mag-two-ports.json")]
    [InlineData("example-ha.json")]
    [InlineData("example-cn.json")]
    [InlineData("example-mn.json")]
    public void Profile_OfTheRepository_HasNoMistake(string name)
    {
        var suite = SuiteItems();

        ProfileFile.Load(Profiles.OfRepository(name), suite).Device.Should().NotBeEmpty();
    }

    [Fact]
    public void Management_IsWhatTheProfileHasCommandsFor()
    {
        const string management = """
            "management": { "hint": ["hint", "{link}", "{hint}"], "set": ["set", "{name}"], "reset": ["reset"], "timeout": 500 },
            "carrier": {
            """;

        var profile = Profiles.Parse(Profiles.Mag.Replace("\"carrier\": {", management, StringComparison.Ordinal));

        profile.Ixit.Management.Should().Equal("hint", "set");
        Words(profile.Management.Commands["hint"]).Should().Equal("hint", "{link}", "{hint}");
        profile.Management.Commands["hint"].Within.Should().Be(TimeSpan.FromMilliseconds(500));
        Words(profile.Management.Reset).Should().Equal("reset");
        profile.Management.Reset!.Within.Should().Be(TimeSpan.FromMinutes(10));
        Profiles.Parse(Profiles.Lma).Ixit.Management.Should().BeEmpty();
    }

    /// <summary>The worked profiles use every way in which a command is done.</summary>
    [Fact]
    public void Examples_HaveHostsWithPinnedKeys_AndWhatIsDoneByHand()
    {
        string[] names =
        [
            "example.json",
            "example-mag.json",
            "example-mag-two-ports.json",
            "example-ha.json",
            "example-cn.json",
            "example-mn.json",
        ];
        var actions = names.SelectMany(name => ProfileFile.Load(Profiles.OfRepository(name)).Actions).ToList();

        actions
            .OfType<ProfileAction.Ssh>()
            .Select(ssh => ssh.Host.HostKey)
            .Should()
            .NotBeEmpty()
            .And.OnlyContain(key => SshHost.IsFingerprint(key));
        actions.OfType<ProfileAction.Manual>().Should().NotBeEmpty();
        actions.OfType<ProfileAction.Exec>().Should().NotContain(exec => exec.Words[0] == "ssh", "a host is reached by its pinned key");
    }

    [Fact]
    public void MagWithTwoAccessPorts_HasThemAlone_AndTheLastForBookends()
    {
        var domain = ProfileFile.Load(Profiles.OfRepository("example-mag-two-ports.json")).Ixit.Domain;

        domain.Links.Select(link => link.Port.Name).Should().Equal("core", "link1", "link2");
        domain.Bookends.Should().Be(Ports.Access(2));
    }

    /// <summary>Editors complete exactly the keys that the parser accepts.</summary>
    [Fact]
    public void Schema_HasTheKeysOfTheParser()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Profiles.OfRepository("profile.schema.json")));
        var root = schema.RootElement;
        string[] Of(JsonElement at) => [.. at.GetProperty("properties").EnumerateObject().Select(property => property.Name)];
        string[] At(string name) => Of(root.GetProperty("properties").GetProperty(name));
        string[] Definition(string name) => Of(root.GetProperty("$defs").GetProperty(name));

        Of(root).Should().BeEquivalentTo(ProfileKeys.Root);
        Definition("port").Should().BeEquivalentTo(ProfileKeys.Port);
        Definition("configuration").Should().BeEquivalentTo(ProfileKeys.Configuration);
        At("ports").Should().BeEquivalentTo(ProfileKeys.PortsByRole.Values.SelectMany(ports => ports).Distinct());
        At("nextHops").Should().BeEquivalentTo(At("ports"));
        At("addresses")
            .Should()
            .BeEquivalentTo(
                ProfileKeys.Addresses.Union(
                    ProfileKeys.MobilityAddressKeys.Concat(ProfileKeys.MobileNodeAddressKeys).Select(key => key.Name)
                )
            );
        At("identities")
            .Should()
            .BeEquivalentTo(ProfileKeys.Identities.Union(ProfileKeys.IdentitiesOfMobility).Union(ProfileKeys.IdentitiesOfMobileNode));
        Of(root.GetProperty("properties").GetProperty("identities").GetProperty("properties").GetProperty("multihomed"))
            .Should()
            .BeEquivalentTo(ProfileKeys.Multihomed);
        At("prefixes").Should().BeEquivalentTo(ProfileKeys.Prefixes.Union(ProfileKeys.PrefixesOfMobility));
        At("ipv4").Should().BeEquivalentTo(ProfileKeys.Ipv4);
        ProfileKeys.Ipv4.Should().Contain([.. ProfileKeys.Ipv4Of(NodeRole.Ha), .. ProfileKeys.Ipv4Of(NodeRole.Mn)]);
        Of(root.GetProperty("properties").GetProperty("ipv4").GetProperty("properties").GetProperty("addresses"))
            .Should()
            .BeEquivalentTo(
                ProfileKeys.Ipv4Addresses.Union(ProfileKeys.Ipv4AddressesOf(NodeRole.Ha)).Union(ProfileKeys.Ipv4AddressesOf(NodeRole.Mn))
            );
        At("timers").Should().BeEquivalentTo(ProfileKeys.Timers.Keys);
        At("waits").Should().BeEquivalentTo(ProfileKeys.Waits);
        At("configurations")
            .Should()
            .BeEquivalentTo(
                Conformance
                    .TestBeds.NamedConfiguration.All.Select(known => known.Name)
                    .Where(name => !name.StartsWith("e2e", StringComparison.Ordinal))
            );
        Definition("protection").Should().BeEquivalentTo(ProfileKeys.ProtectionOfPeer);
        Definition("associations").Should().BeEquivalentTo(ProfileKeys.ProtectionOfTunnel);
        Definition("association").Should().BeEquivalentTo(ProfileKeys.ProtectionOfDirection);
        At("upperTester").Should().BeEquivalentTo(ProfileKeys.UpperTester);
        At("management").Should().BeEquivalentTo(ProfileKeys.Management);
        ProfileKeys.ManagementCommands.Keys.Should().BeEquivalentTo(DeviceCommand.Keys);
        At("carrier").Should().BeEquivalentTo(ProfileKeys.Carrier);
        Definition("action").Should().BeEquivalentTo(ProfileKeys.Action);
        Definition("host").Should().BeEquivalentTo(ProfileKeys.Host);
        root.GetProperty("properties")
            .GetProperty("timers")
            .GetProperty("properties")
            .EnumerateObject()
            .ToDictionary(timer => timer.Name, timer => timer.Value.GetProperty("default").GetInt32())
            .Should()
            .BeEquivalentTo(ProfileKeys.Timers);
    }

    private static IReadOnlyList<string> Words(ProfileAction? action) => action.Should().BeOfType<ProfileAction.Exec>().Which.Words;

    private static IReadOnlyList<string> Mistakes(string json)
    {
        var parse = () => ProfileFile.Parse(json, "device.json", ["timestamp-option", "dynamic-tunnels"]);
        return [.. parse.Should().Throw<ProfileException>().Which.Mistakes.Select(mistake => mistake.ToString())];
    }

    private static string[] SuiteItems() =>
        [
            .. Conformance
                .Testing.Ics.IcsCatalogue.Load(
                    Path.Combine(AppContext.BaseDirectory, "features", "ics"),
                    Conformance.Testing.Statements.StatementRegister.Load(Path.Combine(AppContext.BaseDirectory, "features", "registers"))
                )
                .Items.Select(item => item.Id),
        ];
}
