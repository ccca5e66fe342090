using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

public sealed class TunDeviceTests
{
    private static readonly IPAddress _kernel = IPAddress.Parse("2001:db8:7::1");
    private static readonly IPAddress _program = IPAddress.Parse("2001:db8:7::2");

    [Fact]
    public void PacketWritten_ComesIn_AndItsAnswerIsRead()
    {
        Privilege.Require();
        using var home = NetworkNamespace.CreateAnonymous();
        using var netlink = home.Run(RouteNetlink.Open);
        using var tun = home.Run(() => TunDevice.Create("test%d", mtu: 1400));
        netlink.Addresses.Add(tun.InterfaceIndex, _kernel, 64, KernelAddressFlags.NoDuplicateDetection);
        var request = new EchoRequest(1, 2, OctetString.FromText("through the tunnel"));

        tun.Write(new Ipv6Packet(_program, _kernel, IpProtocol.Icmpv6, request.ToBytes(_program, _kernel)).ToBytes());

        var answer = Patience.Next<Ipv6Packet>(
            tun,
            (out Ipv6Packet? packet) => TryRead(tun, out packet),
            packet => packet.Destination.Equals(_program)
        );
        answer.Payload.ToArray().Should().Equal(new EchoReply(1, 2, request.Data).ToBytes(_kernel, _program));
        netlink
            .Links.Get(tun.InterfaceIndex)
            .Should()
            .Match<Link>(link => link.Name == "test0" && link.Kind == "tun" && link.Mtu == 1400 && link.IsUp);
    }

    [Fact]
    public void Device_IsGoneWhenItIsDisposedOf()
    {
        Privilege.Require();
        using var home = NetworkNamespace.CreateAnonymous();
        using var netlink = home.Run(RouteNetlink.Open);
        var tun = home.Run(() => TunDevice.Create("test0"));

        tun.Dispose();

        netlink.Links.Find("test0").Should().BeNull();
    }

    [Fact]
    public void Device_OfATakenName_IsRefused()
    {
        using var nodes = TwoNodes.Create();

        nodes
            .Left.Namespace.Invoking(home => home.Run(() => TunDevice.Create(nodes.Left.InterfaceName)))
            .Should()
            .Throw<LinuxException>()
            .Which.Call.Should()
            .Be("ioctl TUNSETIFF");
    }

    private static bool TryRead(TunDevice tun, out Ipv6Packet? packet)
    {
        packet = null;
        var buffer = new byte[1500];
        return tun.TryRead(buffer, out var length) && Ipv6Packet.TryParse(buffer.AsMemory(0, length), out packet, out _);
    }
}
