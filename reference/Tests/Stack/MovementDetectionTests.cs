using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.MobileNodeNetwork;

namespace Pmip.Reference.Tests.Stack;

/// <summary>What a role hears of the addresses that its node forms on each link, RFC 6275, Sections 11.5.1 to 11.5.4.</summary>
public sealed class MovementDetectionTests
{
    private static readonly Ipv6Prefix _another = Ipv6Prefix.Parse("2001:db8:111::/64");
    private static readonly IPAddress _careOfOfAnother = AddressOf(_another, Link1);
    private readonly MobileNodeNetwork _network = new();

    [Fact]
    public void Address_IsUsable_WhenItIsUniqueAndARouterIsKnown_AndNotBefore()
    {
        _network.Network.Plug(_network.Node, Link1, "link1");
        _network.Advertise(Link1, Hour, Advertised(Prefix1));
        Heard<RoleInput.DefaultRouter>().Should().Equal(new RoleInput.DefaultRouter(Link1, Router, RouterMac));
        _network.Network.RunSeconds(0.999);
        Heard<RoleInput.AddressUsable>().Should().BeEmpty();

        _network.Network.RunSeconds(0.001);

        Heard<RoleInput.AddressUsable>().Should().Equal(new RoleInput.AddressUsable(Link1, CareOf1, Prefix1));
    }

    [Fact]
    public void Address_WithoutADefaultRouter_IsNotUsable_UntilThereIsOne()
    {
        _network.Network.Plug(_network.Node, Link1, "link1");
        _network.Advertise(Link1, 0, Advertised(Prefix1));
        _network.Network.RunSeconds(2);
        Heard<RoleInput.AddressUsable>().Should().BeEmpty();

        _network.Advertise(Link1, Hour);

        Heard<RoleInput.AddressUsable>().Should().ContainSingle();
    }

    [Fact]
    public void Carrier_Lost_TakesTheAddresses_AndTheNextAdvertisementBringsThemBack()
    {
        _network.Attach(Link1, Prefix1);

        _network.Network.Unplug(_network.Node, Link1);
        Heard<RoleInput.AddressGone>().Should().Equal(new RoleInput.AddressGone(Link1, CareOf1));

        _network.Network.Plug(_network.Node, Link1, "link1");
        _network.Network.RunSeconds(2);
        Heard<RoleInput.AddressUsable>().Should().ContainSingle();
        _network.Advertise(Link1, Hour, Advertised(Prefix1));
        Heard<RoleInput.AddressUsable>().Should().HaveCount(2);
        Heard<RoleInput.DefaultRouter>().Should().HaveCount(2);
    }

    [Fact]
    public void Router_GivenUp_TakesTheAddresses()
    {
        _network.Attach(Link1, Prefix1);

        _network.Advertise(Link1, 0);

        Heard<RoleInput.AddressGone>().Should().Equal(new RoleInput.AddressGone(Link1, CareOf1));
    }

    [Fact]
    public void Router_SilentForItsLifetime_TakesTheAddresses()
    {
        _network.Network.Plug(_network.Node, Link1, "link1");
        _network.Advertise(Link1, 30, Advertised(Prefix1));

        _network.Network.RunSeconds(29.9);
        Heard<RoleInput.AddressGone>().Should().BeEmpty();
        _network.Network.RunSeconds(0.1);

        Heard<RoleInput.AddressGone>().Should().ContainSingle();
    }

    /// <summary>RFC 4862, Section 5.5.3 e, keeps the address, but new communication does not use it.</summary>
    [Fact]
    public void Prefix_GivenUp_TakesItsAddress_WhileThatOfAnotherIsUsable()
    {
        _network.Attach(Link1, Prefix1);

        _network.Advertise(Link1, Hour, Advertised(Prefix1, valid: 0, preferred: 0), Advertised(_another));
        _network.Network.RunSeconds(1);

        Heard<RoleInput.AddressGone>().Should().Equal(new RoleInput.AddressGone(Link1, CareOf1));
        Heard<RoleInput.AddressUsable>().Select(usable => usable.Address).Should().Equal(CareOf1, _careOfOfAnother);
        _network.Node.Addresses(Link1).Should().Contain([CareOf1, _careOfOfAnother]);
    }

    [Fact]
    public void PreferredLifetime_Ended_TakesTheAddress_AndANewOneBringsItBack()
    {
        _network.Network.Plug(_network.Node, Link1, "link1");
        _network.Advertise(Link1, Hour, Advertised(Prefix1, preferred: 60));
        _network.Network.RunSeconds(59.9);
        Heard<RoleInput.AddressGone>().Should().BeEmpty();

        _network.Network.RunSeconds(0.1);
        Heard<RoleInput.AddressGone>().Should().ContainSingle();
        _network.Advertise(Link1, Hour, Advertised(Prefix1));

        Heard<RoleInput.AddressUsable>().Should().HaveCount(2);
    }

    [Fact]
    public void SecondPrefixOnALink_GivesASecondAddress()
    {
        _network.Attach(Link1, Prefix1);

        _network.Advertise(Link1, Hour, Advertised(Prefix1), Advertised(_another));
        _network.Network.RunSeconds(1);

        Heard<RoleInput.AddressUsable>().Select(usable => usable.Prefix).Should().Equal(Prefix1, _another);
        Heard<RoleInput.AddressGone>().Should().BeEmpty();
    }

    [Fact]
    public void Address_ThatIsTaken_IsNeverUsable()
    {
        _network.Network.Plug(_network.Node, Link1, "link1");
        _network.Advertise(Link1, Hour, Advertised(Prefix1));
        var group = Ipv6Multicast.SolicitedNode(CareOf1);
        var test = new NeighborSolicitation(CareOf1, NdOptionList.Empty).ToBytes(IPAddress.IPv6Any, group);
        _network.Network.Inject(
            "link1",
            MacAddress.ForMulticast(group),
            new Ipv6Packet(IPAddress.IPv6Any, group, IpProtocol.Icmpv6, test) { HopLimit = 255 }
        );

        _network.Network.RunSeconds(2);

        Heard<RoleInput.AddressUsable>().Should().BeEmpty();
    }

    [Fact]
    public void AnotherLink_TakesTheAddressOfTheFirst()
    {
        _network.Attach(Link1, Prefix1);
        _network.Network.Unplug(_network.Node, Link1);
        _network.Network.Plug(_network.Node, Link1, "link1");

        _network.Advertise(Link1, Hour, Advertised(_another));
        _network.Network.RunSeconds(1);

        Heard<RoleInput.AddressUsable>().Select(usable => usable.Address).Should().Equal(CareOf1, _careOfOfAnother);
        _network.Node.Addresses(Link1).Should().NotContain(CareOf1);
    }

    [Fact]
    public void Links_AreIndependent()
    {
        _network.Attach(Link1, Prefix1);
        _network.Attach(Link2, Prefix2);

        _network.Network.Unplug(_network.Node, Link1);

        Heard<RoleInput.AddressUsable>().Select(usable => usable.Link).Should().Equal(Link1, Link2);
        Heard<RoleInput.AddressGone>().Select(gone => gone.Link).Should().Equal(Link1);
    }

    private IEnumerable<TInput> Heard<TInput>()
        where TInput : RoleInput => _network.Role.Inputs.OfType<TInput>();
}
