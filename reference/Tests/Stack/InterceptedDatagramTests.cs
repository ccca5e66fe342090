using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.Ipv4Example;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Datagrams that a role takes past its addresses, and sends to a link-layer address.</summary>
public sealed class InterceptedDatagramTests
{
    private readonly VirtualNetwork _network = new();
    private readonly ScriptedRole _role = new();

    public InterceptedDatagramTests()
    {
        _role.Ask(new RoleAction.OpenUdp(UdpPort.DhcpServer, UdpContent.Messages), new RoleAction.InterceptUdp(Left, UdpPort.DhcpServer));
        _network.Add(Router, _role);
        _network.Add(HostB);
    }

    [Fact]
    public void Datagram_ForAnotherNode_IsTheRoles_AndIsNotForwarded()
    {
        Inject("left", LeftMac, UdpPort.DhcpServer);

        var taken = _role.Inputs.OfType<RoleInput.Udp>().Should().ContainSingle().Which;
        taken.Path.Destination.Should().Be(B);
        taken.Link.Should().Be(Left);
        taken.LinkLayerSource.Should().Be(VirtualNetwork.Tester);
        _network.On("right").Should().BeEmpty();
    }

    [Fact]
    public void Datagram_ToAnotherPort_OrFromAnotherLink_IsForwarded()
    {
        _network.Add(HostA);
        Inject("left", LeftMac, 4000);
        _network.On("right").Should().NotBeEmpty();

        _network.Forget();
        _network.Inject("right", RightMac, Datagram(B, A, UdpPort.DhcpServer));
        _role.Inputs.OfType<RoleInput.Udp>().Should().BeEmpty();
        _network.Ip("left").Should().NotBeEmpty();
    }

    [Fact]
    public void Datagram_ToALinkLayerAddress_NeedsNoResolution()
    {
        var path = new UdpPath(RouterLeft, UdpPort.DhcpServer, A, UdpPort.DhcpClient);

        _role.Ask(new RoleAction.SendUdp(path, Left, new byte[4]) { LinkLayerDestination = AMac });
        _network.Inject("left", LeftMac, Datagram(A, RouterLeft, UdpPort.DhcpServer));

        _network.Arp("left").Should().BeEmpty();
        _network.On("left").Should().ContainSingle().Which.Frame.Destination.Should().Be(AMac);
    }

    private void Inject(string segment, MacAddress destination, ushort port) => _network.Inject(segment, destination, Datagram(A, B, port));

    private static IpPacket Datagram(IPAddress source, IPAddress destination, ushort port) =>
        new UdpPath(source, UdpPort.DhcpClient, destination, port).Wrap(new byte[4]);
}
