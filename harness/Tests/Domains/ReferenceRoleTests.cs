using Conformance.TestBeds;
using Conformance.TestBeds.ReferenceRoles;
using Conformance.Testing.Domains;
using Conformance.Testing.Statements;
using FluentAssertions;
using Pmip.Node.Configuration;
using Pmip.Protocol.LocalMobilityAnchor;
using Xunit;

namespace Conformance.Harness.Tests.Domains;

public sealed class ReferenceRoleTests
{
    private static readonly NamedConfiguration _lma = NamedConfiguration.Find("lma-baseline")!;
    private static readonly NamedConfiguration _mag = NamedConfiguration.Find("mag-baseline")!;
    private static readonly NamedConfiguration _whole = NamedConfiguration.Find("e2e-baseline")!;

    public static TheoryData<string> Configurations() => [.. NamedConfiguration.All.Select(configuration => configuration.Name)];

    [Fact]
    public void Changes_ApplyToValuesOfTheirType_InOrder()
    {
        var changes = Changes.To<string>(text => text + "a").AndTo<int>(number => number + 1).Then(Changes.To<string>(text => text + "b"));

        changes.Apply("").Should().Be("ab");
        changes.Apply(1).Should().Be(2);
        changes.Apply(1L).Should().Be(1);
        Changes.None.Apply("as it was").Should().Be("as it was");
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void EveryRealNode_HasAReference(string configuration) =>
        NamedConfiguration.Find(configuration)!.Domain.Real.Should().OnlyContain(node => ReferenceRole.Of(node).Role == node.Role);

    [Theory]
    [InlineData("lma-esp", "LMA1", 4097, 4098, 4099, 4114)]
    [InlineData("mag-esp", "MAG1", 4097, 4353, 4369)]
    public void Associations_AreThoseOfTheDomain_InBothDirections(string configuration, string tested, params int[] towardsAnchors)
    {
        var setup = ReferenceSetup.Of(NamedConfiguration.Find(configuration)!);
        var node = setup.Domain.Find(tested)!;

        var inProcess = ReferenceRole.Of(node).Stack(node, setup).Security.Associations;
        inProcess
            .Select(known => (int)known.SecurityParametersIndex)
            .Should()
            .BeEquivalentTo(towardsAnchors.Concat(towardsAnchors.Select(index => index + 0x1000)));
        inProcess.Where(known => known.IsInbound).Should().OnlyContain(known => known.Destination.Equals(node.Address));
        inProcess.DistinctBy(known => known.Key).Should().HaveCount(inProcess.Count, "each has a key of its own");

        var process = Process(setup, tested);
        process
            .Security!.Associations.Select(known => known.KeyFile)
            .Should()
            .Equal(setup.Domain.Associations.Select(known => known.KeyFile));
        (process.LocalMobilityAnchor?.ProtectionRequired ?? process.MobileAccessGateway!.ProtectionRequired).Should().BeTrue();
        (process.LocalMobilityAnchor?.ProtectedTunnels ?? process.MobileAccessGateway!.ProtectedTunnels)
            .Should()
            .Equal(setup.Domain.Find(tested == "LMA1" ? "MAG2" : "LMA2")!.Address!);
    }

    [Theory]
    [InlineData(
        "lma-ipv4-transport-esp",
        "LMA1",
        "rfc5844",
        "2001:db8:100::a1",
        "2001:db8:100::a2",
        "2001:db8:100::a3",
        "192.0.2.161",
        "192.0.2.162",
        "192.0.2.163"
    )]
    [InlineData(
        "lma-ipv4-transport-esp",
        "LMA1",
        "ipv4-draft-04",
        "2001:db8:100::a1",
        "2001:db8:100::a2",
        "2001:db8:100::a3",
        "192.0.2.161",
        "192.0.2.163"
    )]
    [InlineData("mag-ipv4-transport-esp", "MAG1", "rfc5844", "192.0.2.1", "192.0.2.2")]
    [InlineData("mag-ipv4-transport-esp", "MAG1", "ipv4-draft-02", "192.0.2.1", "2001:db8:100::2")]
    public void Associations_OverIpv4_AreBetweenAddressesOfOneFamily(
        string configuration,
        string tested,
        string edition,
        params string[] peers
    )
    {
        var setup = ReferenceSetup.Of(NamedConfiguration.Find(configuration)!.In(Edition.Find(edition)!));
        var node = setup.Domain.Find(tested)!;
        ReferenceRole
            .Of(node)
            .Stack(node, setup)
            .Security.Associations.Select(known => known.Peer.ToString())
            .Distinct()
            .Should()
            .Equal(peers);
        NodeConfiguration.Parse(Process(setup, tested).ToJson(), "node.json").Security!.Associations.Should().HaveCount(2 * peers.Length);
    }

    [Fact]
    public void AuthorizedMags_AreSoOverIpv4_WhereTheLmaIsReachedSo()
    {
        var settings = Process(ReferenceSetup.Of(NamedConfiguration.Find("lma-ipv4-transport")!), "LMA1").LocalMobilityAnchor!;
        settings
            .AuthorizedMobileAccessGateways.Select(address => address.ToString())
            .Should()
            .Equal("2001:db8:100::a1", "2001:db8:100::a2", "192.0.2.161", "192.0.2.201", "192.0.2.162", "192.0.2.202");
    }

    [Fact]
    public void WithoutAssociations_NothingIsProtected()
    {
        Process(ReferenceSetup.Of(_lma), "LMA1").Security.Should().BeNull();
        Process(ReferenceSetup.Of(_lma), "LMA1").LocalMobilityAnchor!.ProtectionRequired.Should().BeFalse();
        Process(ReferenceSetup.Of(_mag), "MAG1").MobileAccessGateway!.ProtectionRequired.Should().BeFalse();
    }

    [Fact]
    public void KeysOfAProcess_AreCopiedToFilesOfTheirOwner()
    {
        var directory = Directory.CreateTempSubdirectory("pmip-keys-");
        try
        {
            var security = Process(ReferenceSetup.Of(NamedConfiguration.Find("lma-esp")!), "LMA1").Security!;
            var copied = ReferenceKeys.CopyTo(directory.FullName, security);
            var lma = ReferenceSetup.Of(NamedConfiguration.Find("lma-esp")!);
            var node = lma.Domain.Find("LMA1")!;
            copied.Load().Associations.Should().Equal(ReferenceRole.Of(node).Stack(node, lma).Security.Associations);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void ARoleThatTheReferenceDoesNotHave_IsNamed()
    {
        var asking = () => ReferenceRole.Of(new DomainNode("R1", NodeRole.Router, [new DomainInterface()]));

        asking.Should().Throw<NotSupportedException>().WithMessage("The reference implementation cannot be R1: it has no ROUTER.");
    }

    [Fact]
    public void Lma_ServesTheAuthorizedMagsOfItsDomain()
    {
        var settings = Process(ReferenceSetup.Of(_lma), "LMA1").LocalMobilityAnchor!;

        settings.Address.Should().Be(_lma.Domain.Find("LMA1")!.Address);
        settings.AuthorizedMobileAccessGateways.Should().Equal(_lma.Domain.Find("MAG1")!.Address!, _lma.Domain.Find("MAG2")!.Address!);
    }

    [Fact]
    public void Mag_HasTheAccessLinksOfItsNode_EachWithItsBoundIdentity()
    {
        var settings = Process(ReferenceSetup.Of(_mag), "MAG1").MobileAccessGateway!;

        settings.AccessLinks.Select(link => link.Link.Name).Should().Equal("link1", "link2", "link3", "link4");
        settings.AccessLinks.Select(link => link.BoundIdentifier).Should().Equal(null, null, "link3@dynamic.pmip.example", null);
        Process(ReferenceSetup.Of(_whole), "MAG2").MobileAccessGateway!.AccessLinks.Select(link => link.Link.Name).Should().Equal("link2");
    }

    [Fact]
    public void ChangesOfAConfiguration_AndOfRealTime_ReachTheIxit()
    {
        var changed = _lma with
        {
            Changes = Changes.To<LocalMobilityAnchorSettings>(lma => lma with { MaxDelayBeforeNewBCEAssign = TimeSpan.FromSeconds(7) }),
        };

        var ixit = ReferenceSetup.InRealTime(changed).ToIxit();

        ixit.Timer("MaxDelayBeforeNewBCEAssign").Should().Be(TimeSpan.FromSeconds(7));
        ixit.Timer("MinDelayBeforeBCEDelete").Should().Be(TimeSpan.FromSeconds(2));
        ixit.Timer("TimestampValidityWindow").Should().Be(TimeSpan.FromMilliseconds(300));
        ReferenceSetup.InRealTime(_whole).ToIxit().Timer("TimestampValidityWindow").Should().Be(TimeSpan.FromSeconds(2));
        ReferenceSetup.Of(_lma).ToIxit().Timer("MinDelayBeforeBCEDelete").Should().Be(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void TimersOfAnIxit_AreThoseOfTheSettings()
    {
        var ixit = ReferenceSetup.Of(_mag).ToIxit();
        ixit = ixit with { Timers = ixit.Timers.ToDictionary(timer => timer.Key, timer => timer.Value * 2) };

        var setup = ReferenceSetup.Of(_mag).With(role => role.WithTimers(ixit));

        var mag = Process(setup, "MAG1").MobileAccessGateway!;
        (mag.InitialBindackTimeout, mag.MaxBindackTimeout).Should().Be((TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(64)));
        setup.ToIxit().Timer("TimestampValidityWindow").Should().Be(TimeSpan.FromMilliseconds(600));
    }

    /// <summary>A domain without a role needs nothing of that role.</summary>
    [Fact]
    public void DomainWithoutMobilityAnchor_HasAnIxitWithoutItsTimers()
    {
        var hosts = new Domain
        {
            Links = _whole.Domain.Links,
            Nodes = [.. _whole.Domain.Nodes.Where(node => node.Role is NodeRole.Mn or NodeRole.Cn)],
        };

        new ReferenceSetup(hosts, Changes.None).ToIxit().Timers.Should().BeEmpty();
    }

    private static NodeConfiguration Process(ReferenceSetup setup, string name)
    {
        var node = setup.Domain.Find(name)!;
        return ReferenceRole.Of(node).Process(node, setup, seed: 1)!;
    }
}
