using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>A packet for another node while the rules of forwarding are applied.</summary>
public sealed class ForwardedPacket(Ipv6Packet packet, bool isOutOfTunnel)
{
    public Ipv6Packet Packet { get; } = packet;

    /// <summary>The packet came in a tunnel, whose header has been removed.</summary>
    public bool IsOutOfTunnel { get; } = isOutOfTunnel;

    /// <summary>On departure: its route leads into a tunnel.</summary>
    public bool EntersTunnel { get; init; }

    /// <summary>On departure: the largest packet, in octets, for the link or the tunnel; null if there is no limit.</summary>
    public uint? Mtu { get; init; }

    /// <summary>The ICMPv6 error that answers the packet; null if it is dropped silently.</summary>
    public Icmpv6Message? Error { get; private set; }

    /// <summary>Drops the packet and answers it with an ICMPv6 error.</summary>
    public RuleOutcome Refuse(Icmpv6Message error)
    {
        Error = error;
        return RuleOutcome.Stop;
    }
}
