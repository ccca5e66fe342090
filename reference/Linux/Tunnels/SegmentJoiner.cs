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
        var network = InnerPacket.HeaderLength(packet);
        switch (InnerPacket.UpperProtocol(packet))
        {
            case var _ when InnerPacket.IsIpv4Fragment(packet):
                Write(tunnel, default, octets, length);
                break;
            case Transport.Tcp when Transport.TcpHeaderLength(packet[network..]) is > 0 and var tcp:
                TakeTcp(tunnel, octets, packet, network, network + tcp);
                break;
            case Transport.Udp
                when length >= network + Transport.UdpHeader
                    && Transport.CheckChecksum(packet, Transport.Udp, Transport.UdpChecksum) == ChecksumState.Unfinished:
                Write(tunnel, Unfinished(network, Transport.UdpChecksum), octets, length);
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

    private static VirtioHeader Unfinished(int networkLength, int checksumOffset) =>
        new()
        {
            Flags = VirtioHeader.NeedsChecksum,
            ChecksumStart = (ushort)networkLength,
            ChecksumOffset = (ushort)checksumOffset,
        };

    private static byte SegmentTypeOf(ReadOnlySpan<byte> packet) =>
        InnerPacket.IsIpv6(packet) ? VirtioHeader.TcpSegmentsOfIpv6 : VirtioHeader.TcpSegmentsOfIpv4;

    private void TakeTcp(TunTunnel tunnel, byte* octets, Span<byte> packet, int networkLength, int headersLength)
    {
        var same = Find(tunnel, packet);
        if (packet.Length > tunnel.Mtu)
        {
            // The kernel has joined segments as they came from the link, and verified them. It does not report their original length.
            FlushIfAny(same);
            WriteLong(tunnel, octets, packet, networkLength, headersLength);
            return;
        }

        var state = Transport.CheckChecksum(packet, Transport.Tcp, Transport.TcpChecksum);
        if (state != ChecksumState.Valid || !Train.CanStart(packet, networkLength, headersLength))
        {
            FlushIfAny(same);
            Write(
                tunnel,
                state == ChecksumState.Unfinished ? Unfinished(networkLength, Transport.TcpChecksum) : default,
                octets,
                packet.Length
            );
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
            _trains[same].Start(tunnel, octets, packet, networkLength, headersLength);
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

    private void WriteLong(TunTunnel tunnel, byte* octets, Span<byte> packet, int networkLength, int headersLength)
    {
        var tcp = packet[networkLength..];
        BinaryPrimitives.WriteUInt16BigEndian(tcp[Transport.TcpChecksum..], Transport.PseudoHeaderSum(packet, Transport.Tcp, tcp.Length));
        var header = Unfinished(networkLength, Transport.TcpChecksum);
        var isReduced = (tcp[Transport.TcpFlags] & Transport.TcpCwr) != 0;
        header.SegmentType = (byte)(SegmentTypeOf(packet) | (isReduced ? VirtioHeader.EcnFlag : 0));
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
        private int _networkLength,
            _headersLength,
            _segmentSize,
            _length,
            _count;
        private uint _next;

        internal TunTunnel Tunnel { get; private set; } = null!;

        internal bool IsComplete { get; private set; }

        /// <summary>Whether the segment has data, no options of IPv4 and, besides ACK, no flags other than PSH and ECE.</summary>
        internal static bool CanStart(ReadOnlySpan<byte> packet, int networkLength, int headersLength) =>
            packet.Length > headersLength
            && networkLength == (InnerPacket.IsIpv6(packet) ? Ipv6Packet.HeaderLength : Ipv4Packet.MinimumHeaderLength)
            && (packet[networkLength + Transport.TcpFlags] & ~(Transport.TcpPush | Transport.TcpEce)) == Transport.TcpAcknowledge;

        internal void Start(TunTunnel tunnel, byte* octets, ReadOnlySpan<byte> packet, int networkLength, int headersLength)
        {
            Tunnel = tunnel;
            _first = octets;
            _networkLength = networkLength;
            (_headersLength, _segmentSize, _length, _count) = (headersLength, packet.Length - headersLength, headersLength, FirstPiece);
            Append(octets, 0, packet);
        }

        /// <summary>Whether a packet is of the same tunnel, addresses and ports.</summary>
        internal bool IsOf(TunTunnel tunnel, ReadOnlySpan<byte> packet) =>
            tunnel == Tunnel
            && packet[0] == First[0]
            && InnerPacket.AddressOctets(packet).SequenceEqual(InnerPacket.AddressOctets(First))
            && Header(packet, _networkLength, _networkLength + Transport.TcpSequence)
                .SequenceEqual(Header(First, _networkLength, _networkLength + Transport.TcpSequence));

        /// <summary>False if the packet is not the next segment, or if its headers differ from those of the segments before.</summary>
        internal bool TryAppend(byte* octets, ReadOnlySpan<byte> packet, int headersLength)
        {
            var payload = packet.Length - headersLength;
            var tcp = packet[_networkLength..headersLength];
            ReadOnlySpan<byte> firstTcp = First[_networkLength..];
            if (
                headersLength != _headersLength
                || payload > _segmentSize
                || _length + payload > ushort.MaxValue
                || BinaryPrimitives.ReadUInt32BigEndian(tcp[Transport.TcpSequence..]) != _next
                || ((tcp[Transport.TcpFlags] ^ firstTcp[Transport.TcpFlags]) & ~Transport.TcpPush) != 0
                || !(InnerPacket.IsIpv6(packet) ? IsNextOfIpv6(packet) : IsNextOfIpv4(packet))
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

            var all = First;
            header = Unfinished(_networkLength, Transport.TcpChecksum);
            (header.SegmentType, header.HeadersLength, header.SegmentSize) = (
                SegmentTypeOf(all),
                (ushort)_headersLength,
                (ushort)_segmentSize
            );
            InnerPacket.SetLength(all, _length);
            BinaryPrimitives.WriteUInt16BigEndian(
                all[(_networkLength + Transport.TcpChecksum)..],
                Transport.PseudoHeaderSum(all, Transport.Tcp, _length - _networkLength)
            );
            return _pieces;
        }

        private Span<byte> First => new(_first, _headersLength);

        /// <summary>All fields are those of the first segment, except the length.</summary>
        private bool IsNextOfIpv6(ReadOnlySpan<byte> packet) =>
            Header(packet, 0, InnerPacket.PayloadLengthOffset).SequenceEqual(Header(First, 0, InnerPacket.PayloadLengthOffset))
            && Header(packet, InnerPacket.NextHeaderOffset, InnerPacket.SourceOffset)
                .SequenceEqual(Header(First, InnerPacket.NextHeaderOffset, InnerPacket.SourceOffset));

        /// <summary>
        /// All fields are those of the first segment, except the length and the identification, which increases by one as in the
        /// segments that the kernel makes.
        /// </summary>
        private bool IsNextOfIpv4(ReadOnlySpan<byte> packet) =>
            Header(packet, 0, InnerPacket.TotalLengthOffset).SequenceEqual(Header(First, 0, InnerPacket.TotalLengthOffset))
            && Header(packet, InnerPacket.FragmentOffset, InnerPacket.Ipv4ChecksumOffset)
                .SequenceEqual(Header(First, InnerPacket.FragmentOffset, InnerPacket.Ipv4ChecksumOffset))
            && Identification(packet) == (ushort)(Identification(First) + _count - FirstPiece);

        private static ushort Identification(ReadOnlySpan<byte> packet) =>
            BinaryPrimitives.ReadUInt16BigEndian(packet[InnerPacket.IdentificationOffset..]);

        private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> octets, int from, int to) => octets[from..to];

        /// <param name="skipped">
        /// Leading octets of the packet that are not handed over, because the first segment has the same headers.
        /// </param>
        private void Append(byte* piece, int skipped, ReadOnlySpan<byte> packet)
        {
            var payload = packet.Length - _headersLength;
            _pieces[_count++] = new IoVector { Base = piece, Length = (nuint)(packet.Length - skipped) };
            _length += payload;
            _next = BinaryPrimitives.ReadUInt32BigEndian(packet[(_networkLength + Transport.TcpSequence)..]) + (uint)payload;
            var pushes = (packet[_networkLength + Transport.TcpFlags] & Transport.TcpPush) != 0;
            if (pushes)
            {
                First[_networkLength + Transport.TcpFlags] |= Transport.TcpPush;
            }
            IsComplete = pushes || payload < _segmentSize || _count == _pieces.Length;
        }
    }
}
