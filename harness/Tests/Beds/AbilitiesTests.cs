using Conformance.Harness.Tests.Scenarios;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Beds;

/// <summary>Scenarios that need what a profile does not provide are not tested, and the reason names the key.</summary>
public sealed class AbilitiesTests
{
    private static readonly Ixit _few = Sessions.Ixit() with
    {
        Kinds = ["dynamic", "unknown"],
        Management = ["restart"],
        Programs = ["dhcpd"],
        Ipv4 = ReferenceSetup.Ipv4 with { Unassigned = null },
        Domain = Sessions.Ixit().Domain with { Nodes = [.. Sessions.Ixit().Domain.Nodes.Where(node => node.Role != NodeRole.Router)] },
    };

    [Theory]
    [InlineData("Given MN1 is a disabled mobile node", "identities.kinds: the device has no mobile nodes of the kind disabled")]
    [InlineData("Given MN1 is a two-prefix mobile node", "identities.kinds: the device has no mobile nodes of the kind two-prefix")]
    [InlineData("Given MN1 is an unknown mobile node", null)]
    [InlineData("Given MN1 is registered at MAG1", null)]
    [InlineData(
        "When MN1 attaches at link 1 by link up",
        "identities.ports.link1: the device does not know which mobile node is on the link when it comes up"
    )]
    [InlineData("When MN1 attaches at link 1 by Router Solicitation", null)]
    [InlineData(
        "Given MN1 and MN2 are interfaces of one mobile node",
        "identities.multihomed: the device has no mobile node with several interfaces"
    )]
    [InlineData(
        "When a core router reports Packet Too Big about the last tunnelled packet with MTU = 1400",
        "addresses.core router: the tester does not know the address of a router on the core link"
    )]
    [InlineData("Given MN1 is attached at link 1 and registered with LMA2", "addresses.LMA2: the tester does not play a second LMA")]
    [InlineData(
        "Then the MAG advertises the visited prefix to MN1",
        "visitedPrefixes: the device has no prefix for nodes without mobility service on any link"
    )]
    [InlineData("When MN1 sends a DHCPv6 Solicit", "addresses.DHCP1: the tester plays no DHCPv6 server on the core link")]
    [InlineData("When MN1 runs udhcpc", "programs.udhcpc: no host can run it; it is in the Debian package udhcpc")]
    [InlineData("Given DHCP1 runs dhcpd", null)]
    [InlineData(
        "Given DHCP1 runs coredhcp",
        "programs.coredhcp: no host can run it; known are udhcpc, dhclient, dhcpcd, dhcpd, dnsmasq, kea-dhcp4, iperf3, nft, conntrack"
    )]
    [InlineData("When MN1 begins a transfer with CN1 over IPv4", "programs.iperf3: no host can run it; it is in the Debian package iperf3")]
    [InlineData("When MN1 begins a transfer with CN1", null)]
    [InlineData("Given MN1 is an other-anchor mobile node", "identities.kinds: the device has no mobile nodes of the kind other-anchor")]
    [InlineData(
        "Then the LMA accepts the registration by MAG2 at once",
        "timers.MaxDelayBeforeNewBCEAssign: what a de-registration brings about cannot be told from what the end of so short a wait does"
    )]
    [InlineData("Given the operator sets EnableMAGLocalRouting to 1", "management.set: the tester cannot set variables of the device")]
    [InlineData(
        "When MAG1 registers MN1 with no Home Network Prefix and IPv4 home address = ALL_ZERO, unassigned",
        "ipv4.unassigned: the device assigns no IPv4 home address that is asked for"
    )]
    [InlineData("When MAG1 registers MN1 with Home Network Prefix = unassigned and IPv4 home address = foreign", null)]
    [InlineData("Given the operator authorizes MAG3", "management.authorize: the tester cannot authorize MAGs at the device")]
    [InlineData(
        "Given the operator no longer authorizes MAG1",
        "management.deauthorize: the tester cannot end the authorization of MAGs at the device"
    )]
    [InlineData(
        "When the operator withdraws the prefix of MN1",
        "management.renumber: the tester cannot tell the device that a prefix is withdrawn"
    )]
    [InlineData(
        "When the operator terminates MN1",
        "management.terminate: the tester cannot end the sessions of a mobile node at the device"
    )]
    [InlineData(
        "When the operator reenables MN1",
        "management.reenable: the tester cannot tell the device to register a refused mobile node again"
    )]
    [InlineData("When MN1 attaches at link 1 with hint 3", "management.hint: the tester cannot tell the device how a mobile node arrives")]
    [InlineData(
        "When MN1 attaches at link 1 with timestamp 5 s ago",
        "management.timestamp: the tester cannot tell the device the timestamp of a mobile node"
    )]
    [InlineData("When the device restarts", null)]
    public void Ability_ThatIsMissing_IsNamed(string step, string? missing) =>
        Abilities
            .Missing(
                _few,
                TemporaryFeatures.Load($"Feature: F\n@TC-LMA-REG-BV-01 @LMA @rfc5213-5.3.1-k1\nScenario: A\n{step}\n").Scenarios[0]
            )
            .Should()
            .Be(missing);

