using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>A packet for another node while the rules of forwarding are applied.</summary>
public sealed class ForwardedPacket(IpPacket packet, bool isOutOfTunnel)
{
    public IpPacket Packet { get; } = packet;

    /// <summary>The packet came in a tunnel, whose header has been removed.</summary>
    public bool IsOutOfTunnel { get; } = isOutOfTunnel;

    /// <summary>On departure: its route leads into a tunnel.</summary>
    public bool EntersTunnel => Tunnel is not null;

    /// <summary>On departure: the tunnel into which its route leads; null if it leads into none.</summary>
    public Tunnel? Tunnel { get; init; }

    /// <summary>On departure: the largest packet, in octets, for the link or the tunnel; null if there is no limit.</summary>
    public uint? Mtu { get; init; }

    /// <summary>The ICMP error that answers the packet; null if it is dropped silently.</summary>
    public PacketError? Error { get; private set; }

    /// <summary>Drops the packet and answers it with an ICMP error.</summary>
    public RuleOutcome Refuse(PacketError error)
    {
        Error = error;
        return RuleOutcome.Stop;
    }
}
