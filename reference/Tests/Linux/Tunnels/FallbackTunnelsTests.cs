using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Linux.Tunnels;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux.Tunnels;

/// <summary>Tunnels whose devices the kernel refuses although it was found to have them: TUN carries them.</summary>
public sealed class FallbackTunnelsTests
{
    private static readonly Tunnel _ipv6 = new(TunnelRouter.Local, TunnelRouter.Remote);
    private static readonly IPAddress _local = IPAddress.Parse("198.51.100.1"),
        _remote = IPAddress.Parse("198.51.100.2");

    /// <summary>Those without ESP, which no kernel device carries.</summary>
    private static readonly TunnelMode[] _modes = [TunnelMode.Ipv6, TunnelMode.Ipv4, TunnelMode.Ipv4Udp];

    public static TheoryData<TunnelMode> Modes => [.. _modes];

    [Theory]
    [MemberData(nameof(Modes))]
    public void RefusedDevice_OfEachMode_IsReplacedByTun(TunnelMode mode)
    {
        RequireRefusal();
        var ports = mode == TunnelMode.Ipv4Udp ? new TunnelPorts(5437, 6437) : null;
        var tunnel = mode == TunnelMode.Ipv6 ? _ipv6 : new Tunnel(_local, _remote, mode, ports);
        using var home = NetworkNamespace.CreateAnonymous();
        using var netlink = home.Run(RouteNetlink.Open);
        using var tunnels = home.Run(() => FallbackTunnels.Open([.. _modes]));

        var index = tunnels.Add(tunnel, 1500);

        netlink.Links.Get(index).Kind.Should().Be("tun");
        tunnels.Invoking(all => all.Add(tunnel, 1500)).Should().Throw<ArgumentException>();
        tunnels.SetPathMtu(tunnel, 1400);
        netlink.Links.Get(index).Mtu.Should().Be((int)TunnelHeader.Of(mode).Mtu(1400, new TunnelContent(IsIpv6: true)));
        tunnels.Remove(tunnel);
        netlink.Links.List().Should().NotContain(link => link.Index == index);
    }

    [Fact]
    public void Packets_OfARefusedDevice_GoThroughTun()
    {
        RequireRefusal();
        using var router = TunnelRouter.Create(() => FallbackTunnels.Open([TunnelMode.Ipv6]));
        var (outward, inward) = (TunnelRouter.FromHost("out"), TunnelRouter.ToHost("in"));

        TunnelRouter.Send(router.Access, outward);
        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(inward));

        TunnelRouter.Next(router.Core).Payload.ToArray().Should().Equal(TunnelRouter.Forwarded(outward).ToBytes());
        TunnelRouter.Next(router.Access).Should().Be(TunnelRouter.Forwarded(inward));
    }

    [Fact]
    public void KernelDevice_OfAModeThatItHasNot_IsNotSupported()
    {
        Privilege.Require();
        using var home = NetworkNamespace.CreateAnonymous();
        using var tunnels = home.Run(() => KernelTunnels.Open([TunnelMode.Ipv6]));

        tunnels.Description.Should().Be("kernel tunnel devices (ip6tnl)");
        tunnels
            .Invoking(all => all.Add(new Tunnel(_local, _remote, TunnelMode.Ipv4), 1500))
            .Should()
            .Throw<NotSupportedException>()
            .WithMessage("*mode Ipv4.");
    }

    [Fact]
    public void Description_NamesTheDevicesOfEachMode()
    {
        Privilege.Require();
        using var home = NetworkNamespace.CreateAnonymous();
        using var all = home.Run(() => KernelTunnels.Open(_modes));
        using var some = home.Run(() => FallbackTunnels.Open([TunnelMode.Ipv4]));

        all.Description.Should().Be("kernel tunnel devices (ip6tnl, sit, sit with fou)");
        some.Description.Should().Be("kernel tunnel devices (sit), and TUN for other tunnels");
    }

    /// <summary>Skips the test where the kernel would make the devices.</summary>
    private static void RequireRefusal()
    {
        Privilege.Require();
        if (TunnelRequest.Modes.Any(mode => KernelTunnels.WhyNot(mode) is null))
        {
            Assert.Skip("this kernel has tunnel devices");
        }
    }
}
