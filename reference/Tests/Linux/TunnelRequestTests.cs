using System.Net;
using FluentAssertions;
using Pmip.Linux.Netlink;
using Pmip.Reference.Tests.Wire;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

/// <summary>What the kernel is asked for tunnel devices, octet by octet, on a machine of little-endian byte order.</summary>
public sealed class TunnelRequestTests
{
    /// <summary>linux/netlink.h: struct nlmsghdr.</summary>
    private const int NetlinkHeader = 16;

    private static readonly IPAddress _local = IPAddress.Parse("198.51.100.1"),
        _remote = IPAddress.Parse("198.51.100.161");

    [Fact]
    public void OverIpv6_IsAnIp6tnlDevice_ForBothFamilies() =>
        Octets(TunnelRequest.New("pmip1-0", new Tunnel(SampleMessages.Anchor, SampleMessages.Gateway)))
            .Should()
            .Equal(
                Hex.Octets(
                    """
                    80 00 00 00  10 00 01 06  01 00 00 00  00 00 00 00
                    00 00 00 00  00 00 00 00  00 00 00 00  00 00 00 00
                    0c 00 03 00  70 6d 69 70  31 2d 30 00
                    54 00 12 80
                    0b 00 01 00  69 70 36 74  6e 6c 00 00
                    44 00 02 80
                    05 00 09 00  00 00 00 00
                    14 00 02 00  20 01 0d b8  01 00 00 00  00 00 00 00  00 00 00 01
                    14 00 03 00  20 01 0d b8  01 00 00 00  00 00 00 00  00 00 00 a1
                    05 00 04 00  40 00 00 00
                    08 00 08 00  03 00 00 00
                    """
                )
            );

    [Fact]
    public void OverIpv4_IsASitDevice_ForBothFamilies() =>
        Octets(TunnelRequest.New("pmip1-0", new Tunnel(_local, _remote, TunnelMode.Ipv4)))
            .Should()
            .Equal(
                Hex.Octets(
                    """
                    6c 00 00 00  10 00 01 06  01 00 00 00  00 00 00 00
                    00 00 00 00  00 00 00 00  00 00 00 00  00 00 00 00
                    0c 00 03 00  70 6d 69 70  31 2d 30 00
                    40 00 12 80
                    08 00 01 00  73 69 74 00
                    34 00 02 80
                    05 00 09 00  00 00 00 00
                    08 00 02 00  c6 33 64 01
                    08 00 03 00  c6 33 64 a1
                    05 00 04 00  40 00 00 00
                    05 00 05 00  01 00 00 00
                    05 00 0a 00  01 00 00 00
                    """
                )
            );

    [Fact]
    public void InUdp_IsASitDevice_WithPortsInNetworkByteOrder() =>
        Octets(TunnelRequest.New("pmip1-0", new Tunnel(_local, _remote, TunnelMode.Ipv4Udp, new TunnelPorts(5437, 6437))))
            .Should()
            .Equal(
                Hex.Octets(
                    """
                    8c 00 00 00  10 00 01 06  01 00 00 00  00 00 00 00
                    00 00 00 00  00 00 00 00  00 00 00 00  00 00 00 00
                    0c 00 03 00  70 6d 69 70  31 2d 30 00
                    60 00 12 80
                    08 00 01 00  73 69 74 00
                    54 00 02 80
                    05 00 09 00  00 00 00 00
                    08 00 02 00  c6 33 64 01
                    08 00 03 00  c6 33 64 a1
                    05 00 04 00  40 00 00 00
                    05 00 05 00  01 00 00 00
                    05 00 0a 00  01 00 00 00
                    06 00 0f 00  01 00 00 00
                    06 00 10 00  01 00 00 00
                    06 00 11 00  15 3d 00 00
                    06 00 12 00  19 25 00 00
                    """
                )
            );

    [Theory]
    [InlineData(TunnelMode.Ipv6, "4c", "1c 00 12 80  0b 00 01 00  69 70 36 74  6e 6c 00 00")]
    [InlineData(TunnelMode.Ipv4, "48", "18 00 12 80  08 00 01 00  73 69 74 00")]
    [InlineData(TunnelMode.Ipv4Udp, "48", "18 00 12 80  08 00 01 00  73 69 74 00")]
    public void Probe_AsksForAProtocolWithoutTunnels(TunnelMode mode, string length, string kind) =>
        Octets(TunnelRequest.Probe(mode))
            .Should()
            .Equal(
                Hex.Octets(
                    $"""
                    {length} 00 00 00  10 00 01 06  01 00 00 00  00 00 00 00
                    00 00 00 00  00 00 00 00  00 00 00 00  00 00 00 00
                    0f 00 03 00  70 6d 69 70  2d 70 72 6f  62 65 00 00
                    {kind}
                    0c 00 02 80
                    05 00 09 00  3b 00 00 00
                    """
                )
            );

    [Fact]
    public void UnderEsp_ThereAreNoDevices()
    {
        TunnelRequest.Modes.Should().NotContain(TunnelMode.EspTunnel);
        FluentActions
            .Invoking(() => TunnelRequest.New("pmip1-0", new Tunnel(SampleMessages.Anchor, SampleMessages.Gateway, TunnelMode.EspTunnel)))
            .Should()
            .Throw<NotSupportedException>();
        FluentActions.Invoking(() => TunnelRequest.Probe(TunnelMode.EspTunnel)).Should().Throw<NotSupportedException>();
    }

    /// <summary>A device that a killed process has left says which port it has left with it.</summary>
    [Fact]
    public void Device_InUdp_HasItsPort_AndNoOtherDeviceHasOne()
    {
        Read(new Tunnel(_local, _remote, TunnelMode.Ipv4Udp, new TunnelPorts(5437, 6437)))
            .Should()
            .Match<Link>(link => link.Kind == "sit" && link.UdpPort == new FouPort(_local, 5437));
        Read(new Tunnel(_local, _remote, TunnelMode.Ipv4)).Should().Match<Link>(link => link.Kind == "sit" && link.UdpPort == null);
        Read(new Tunnel(SampleMessages.Anchor, SampleMessages.Gateway))
            .Should()
            .Match<Link>(link => link.Kind == "ip6tnl" && link.UdpPort == null);

        static Link Read(Tunnel tunnel) => Link.Read(Octets(TunnelRequest.New("pmip1-0", tunnel)).AsSpan(NetlinkHeader));
    }

    [Theory]
    [InlineData(FouPort.Open, "01")]
    [InlineData(FouPort.Close, "02")]
    public void UdpPort_OfTheKernel_TakesBothFamilies(byte command, string octet)
    {
        var request = GenericNetlink.Request(0x20, command, "FOU_CMD");
        new FouPort(_local, 5437).AddTo(request);

        Octets(request)
            .Should()
            .Equal(
                Hex.Octets(
                    $"""
                    34 00 00 00  20 00 01 00  01 00 00 00  00 00 00 00
                    {octet} 01 00 00
                    06 00 01 00  15 3d 00 00
                    05 00 02 00  02 00 00 00
                    05 00 04 00  02 00 00 00
                    08 00 06 00  c6 33 64 01
                    """
                )
            );
    }

    private static byte[] Octets(NetlinkRequest request) => request.Finish(sequence: 1, flags: 0).ToArray();
}
