using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

public sealed class RouteNetlinkTests
{
    private static readonly IPNetwork _far = IPNetwork.Parse("2001:db8:f::/48");
    private static readonly IPAddress _farHost = IPAddress.Parse("2001:db8:f::1");
    private static readonly IPAddress _firstSource = IPAddress.Parse("2001:db8:a::1");
    private static readonly IPAddress _secondSource = IPAddress.Parse("2001:db8:b::1");

    [Fact]
    public void VethPair_IsMadeInItsNamespaces_WithItsAddresses()
    {
        using var nodes = TwoNodes.Create();

        nodes
            .Left.Link.Should()
            .Match<Link>(link => link.Kind == "veth" && link.Address == nodes.Left.Mac && !link.IsUp && link.Mtu == 1500);
        nodes.Right.Link.Address.Should().Be(nodes.Right.Mac);
        nodes.Left.Netlink.Links.Find(nodes.Right.InterfaceName).Should().BeNull();
    }

    [Fact]
    public void Link_ThatIsUpAtBothEnds_HasACarrier()
    {
        using var nodes = TwoNodes.Create();
        using var subscription = nodes.Left.Namespace.Run(() => NetlinkSubscription.Open(NetlinkTopics.Links));

        nodes.Left.Netlink.Links.SetUp(nodes.Left.LinkIndex);
        nodes.Left.Link.Should().Match<Link>(link => link.IsUp && !link.HasCarrier);

        nodes.Right.Netlink.Links.SetUp(nodes.Right.LinkIndex);
        NextEvent<NetlinkEvent.LinkChanged>(subscription, changed => changed.Link.HasCarrier)
            .Link.Name.Should()
            .Be(nodes.Left.InterfaceName);

        nodes.Right.Netlink.Links.SetDown(nodes.Right.LinkIndex);
        NextEvent<NetlinkEvent.LinkChanged>(subscription, changed => !changed.Link.HasCarrier).Link.IsUp.Should().BeTrue();

        nodes.Left.Netlink.Links.Delete(nodes.Left.LinkIndex);
        NextEvent<NetlinkEvent.LinkRemoved>(subscription, _ => true).Link.Name.Should().Be(nodes.Left.InterfaceName);
    }

    [Fact]
    public void Link_TakesMtuAddressAndName()
    {
        using var nodes = TwoNodes.Create();
        var (links, index, address) = (nodes.Left.Netlink.Links, nodes.Left.LinkIndex, MacAddress.Parse("02:5e:00:00:00:77"));

        links.SetMtu(index, 1400);
        links.SetAddress(index, address);
        links.Rename(index, "test0");

        links.Get(index).Should().Match<Link>(link => link.Mtu == 1400 && link.Address == address && link.Name == "test0");
    }

    [Fact]
    public void Link_ThatIsMoved_IsOnlyInTheOtherNamespace()
    {
        using var nodes = TwoNodes.Create();
        using var third = NetworkNamespace.CreateAnonymous();
        using var netlink = third.Run(RouteNetlink.Open);

        nodes.Left.Netlink.Links.MoveTo(nodes.Left.LinkIndex, third);

        netlink.Links.Get(nodes.Left.InterfaceName).Address.Should().Be(nodes.Left.Mac);
        nodes.Left.Netlink.Links.Find(nodes.Left.InterfaceName).Should().BeNull();
    }

    [Fact]
    public void Bridge_TakesPortsAndLetsThemGo()
    {
        using var nodes = TwoNodes.Create();
        var links = nodes.Left.Netlink.Links;

        var bridge = links.AddBridge("test0");
        links.SetBridge(nodes.Left.LinkIndex, bridge.Index);
        nodes.Left.Link.BridgeIndex.Should().Be(bridge.Index);

        links.SetBridge(nodes.Left.LinkIndex, null);
        nodes.Left.Link.BridgeIndex.Should().BeNull();
        bridge.Kind.Should().Be("bridge");
    }