    [Theory]
    [InlineData(null, "identities.multihomed.staticPrefix: the device has no prefix in the profile of one interface")]
    [InlineData("2001:db8:8001:ffff::/64", null)]
    public void InterfaceWithAPrefixInItsProfile_NeedsOne(string? prefix, string? missing)
    {
        var ixit = _few with
        {
            Kinds = ["dynamic", Ixit.StaticKind],
            Multihomed = ReferenceSetup.Multihomed with { StaticPrefix = prefix is null ? null : Ipv6Prefix.Parse(prefix) },
        };
        const string Steps = "Given MN2 is a static mobile node\nAnd MN1 and MN2 are interfaces of one mobile node";
        const string Scenario = $"Feature: F\n@TC-MAG-PRO-BV-14 @MAG @rfc5213-6.2-d2\nScenario: A\n{Steps}\n";

        Abilities.Missing(ixit, TemporaryFeatures.Load(Scenario).Scenarios[0]).Should().Be(missing);
    }

    [Theory]
    [InlineData("When the MN gets a link at link 1 and link 3", "ports.link3: the device has no interface on the link")]
    [InlineData("When the MN gets a link at link 1 and the home link", "ports.home: the device has no interface on the link")]
    [InlineData("Given the MN is at link 4", "ports.home: the device has no interface on the link")]
    [InlineData("Given the MN is at link 5", "ports.home: the device has no interface on the link")]
    [InlineData("Given the bindings of Figure 10", "ports.home: the device has no interface on the link")]
    [InlineData("Given the MN is at link 1", null)]
    [InlineData("When the MN restarts", "management.restart: the tester cannot restart the device")]
    public void LinkOfAMobileNode_ThatIsMissing_IsNamed(string step, string? missing)
    {
        var whole = McoaDomains.MobileNode;
        var ixit = _few with
        {
            Domain = whole with { Links = [.. whole.Links.Take(2)] },
            MobileNode = McoaDomains.OfMobileNode,
            Management = [],
        };
        var scenario = $"Feature: F\n@TC-MN-REG-BV-01 @MN @rfc6275-11.3.2-d1\nScenario: A\n{step}\n";

        Abilities.Missing(ixit, TemporaryFeatures.Load(scenario).Scenarios[0]).Should().Be(missing);
    }

    [Theory]
    [InlineData("restart", null)]
    [InlineData("set", "management.restart: the tester cannot restart the device")]
    public void MobileNode_ThatIsRestoredByRestart_NeedsOne(string command, string? missing)
    {
        const string Scenario =
            "Feature: F\n@TC-MN-REG-BO-02 @MN @ics:mn-restored-by-restart @rfc6275-11.7.1-k23\nScenario: A\nGiven the MN is at link 1\n";
        var ixit = _few with { Domain = McoaDomains.MobileNode, MobileNode = McoaDomains.OfMobileNode, Management = [command] };

        Abilities.Missing(ixit, TemporaryFeatures.Load(Scenario).Scenarios[0]).Should().Be(missing);
    }

