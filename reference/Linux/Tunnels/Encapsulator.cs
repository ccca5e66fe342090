using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Pmip.Linux.Native;
using Pmip.Wire;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// Encapsulates the packets that the kernel has routed into tunnels: cuts joined segments into packets, completes checksums, and
/// sends the packets in outer headers, in batches.
/// </summary>
internal sealed unsafe class Encapsulator : PacketThread
{
    /// <summary>A packet of any length, with the virtio header before it.</summary>
    private const int MaximumRead = VirtioHeader.Length + Ipv6Packet.HeaderLength + 64 * 1024;

    /// <summary>The maximum length of the headers of each packet when segments are cut: extension headers are very rare.</summary>
    private const int MaximumHeaders = 512;

    private readonly byte[] _octets = GC.AllocateUninitializedArray<byte>(4 * MaximumRead, pinned: true);

    /// <summary>
    /// The packets of one batch that were cut from longer ones. They are stored one after the other, so that they stay in the cache.
    /// </summary>
    private readonly byte[] _cut = GC.AllocateUninitializedArray<byte>(OuterSendBatch.Capacity * 2 * 1024 + MaximumRead, pinned: true);

    /// <summary>The fragments of one batch.</summary>
    private readonly byte[] _fragments = GC.AllocateUninitializedArray<byte>(2 * MaximumRead, pinned: true);

    private readonly OuterSendBatch _batch = new();
    private readonly List<TunTunnel> _tunnels = [];
    private readonly TunnelErrors _errors;
    private int _cutLength,
        _fragmentsLength;

    internal Encapsulator(TunnelErrors errors)
        : base("into tunnels")
    {
        _errors = errors;
        Start();
    }

    internal TunnelStatistics Statistics { get; } = new();

    internal void Add(TunTunnel tunnel) => Change(() => _tunnels.Add(tunnel));

    /// <summary>When this returns, the tunnel is no longer in use.</summary>
    internal void Remove(TunTunnel tunnel) => Change(() => _tunnels.Remove(tunnel));

    /// <summary>Carries at most as many packets as fit into the buffer.</summary>
    private protected override void Carry(int place)
    {
        var tunnel = _tunnels[place];
        var start = (byte*)Unsafe.AsPointer(ref _octets[0]);
        var used = 0;
        while (used + MaximumRead <= _octets.Length)
        {
            var octets = Libc.Read(tunnel.Descriptor, start + used, MaximumRead);
            if (octets <= VirtioHeader.Length)
            {
                break;
            }

            Add(tunnel, *(VirtioHeader*)(start + used), start + used + VirtioHeader.Length, octets - VirtioHeader.Length);
            used += octets;
        }

        Send();
    }

    private void Change(Action change) =>
        Ask(() =>
        {
            change();
            Watch([.. _tunnels.Select(tunnel => tunnel.Descriptor)]);
        });

    private void Add(TunTunnel tunnel, VirtioHeader header, byte* octets, int count)
    {
        var packet = new Span<byte>(octets, count);
        var length = InnerPacket.Measure(packet);

        // The kernel sends packets to the neighbors on every link, for instance about groups; a tunnel has no neighbors.
        if (length == 0)
        {
            return;
        }
        if (LeadsBack(packet[..length], tunnel.Ends) || !TryAdd(tunnel, header, octets, length))
        {
            TunnelStatistics.Count(ref Statistics.Refused);
        }
    }

    /// <summary>RFC 2473, Section 4.1.2: whether the packet was sent by this very tunnel and has been routed into it again.</summary>
    private static bool LeadsBack(ReadOnlySpan<byte> packet, TunnelEnds ends) =>
        InnerPacket.Addresses(packet) is var (source, destination) && destination == ends.Remote && source == ends.Local;

    /// <summary>False if the packet may not enter the tunnel, or if the virtio header does not fit it.</summary>
    private bool TryAdd(TunTunnel tunnel, VirtioHeader header, byte* packet, int length)
    {
        var inner = new ReadOnlySpan<byte>(packet, length);
        var content = InnerPacket.Content(inner);
        if (content.Limit is { Limit: 0, Offset: var offset })
        {
            _errors.Report(inner, new ParameterProblem(ParameterProblem.ErroneousHeaderField, (uint)offset, Icmpv6Message.Quote(inner)));
            return false;
        }

        var trafficClass = InnerPacket.TrafficClass(inner);
        var outer = new OuterHeader(
            InnerPacket.ProtocolOf(inner),
            (byte)(trafficClass & ~EcnMask | (byte)tunnel.Ecn.Outer(EcnOf(trafficClass))),
            tunnel.Header.MayNotFragment(content, tunnel.PathMtu),
            tunnel.IsProtected ? null : content.Limit?.InTunnel
        );
        if ((header.Flags & VirtioHeader.NeedsChecksum) == 0)
        {
            if (header.SegmentType != VirtioHeader.NoSegments)
            {
                return false;
            }
            Add(tunnel, outer, content, packet, length);
            return true;
        }

        var transport = new Span<byte>(packet, length)[Math.Min((int)header.ChecksumStart, length)..];
        if (header.ChecksumStart < InnerPacket.HeaderLength(inner) || header.ChecksumOffset + sizeof(ushort) > transport.Length)
        {
            return false;
        }
        switch (header.SegmentType & ~VirtioHeader.EcnFlag)
        {
            case VirtioHeader.NoSegments:
                Transport.CompleteChecksum(transport, header.ChecksumOffset);
                Add(tunnel, outer, content, packet, length);
                return true;
            case VirtioHeader.TcpSegmentsOfIpv4
            or VirtioHeader.TcpSegmentsOfIpv6 when Transport.TcpHeaderLength(transport) is > 0 and var tcp:
                return TryCut(tunnel, outer, content, header, packet, length, header.ChecksumStart + tcp);
            case VirtioHeader.UdpSegments when transport.Length >= Transport.UdpHeader:
                return TryCut(tunnel, outer, content, header, packet, length, header.ChecksumStart + Transport.UdpHeader);
            default:
                return false;
        }
    }