    [Fact]
    public void Failure_NamesCallTargetAndReason()
    {
        using var nodes = TwoNodes.Create();

        var failure = nodes.Left.Netlink.Links.Invoking(links => links.Get("nosuch0")).Should().Throw<LinuxException>().Which;

        failure.ErrorNumber.Should().Be(Errno.NoDevice);
        failure.Message.Should().Be("RTM_GETLINK nosuch0: No such device (errno 19)");
    }

    [Fact]
    public void Failure_CarriesTheKernelsExplanation()
    {
        using var nodes = TwoNodes.Create();

        nodes
            .Left.Netlink.Invoking(netlink => netlink.Routes.Add(new KernelRoute(_far) { LinkIndex = nodes.Left.LinkIndex }))
            .Should()
            .Throw<LinuxException>()
            .WithMessage(
                "RTM_NEWROUTE unicast 2001:db8:f::/48 on interface * in table 254: Network is down (errno 100): Nexthop device is not up"
            );
    }

    [Theory]
    [InlineData("2001:db8:5::1", 64)]
    [InlineData("192.0.2.1", 24)]
    public void Address_IsListedUntilItIsRemoved(string text, byte prefixLength)
    {
        using var nodes = TwoNodes.CreateConnected();
        var (addresses, index, address) = (nodes.Left.Netlink.Addresses, nodes.Left.LinkIndex, IPAddress.Parse(text));

        addresses.Add(index, address, prefixLength, KernelAddressFlags.NoDuplicateDetection, protocol: 213);
        addresses
            .List()
            .Should()
            .ContainSingle(listed => listed.Address.Equals(address))
            .Which.Should()
            .Match<KernelAddress>(listed =>
                listed.LinkIndex == index && listed.PrefixLength == prefixLength && !listed.IsTentative && listed.Protocol == 213
            );
        addresses
            .Invoking(all => all.Add(index, address, prefixLength))
            .Should()
            .Throw<LinuxException>()
            .Which.ErrorNumber.Should()
            .Be(Errno.Exists);

        addresses.Remove(index, address, prefixLength);
        addresses.List().Should().NotContain(listed => listed.Address.Equals(address));
        addresses
            .Invoking(all => all.Remove(index, address, prefixLength))
            .Should()
            .Throw<LinuxException>()
            .Which.ErrorNumber.Should()
            .Be(Errno.AddressNotAvailable);
    }

    [Fact]
    public void Address_ThatIsUnique_IsReportedWhenItIsNoLongerTentative()
    {
        using var nodes = TwoNodes.CreateConnected();
        var address = IPAddress.Parse("2001:db8:1::99");
        HastenDuplicateDetection(nodes.Left);
        using var subscription = nodes.Left.Namespace.Run(() => NetlinkSubscription.Open(NetlinkTopics.Addresses));

        nodes.Left.Netlink.Addresses.Add(nodes.Left.LinkIndex, address, 64);

        NextEvent<NetlinkEvent.AddressChanged>(
            subscription,
            changed => changed.Address.Address.Equals(address) && !changed.Address.IsTentative
        )
            .Address.Flags.Should()
            .NotHaveFlag(KernelAddressFlags.DuplicateDetected);
        nodes.Left.Netlink.Addresses.Remove(nodes.Left.LinkIndex, address, 64);
        NextEvent<NetlinkEvent.AddressRemoved>(subscription, removed => removed.Address.Address.Equals(address));
    }

    [Fact]
    public void LinkLocalAddress_IsWaitedFor_AndAtOnceInUseWithoutDuplicateDetection()
    {
        using var nodes = TwoNodes.Create();
        var (without, with) = (nodes.Left, nodes.Right);
        without.Netlink.Links.SetLinkLocalAddress(without.LinkIndex, enabled: false);
        without.Netlink.Links.SetUp(without.LinkIndex);
        with.Namespace.Run(() => KernelAddressTest.SwitchOff(with.InterfaceName));
        with.Netlink.Links.SetUp(with.LinkIndex);

        with.Netlink.Addresses.WaitUntilLinkLocal(with.LinkIndex, Patience.End).Should().BeTrue();

        with.Netlink.Addresses.List()
            .Should()
            .ContainSingle(address => address.LinkIndex == with.LinkIndex && address.Address.IsIPv6LinkLocal && !address.IsTentative);
        without.Netlink.Addresses.WaitUntilLinkLocal(without.LinkIndex, KernelTime.Now).Should().BeFalse();
    }

