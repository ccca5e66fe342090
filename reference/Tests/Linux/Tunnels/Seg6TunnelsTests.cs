using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Linux.Tunnels;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux.Tunnels;

/// <summary>Tunnels by segment routing: their function, and the departures from the specifications that their description states.</summary>
public sealed class Seg6TunnelsTests
{
    [Fact]
    public void Packet_IntoATunnel_LeavesWithAnOuterHeader_ThatHasItsHopLimit()
    {
        using var router = TunnelRouter.Create(TunnelDeviceKind.Seg6);
        var packet = TunnelRouter.FromHost("out").WithEcn(Ecn.Ect0);

        TunnelRouter.Send(router.Access, packet);

        var outer = TunnelRouter.Next(router.Core);
        (outer.Source, outer.Destination, outer.NextHeader, outer.Ecn)
            .Should()
            .Be((TunnelRouter.Local, TunnelRouter.Remote, IpProtocol.Ipv6, Ecn.Ect0));
        outer.Payload.ToArray().Should().Equal(TunnelRouter.Forwarded(packet).ToBytes());
        outer.HopLimit.Should().Be((byte)(packet.HopLimit - 2), "the inner hop limit is copied and decremented once more");
    }

    [Fact]
    public void Packet_OutOfATunnel_LosesItsOuterHeader_TwoHops_AndTheCongestionMark()
    {
        using var router = TunnelRouter.Create(TunnelDeviceKind.Seg6);
        var packet = TunnelRouter.ToHost("in").WithEcn(Ecn.Ect0);

        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(packet).WithEcn(Ecn.Ce));

