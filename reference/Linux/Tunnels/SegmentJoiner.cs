using System.Buffers.Binary;
using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// Hands packets from tunnels to the kernel. Joins consecutive segments of a TCP connection into one, which the kernel cuts again
/// where necessary. Hands over any other packet unchanged and in order.
/// </summary>
internal sealed unsafe class SegmentJoiner
{
    /// <summary>The number of connections whose segments may be interleaved.</summary>
    private const int MaximumTrains = 8;

    private readonly TunnelStatistics _statistics;
    private readonly Train[] _trains = new Train[MaximumTrains];
    private int _running;

    internal SegmentJoiner(TunnelStatistics statistics)
    {
        _statistics = statistics;
        for (var i = 0; i < MaximumTrains; i++)
        {
            _trains[i] = new Train();
        }
    }

    /// <summary>Takes a packet, whose octets must stay in place until <see cref="Flush()"/>.</summary>
    internal void Take(TunTunnel tunnel, byte* octets, int length)
    {
        var packet = new Span<byte>(octets, length);
        switch (packet[InnerPacket.NextHeaderOffset])
        {
            case Transport.Tcp when Transport.TcpHeaderLength(packet[Ipv6Packet.HeaderLength..]) is > 0 and var tcp:
                TakeTcp(tunnel, octets, packet, Ipv6Packet.HeaderLength + tcp);
                break;
            case Transport.Udp
                when length >= Ipv6Packet.HeaderLength + Transport.UdpHeader
                    && Transport.CheckChecksum(packet, Transport.Udp, Transport.UdpChecksum) == ChecksumState.Unfinished:
                Write(tunnel, Unfinished(Transport.UdpChecksum), octets, length);
                break;
            default:
                Write(tunnel, default, octets, length);
                break;
        }
    }

    /// <summary>Hands over all segments that wait for more to join.</summary>
    internal void Flush()
    {
        while (_running > 0)
        {
            Flush(0);
        }
    }

    private static VirtioHeader Unfinished(int checksumOffset) =>
        new()
        {
            Flags = VirtioHeader.NeedsChecksum,
            ChecksumStart = Ipv6Packet.HeaderLength,
            ChecksumOffset = (ushort)checksumOffset,
        };

    private void TakeTcp(TunTunnel tunnel, byte* octets, Span<byte> packet, int headersLength)
    {
        var same = Find(tunnel, packet);
        if (packet.Length > tunnel.Mtu)
        {
            // The kernel has joined segments as they came from the link, and verified them. It does not report their original length.
            FlushIfAny(same);
            WriteLong(tunnel, octets, packet, headersLength);
            return;
        }

        var state = Transport.CheckChecksum(packet, Transport.Tcp, Transport.TcpChecksum);
        if (state != ChecksumState.Valid || !Train.CanStart(packet, headersLength))
        {
            FlushIfAny(same);
            Write(tunnel, state == ChecksumState.Unfinished ? Unfinished(Transport.TcpChecksum) : default, octets, packet.Length);
            return;
        }

        if (same < 0 || !_trains[same].TryAppend(octets, packet, headersLength))
        {
            FlushIfAny(same);
            if (_running == MaximumTrains)
            {
                Flush(0);
            }
            same = _running++;
            _trains[same].Start(tunnel, octets, packet, headersLength);
        }

        if (_trains[same].IsComplete)
        {
            Flush(same);
        }
    }

    private int Find(TunTunnel tunnel, ReadOnlySpan<byte> packet)
    {
        for (var i = 0; i < _running; i++)
        {
            if (_trains[i].IsOf(tunnel, packet))
            {
                return i;
            }
        }

        return -1;
    }

    private void FlushIfAny(int train)
    {
        if (train >= 0)
        {
            Flush(train);
        }
    }