    [Fact]
    public void Address_ThatTheNeighborHas_IsReportedAsADuplicate()
    {
        using var nodes = TwoNodes.CreateConnected();
        HastenDuplicateDetection(nodes.Left);
        using var subscription = nodes.Left.Namespace.Run(() => NetlinkSubscription.Open(NetlinkTopics.Addresses));

        nodes.Left.Netlink.Addresses.Add(nodes.Left.LinkIndex, nodes.Right.Address, 64);

        NextEvent<NetlinkEvent.AddressChanged>(subscription, changed => changed.Address.Flags.HasFlag(KernelAddressFlags.DuplicateDetected))
            .Address.Address.Should()
            .Be(nodes.Right.Address);
    }

    [Fact]
    public void Route_ThatIsReplaced_TakesTheNewWay()
    {
        using var nodes = TwoNodes.CreateConnected();
        var routes = nodes.Left.Netlink.Routes;
        var (first, second) = (IPAddress.Parse("2001:db8:1::11"), IPAddress.Parse("2001:db8:1::12"));
        var route = new KernelRoute(_far)
        {
            Gateway = first,
            LinkIndex = nodes.Left.LinkIndex,
            Metric = 77,
            Mtu = 1400,
            Protocol = 213,
        };

        routes.Add(route);
        routes.Lookup(_farHost).Gateway.Should().Be(first);
        routes.List().Should().ContainEquivalentOf(route);
        routes.Invoking(all => all.Add(route)).Should().Throw<LinuxException>().Which.ErrorNumber.Should().Be(Errno.Exists);

        routes.Replace(route with { Gateway = second });
        routes.Lookup(_farHost).Gateway.Should().Be(second);

        routes.Remove(route with { Gateway = second });
        routes
            .Invoking(all => all.Lookup(_farHost))
            .Should()
            .Throw<LinuxException>()
            .Which.ErrorNumber.Should()
            .Be(Errno.NetworkUnreachable);
        routes.Invoking(all => all.Remove(route)).Should().Throw<LinuxException>().Which.ErrorNumber.Should().Be(Errno.NoProcess);
    }

    [Fact]
    public void BlackholeRoute_Refuses()
    {
        using var nodes = TwoNodes.CreateConnected();
        var routes = nodes.Left.Netlink.Routes;

        routes.Add(new KernelRoute(_far) { Type = KernelRouteType.Blackhole });

        routes.List().Should().Contain(route => route.To == _far && route.Type == KernelRouteType.Blackhole);
        routes.Invoking(all => all.Lookup(_farHost)).Should().Throw<LinuxException>().Which.ErrorNumber.Should().Be(Errno.InvalidArgument);
    }

    [Fact]
    public void RoutesFromASource_AreTakenByPacketsFromThere()
    {
        using var nodes = TwoNodes.CreateConnected();
        var (routes, index) = (nodes.Left.Netlink.Routes, nodes.Left.LinkIndex);
        var (first, second) = (IPAddress.Parse("2001:db8:1::11"), IPAddress.Parse("2001:db8:1::12"));

        routes.Add(
            new KernelRoute(_far)
            {
                From = IPNetwork.Parse("2001:db8:a::/64"),
                Gateway = first,
                LinkIndex = index,
            }
        );
        routes.Add(
            new KernelRoute(_far)
            {
                From = IPNetwork.Parse("2001:db8:b::/64"),
                Gateway = second,
                LinkIndex = index,
            }
        );

        routes.Lookup(_farHost, _firstSource).Gateway.Should().Be(first);
        routes.Lookup(_farHost, _secondSource).Gateway.Should().Be(second);
        routes.List().Should().Contain(route => route.From == IPNetwork.Parse("2001:db8:a::/64"));
    }

