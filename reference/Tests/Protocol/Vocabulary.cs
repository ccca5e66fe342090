using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>An example of every action, for a host with these addresses and this link.</summary>
internal static class Vocabulary
{
    public static RoleAction[] Actions(LinkId link, IPAddress own, IPAddress peer)
    {
        var tunnel = new Tunnel(own, peer);
        var route = new Route(Ipv6Prefix.Parse("2001:db8:8000::/64"), new RouteTarget.IntoTunnel(tunnel));
        var linkLocal = IPAddress.Parse("fe80::5213");
        var neighbor = IpPrefix.Of(IPAddress.Parse("2001:db8:8000::5"));
        var message = new BindingUpdate(1, BindingUpdateFlags.Acknowledge, 1, []);
        var signaling = new Ipv6Signaling(own, peer);
        RoleAction[] actions =
        [
            new RoleAction.SendSignal(signaling, signaling.Complete(message)),
            new RoleAction.SendSignal(signaling with { RoutedTo = neighbor.Network }, signaling.Complete(message)),
            new RoleAction.SendIcmp(own, peer, link, new EchoRequest(1, 1, default).ToBytes(own, peer)),
            new RoleAction.SendIcmp(own, peer, null, new EchoRequest(1, 1, default).ToBytes(own, peer)),
            new RoleAction.OpenUdp(UdpPort.Dhcpv6Server, UdpContent.Messages),
            new RoleAction.OpenUdp(UdpPort.ProxyMobileIpv6Control, UdpContent.MobilityHeaders),
            new RoleAction.OpenUdp(UdpPort.DualStackMobileIpv6, UdpContent.MobilityHeadersInIpv6),
            new RoleAction.CloseUdp(UdpPort.DualStackMobileIpv6),
            new RoleAction.SendUdp(new UdpPath(own, UdpPort.Dhcpv6Server, peer, UdpPort.Dhcpv6Client), null, new byte[4]),
            new RoleAction.SendUdp(new UdpPath(own, UdpPort.Dhcpv6Server, Ipv6Multicast.AllNodes, UdpPort.Dhcpv6Client), link, new byte[4]),
            new RoleAction.SendUdp(
                new UdpPath(IPAddress.Any, UdpPort.DhcpServer, IPAddress.Broadcast, UdpPort.DhcpClient),
                link,
                new byte[4]
            )
            {
                LinkLayerDestination = MacAddress.Parse("02:5e:00:00:00:01"),
            },
            new RoleAction.InterceptUdp(link, UdpPort.DhcpServer),
            new RoleAction.AddTunnel(tunnel),
            new RoleAction.AddRoute(route),
            new RoleAction.RemoveRoute(route),
            new RoleAction.RemoveTunnel(tunnel),
            new RoleAction.AddAddress(link, linkLocal, PerformDad: true),
            new RoleAction.RemoveAddress(link, linkLocal),
            new RoleAction.SetLinkLayerAddress(link, MacAddress.Parse("00:00:5e:00:52:14")),
            new RoleAction.AddProxyNeighbor(link, neighbor),
            new RoleAction.RemoveProxyNeighbor(link, neighbor),
            new RoleAction.TestAddress(link, neighbor.Network),
            new RoleAction.AddNeighbor(link, neighbor.Network, MacAddress.Parse("02:5e:00:00:00:05")),
            new RoleAction.RemoveNeighbor(link, neighbor.Network),
            new RoleAction.AcceptHomeAddress(neighbor.Network, peer),
            new RoleAction.AddRouteOptimization(neighbor.Network, peer),
            new RoleAction.PreferPath(neighbor.Network, peer),
            new RoleAction.RemoveRouteOptimization(neighbor.Network, peer),
            new RoleAction.RefuseHomeAddress(neighbor.Network, peer),
            new RoleAction.AddHomeAddress(neighbor.Network),
            new RoleAction.SilenceAddress(link, linkLocal),
            new RoleAction.AddOptimizedPeer(peer, neighbor.Network, own),
            new RoleAction.RemoveOptimizedPeer(peer, neighbor.Network, own),
            new RoleAction.RemoveHomeAddress(neighbor.Network),
            new RoleAction.AnnounceRoute(Ipv6Prefix.Parse("2001:db8:8000::/64")),
            new RoleAction.WithdrawRoute(Ipv6Prefix.Parse("2001:db8:8000::/64")),
            new RoleAction.SaveVariable("EnableMAGLocalRouting", "1"),
            new RoleAction.Log("Rule", "text"),
        ];
        var known = typeof(RoleAction).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(RoleAction)));
        actions.Select(action => action.GetType()).Distinct().Should().BeEquivalentTo(known, "the list of actions is closed");
        return actions;
    }
}