    private void Flush(int index)
    {
        var train = _trains[index];
        fixed (IoVector* pieces = train.Finish(out var header, out var count, out var packets))
        {
            pieces[0] = new IoVector { Base = &header, Length = VirtioHeader.Length };
            Write(train.Tunnel, pieces, count, packets);
        }

        // The other trains keep their order: the oldest is flushed first.
        _running--;
        for (var i = index; i < _running; i++)
        {
            _trains[i] = _trains[i + 1];
        }
        _trains[_running] = train;
    }

    private void WriteLong(TunTunnel tunnel, byte* octets, Span<byte> packet, int headersLength)
    {
        var tcp = packet[Ipv6Packet.HeaderLength..];
        BinaryPrimitives.WriteUInt16BigEndian(tcp[Transport.TcpChecksum..], Transport.PseudoHeaderSum(packet, Transport.Tcp, tcp.Length));
        var header = Unfinished(Transport.TcpChecksum);
        header.SegmentType =
            (tcp[Transport.TcpFlags] & Transport.TcpCwr) != 0
                ? (byte)(VirtioHeader.TcpSegments | VirtioHeader.EcnFlag)
                : VirtioHeader.TcpSegments;
        header.HeadersLength = (ushort)headersLength;
        header.SegmentSize = (ushort)(tunnel.Mtu - headersLength);
        Write(tunnel, header, octets, packet.Length);
    }

    private void Write(TunTunnel tunnel, VirtioHeader header, byte* octets, int length)
    {
        var pieces = stackalloc IoVector[]
        {
            new IoVector { Base = &header, Length = VirtioHeader.Length },
            new IoVector { Base = octets, Length = (nuint)length },
        };
        Write(tunnel, pieces, 2, packets: 1);
    }

    private void Write(TunTunnel tunnel, IoVector* pieces, int count, int packets)
    {
        TunnelStatistics.Count(ref _statistics.Carried, packets);
        if (Libc.Write(tunnel.Descriptor, pieces, count) < 0)
        {
            TunnelStatistics.Count(ref _statistics.Lost, packets);
        }
    }

    /// <summary>Consecutive segments of a connection: all as long as the first, the last possibly shorter.</summary>
    private sealed class Train
    {
        /// <summary>The index of the first packet, after the virtio header.</summary>
        private const int FirstPiece = 1;

        /// <summary>The TCP fields from the acknowledgment number to the urgent pointer, except flags and checksum.</summary>
        private const int AcknowledgmentOffset = 8,
            WindowOffset = 14,
            UrgentOffset = 18;

        private readonly IoVector[] _pieces = new IoVector[FirstPiece + OuterReceiveBatch.Capacity];
        private byte* _first;
        private int _headersLength,
            _segmentSize,
            _length,
            _count;
        private uint _next;

        internal TunTunnel Tunnel { get; private set; } = null!;

        internal bool IsComplete { get; private set; }

        /// <summary>Whether the segment has data and, besides ACK, no flags other than PSH and ECE.</summary>
        internal static bool CanStart(ReadOnlySpan<byte> packet, int headersLength) =>
            packet.Length > headersLength
            && (packet[Ipv6Packet.HeaderLength + Transport.TcpFlags] & ~(Transport.TcpPush | Transport.TcpEce)) == Transport.TcpAcknowledge;

        internal void Start(TunTunnel tunnel, byte* octets, ReadOnlySpan<byte> packet, int headersLength)
        {
            Tunnel = tunnel;
            _first = octets;
            (_headersLength, _segmentSize, _length, _count) = (headersLength, packet.Length - headersLength, headersLength, FirstPiece);
            Append(octets, 0, packet);
        }

        /// <summary>Whether a packet is of the same tunnel, addresses and ports.</summary>
        internal bool IsOf(TunTunnel tunnel, ReadOnlySpan<byte> packet) =>
            tunnel == Tunnel
            && Header(packet, InnerPacket.SourceOffset, Ipv6Packet.HeaderLength + Transport.TcpSequence)
                .SequenceEqual(Header(First, InnerPacket.SourceOffset, Ipv6Packet.HeaderLength + Transport.TcpSequence));

