using System.Buffers.Binary;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux.Tunnels;

/// <summary>Segments from a tunnel are joined for the kernel; the packets on the link must not show it.</summary>
public sealed class SegmentTests
{
    private const byte Tcp = 6,
        Udp = 17;
    private const byte Fin = 0x01,
        Syn = 0x02,
        Push = 0x08,
        Ack = 0x10,
        Ece = 0x40,
        Cwr = 0x80;

    /// <summary>The header with a timestamps option: two octets of padding, kind, length, values.</summary>
    private const int HeaderLength = 32;

    [Fact]
    public void Segments_OfSeveralConnections_ComeOutAsTheyWere()
    {
        using var router = TunnelRouter.Create();
        var random = new Random(5213);
        var sequence = new uint[] { uint.MaxValue - 3000, 1000, 5_000_000 };
        for (var i = 0; i < 1500; i++)
        {
            var connection = random.Next(sequence.Length);
            var length = random.Next(8) switch
            {
                0 => random.Next(1, 1000),
                1 => 0,
                _ => 1000,
            };
            var flags = random.Next(12) switch
            {
                0 => Ack | Push,
                1 => Ack | Ece,
                2 => Ack | Cwr,
                3 => Ack | Fin,
                _ => Ack,
            };
            var segment = Segment(
                (ushort)(1000 + connection),
                sequence[connection],
                (byte)flags,
                timestamp: (uint)(i / 100),
                length,
                random
            );
            sequence[connection] += random.Next(20) == 0 ? 0 : (uint)length;
            var packet = new Ipv6Packet(TunnelRouter.Correspondent, TunnelRouter.Host, Tcp, segment)
            {
                TrafficClass = (byte)(random.Next(15) == 0 ? 2 : 0),
                HopLimit = (byte)(random.Next(30) == 0 ? 50 : 60),
            };
            if (random.Next(25) == 0)
            {
                packet = packet with { Payload = Damaged(segment) };
            }
            Sent(router, packet);
        }

        AssertArrived(router);
    }