    [Theory]
    [InlineData("Given MN1 is attached at link 3", "ports.link3: the device has no interface on the link")]
    [InlineData("When MN1 attaches at link 3 by link up", "ports.link3: the device has no interface on the link")]
    [InlineData("Given MN1 is attached at link 2", null)]
    public void AccessLinkOfAMag_ThatIsMissing_IsNamed(string step, string? missing)
    {
        var whole = ReferenceDomains.Mag;
        var ixit = _few with
        {
            Domain = whole with { Links = [.. whole.Links.Where(link => link.Port.Name is "core" or "link1" or "link2")] },
        };
        var scenario = $"Feature: F\n@TC-MAG-ATT-BV-01 @MAG @rfc5213-6.9.1.1-k1\nScenario: A\n{step}\n";

        Abilities.Missing(ixit, TemporaryFeatures.Load(scenario).Scenarios[0]).Should().Be(missing);
    }

    [Fact]
    public void Ability_IsThere_WhereTheTesterPlaysTheGateways_OrTheDeviceDoesNotWait()
    {
        Missing(_few with { Domain = ReferenceDomains.Lma }, "Given MN1 and MN2 are interfaces of one mobile node").Should().BeNull();
        Missing(_few, "Then the LMA accepts the registration by MAG2 at once", "@ics:!waits-for-deregistration").Should().BeNull();

        static string? Missing(Ixit ixit, string step, string tag = "") =>
            Abilities.Missing(
                ixit,
                TemporaryFeatures.Load($"Feature: F\n@TC-LMA-REG-BV-01 @LMA {tag} @rfc5213-5.3.1-k1\nScenario: A\n{step}\n").Scenarios[0]
            );
    }

    [Fact]
    public void Device_WithEveryAbility_LacksNothingOfTheSuite()
    {
        using var beds = new BedsWith(configuration => ReferenceSetup.Of(NamedConfiguration.Find(configuration)!).ToIxit());

        Plan(beds)
            .Should()
            .OnlyContain(scenario => scenario.Selection == Selection.Selected || scenario.Selection == Selection.NotApplicable);
    }

    [Fact]
    public void Scenario_ThatNeedsAMissingAbility_IsNotTested_AndTheOthersAre()
    {
        using var beds = new BedsWith(_ => _few);

        var planned = Plan(beds);

        planned
            .Where(scenario => scenario.Selection != Selection.Selected && scenario.Selection != Selection.NotApplicable)
            .Should()
            .NotBeEmpty()
            .And.OnlyContain(scenario =>
                scenario.Selection == Selection.NotTested
                && (
                    scenario.Reason!.StartsWith("identities.", StringComparison.Ordinal)
                    || scenario.Reason.StartsWith("addresses.", StringComparison.Ordinal)
                    || scenario.Reason.StartsWith("timers.", StringComparison.Ordinal)
                    || scenario.Reason.StartsWith("management.", StringComparison.Ordinal)
                    || scenario.Reason.StartsWith("visitedPrefixes", StringComparison.Ordinal)
                    || scenario.Reason.StartsWith("programs.", StringComparison.Ordinal)
                )
            );
        planned.Count(scenario => scenario.Selection == Selection.Selected).Should().BeGreaterThan(100);
    }

    private static IReadOnlyList<PlannedScenario> Plan(IBedProvider beds) =>
        new SuiteRunner(ReferenceSuite.Suite).Plan(beds, new RunPlan(_ => true, 1, Strict: false, Directory: null));

    /// <summary>Beds that have every configuration.</summary>
    private sealed class BedsWith(Func<string, Ixit> ixit) : IBedProvider
    {
        public string Name => "lacking";

        public string Implementation => "a device";

        public bool IsShared => true;

        public int Parallelism => 1;

        public bool IsRealTime => false;

        public string? Lost => null;

        public IReadOnlyList<string>? Claims(string configuration) => NamedConfiguration.Find(configuration)?.Claims;

        public Ixit? IxitOf(string configuration) => ixit(configuration);

        public ITestBed Open(string configuration, Edition edition) => throw new NotSupportedException();

        public void Dispose() { }
    }
}
