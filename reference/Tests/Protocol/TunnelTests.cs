using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Protocol;

public sealed class TunnelTests
{
    private static readonly IPAddress _v6 = IPAddress.Parse("2001:db8::1");
    private static readonly IPAddress _v4 = IPAddress.Parse("198.51.100.1");
    private static readonly TunnelPorts _ports = new(5437, 5437);

    [Fact]
    public void Tunnel_OfEachMode_IsWrittenWithItsEnds()
    {
        new Tunnel(_v6, _v6).ToString().Should().Be("2001:db8::1 -> 2001:db8::1");
        new Tunnel(_v4, _v4, TunnelMode.Ipv4).ToString().Should().Be("198.51.100.1 -> 198.51.100.1");
        new Tunnel(_v4, _v4, TunnelMode.Ipv4Udp, _ports).ToString().Should().Be("198.51.100.1:5437 -> 198.51.100.1:5437");
    }

    [Fact]
    public void AddressOfTheOtherFamily_Throws()
    {
        FluentActions.Invoking(() => new Tunnel(_v4, _v6)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new Tunnel(_v6, _v4)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new Tunnel(_v6, _v4, TunnelMode.Ipv4)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new Tunnel(_v4, _v6, TunnelMode.Ipv4Udp, _ports)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Ports_WithoutUdpOrUdpWithoutThem_Throw()
    {
        FluentActions.Invoking(() => new Tunnel(_v4, _v4, TunnelMode.Ipv4Udp)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new Tunnel(_v4, _v4, TunnelMode.Ipv4, _ports)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new Tunnel(_v6, _v6, TunnelMode.Ipv6, _ports)).Should().Throw<ArgumentException>();
    }
}