    /// <summary>Makes one packet from each segment.</summary>
    private bool TryCut(
        TunTunnel tunnel,
        OuterHeader outer,
        TunnelContent content,
        VirtioHeader header,
        byte* packet,
        int length,
        int headersLength
    )
    {
        if (headersLength > MaximumHeaders || header.SegmentSize == 0)
        {
            return false;
        }
        if (!Fits(tunnel, content, new ReadOnlySpan<byte>(packet, length), Math.Min(headersLength + header.SegmentSize, length)))
        {
            return false;
        }
        var headers = new ReadOnlySpan<byte>(packet, headersLength);
        var isTcp = (header.SegmentType & ~VirtioHeader.EcnFlag) != VirtioHeader.UdpSegments;
        var checksumField = header.ChecksumStart + header.ChecksumOffset;

        // The sum of the pseudo-header without the length, which differs between segments.
        var pseudo = BinaryPrimitives.ReadUInt16BigEndian(headers[checksumField..]) + (uint)(ushort)~(length - header.ChecksumStart);
        for (var at = headersLength; at < length; at += header.SegmentSize)
        {
            var payload = new ReadOnlySpan<byte>(packet + at, Math.Min(header.SegmentSize, length - at));
            if (!_batch.Takes(tunnel, outer) || _cutLength + TlvHeader.Size + headersLength + payload.Length > _cut.Length)
            {
                Send();
            }

            var cut = _cut.AsSpan(_cutLength + TlvHeader.Size, headersLength + payload.Length);
            _cutLength += TlvHeader.Size + cut.Length;
            headers.CopyTo(cut);
            payload.CopyTo(cut[headersLength..]);
            if (!content.IsIpv6)
            {
                // RFC 6864, Section 4.2: fragments of different segments must not be mistaken for those of one packet.
                var identification = BinaryPrimitives.ReadUInt16BigEndian(headers[InnerPacket.IdentificationOffset..]);
                BinaryPrimitives.WriteUInt16BigEndian(
                    cut[InnerPacket.IdentificationOffset..],
                    (ushort)(identification + (at - headersLength) / header.SegmentSize)
                );
            }
            InnerPacket.SetLength(cut, cut.Length);
            var transport = cut[header.ChecksumStart..];
            if (isTcp)
            {
                PlaceSegment(transport, at - headersLength, isFirst: at == headersLength, isLast: at + payload.Length == length);
            }
            else
            {
                BinaryPrimitives.WriteUInt16BigEndian(transport[Transport.UdpLength..], (ushort)transport.Length);
            }

            BinaryPrimitives.WriteUInt16BigEndian(cut[checksumField..], Transport.Sum(default, pseudo + (uint)transport.Length));
            Transport.CompleteChecksum(transport, header.ChecksumOffset);
            Add(tunnel, outer, content, (byte*)Unsafe.AsPointer(ref cut[0]), cut.Length);
        }

        return true;
    }

