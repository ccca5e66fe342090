using System.Net;
using Conformance.Harness.Tests.Capture;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Octets.Words;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Octets;

/// <summary>What the tester reads of messages and tunnels over IPv4: RFC 5844, Section 4, and its drafts.</summary>
public sealed class MobilityOverIpv4Tests
{
    private const int Udp = 14 + 20;
    private const int Payload = Udp + 8;

    private static readonly IPAddress _mag = IPAddress.Parse("192.0.2.161");
    private static readonly IPAddress _lma = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress _node = IPAddress.Parse("2001:db8:8000::1");
    private static readonly BindingUpdate _update = CapturedPackets.Update(MobileNodeIdentifierOption.ForNai("mn1@pmip.example"));

    private static Ipv6Packet Echo { get; } =
        new(_node, CapturedPackets.Lma, IpProtocol.Icmpv6, new EchoRequest(1, 2, default).ToBytes(_node, CapturedPackets.Lma));

    [Fact]
    public void Message_BehindUdp_IsOneOfThePacketOfIpv4()
    {
        var packet = Read(Ipv4UdpSignaling.Between(_mag, _lma).Wrap(_update));

        packet
            .Mobility.Should()
            .BeEquivalentTo(
                new
                {
                    SequenceNumber = 7,
                    Offset = Payload,
                    HasRightChecksum = (bool?)null,
                }
            );
        (packet.Ip!.Source, packet.Ip.Destination, packet.Outer, packet.Inner).Should().Be((_mag, _lma, packet.Ip, null));
        packet
            .Udp.Should()
            .BeEquivalentTo(
                new
                {
                    SourcePort = 5436,
                    DestinationPort = 5436,
                    HasRightChecksum = true,
                }
            );
        packet.IsMessageInUdp.Should().BeTrue();
        Words(packet).Should().StartWith("PBU seq 7, 600 s").And.EndWith("in UDP 5436 → 5436");
        packet.Stack.Fields().Should().NotContain(field => field.Kind == FieldKind.Fault);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Message_InIpv6BehindUdp_IsOneOfTheInnerPacket(bool hasTlv)
    {
        var packet = Read(Inside(hasTlv).Wrap(_update));

        packet.Mobility.Should().BeEquivalentTo(new { SequenceNumber = 7, HasRightChecksum = (bool?)true });
        (packet.Ip!.Source, packet.Ip.Destination).Should().Be((CapturedPackets.Mag, CapturedPackets.Lma));
        (packet.Outer!.Source, packet.Outer.Destination).Should().Be((_mag, _lma));
        (packet.Udp!.Tlv is not null, packet.Inner, packet.IsInTunnelMode).Should().Be((hasTlv, null, false));
        Words(packet).Should().StartWith("PBU seq 7, 600 s").And.EndWith($"{(hasTlv ? "behind a TLV header, " : "")}in UDP 49152 → 4191");
        packet.Stack.Fields().Should().NotContain(field => field.Kind == FieldKind.Fault);
        packet
            .Stack.Layers.Select(layer => layer.Name)
            .Should()
            .Equal(["Ethernet", "IPv4", "UDP", .. hasTlv ? (string[])["TLV"] : [], "Packet in UDP", "Proxy Binding Update"]);
    }

    [Theory]
    [InlineData(5437, false)]
    [InlineData(4191, false)]
    [InlineData(4191, true)]
    public void Packet_InUdp_IsThatOfATunnel(ushort port, bool hasTlv)
    {
        var inner = Echo.ToBytes();
        var packet = Read(InUdp(port, port, hasTlv ? [2, (byte)inner.Length, 0, 0, .. inner] : inner));

        packet.Inner!.Icmp!.Echo!.SequenceNumber.Should().Be(2);
        (packet.Mobility, packet.IsMessageInUdp, packet.Udp!.Tlv?.Length).Should().Be((null, false, hasTlv ? inner.Length : null));
        packet.Ip.Should().BeOfType<Ipv4Layer>();
        packet.Stack.Fault.Should().BeNull();
        Words(packet).Should().StartWith("[Echo Request seq 2 in tunnel]").And.Contain($"in UDP {port} → {port}");
    }

    [Fact]
    public void LongPacket_BehindATlvHeader_HasNoLengthThatCouldBeJudged()
    {
        var inner = Echo with { Payload = new EchoRequest(1, 2, new OctetString(new byte[400])).ToBytes(_node, CapturedPackets.Lma) };

        Read(InUdp(4191, 4191, [2, 0, 0, 0, .. inner.ToBytes()])).Stack.Fault.Should().BeNull();
    }

    [Fact]
    public void UpdateOfAMobileNode_InATunnel_IsData()
    {
        byte[] homeAddress = [135, 2, 1, 2, 0, 0, 201, 16, .. _node.GetAddressBytes()];
        var update = new BindingUpdate(7, BindingUpdateFlags.Acknowledge, 150, new MobilityOptionList());
        var inner = new Ipv6Packet(
            CapturedPackets.Mag,
            CapturedPackets.Lma,
            60,
            (byte[])[.. homeAddress, .. update.ToBytes(CapturedPackets.Mag, CapturedPackets.Lma)]
        );

        var packet = Read(InUdp(4191, 4191, inner.ToBytes()));

        (packet.Mobility, packet.Inner!.Mobility!.SequenceNumber).Should().Be((null, 7));
    }

    [Fact]
    public void PortOfTheIxit_SaysWhatADatagramContains()
    {
        var octets = Inside(hasTlv: true) with { DestinationPort = 5000 };

        Read(octets.Wrap(_update)).Mobility.Should().BeNull();
        Read(octets.Wrap(_update), port: 5000).Mobility!.SequenceNumber.Should().Be(7);
    }

    [Fact]
    public void MessageOrPacket_OfOtherPorts_IsToldByItsLength()
    {
        var direct = Ipv4UdpSignaling.Between(_mag, _lma) with { SourcePort = 1, DestinationPort = 2 };
        var inside = Inside(hasTlv: false) with { DestinationPort = 5000 };

        Read(direct.Wrap(_update)).Mobility!.SequenceNumber.Should().Be(7);
        Read(inside.Wrap(_update)).Mobility!.SequenceNumber.Should().Be(7);
        Read(InUdp(1, 2, Echo.ToBytes())).Inner!.Icmp.Should().NotBeNull();
        Read(InUdp(1, 2, [.. Echo.ToBytes(), 0])).Inner.Should().BeNull();
        Read(InUdp(1, 2, [59, 1, 5, 0, 0, 0, 0, 0])).Mobility.Should().BeNull();
    }

    [Fact]
    public void Port_SaysNothing_OfADatagramOverIpv6()
    {
        var datagram = new UdpDatagram(5436, 5436, _update.ToBytes(_node, _node)).ToBytes(_node, CapturedPackets.Lma);

        var packet = Packet.Of(Frame(Frames.Ethernet(new Ipv6Packet(_node, CapturedPackets.Lma, 17, datagram))));

        (packet.Mobility, packet.Stack.Innermost.Name).Should().Be((null, "Data"));
    }

    [Theory]
    [InlineData("02 29 0000 60", Payload + 1, "length 41, but 1 octets follow")]
    [InlineData("03 00 0000", Payload, "type 3")]
    [InlineData("02 00", Payload, "cut off")]
    [InlineData("02", Payload, "cut off")]
    [InlineData("50", Payload, "IP version 5")]
    [InlineData("60 00", Payload, "cut off")]
    public void MalformedContent_IsAFault_WithItsOctet(string content, int octet, string reason)
    {
        var octets = Convert.FromHexString(content.Replace(" ", string.Empty, StringComparison.Ordinal));

        var stack = Read(InUdp(4191, 4191, octets)).Stack;

        stack.Layers.Select(layer => layer.Fault).OfType<LayerFault>().Should().Contain(new LayerFault(octet, reason));
        stack.Fields().Should().Contain(field => field.Kind == FieldKind.Fault && field.Offset == octet);
    }

    [Fact]
    public void MessageOfNoOctets_IsCutOff() => Read(InUdp(5436, 5436, [59])).Mobility!.IsCutOff.Should().BeTrue();

    [Fact]
    public void WrongVersion_BehindATlvHeader_IsAFault()
    {
        var inner = Echo.ToBytes();

        Read(InUdp(4191, 4191, [1, (byte)inner.Length, 0, 0, .. inner]))
            .Stack.Fault.Should()
            .Be(new LayerFault(Payload, "type 1, but the packet is of the other version of IP"));
    }

    private static Ipv4UdpIpv6Signaling Inside(bool hasTlv) =>
        new(_mag, _lma, 49152, 4191, new Ipv6Signaling(CapturedPackets.Mag, CapturedPackets.Lma)) { HasTlvHeader = hasTlv };

    private static byte[] InUdp(ushort from, ushort to, byte[] content) =>
        new Ipv4Packet(_mag, _lma, Ipv4Protocol.Udp, new UdpDatagram(from, to, content).ToBytes(_mag, _lma)).ToBytes();

    private static string Words(Packet packet) => packet.Stack.Words(AddressNames.Instance).ToString();

    private static Packet Read(byte[] packet, int port = MobilityPort.DualStack) =>
        Packet.Of(Frame(Frames.Ethernet(Ipv4Packet.EtherType, packet)) with { DualStackPort = port });

    private static Frame Frame(byte[] octets) => new(Ports.Core, Direction.Received, 1, Traces.Start, octets);
}
