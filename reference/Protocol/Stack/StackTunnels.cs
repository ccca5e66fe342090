using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The tunnels that end at this node, and the decapsulation of their packets.</summary>
internal sealed class StackTunnels(Ipv6NodeSettings settings, RoutingTable routes, Action<string, string> log)
{
    private readonly HashSet<Tunnel> _tunnels = [];
    private readonly HashSet<LinkId> _accessLinks = [.. settings.Interfaces.Where(i => i.ForwardOnlyBySourceRoute).Select(i => i.Link)];

    public void Add(Tunnel tunnel) => _tunnels.Add(tunnel);

    public void Remove(Tunnel tunnel) => _tunnels.Remove(tunnel);

    public bool Contains(Tunnel tunnel) => _tunnels.Contains(tunnel);

    /// <summary>
    /// Decapsulates a packet for this node and updates its ECN field. Returns false, without an ICMPv6 error, if the packet did not
    /// arrive through a tunnel of this node or must be dropped.
    /// </summary>
    public bool TryOpen(NodeInterface arrival, Ipv6Packet outer, ReadOnlyMemory<byte> content, [NotNullWhen(true)] out Ipv6Packet? inner)
    {
        inner = null;
        var tunnel = new Tunnel(outer.Destination, outer.Source);
        if (_accessLinks.Contains(arrival.Link) || !_tunnels.Contains(tunnel))
        {
            return Refuse("TunnelUnknown", $"{tunnel} on {arrival.Link}");
        }

        if (!Ipv6Packet.TryParse(content, out var packet, out var error))
        {
            return Refuse("TunnelledPacketMalformed", error.Detail);
        }

        if (TunnelHeader.EcnAfterDecapsulation(outer.Ecn, packet.Ecn) is not { } ecn)
        {
            return Refuse("CongestionOfNotEct", $"{packet.Source} to {packet.Destination}");
        }

        if (settings.VerifyReversePathOfTunnels && routes.Find(packet.Source) != new RouteTarget.IntoTunnel(tunnel))
        {
            return Refuse("ReversePath", $"{packet.Source} out of {tunnel}");
        }

        // RFC 5213, Section 6.10.5: a MAG silently drops packets whose destination is not on an access link.
        if (_accessLinks.Count > 0 && !LeadsToAccessLink(routes.Find(packet.Destination)))
        {
            return Refuse("AccessLinkMissing", $"{packet.Destination} out of {tunnel}");
        }

        inner = packet.WithEcn(ecn);
        return true;
    }

    private bool LeadsToAccessLink(RouteTarget? target) => target is RouteTarget.OnLink { Link: var link } && _accessLinks.Contains(link);

    private bool Refuse(string rule, string text)
    {
        log(rule, text);
        return false;
    }
}