    /// <summary>Sets a segment's sequence number and flags. CWR is only in the first segment, FIN and PSH only in the last.</summary>
    private static void PlaceSegment(Span<byte> tcp, int offset, bool isFirst, bool isLast)
    {
        var sequence = BinaryPrimitives.ReadUInt32BigEndian(tcp[Transport.TcpSequence..]);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[Transport.TcpSequence..], sequence + (uint)offset);
        if (!isFirst)
        {
            tcp[Transport.TcpFlags] &= unchecked((byte)~Transport.TcpCwr);
        }
        if (!isLast)
        {
            tcp[Transport.TcpFlags] &= unchecked((byte)~(Transport.TcpFin | Transport.TcpPush));
        }
    }

    /// <param name="packet">Before it, there is room for a TLV header.</param>
    private void Add(TunTunnel tunnel, OuterHeader outer, TunnelContent content, byte* packet, int length)
    {
        if (!Fits(tunnel, content, new ReadOnlySpan<byte>(packet, length), length))
        {
            TunnelStatistics.Count(ref Statistics.Refused);
            return;
        }
        if (tunnel.IsProtected)
        {
            AddProtected(tunnel, outer, new ReadOnlySpan<byte>(packet, length));
            return;
        }
        if (tunnel.Fragments(length + tunnel.Header.Overhead(content)))
        {
            var limit = outer.Limit is { } octet ? TunnelEncapsulationLimit.Header(octet) : [];
            var first = limit.Length == 0 ? outer.Protocol : IpProtocol.DestinationOptions;
            AddFragments(tunnel, outer, first, limit, new ReadOnlySpan<byte>(packet, length));
            return;
        }
        if (!_batch.Takes(tunnel, outer))
        {
            Send();
        }
        if (tunnel.HasTlvHeader)
        {
            TlvHeader.Write(new Span<byte>(packet - TlvHeader.Size, TlvHeader.Size), new ReadOnlySpan<byte>(packet, length));
            packet -= TlvHeader.Size;
            length += TlvHeader.Size;
        }
        _batch.Add(tunnel, outer, packet, length);
    }

    /// <summary>
    /// Whether a packet fits into a tunnel; if not, its source is told. The kernel knows the MTU for packets of IPv6, but not that the
    /// limit needs room, too.
    /// </summary>
    /// <param name="length">The length of the packet, or of what is cut from it.</param>
    private bool Fits(TunTunnel tunnel, TunnelContent content, ReadOnlySpan<byte> packet, int length)
    {
        if (content.Limit is null && !content.DontFragment)
        {
            return true;
        }
        var mtu = tunnel.Header.Mtu(tunnel.PathMtu, content);
        if (length <= mtu)
        {
            return true;
        }
        _errors.ReportTooBig(packet, mtu);
        return false;
    }

    /// <param name="first">The type of the first header of the fragmentable part.</param>
    private void AddFragments(TunTunnel tunnel, OuterHeader outer, byte first, ReadOnlySpan<byte> limit, ReadOnlySpan<byte> packet)
    {
        var fragmented = outer with { Protocol = IpProtocol.Fragment, Limit = null };
        var identification = (uint)Random.Shared.NextInt64();
        var (capacity, total) = (OuterFragment.Capacity(tunnel.PathMtu), limit.Length + packet.Length);
        for (var at = 0; at < total; at += capacity)
        {
            var length = OuterFragment.HeaderLength + Math.Min(capacity, total - at);
            if (!_batch.Takes(tunnel, fragmented) || _fragmentsLength + length > _fragments.Length)
            {
                Send();
            }
            var fragment = _fragments.AsSpan(_fragmentsLength, length);
            OuterFragment.Write(fragment, identification, at, first, limit, packet);
            _batch.Add(tunnel, fragmented, (byte*)Unsafe.AsPointer(ref fragment[0]), length);
            _fragmentsLength += length;
        }
    }

    private void AddProtected(TunTunnel tunnel, OuterHeader outer, ReadOnlySpan<byte> packet)
    {
        if (tunnel.Seal(outer.Protocol, packet) is not { } esp)
        {
            TunnelStatistics.Count(ref Statistics.Refused);
            return;
        }
        if (tunnel.Fragments(Ipv6Packet.HeaderLength + esp.Length))
        {
            // RFC 4303, Section 3.3.4: fragments are made of the protected packet.
            AddFragments(tunnel, outer, IpProtocol.Esp, [], esp);
            return;
        }
        if (!_batch.Takes(tunnel, outer) || _cutLength + esp.Length > _cut.Length)
        {
            Send();
        }

        // The octets must not move until they are sent.
        var place = _cut.AsSpan(_cutLength, esp.Length);
        esp.CopyTo(place);
        _cutLength += esp.Length;
        _batch.Add(tunnel, outer, (byte*)Unsafe.AsPointer(ref place[0]), esp.Length);
    }

    private void Send()
    {
        var sent = 0;
        while (sent < _batch.Count)
        {
            var result = _batch.Send(sent);
            if (result > 0)
            {
                TunnelStatistics.Count(ref Statistics.Carried, result);
                sent += result;
            }
            else if (result == -Errno.TryAgain)
            {
                if (WaitForRoom(_batch.Sender))
                {
                    continue;
                }
                TunnelStatistics.Count(ref Statistics.Lost, _batch.Count - sent);
                break;
            }
            else if (result != -Errno.Interrupted)
            {
                // No route, no such address, or too long: the next packet may be sendable.
                TunnelStatistics.Count(ref Statistics.Lost);
                sent++;
            }
        }

        _batch.Clear();
        (_cutLength, _fragmentsLength) = (0, 0);
    }

    /// <summary>
    /// Waits until the sender has buffer space. False if a request to the thread comes first: packets may be lost, whereas the
    /// requester waits for an answer.
    /// </summary>
    private bool WaitForRoom(OuterSocket sender)
    {
        var polls = stackalloc PollDescriptor[]
        {
            new PollDescriptor { Descriptor = WakeUpDescriptor, Events = Libc.PollIn },
            new PollDescriptor { Descriptor = sender.Descriptor, Events = Libc.PollOut },
        };
        return Libc.Poll(polls, 2, null, null) < 0 || polls[0].Returned == 0;
    }
}
