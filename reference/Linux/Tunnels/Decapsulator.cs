using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// Decapsulates packets, in batches. Drops packets that do not come from the other end of a tunnel, or whose content must not be
/// forwarded.
/// </summary>
internal sealed unsafe class Decapsulator : PacketThread
{
    private readonly OuterReceiveBatch _batch = new();
    private readonly List<OuterSocket> _sockets = [];
    private readonly SegmentJoiner _joiner;
    private readonly Dictionary<TunnelEnds, TunTunnel> _tunnels = [];
    private readonly TunnelMessages? _messages;
    private TunTunnel? _last;

    /// <param name="messages">Takes the messages at the UDP ports of tunnels; null if none are expected there.</param>
    internal Decapsulator(TunnelMessages? messages)
        : base("out of tunnels")
    {
        _messages = messages;
        _joiner = new SegmentJoiner(Statistics);
        Start();
    }

    internal TunnelStatistics Statistics { get; } = new();

    internal void Add(OuterSocket socket) => Change(() => _sockets.Add(socket));

    /// <summary>When this returns, the socket is no longer in use.</summary>
    internal void Remove(OuterSocket socket) =>
        Change(() =>
        {
            // What waits may be messages: they are not the tunnels' alone.
            Carry(_sockets.IndexOf(socket));
            _sockets.Remove(socket);
        });

    internal void Add(TunTunnel tunnel) => Ask(() => _tunnels.Add(tunnel.Ends, tunnel));

    /// <summary>When this returns, the tunnel is no longer in use.</summary>
    internal void Remove(TunTunnel tunnel) =>
        Ask(() =>
        {
            _tunnels.Remove(tunnel.Ends);
            _last = null;
        });

    /// <summary>Carries at most one batch.</summary>
    private protected override void Carry(int place)
    {
        var socket = _sockets[place];
        var received = _batch.Receive(socket);
        for (var i = 0; i < received; i++)
        {
            var ends = _batch.Ends(i, out var outerTrafficClass);
            var content = _batch.Content(i, out var octets);
            var segment = _batch.SegmentLength(i);
            var at = 0;
            do
            {
                var length = Math.Min(segment, content.Length - at);
                if (socket.Mode == TunnelMode.Ipv4Udp)
                {
                    TakeDatagram(i, ends, socket, outerTrafficClass, octets + at, length);
                }
                else
                {
                    Take(Find(ends), socket, outerTrafficClass, octets + at, length);
                }
                at += segment;
            } while (at < content.Length);
        }

        _joiner.Flush();
    }

    /// <summary>Takes the payload of a datagram: a message, or a packet, which in some tunnels has a TLV header before it.</summary>
    private void TakeDatagram(int place, TunnelEnds ends, OuterSocket socket, byte outerTrafficClass, byte* octets, int count)
    {
        var payload = new ReadOnlySpan<byte>(octets, count);
        var hasTlv = TlvHeader.IsAt(payload);
        var tunnel = Find(hasTlv ? ends with { Mode = TunnelMode.Ipv4UdpTlv } : ends);
        if (_messages?.IsOne(payload, tunnel is not null) == true)
        {
            _messages.Add(_batch.Path(place, out var linkIndex), linkIndex, payload);
        }
        else if (!hasTlv)
        {
            Take(tunnel, socket, outerTrafficClass, octets, count);
        }
        else if (TlvHeader.TryRead(payload, out _))
        {
            Take(tunnel, socket, outerTrafficClass, octets + TlvHeader.Size, count - TlvHeader.Size);
        }
        else
        {
            TunnelStatistics.Count(ref tunnel is null ? ref Statistics.Foreign : ref Statistics.Refused);
        }
    }

    /// <summary>Takes the content of one outer packet.</summary>
    /// <param name="tunnel">Null if the packet does not come from the other end of a tunnel.</param>
    private void Take(TunTunnel? tunnel, OuterSocket socket, byte outerTrafficClass, byte* octets, int count)
    {
        if (tunnel is null)
        {
            TunnelStatistics.Count(ref Statistics.Foreign);
            return;
        }

        var packet = new Span<byte>(octets, count);
        var protocol = socket.Protocol;
        if (tunnel.IsProtected && !TryOpen(tunnel, ref packet, out protocol))
        {
            TunnelStatistics.Count(ref Statistics.Foreign);
            return;
        }

        var length = InnerPacket.Measure(packet);
        if (length == 0 || !IsAnnounced(packet, socket, protocol) || !TryMark(tunnel, packet, outerTrafficClass))
        {
            TunnelStatistics.Count(ref Statistics.Refused);
            return;
        }
        _joiner.Take(tunnel, octets, length);
    }

    /// <summary>The protocol that announces a packet is that of its version; in UDP, the version alone says it.</summary>
    private static bool IsAnnounced(ReadOnlySpan<byte> packet, OuterSocket socket, byte protocol) =>
        socket.Mode == TunnelMode.Ipv4Udp || InnerPacket.ProtocolOf(packet) == protocol;

    /// <summary>Puts the packet under ESP into the place of ESP. Signals of the other end are no packets of the tunnel.</summary>
    private static bool TryOpen(TunTunnel tunnel, ref Span<byte> packet, out byte protocol)
    {
        protocol = 0;
        if (tunnel.Open(packet) is not { } opened)
        {
            return false;
        }
        opened.Payload.Span.CopyTo(packet);
        packet = packet[..opened.Payload.Length];
        protocol = opened.NextHeader;
        return true;
    }

    /// <summary>Sets the ECN field of a packet that leaves a tunnel; false if the packet must be dropped.</summary>
    private static bool TryMark(TunTunnel tunnel, Span<byte> packet, byte outerTrafficClass)
    {
        var trafficClass = InnerPacket.TrafficClass(packet);
        if (tunnel.Ecn.Inner(EcnOf(outerTrafficClass), EcnOf(trafficClass)) is not { } ecn)
        {
            return false;
        }
        InnerPacket.SetTrafficClass(packet, (byte)(trafficClass & ~EcnMask | (byte)ecn));
        return true;
    }

    private void Change(Action change) =>
        Ask(() =>
        {
            change();
            Watch([.. _sockets.Select(socket => socket.Descriptor)]);
        });

    /// <summary>Tries the tunnel of the previous packet first, which most packets share.</summary>
    private TunTunnel? Find(TunnelEnds ends)
    {
        if (_last?.Ends == ends)
        {
            return _last;
        }
        return _tunnels.TryGetValue(ends, out var tunnel) ? _last = tunnel : null;
    }
}