        /// <summary>False if the packet is not the next segment, or if its headers differ from those of the segments before.</summary>
        internal bool TryAppend(byte* octets, ReadOnlySpan<byte> packet, int headersLength)
        {
            var payload = packet.Length - headersLength;
            var tcp = packet[Ipv6Packet.HeaderLength..headersLength];
            ReadOnlySpan<byte> firstTcp = First[Ipv6Packet.HeaderLength..];
            if (
                headersLength != _headersLength
                || payload > _segmentSize
                || _length + payload - Ipv6Packet.HeaderLength > ushort.MaxValue
                || BinaryPrimitives.ReadUInt32BigEndian(tcp[Transport.TcpSequence..]) != _next
                || ((tcp[Transport.TcpFlags] ^ firstTcp[Transport.TcpFlags]) & ~Transport.TcpPush) != 0
                || !Header(packet, 0, InnerPacket.PayloadLengthOffset).SequenceEqual(Header(First, 0, InnerPacket.PayloadLengthOffset))
                || !Header(packet, InnerPacket.NextHeaderOffset, InnerPacket.SourceOffset)
                    .SequenceEqual(Header(First, InnerPacket.NextHeaderOffset, InnerPacket.SourceOffset))
                || !Header(tcp, AcknowledgmentOffset, Transport.TcpFlags)
                    .SequenceEqual(Header(firstTcp, AcknowledgmentOffset, Transport.TcpFlags))
                || !Header(tcp, WindowOffset, Transport.TcpChecksum).SequenceEqual(Header(firstTcp, WindowOffset, Transport.TcpChecksum))
                || !tcp[UrgentOffset..].SequenceEqual(firstTcp[UrgentOffset..])
            )
            {
                return false;
            }

            Append(octets + headersLength, headersLength, packet);
            return true;
        }

        /// <summary>Returns the pieces, of which the first is reserved for the virtio header.</summary>
        internal IoVector[] Finish(out VirtioHeader header, out int pieces, out int packets)
        {
            (header, pieces, packets) = (default, _count, _count - FirstPiece);
            if (packets == 1)
            {
                return _pieces;
            }

            header = Unfinished(Transport.TcpChecksum);
            (header.SegmentType, header.HeadersLength, header.SegmentSize) = (
                VirtioHeader.TcpSegments,
                (ushort)_headersLength,
                (ushort)_segmentSize
            );
            var all = First;
            var length = _length - Ipv6Packet.HeaderLength;
            BinaryPrimitives.WriteUInt16BigEndian(all[InnerPacket.PayloadLengthOffset..], (ushort)length);
            BinaryPrimitives.WriteUInt16BigEndian(
                all[(Ipv6Packet.HeaderLength + Transport.TcpChecksum)..],
                Transport.PseudoHeaderSum(all, Transport.Tcp, length)
            );
            return _pieces;
        }

        private Span<byte> First => new(_first, _headersLength);

        private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> octets, int from, int to) => octets[from..to];

        /// <param name="skipped">
        /// Leading octets of the packet that are not handed over, because the first segment has the same headers.
        /// </param>
        private void Append(byte* piece, int skipped, ReadOnlySpan<byte> packet)
        {
            var payload = packet.Length - _headersLength;
            _pieces[_count++] = new IoVector { Base = piece, Length = (nuint)(packet.Length - skipped) };
            _length += payload;
            _next = BinaryPrimitives.ReadUInt32BigEndian(packet[(Ipv6Packet.HeaderLength + Transport.TcpSequence)..]) + (uint)payload;
            var pushes = (packet[Ipv6Packet.HeaderLength + Transport.TcpFlags] & Transport.TcpPush) != 0;
            if (pushes)
            {
                First[Ipv6Packet.HeaderLength + Transport.TcpFlags] |= Transport.TcpPush;
            }
            IsComplete = pushes || payload < _segmentSize || _count == _pieces.Length;
        }
    }
}
