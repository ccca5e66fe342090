using System.Net;
using Conformance.TestBeds;
using Conformance.TestBeds.Simulated;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Beds;

/// <summary>RFC 3022: what a NAT makes of the packets of the nodes behind it.</summary>
public sealed class SimulatedNatTests
{
    private static readonly MacAddress _here = MacAddress.Parse("02:7e:00:00:00:f0");
    private static readonly MacAddress _there = MacAddress.Parse("02:00:00:00:00:01");
    private static readonly IPAddress _outer = IPAddress.Parse("192.0.2.240");
    private static readonly IPAddress _gateway = IPAddress.Parse("10.0.0.161");
    private static readonly IPAddress _anchor = IPAddress.Parse("192.0.2.1");

    private readonly SimulatedNat _nat;
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    public SimulatedNatTests() => _nat = new SimulatedNat(new LinkId("core"), _outer, () => _now);

    [Fact]
    public void Datagram_GetsTheAddressOfTheNat_AndAPort_ToWhichAnAnswerComes()
    {
        var sent = Datagram(_nat.Outward(Frame(Signal())));

        (sent.Path.Source, sent.Path.Destination, sent.Path.DestinationPort).Should().Be((_outer, _anchor, (ushort)4191));
        sent.Path.SourcePort.Should().BeInRange(NatBindings.FirstPort, NatBindings.LastPort);
        sent.HasValidChecksum.Should().BeTrue();
        sent.Payload.Should().Equal(1, 2, 3);
        var answer = Datagram(_nat.Inward(Frame(sent.Path.Reversed)));
        answer.Path.Should().Be(Signal().Reversed);
        answer.HasValidChecksum.Should().BeTrue();
    }

    [Fact]
    public void Port_IsOfOneSenderAndOneReceiver()
    {
        var ports = new[]
        {
            Signal(),
            new UdpPath(_gateway, 4192, _anchor, 4191),
            new UdpPath(IPAddress.Parse("10.0.0.162"), 4191, _anchor, 4191),
            new UdpPath(_gateway, 4191, IPAddress.Parse("192.0.2.2"), 4191),
        }.Select(PortOf);

        ports.Should().OnlyHaveUniqueItems();
        PortOf(Signal()).Should().Be(NatBindings.FirstPort, "it is known already");
        _nat.Inward(Frame(new UdpPath(IPAddress.Parse("192.0.2.2"), 4191, _outer, NatBindings.FirstPort))).Should().BeNull();
        _nat.Inward(Frame(new UdpPath(_anchor, 4192, _outer, NatBindings.FirstPort))).Should().BeNull();
    }

    [Fact]
    public void Binding_EndsWithoutDatagrams_InEitherDirection()
    {
        var port = PortOf(Signal());
        _now += NatBindings.Timeout - TimeSpan.FromTicks(1);
        _nat.Inward(Frame(new UdpPath(_anchor, 4191, _outer, port))).Should().NotBeNull();
        _now += NatBindings.Timeout - TimeSpan.FromTicks(1);
        PortOf(Signal()).Should().Be(port);

        _now += NatBindings.Timeout;
        _nat.Inward(Frame(new UdpPath(_anchor, 4191, _outer, port))).Should().BeNull();
        PortOf(Signal()).Should().NotBe(port);
    }

    [Fact]
    public void ForgottenBinding_IsFollowedByAnotherPort()
    {
        var port = PortOf(Signal());

        _nat.Forget();

        _nat.Inward(Frame(new UdpPath(_anchor, 4191, _outer, port))).Should().BeNull();
        PortOf(Signal()).Should().NotBe(port);
    }

    [Fact]
    public void DatagramWithoutAChecksum_StaysWithoutOne()
    {
        var packet = (Ipv4Packet)Signal().Wrap(new byte[] { 1, 2, 3 });
        var payload = packet.Payload.ToArray();
        payload.AsSpan(UdpDatagram.ChecksumOffset, sizeof(ushort)).Clear();

        var sent = _nat.Outward(Frame(packet with { Payload = payload }));

        Ipv4Packet.TryParse(sent!.Value[EthernetFrame.HeaderLength..], out var translated, out _).Should().BeTrue();
        translated!.Payload.Span.Slice(UdpDatagram.ChecksumOffset, sizeof(ushort)).ToArray().Should().Equal(0, 0);
    }

    [Fact]
    public void OtherPacketsFromBehindTheNat_AreDropped_AndThoseOfTheRouterItselfPass()
    {
        var echo = new Icmpv4EchoRequest(1, 2, OctetString.FromText("ping")).ToBytes();
        var fragment = (Ipv4Packet)Signal().Wrap(new byte[100]) with { MoreFragments = true };
        _nat.Outward(Frame(new Ipv4Packet(_gateway, _anchor, Ipv4Protocol.Icmp, echo))).Should().BeNull();
        _nat.Outward(Frame(fragment)).Should().BeNull();
        _nat.Inward(Frame(new Ipv4Packet(_anchor, _gateway, Ipv4Protocol.Icmp, echo))).Should().BeNull("nobody outside knows the address");

        var own = Frame(new Ipv4Packet(_outer, _anchor, Ipv4Protocol.Icmp, echo));
        _nat.Outward(own)!.Value.ToArray().Should().Equal(own);
        var asked = Frame(new Ipv4Packet(_anchor, _outer, Ipv4Protocol.Icmp, echo));
        _nat.Inward(asked)!.Value.ToArray().Should().Equal(asked);
        var arp = new EthernetFrame(
            MacAddress.Broadcast,
            _here,
            ArpPacket.EtherType,
            new ArpPacket(ArpOperation.Request, _here, _outer, default, _anchor).ToBytes()
        ).ToBytes();
        _nat.Outward(arp)!.Value.ToArray().Should().Equal(arp);
    }

    private static UdpPath Signal() => new(_gateway, 4191, _anchor, 4191);

    private ushort PortOf(UdpPath path) => Datagram(_nat.Outward(Frame(path))).Path.SourcePort;

    private static byte[] Frame(UdpPath path) => Frame((Ipv4Packet)path.Wrap(new byte[] { 1, 2, 3 }));

    private static byte[] Frame(Ipv4Packet packet) => new EthernetFrame(_there, _here, Ipv4Packet.EtherType, packet.ToBytes()).ToBytes();

    private static (UdpPath Path, bool HasValidChecksum, byte[] Payload) Datagram(ReadOnlyMemory<byte>? frame)
    {
        frame.Should().NotBeNull();
        EthernetFrame.TryParse(frame!.Value, out var ethernet, out _).Should().BeTrue();
        (ethernet!.Destination, ethernet.Source).Should().Be((_there, _here));
        Ipv4Packet.TryParse(ethernet.Payload, out var packet, out _).Should().BeTrue();
        Ipv4Packet.HasValidChecksum(ethernet.Payload.Span).Should().BeTrue();
        UdpDatagram.TryParse(packet!.Payload, out var datagram, out _).Should().BeTrue();
        return (
            new UdpPath(packet.Source, datagram!.SourcePort, packet.Destination, datagram.DestinationPort),
            UdpDatagram.HasValidChecksum(packet.Source, packet.Destination, packet.Payload.Span),
            datagram.Payload.ToArray()
        );
    }
}
