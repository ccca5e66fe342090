using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Tester;

/// <summary>How the fragments of a packet in a tunnel become the packet again.</summary>
public sealed class ReassemblyTests
{
    private const byte HopByHop = 0;

    private static readonly IPAddress _lma = IPAddress.Parse("2001:db8:100::1"),
        _mag = IPAddress.Parse("2001:db8:100::a1");

    /// <summary>A packet that is long enough for three fragments.</summary>
    private static readonly Ipv6Packet _inner = new(
        IPAddress.Parse("2001:db8:200::c1"),
        IPAddress.Parse("2001:db8:8000:1::1"),
        59,
        Enumerable.Range(0, 1240).Select(octet => (byte)octet).ToArray()
    );

    private readonly List<Frame> _frames = [];

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 0, 1)]
    public void Fragments_AreThePacket_OnceTheLastHasCome_InAnyOrder(params int[] order)
    {
        var pieces = order.Select(index => Came(Piece(index))).ToList();

        foreach (var piece in pieces.SkipLast(1))
        {
            Reassembly.Whole(piece, _frames).Should().BeSameAs(piece);
        }

        var whole = Reassembly.Whole(pieces[^1], _frames);
        whole.Frame.Number.Should().Be(3);
        whole.Frame.Bytes.Span[^_inner.ToBytes().Length..].ToArray().Should().Equal(_inner.ToBytes());
        (whole.Ip!.IsFragment, whole.Ip.IsComplete).Should().Be((false, true));
        whole.Inner!.Ip!.Destination.Should().Be(_inner.Destination);
    }

    [Theory]
    [InlineData(7, 4, Ipv4Protocol.Udp, true)]
    [InlineData(8, 4, Ipv4Protocol.Udp, false)]
    [InlineData(7, 5, Ipv4Protocol.Udp, false)]
    [InlineData(7, 4, 41, false)]
    public void Fragments_OfIpv4_AreThePacket_IfTheyAreOfOne(ushort identification, byte host, byte protocol, bool isWhole)
    {
        var (from, to) = (IPAddress.Parse("192.0.2.4"), IPAddress.Parse("192.0.2.161"));
        var datagram = new UdpDatagram(5437, 5437, _inner.ToBytes()).ToBytes(from, to);
        var first = new Ipv4Packet(from, to, Ipv4Protocol.Udp, datagram.AsMemory(0, 640)) { Identification = 7, MoreFragments = true };
        var second = new Ipv4Packet(new IPAddress([192, 0, 2, host]), to, protocol, datagram.AsMemory(640))
        {
            Identification = identification,
            FragmentOffset = 640,
        };
        Came(first).Inner?.Ip!.IsComplete.Should().NotBe(true);

        var whole = Reassembly.Whole(Came(second), _frames);

        (whole.Inner?.Ip!.IsComplete == true).Should().Be(isWhole);
        if (isWhole)
        {
            (whole.Ip!.IsFragment, whole.Udp!.HasRightChecksum, whole.Stack.Fault).Should().Be((false, true, null));
            ((Ipv4Layer)whole.Ip).HasRightHeaderChecksum.Should().BeTrue();
        }
    }

    [Fact]
    public void Headers_BeforeTheFragmentHeader_Stay()
    {
        for (var index = 0; index < 3; index++)
        {
            var piece = Piece(index);
            byte[] options = [IpProtocol.Fragment, 0, 1, 4, 0, 0, 0, 0];
            Came(piece with { NextHeader = HopByHop, Payload = options.Concat(piece.Payload.ToArray()).ToArray() });
        }

        var whole = Reassembly.Whole(Packet.Of(_frames[^1]), _frames);

        whole.Headers.Select(header => (header.Type, header.NextHeader)).Should().Equal((HopByHop, IpProtocol.Ipv6));
        whole.Inner!.Ip!.IsComplete.Should().BeTrue();
    }

    /// <summary>A fragment of another packet, of another sender, on another port, or one that comes twice, is none of the packet.</summary>
    [Theory]
    [InlineData(7u, "2001:db8:100::1", "core", 1)]
    [InlineData(8u, "2001:db8:100::2", "core", 1)]
    [InlineData(8u, "2001:db8:100::1", "home", 1)]
    [InlineData(8u, "2001:db8:100::1", "core", 0)]
    public void Packet_ThatLacksAFragment_IsNotWhole(uint identification, string source, string port, int index)
    {
        Came(Piece(0));
        Came(Piece(index, identification) with { Source = IPAddress.Parse(source) }, new PortId(port));
        var last = Came(Piece(2));

        Reassembly.Whole(last, _frames).Should().BeSameAs(last);
    }

    [Fact]
    public void Packet_ThatIsNoFragment_StaysWhatItIs()
    {
        var packet = Came(new Ipv6Packet(_lma, _mag, IpProtocol.Ipv6, _inner.ToBytes()));

        Reassembly.Whole(packet, _frames).Should().BeSameAs(packet);
    }

    /// <summary>The nth of three fragments of 512, 512 and 256 octets.</summary>
    private static Ipv6Packet Piece(int index, uint identification = 8)
    {
        const int Size = 512;
        var content = _inner.ToBytes().AsSpan(index * Size, index < 2 ? Size : 256).ToArray();
        var header = new FragmentHeader(IpProtocol.Ipv6, (ushort)(index * Size / 8), MoreFragments: index < 2, identification);
        return new(_lma, _mag, header.Type, header.Before(content));
    }

    private Packet Came(IpPacket packet, PortId? port = null)
    {
        var frame = new Frame(port ?? Ports.Core, Direction.Received, _frames.Count + 1, ScriptedBed.Start, Messages.Frame(packet));
        _frames.Add(frame);
        return Packet.Of(frame);
    }
}
