using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>A packet in a tunnel to this node while the rules of the tunnel exit are applied.</summary>
public sealed class TunnelledPacket
{
    private readonly StackTunnels _tunnels;

    internal TunnelledPacket(StackTunnels tunnels, LinkId link, Tunnel tunnel, IpPacket outer, byte protocol, ReadOnlyMemory<byte> content)
    {
        (_tunnels, Link, Tunnel, Outer, Protocol, Content) = (tunnels, link, tunnel, outer, protocol, content);
    }

    /// <summary>The link on which the packet arrived.</summary>
    public LinkId Link { get; }

    /// <summary>The packet as received, with its outer header.</summary>
    public IpPacket Outer { get; }

    /// <summary>The protocol that announces the content: that of IPv4, IPv6 or UDP.</summary>
    public byte Protocol { get; }

    /// <summary>The octets behind the outer headers.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The tunnel through which the packet came, by the addresses of its outer header, and its ports.</summary>
    public Tunnel Tunnel { get; }

    /// <summary>The packet without the outer headers; null until it was read.</summary>
    public IpPacket? Inner { get; set; }

    /// <summary>This node has the tunnel, and the packet did not come on an access link.</summary>
    public bool IsExpected => _tunnels.Expects(Link, Tunnel);

    /// <summary>The node is a MAG: it has access links.</summary>
    public bool HasAccessLinks => _tunnels.HasAccessLinks;

    /// <summary>The rules for the ECN field.</summary>
    public EcnRules Ecn => _tunnels.EcnOf(Tunnel.Mode);

    /// <summary>True for an address of this node.</summary>
    public bool IsForNode(IPAddress destination) => _tunnels.IsOwn(destination);

    public bool LeadsToAccessLink(IPAddress address) => _tunnels.LeadsToAccessLink(address);

    /// <summary>
    /// True if the node does not verify reverse paths, or its route to the address leads into the tunnel. The path of a mobile node with
    /// several paths is always verified.
    /// </summary>
    /// <param name="isExempt">The reverse path of other nodes is not verified.</param>
    public bool MayComeFrom(IPAddress source, bool isExempt = false) => _tunnels.MayComeFrom(source, Tunnel, isExempt);

    /// <summary>The ICMP error that tells the other end of the tunnel; null if the packet is dropped silently.</summary>
    public PacketError? Error { get; private set; }

    /// <summary>Drops the packet, and reports an error about it to the other end of the tunnel (RFC 2473, Section 8).</summary>
    public RuleOutcome Refuse(PacketError error)
    {
        Error = error;
        return RuleOutcome.Stop;
    }

    /// <summary>Drops the packet silently, with a line in the log.</summary>
    public RuleOutcome Drop(string rule, string text)
    {
        _tunnels.Log(rule, text);
        return RuleOutcome.Stop;
    }
}