    [Fact]
    public void Rule_OfIpv4_IsKeptApartFromThatOfIpv6()
    {
        using var nodes = TwoNodes.CreateConnected();
        var rules = nodes.Left.Netlink.Rules;
        var ipv6 = new KernelRule(Priority: 1000, Table: 4711) { InputInterface = nodes.Left.InterfaceName, Protocol = 213 };
        var ipv4 = ipv6 with { IsIpv4 = true };

        rules.Add(ipv6);
        rules.Add(ipv4);
        rules.List().Where(rule => rule.Protocol == 213).Should().BeEquivalentTo([ipv6, ipv4]);

        rules.Remove(ipv6);
        rules.List().Where(rule => rule.Protocol == 213).Should().Equal(ipv4);
    }

    [Fact]
    public void Rule_SendsPacketsOfASourceToATable()
    {
        using var nodes = TwoNodes.CreateConnected();
        var (netlink, gateway) = (nodes.Left.Netlink, IPAddress.Parse("2001:db8:1::11"));
        var rule = new KernelRule(Priority: 1000, Table: 4711) { From = IPNetwork.Parse("2001:db8:a::/64"), Protocol = 213 };
        netlink.Routes.Add(
            new KernelRoute(IPNetwork.Parse("::/0"))
            {
                Table = 4711,
                Gateway = gateway,
                LinkIndex = nodes.Left.LinkIndex,
            }
        );

        netlink.Rules.Add(rule);
        netlink.Rules.List().Should().Contain(rule);
        netlink.Routes.Lookup(_farHost, _firstSource).Gateway.Should().Be(gateway);
        netlink.Routes.Invoking(routes => routes.Lookup(_farHost, _secondSource)).Should().Throw<LinuxException>();

        netlink.Rules.Remove(rule);
        netlink.Rules.List().Should().NotContain(rule);
    }

    [Fact]
    public void RouteOfIpv4_IsListedUntilItIsRemoved()
    {
        using var nodes = TwoNodes.CreateConnected();
        var (netlink, index) = (nodes.Left.Netlink, nodes.Left.LinkIndex);
        var route = new KernelRoute(IPNetwork.Parse("198.51.100.0/24")) { Gateway = IPAddress.Parse("192.0.2.2"), LinkIndex = index };
        netlink.Addresses.Add(index, IPAddress.Parse("192.0.2.1"), 24);

        netlink.Routes.Add(route);
        netlink.Routes.List().Should().ContainEquivalentOf(route);

        netlink.Routes.Remove(route);
        netlink.Routes.List().Should().NotContain(listed => listed.To == route.To);
    }

    [Fact]
    public void Neighbor_IsListedAndReported_UntilItIsRemoved()
    {
        using var nodes = TwoNodes.CreateConnected();
        var (neighbors, index) = (nodes.Left.Netlink.Neighbors, nodes.Left.LinkIndex);
        using var subscription = nodes.Left.Namespace.Run(() => NetlinkSubscription.Open(NetlinkTopics.Neighbors));
        var neighbor = new KernelNeighbor(index, _farHost, nodes.Right.Mac, KernelNeighborState.Permanent, IsRouter: false);

        neighbors.Set(index, _farHost, nodes.Right.Mac);
        neighbors.List().Should().Contain(neighbor);
        NextEvent<NetlinkEvent.NeighborChanged>(subscription, changed => changed.Neighbor == neighbor);

        neighbors.Remove(index, _farHost);
        neighbors.List().Should().NotContain(listed => listed.Address.Equals(_farHost) && listed.State == KernelNeighborState.Permanent);
        NextEvent<NetlinkEvent.NeighborRemoved>(subscription, removed => removed.Neighbor.Address.Equals(_farHost));
    }

    /// <summary>Without this, detection takes half a second on average and one second more.</summary>
    private static void HastenDuplicateDetection(TwoNodes.Node node) =>
        node.Namespace.Run(() =>
        {
            Sysctl.Write($"net/ipv6/conf/{node.InterfaceName}/router_solicitation_delay", "0");
            Sysctl.Write($"net/ipv6/neigh/{node.InterfaceName}/retrans_time_ms", "50");
        });

    private static T NextEvent<T>(NetlinkSubscription subscription, Predicate<T> expected)
        where T : NetlinkEvent =>
        (T)Patience.Next<NetlinkEvent>(subscription, subscription.TryTake, taken => taken is T told && expected(told));
}
