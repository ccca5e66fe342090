using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// ICMP errors about packets of this node: they tell the MTU of paths, and an error in a tunnel is passed on to the source of the packet
/// in it (RFC 2473, Section 8; RFC 4213, Section 3.4; RFC 2003, Section 4).
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

        if (
            isOwn
            && TryFindTunnel(sent, out var tunnel, out var content)
            && IpPacket.TryParseQuoted(content, out var inner, out var length)
        )
        {
            Relay(error, sent, tunnel, inner, length, content, now);
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

    private void Relay(PacketError error, IpPacket outer, Tunnel tunnel, IpPacket inner, int length, ReadOnlyMemory<byte> octets, Now now)
    {
        switch (error)
        {
            case PacketError.TooBig { Mtu: var pathMtu }:
                // RFC 2473, Sections 8.2 and 8.3: only if the source can do something about it.
                var mtu = TunnelHeader.Of(tunnel.Mode).Mtu(pathMtu, inner);
                if (length > mtu && inner is not Ipv4Packet { DontFragment: false })
                {
                    forwarder.Report(inner, new PacketError.TooBig(mtu), now, quoted: octets);
                }
                break;

            case PacketError.ErroneousField { Pointer: var pointer } when TunnelEncapsulationLimit.In(outer)?.Offset != pointer:
                parts.Log("TunnelHeaderRejected", $"octet {pointer} of a packet in {tunnel}");
                break;

            default:
                forwarder.Report(inner, new PacketError.AddressUnreachable(), now, quoted: octets);
                break;
        }
    }

    /// <summary>The tunnel of this node through which a packet was sent, and what follows its headers.</summary>
    private bool TryFindTunnel(IpPacket sent, [NotNullWhen(true)] out Tunnel? tunnel, out ReadOnlyMemory<byte> content)
    {
        (tunnel, content) = (null, default);
        var upper = sent switch
        {
            Ipv6Packet ipv6 => ipv6.TryGetUpperLayer(out var found, out _) ? found : null,
            Ipv4Packet { FragmentOffset: 0 } ipv4 => new UpperLayer(ipv4.Protocol, ipv4.HeaderLength, ipv4.Payload, []),
            _ => null,
        };
        if (upper is null)
        {
            return false;
        }

        switch (upper.Protocol)
        {
            case IpProtocol.Ipv6 or Ipv4Protocol.Ipv4:
                tunnel = new Tunnel(sent.Source, sent.Destination, sent is Ipv6Packet ? TunnelMode.Ipv6 : TunnelMode.Ipv4);
                content = upper.Payload;
                break;
            case Ipv4Protocol.Udp when sent is Ipv4Packet && UdpDatagram.TryReadPorts(upper.Payload.Span, out var from, out var to):
                tunnel = new Tunnel(sent.Source, sent.Destination, TunnelMode.Ipv4Udp, new TunnelPorts(from, to));
                content = upper.Payload[UdpDatagram.HeaderLength..];
                break;
        }
        return tunnel is not null && forwarder.Tunnels.Contains(tunnel);
    }
}
