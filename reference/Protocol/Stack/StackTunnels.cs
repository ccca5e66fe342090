using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The tunnels that end at this node, and the decapsulation of their packets.</summary>
internal sealed class StackTunnels(StackParts parts)
{
    private readonly HashSet<Tunnel> _tunnels = [];
    private readonly HashSet<LinkId> _accessLinks =
    [
        .. parts.Settings.Interfaces.Where(i => i.ForwardOnlyBySourceRoute).Select(i => i.Link),
    ];

    public Action<string, string> Log => parts.Log;

    public bool HasAccessLinks => _accessLinks.Count > 0;

    public void Add(Tunnel tunnel) => _tunnels.Add(tunnel);

    public void Remove(Tunnel tunnel) => _tunnels.Remove(tunnel);

    public bool Contains(Tunnel tunnel) => _tunnels.Contains(tunnel);

    /// <summary>True if a tunnel ends at this UDP port.</summary>
    public bool HasPort(ushort port) => _tunnels.Any(tunnel => tunnel.Ports?.Local == port);

    public bool Expects(LinkId link, Tunnel tunnel) => !_accessLinks.Contains(link) && _tunnels.Contains(tunnel);

    public bool IsOwn(IPAddress address) => parts.HasAssigned(address);

    public bool LeadsToAccessLink(IPAddress address) =>
        parts.Routes.Find(address) is RouteTarget.OnLink { Link: var link } && _accessLinks.Contains(link);

    public bool MayComeFrom(IPAddress source, Tunnel tunnel, bool isExempt) =>
        parts.Routes.Find(source) switch
        {
            RouteTarget.OneOf several => several.Tunnels.Contains(tunnel),
            var target => isExempt || !parts.Settings.VerifyReversePathOfTunnels || target == new RouteTarget.IntoTunnel(tunnel),
        };

    public EcnRules EcnOf(TunnelMode mode) => parts.Settings.Forwarding.EcnOf(mode);

    /// <summary>
    /// Decapsulates a packet for this node and updates its ECN field. Returns false if the packet did not arrive through a tunnel of this
    /// node or must be dropped.
    /// </summary>
    /// <param name="protocol">The protocol that announces the content.</param>
    /// <param name="error">The error to report about <paramref name="outer"/>; null for none, as of the rules of RFC 5213.</param>
    public bool TryOpen(
        NodeInterface arrival,
        Tunnel tunnel,
        IpPacket outer,
        byte protocol,
        ReadOnlyMemory<byte> content,
        [NotNullWhen(true)] out IpPacket? inner,
        out PacketError? error
    )
    {
        var tunnelled = new TunnelledPacket(this, arrival.Link, tunnel, outer, protocol, content);
        inner = parts.Settings.Forwarding.TunnelExit.Apply(tunnelled) == RuleOutcome.Continue ? tunnelled.Inner : null;
        error = tunnelled.Error;
        return inner is not null;
    }
}
