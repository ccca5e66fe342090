using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// ICMP errors about packets of this node: they tell the MTU of paths, and an error in a tunnel is passed on to the source of the packet
/// in it.
/// </summary>
internal sealed class ReceivedErrors(StackParts parts, PacketForwarder forwarder)
{
    /// <param name="error">What is wrong.</param>
    /// <param name="invoking">The packet that it is about, or its beginning.</param>
    public void Receive(PacketError error, OctetString invoking, Now now)
    {
        if (!IpPacket.TryParseQuoted(invoking.Span.ToArray(), out var sent, out _))
        {
            return;
        }

        var isOwn = parts.HasAssigned(sent.Source);
        if (error is PacketError.TooBig { Mtu: var mtu } && !TryChange(new(sent, mtu, isOwn, parts.PathMtus.Of(sent.Destination)), now))
        {
            return;
        }

        if (isOwn && ErrorInTunnel.Read(error, sent, forwarder.Tunnels.Contains) is { } about)
        {
            Relay(error, about, now);
        }
    }

    private bool TryChange(ReportedPath reported, Now now)
    {
        if (parts.Settings.Forwarding.PathMtu.Apply(reported) == RuleOutcome.Stop)
        {
            parts.Log("PathMtuKept", $"a report of {reported.Mtu} octets to {reported.Destination} does not count");
            return false;
        }

        parts.PathMtus.Set(reported.Destination, reported.Mtu, now);
        parts.Tell(new RoleInput.PathMtuChanged(reported.Destination, reported.Mtu), now);
        return true;
    }

    private void Relay(PacketError error, ErrorInTunnel about, Now now)
    {
        if (about.Onward is { } onward)
        {
            forwarder.Report(about.Inner, onward, now, quoted: about.Quoted);
        }
        else if (error is PacketError.ErroneousField { Pointer: var pointer })
        {
            parts.Log("TunnelHeaderRejected", $"octet {pointer} of a packet in {about.Tunnel}");
        }
    }
}
