using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// The messages to this node that arrive at the UDP ports of tunnels: the drafts before RFC 5844 have one port for signaling and data. A
/// message is a packet of IPv6 with a Mobility Header, or with ESP. In a tunnel it is one only if its destination is an address of this
/// node; the packets of mobile nodes are for others.
/// </summary>
public sealed class TunnelMessages : IReadable, IDisposable
{
    /// <summary>The largest number of messages that wait; a flood of them is dropped.</summary>
    private const int Capacity = 1024;

    private readonly WakeUp _wakeUp = new();
    private readonly Lock _lock = new();
    private readonly Queue<ReceivedDatagram> _waiting = new();
    private volatile HashSet<UInt128> _own = [];

    public FileDescriptor Descriptor => _wakeUp.Descriptor;

    /// <summary>Sets the addresses of this node from now on; those of IPv6 count. Any thread may call this.</summary>
    public void SetOwn(IEnumerable<IPAddress> addresses) => _own = [.. addresses.Select(TunnelEnds.ToNumber)];

    /// <summary>Takes the oldest message that waits. False if there is none.</summary>
    public bool TryReceive([NotNullWhen(true)] out ReceivedDatagram? datagram)
    {
        lock (_lock)
        {
            if (!_waiting.TryDequeue(out datagram))
            {
                _wakeUp.Reset();
            }
            return datagram is not null;
        }
    }

    public void Dispose() => _wakeUp.Dispose();

    /// <summary>Whether the payload of a datagram is a message.</summary>
    /// <param name="isOfTunnel">Whether the datagram comes from the other end of a tunnel.</param>
    internal bool IsOne(ReadOnlySpan<byte> payload, bool isOfTunnel)
    {
        var packet = TlvHeader.IsAt(payload) ? payload[Math.Min(TlvHeader.Size, payload.Length)..] : payload;
        return packet.Length >= Ipv6Packet.HeaderLength
            && InnerPacket.IsIpv6(packet)
            && HasMessage(packet)
            && (!isOfTunnel || _own.Contains(InnerPacket.Addresses(packet).Destination));
    }

    internal void Add(UdpPath path, int linkIndex, ReadOnlySpan<byte> payload)
    {
        lock (_lock)
        {
            if (_waiting.Count < Capacity)
            {
                _waiting.Enqueue(new ReceivedDatagram(path, linkIndex, payload.ToArray()));
                _wakeUp.Set();
            }
        }
    }

    /// <summary>
    /// RFC 8200, Section 4: the second octet of an extension header is its length in units of 8 octets, without the first 8.
    /// </summary>
    private static bool HasMessage(ReadOnlySpan<byte> packet)
    {
        var (next, at) = (packet[InnerPacket.NextHeaderOffset], Ipv6Packet.HeaderLength);
        while (next is IpProtocol.HopByHop or IpProtocol.Routing or IpProtocol.DestinationOptions && at + 2 <= packet.Length)
        {
            (next, at) = (packet[at], at + 8 * (packet[at + 1] + 1));
        }
        return next is IpProtocol.MobilityHeader or IpProtocol.Esp;
    }
}