        TunnelRouter.Next(router.Access).Should().Be(TunnelRouter.Forwarded(TunnelRouter.Forwarded(packet)));
    }

    [Fact]
    public void Packet_OutOfATunnel_ComesByItsInterface()
    {
        using var router = TunnelRouter.Create(TunnelDeviceKind.Seg6);
        var name = router.Netlink.Links.Get(router.TunnelIndex).Name;
        var nowhere = new KernelRoute(IPNetwork.Parse("::/0")) { Type = KernelRouteType.Blackhole, Table = 77 };
        router.Netlink.Routes.Add(nowhere);
        var rule = new KernelRule(5213, 77) { InputInterface = name };
        router.Netlink.Rules.Add(rule);

        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(TunnelRouter.ToHost("dropped")));
        TunnelRouter.Send(router.Core, TunnelRouter.Echo(TunnelRouter.Remote, TunnelRouter.Host, "routed"));

        TunnelRouter
            .Next(router.Access)
            .Source.Should()
            .Be(TunnelRouter.Remote, "the rule drops the packet from the tunnel, which came first");
    }

    [Fact]
    public void Packets_OfOtherEnds_DoNotComeOut()
    {
        using var router = TunnelRouter.Create(TunnelDeviceKind.Seg6);
        var next = TunnelRouter.ToHost("next");

        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(TunnelRouter.ToHost("foreign"), from: TunnelRouter.Stranger));
        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(TunnelRouter.ToHost("foreign"), to: TunnelRouter.OtherLocal));
        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(next));

        Text(TunnelRouter.Next(router.Access)).Should().Be("next");
    }

    [Fact]
    public void Packet_LongerThanTheTunnelTakes_IsAnsweredPacketTooBig()
    {
        using var router = TunnelRouter.Create(TunnelDeviceKind.Seg6);

        TunnelRouter.Send(router.Access, TunnelRouter.FromHost(new string('x', TunnelRouter.TunnelMtu - Ipv6Packet.HeaderLength - 7)));

        Icmpv6Message.TryParse(TunnelRouter.Next(router.Access).Payload.Span, out var message, out _).Should().BeTrue();
        message.Should().BeOfType<PacketTooBig>().Which.Mtu.Should().Be(TunnelRouter.TunnelMtu);
    }

    [Fact]
    public void Signalling_BetweenTheEnds_StillReachesTheNode()
    {
        using var router = TunnelRouter.Create(TunnelDeviceKind.Seg6);
        var request = TunnelRouter.Echo(TunnelRouter.Remote, TunnelRouter.Local, "are you there");

        TunnelRouter.Send(router.Core, request);

        var reply = TunnelRouter.Next(router.Core);
        (reply.Source, reply.Destination, reply.NextHeader).Should().Be((TunnelRouter.Local, TunnelRouter.Remote, IpProtocol.Icmpv6));
    }

    [Fact]
    public void Tunnels_OfOneLocalAddress_AreKeptApart_RemovedAndMadeAgain_AndAnotherAddressIsRefused()
    {
        using var router = TunnelRouter.Create(TunnelDeviceKind.Seg6);
        var other = router.Tunnels.Add(new Tunnel(TunnelRouter.Local, TunnelRouter.Stranger), 1400);
        router.Netlink.Routes.Add(new KernelRoute(IPNetwork.Parse("2001:db8:300::/64")) { LinkIndex = other });

        TunnelRouter.Send(router.Access, TunnelRouter.Echo(TunnelRouter.Host, IPAddress.Parse("2001:db8:300::c"), "other"));
        TunnelRouter.Next(router.Core).Destination.Should().Be(TunnelRouter.Stranger);
        router
            .Tunnels.Invoking(tunnels => tunnels.Add(new Tunnel(TunnelRouter.OtherLocal, TunnelRouter.Remote), 1400))
            .Should()
            .Throw<ArgumentException>();
        router
            .Tunnels.Invoking(tunnels => tunnels.Add(new Tunnel(TunnelRouter.Local, TunnelRouter.Remote), 1400))
            .Should()
            .Throw<ArgumentException>();

        router.Tunnels.Remove(new Tunnel(TunnelRouter.Local, TunnelRouter.Remote));
        router.Netlink.Links.List().Should().NotContain(link => link.Index == router.TunnelIndex);
        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(TunnelRouter.ToHost("nowhere")));
        router.Tunnels.Add(new Tunnel(TunnelRouter.Local, TunnelRouter.Remote), 1400);
        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(TunnelRouter.ToHost("again")));

        Text(TunnelRouter.Next(router.Access)).Should().Be("again");
    }

    [Fact]
    public void Dispose_LeavesInterfacesRoutesAndRulesAsTheyWere()
    {
        Privilege.Require();
        using var home = NetworkNamespace.CreateAnonymous();
        using var netlink = home.Run(RouteNetlink.Open);
        var before = State(netlink);
        using (var tunnels = home.Run(() => TunnelDevices.Open(TunnelDeviceKind.Seg6)))
        {
            tunnels.Add(new Tunnel(TunnelRouter.Local, TunnelRouter.Remote), 1280);
            tunnels.Add(new Tunnel(TunnelRouter.Local, TunnelRouter.Stranger), 1280);
            State(netlink).Should().NotEqual(before);
        }

        State(netlink).Should().Equal(before);
    }

    /// <summary>A killed process leaves the same state as a living one, except for the process ID in the names.</summary>
    [Theory]
    [InlineData(TunnelDeviceKind.Seg6)]
    [InlineData(TunnelDeviceKind.Tun)]
    public void Leftovers_AreRemovedByTheNextToOpenTunnels(TunnelDeviceKind next)
    {
        Privilege.Require();
        using var home = NetworkNamespace.CreateAnonymous();
        using var netlink = home.Run(RouteNetlink.Open);
        var before = State(netlink);
        var killed = home.Run(() => TunnelDevices.Open(TunnelDeviceKind.Seg6));
        killed.Add(new Tunnel(TunnelRouter.Local, TunnelRouter.Remote), 1280);
        foreach (var link in netlink.Links.List().Where(link => link.Kind == "veth"))
        {
            netlink.Links.SetDown(link.Index);
            netlink.Links.Rename(link.Index, $"pmip{int.MaxValue / 1000}-{link.Index}");
        }

        using (home.Run(() => TunnelDevices.Open(next))) { }

        State(netlink).Should().Equal(before);
    }

    private static string Text(Ipv6Packet packet) =>
        Icmpv6Message.TryParse(packet.Payload.Span, out var message, out _) && message is EchoRequest request
            ? System.Text.Encoding.UTF8.GetString(request.Data.Span)
            : packet.ToString();

    private static List<string> State(RouteNetlink netlink) =>
        [
            .. netlink.Links.List().Select(link => $"{link.Index} {link.Name}"),
            .. netlink.Rules.List().Select(rule => rule.ToString()),
            .. netlink.Routes.List().Select(route => route.ToString()),
        ];
}
