using System.Net;
using System.Net.Sockets;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Conformance.Testing.Statements;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Domains;

public sealed class DomainTests
{
    private static readonly Domain _lma = ReferenceDomains.Lma;
    private static readonly Domain _mag = ReferenceDomains.Mag;
    private static readonly Domain _whole = ReferenceDomains.EndToEnd;

    [Fact]
    public void NodeUnderTest_IsToldIfThereIsOne()
    {
        _lma.Tested.Should().BeEquivalentTo(new { Name = "LMA1", Role = NodeRole.Lma });
        _mag.Tested.Should().BeEquivalentTo(new { Name = "MAG1", Role = NodeRole.Mag });
        _whole.Tested.Should().BeNull();
        _whole.Nodes.Where(node => node.IsUnderTest).Select(node => node.Name).Should().Equal("LMA1", "MAG1", "MAG2");
        _whole.Real.Select(node => node.Name).Should().Equal("LMA1", "MAG1", "MAG2", "CN1", "MN1");
    }

    [Fact]
    public void Address_BelongsToItsNode_OnItsLink()
    {
        var atHome = IPAddress.Parse("2001:db8:200::1");

        _lma.OwnerOf(atHome)!.Name.Should().Be("LMA1");
        _lma.Find("LMA1")!.AddressOn(Ports.Home).Should().Be(atHome);
        _lma.Find("LMA1")!.Address.Should().Be(IPAddress.Parse("2001:db8:100::1"));
        _lma.Find("LMA1")!.AddressOn(Ports.Access(1)).Should().BeNull();
        _lma.OwnerOf(IPAddress.Parse("2001:db8:300::1")).Should().BeNull();
        _whole.Find("MN1")!.Address.Should().BeNull();
    }

    [Fact]
    public void LinkOfMobileNodes_IsAnAccessLink_AndAnUnknownLinkIsNot()
    {
        _mag.IsAccess(Ports.Access(4)).Should().BeTrue();
        _mag.IsAccess(Ports.Core).Should().BeFalse();
        _mag.IsAccess(new PortId("link9")).Should().BeFalse();
        _mag.IsAccess(null).Should().BeFalse();
        _mag.Bookends.Should().Be(Ports.Access(4));
        _lma.Bookends.Should().BeNull();
    }

    [Fact]
    public void Router_IsTheRealNodeThatIsOnOtherLinksToo()
    {
        var both = ReferenceDomains.EndToEndIpv4;

        RoutesOfCorrespondent(_whole).Should().Equal((IpPrefix.AllIpv6, IPAddress.Parse("2001:db8:200::1")));
        RoutesOfCorrespondent(both)
            .Should()
            .Equal((IpPrefix.AllIpv6, IPAddress.Parse("2001:db8:200::1")), (IpPrefix.AllIpv4, IPAddress.Parse("198.51.100.1")));
        RoutesOfCorrespondent(_mag).Should().BeEmpty("no real node is there");
        both.DefaultRoutesOf(both.Find("MN1")!.Interfaces[0]).Should().BeEmpty();

        static IEnumerable<(IpPrefix To, IPAddress Router)> RoutesOfCorrespondent(Domain domain) =>
            domain.DefaultRoutesOf(domain.Find("CN1")!.Interfaces[0]);
    }

    [Fact]
    public void DhcpServerBehindRelays_IsReachedByIpv4OnTheCoreLink()
    {
        var relay = ReferenceDomains.EndToEndIpv4Relay;

        relay
            .Real.Select(node => (node.Name, node.AddressOn(Ports.Core, AddressFamily.InterNetwork)?.ToString()))
            .Should()
            .BeEquivalentTo([
                ("LMA1", null),
                ("MAG1", "192.0.2.161"),
                ("MAG2", "192.0.2.162"),
                ("DHCP1", "192.0.2.209"),
                ("CN1", null),
                ("MN1", (string?)null),
            ]);
        relay.Nodes.Where(node => !node.IsReal).Should().BeEquivalentTo(ReferenceDomains.EndToEndIpv4.Nodes.Where(node => !node.IsReal));
    }

    [Fact]
    public void TransportOverIpv4_GivesEveryNodeOfTheCoreLinkAnAddress_AndANatItsOwn()
    {
        OnCore(Ipv4TransportDomains.Lma)
            .Should()
            .Equal(
                ("LMA1", "192.0.2.1"),
                ("MAG1", "192.0.2.161"),
                ("MAG2", "192.0.2.162"),
                ("MAG3", "192.0.2.163"),
                ("core router", "192.0.2.254"),
                ("NAT1", "192.0.2.240")
            );
        OnCore(Ipv4TransportDomains.Mag).Should().Contain([("LMA2", "192.0.2.2"), ("MAG1", "192.0.2.161")]);
        Ipv4TransportDomains
            .Lma.Find("LMA1")!
            .AddressOn(Ports.Home, AddressFamily.InterNetwork)
            .Should()
            .Be(IPAddress.Parse("198.51.100.1"));

        static IEnumerable<(string Name, string Address)> OnCore(Domain domain) =>
            domain
                .Nodes.Select(node => (node.Name, Address: node.AddressOn(Ports.Core, AddressFamily.InterNetwork)))
                .Where(known => known.Address is not null)
                .Select(known => (known.Name, known.Address!.ToString()));
    }

    [Theory]
    [InlineData("rfc5844", true)]
    [InlineData("ipv4-draft-04", false)]
    [InlineData("ipv4-draft-02", false)]
    public void Edition_DecidesWhichAddressesAreProtected(string edition, bool isIpv4)
    {
        var domain = NamedConfiguration.Find("lma-ipv4-transport-esp", Edition.Find(edition)!).Domain;

        domain.AssociationTo(IPAddress.Parse("192.0.2.1"), "MAG1").Should().NotBeNull();
        (domain.AssociationTo(IPAddress.Parse("192.0.2.1"), "MAG2") is not null).Should().Be(isIpv4);
        domain.AssociationTo(IPAddress.Parse("2001:db8:100::1"), "MAG2").Should().NotBeNull("over IPv6 every MAG has one");
    }

    [Fact]
    public void DomainOfAnIxit_HasNoLinkLayerAddress_AndIsOtherwiseTheSame()
    {
        var told = _whole.WithoutLinkLayerAddresses();

        told.Nodes.SelectMany(node => node.Interfaces).Should().OnlyContain(known => known.LinkLayer == null);
        told.Nodes.SelectMany(node => node.Addresses).Should().Equal(_whole.Nodes.SelectMany(node => node.Addresses));
        told.Links.Should().Equal(_whole.Links);
    }

    [Theory]
    [InlineData(NodeRole.Lma, "LMA")]
    [InlineData(NodeRole.Mag, "MAG")]
    [InlineData(NodeRole.Mn, "MN")]
    public void Role_HasTheAbbreviationOfTheSpecifications(NodeRole role, string abbreviation) =>
        role.Abbreviation().Should().Be(abbreviation);
}