    /// <summary>With 20 octets of options, a header of IPv4 is as long as one of IPv6.</summary>
    [Fact]
    public void SegmentsOfIpv4_WithOptions_KeepTheirOwnOptions()
    {
        using var router = ModeRouter.Create(TunnelMode.Ipv6);
        var random = new Random(791);
        var sent = new List<IpPacket>();
        for (var i = 0; i < 500; i++)
        {
            var segment = Segment(7, (uint)(1000 * i), Ack, timestamp: 1, length: 1000, random);
            segment.AsSpan(16, 2).Clear();
            var checksum = Ipv4PseudoHeader.ComputeChecksum(ModeRouter.Correspondent4, ModeRouter.Host4, Tcp, segment);
            BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), checksum);
            byte[] options = [.. Enumerable.Repeat((byte)1, 19), (byte)(i % 2)];
            var packet = new Ipv4Packet(ModeRouter.Correspondent4, ModeRouter.Host4, Tcp, segment)
            {
                Identification = (ushort)i,
                Options = new OctetString(options),
            };
            sent.Add(ModeRouter.Forwarded(packet));
            ModeRouter.Send(router.Core, router.InTunnel(packet));
        }

        sent.Should().AllSatisfy(packet => ModeRouter.Next(router.Access).Should().Be(packet));
    }

    [Fact]
    public void UnfinishedChecksum_OfAKernelsOwnPacket_IsFinished()
    {
        using var router = TunnelRouter.Create();
        var datagram = Octets(8 + 100, new Random(1));
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)datagram.Length);
        var segment = Segment(7, 1, Ack, 1, 333, new Random(2));

        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(Packet(Udp, WithUnfinishedChecksum(datagram, Udp, 6))));
        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(Packet(Tcp, WithUnfinishedChecksum(segment, Tcp, 16))));

        TunnelRouter.Next(router.Access).Payload.ToArray().Should().Equal(WithChecksum(datagram, Udp, 6));
        TunnelRouter.Next(router.Access).Payload.ToArray().Should().Equal(WithChecksum(segment, Tcp, 16));
    }

    /// <summary>The segments arrive as from a link that joins them itself.</summary>
    [Fact]
    public void SegmentsJoinedByTheKernel_AreCutToFit()
    {
        using var router = TunnelRouter.Create();
        var whole = Segment(7, 100, Ack | Push | Cwr, 1, 5000, new Random(1));
        var content = Packet(Tcp, WithUnfinishedChecksum(whole, Tcp, 16)).ToBytes();
        for (var at = 0; at < content.Length; at += 1400)
        {
            var part = content.AsSpan(at, Math.Min(1400, content.Length - at)).ToArray();
            var header = new byte[8];
            new FragmentHeader(IpProtocol.Ipv6, (ushort)(at / 8), at + 1400 < content.Length, Identification: 7).Write(header);
            TunnelRouter.Send(
                router.Core,
                new Ipv6Packet(TunnelRouter.Remote, TunnelRouter.Local, IpProtocol.Fragment, (byte[])[.. header, .. part])
            );
        }

        const int length = TunnelRouter.TunnelMtu - Ipv6Packet.HeaderLength - HeaderLength;
        for (var at = 0; at < 5000; at += length)
        {
            var last = at + length >= 5000;
            var flags = Ack | (at == 0 ? Cwr : 0) | (last ? Push : 0);
            byte[] expected = [.. whole.AsSpan(0, HeaderLength), .. whole.AsSpan(HeaderLength + at, last ? 5000 - at : length)];
            BinaryPrimitives.WriteUInt32BigEndian(expected.AsSpan(4), (uint)(100 + at));
            expected[13] = (byte)flags;
            TunnelRouter.Next(router.Access).Payload.ToArray().Should().Equal(WithChecksum(expected, Tcp, 16));
        }
    }

    private readonly List<Ipv6Packet> _sent = [];

    private void Sent(TunnelRouter router, Ipv6Packet packet)
    {
        TunnelRouter.Send(router.Core, TunnelRouter.InTunnel(packet));
        _sent.Add(TunnelRouter.Forwarded(packet));
    }

    /// <summary>Packets of different connections may be reordered, packets of one connection may not.</summary>
    private void AssertArrived(TunnelRouter router)
    {
        var arrived = _sent.Select(_ => TunnelRouter.Next(router.Access)).ToList();
        foreach (var connection in _sent.GroupBy(Port))
        {
            arrived.Where(packet => Port(packet) == connection.Key).Should().Equal(connection);
        }

        static ushort Port(Ipv6Packet packet) => BinaryPrimitives.ReadUInt16BigEndian(packet.Payload.Span);
    }

    private static Ipv6Packet Packet(byte protocol, byte[] transport) =>
        new(TunnelRouter.Correspondent, TunnelRouter.Host, protocol, transport);

    private static byte[] Segment(ushort port, uint sequence, byte flags, uint timestamp, int length, Random random)
    {
        byte[] segment = [.. new byte[HeaderLength], .. Octets(length, random)];
        BinaryPrimitives.WriteUInt16BigEndian(segment, port);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), 80);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), 77);
        segment[12] = HeaderLength / 4 << 4;
        segment[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), 4096);
        ((byte[])[1, 1, 8, 10]).CopyTo(segment, 20);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(24), timestamp);
        return WithChecksum(segment, Tcp, 16);
    }

    private static byte[] Octets(int length, Random random)
    {
        var octets = new byte[length];
        random.NextBytes(octets);
        return octets;
    }

    private static byte[] WithChecksum(byte[] transport, byte protocol, int offset)
    {
        var result = transport.ToArray();
        result.AsSpan(offset, 2).Clear();
        var checksum = InternetChecksum.ComputeWithPseudoHeader(TunnelRouter.Correspondent, TunnelRouter.Host, protocol, result);
        BinaryPrimitives.WriteUInt16BigEndian(result.AsSpan(offset), checksum);
        return result;
    }

    /// <summary>The octets with the sum of the pseudo-header in the checksum field.</summary>
    private static byte[] WithUnfinishedChecksum(byte[] transport, byte protocol, int offset)
    {
        var result = transport.ToArray();
        byte[] pseudo = [.. TunnelRouter.Correspondent.GetAddressBytes(), .. TunnelRouter.Host.GetAddressBytes()];
        BinaryPrimitives.WriteUInt16BigEndian(
            result.AsSpan(offset),
            (ushort)~InternetChecksum.Compute(pseudo, (uint)transport.Length + protocol)
        );
        return result;
    }

    private static byte[] Damaged(byte[] segment)
    {
        var damaged = segment.ToArray();
        damaged[^1] ^= 0x10;
        return damaged;
    }
}
