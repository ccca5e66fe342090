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

/// <summary>How the fragments of an IPv4 packet in a tunnel become the packet again.</summary>
public sealed class Ipv4ReassemblyTests
{
    private const int Size = 512;

    private static readonly IPAddress _lma = IPAddress.Parse("192.0.2.1"),
        _mag = IPAddress.Parse("192.0.2.161");

    private static readonly Ipv6Packet _inner = new(
        IPAddress.Parse("2001:db8:8000:1::1"),
        IPAddress.Parse("2001:db8:200::c1"),
        59,
        Enumerable.Range(0, 1240).Select(octet => (byte)octet).ToArray()
    );

    private readonly List<Frame> _frames = [];

    [Theory]
    [InlineData(false, 0, 1, 2)]
    [InlineData(false, 2, 0, 1)]
    [InlineData(true, 1, 0, 2)]
    public void Fragments_AreThePacket_OnceTheLastHasCome_InAnyOrder(bool isInUdp, params int[] order)
    {
        var pieces = order.Select(index => Came(Piece(index, isInUdp))).ToList();

        foreach (var piece in pieces.SkipLast(1))
        {
            Reassembly.Whole(piece, _frames).Should().BeSameAs(piece);
        }

        var whole = Reassembly.Whole(pieces[^1], _frames);
        whole.Frame.Number.Should().Be(3);
        (whole.Outer!.IsFragment, whole.Outer.IsComplete).Should().Be((false, true));
        whole.Outer.Should().BeOfType<Ipv4Layer>().Which.HasRightHeaderChecksum.Should().BeTrue();
        whole.Inner!.Ip!.Destination.Should().Be(_inner.Destination);
        whole.Inner.Ip.IsComplete.Should().BeTrue();
        (whole.Udp?.HasRightChecksum).Should().Be(isInUdp ? true : null);
    }

    /// <summary>A fragment of another packet, of another sender, of another protocol, or one that comes twice, is none of the packet.</summary>
    [Theory]
    [InlineData(7, "192.0.2.161", 41, 1)]
    [InlineData(8, "192.0.2.162", 41, 1)]
    [InlineData(8, "192.0.2.161", 4, 1)]
    [InlineData(8, "192.0.2.161", 41, 0)]
    public void Packet_ThatLacksAFragment_IsNotWhole(ushort identification, string source, byte protocol, int index)
    {
        Came(Piece(0));
        Came(Piece(index) with { Identification = identification, Source = IPAddress.Parse(source), Protocol = protocol });
        var last = Came(Piece(2));

        Reassembly.Whole(last, _frames).Should().BeSameAs(last);
    }

    /// <summary>The nth of three fragments, of which the last is shorter.</summary>
    private static Ipv4Packet Piece(int index, bool isInUdp = false)
    {
        var content = isInUdp ? new UdpDatagram(5437, 5437, _inner.ToBytes()).ToBytes(_mag, _lma) : _inner.ToBytes();
        var end = Math.Min(content.Length, (index + 1) * Size);
        return new(_mag, _lma, isInUdp ? Ipv4Protocol.Udp : IpProtocol.Ipv6, content[(index * Size)..end])
        {
            Identification = 8,
            FragmentOffset = index * Size,
            MoreFragments = index < 2,
        };
    }

    private Packet Came(Ipv4Packet packet)
    {
        var frame = new Frame(Ports.Core, Direction.Received, _frames.Count + 1, ScriptedBed.Start, Messages.Frame(packet));
        _frames.Add(frame);
        return Packet.Of(frame);
    }
}
