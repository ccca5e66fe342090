using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Octets.Words;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Octets;

/// <summary>
/// The tester's reader against the codec: what the codec builds is read back with the same values, and what is malformed is read up to
/// the fault, which is reported with its octet.
/// </summary>
public sealed class PacketStackTests
{
    private const int Ip = 14;
    private const int Udp4 = Ip + 20;
    private const int Dhcp = Udp4 + 8;
    private const int Udp6 = Ip + 40;
    private const int Dhcpv6 = Udp6 + 8;

    [Fact]
    public void Arp_IsReadBack()
    {
        var arp = Read<ArpLayer>(Frames.Ethernet(ArpPacket.EtherType, Frames.Arp.ToBytes()));

        arp.Operation.Should().Be(ArpLayer.Request);
        arp.SenderHardwareAddress.Should().Be(Frames.Sender);
        arp.SenderProtocolAddress.Should().Be(Frames.Client4);
        arp.TargetHardwareAddress.Should().Be(default(MacAddress));
        arp.TargetProtocolAddress.Should().Be(Frames.Server4);
        arp.Fault.Should().BeNull();
    }

    [Theory]
    [InlineData(0, 6, Ip, "addresses that are not those of Ethernet and IPv4")]
    [InlineData(5, 6, Ip, "addresses that are not those of Ethernet and IPv4")]
    public void Arp_OfOtherAddresses_IsAFault(int at, byte octet, int fault, string reason) =>
        Faulty(Frames.Ethernet(ArpPacket.EtherType, Frames.Arp.ToBytes()).With(Ip + at, octet)).Should().Be(new LayerFault(fault, reason));

    [Fact]
    public void Vlan_IsReadBack_AlsoStacked()
    {
        var stack = PacketStack.Of(Frames.Vlan(Frames.Dhcp(), 5, 4094));

        stack.Layers.OfType<VlanLayer>().Select(tag => (tag.Identifier, tag.Priority)).Should().Equal((5, 3), (4094, 3));
        stack.Ip!.Offset.Should().Be(Ip + 8);
        stack.Innermost.Should().BeOfType<DhcpLayer>();
    }

    [Fact]
    public void Ipv4_IsReadBack()
    {
        var packet = Frames.Packet4(17, new UdpDatagram(1000, 2000, new byte[5]).ToBytes(Frames.Client4, Frames.Server4)) with
        {
            TrafficClass = 0xb9,
            Identification = 0x1234,
            DontFragment = true,
            HopLimit = 17,
            Options = new OctetString([1, 148, 4, 0, 0, 0, 0, 0]),
        };
        var layer = Read<Ipv4Layer>(Frames.Ethernet(packet));

        (layer.Source, layer.Destination, layer.Protocol, layer.HopLimit).Should().Be((Frames.Client4, Frames.Server4, 17, 17));
        (layer.TrafficClass, layer.Ecn, layer.Identification, layer.DontFragment).Should().Be((0xb9, Ecn.Ect1, 0x1234, true));
        (layer.HeaderLength, layer.TotalLength, layer.HasRightHeaderChecksum, layer.HasRightChecksum).Should().Be((28, 41, true, true));
        layer.Upper.Should().BeOfType<UdpLayer>().Which.Content!.Part.Length.Should().Be(5);
    }

    [Fact]
    public void Fragment_OfIpv4_IsPayloadUnlessItIsTheFirst()
    {
        var first = Frames.Packet4(17, new byte[16]) with { MoreFragments = true };

        Read<Ipv4Layer>(Frames.Ethernet(first)).Should().Match<Ipv4Layer>(packet => packet.IsFragment && packet.Upper is UdpLayer);
        var later = Read<Ipv4Layer>(Frames.Ethernet(first with { FragmentOffset = 64 }));
        later.FragmentOffset.Should().Be(64);
        later.Upper.Should().BeOfType<PayloadLayer>().Which.Name.Should().Be("Fragment data");
        later.HasRightChecksum.Should().BeNull();
    }

    [Theory]
    [InlineData(0, 0x44, Ip, "a header of 16 octets, of ")]
    [InlineData(2, 0xff, Ip + 2, "octets, but ")]
    [InlineData(0, 0x75, Ip, "IP version 7")]
    public void Ipv4_ThatIsMalformed_IsReadToTheFault(int at, byte octet, int offset, string reason)
    {
        var fault = Faulty(Frames.Dhcp().With(Ip + at, octet));

        fault.Offset.Should().Be(offset);
        fault.Reason.Should().Contain(reason);
    }

    [Fact]
    public void Ipv4_WithAWrongLengthOrChecksum_ShowsWhatItCarries()
    {
        var frame = Frames.Dhcp().With(Ip + 3, 0xff).With(Ip + 2, 0xff);

        Read<DhcpLayer>(frame).TransactionId.Should().Be(0x12345678);
        Read<Ipv4Layer>(frame).HasRightHeaderChecksum.Should().BeFalse();
        Read<Ipv4Layer>(frame).HasRightChecksum.Should().BeNull("the packet is not complete");
    }

    [Theory]
    [InlineData(41)]
    [InlineData(4)]
    public void Tunnel_OverIpv4_IsReadInwards(byte protocol)
    {
        var inner =
            protocol == 4
                ? Frames.Packet4(1, new Icmpv4EchoRequest(3, 4, default).ToBytes()).ToBytes()
                : Frames.Packet6(58, new EchoRequest(3, 4, default).ToBytes(Frames.Client6, Frames.Server6)).ToBytes();
        var outer = PacketStack.Of(Frames.Ethernet(Frames.Packet4(protocol, inner))).Ip!;

        outer.Inner.Should().NotBeNull();
        outer.Innermost.Upper.Should().BeAssignableTo<IcmpLayer>().Which.Echo!.SequenceNumber.Should().Be(4);
        outer.Words(AddressNames.Instance).Head.Should().Be("[Echo Request seq 4 in tunnel]");
    }

    [Fact]
    public void Udp_IsReadBack_AndItsChecksumVerified()
    {
        var frame = Frames.Dhcp();
        Read<UdpLayer>(frame)
            .Should()
            .Match<UdpLayer>(udp => udp.SourcePort == 68 && udp.DestinationPort == 67 && udp.Length == 308 && udp.HasRightChecksum == true);
        Read<UdpLayer>(frame.With(Udp4 + 6, 0x5a)).HasRightChecksum.Should().BeFalse();
        Read<UdpLayer>(frame.With(Udp4 + 6, 0).With(Udp4 + 7, 0)).HasRightChecksum.Should().BeNull("there is none over IPv4");
    }

    [Theory]
    [InlineData(0, 7)]
    [InlineData(2, 0)]
    public void Udp_WithAWrongLength_IsAFault(byte high, byte low)
    {
        var fault = Faulty(Frames.Dhcp().With(Udp4 + 4, high).With(Udp4 + 5, low));

        fault.Offset.Should().Be(Udp4 + 4);
        fault.Reason.Should().Be($"length {(high << 8) | low}, but 308 octets are present");
    }

    [Fact]
    public void Dhcp_IsReadBack()
    {
        var dhcp = Read<DhcpLayer>(Frames.Dhcp());

        (dhcp.Operation, dhcp.TransactionId, dhcp.Seconds, dhcp.Broadcast).Should().Be((1, 0x12345678u, 3, true));
        dhcp.RelayAddress.Should().Be(Frames.Server4);
        dhcp.ClientHardwareAddress.Should().Be(Frames.Sender);
        dhcp.Message.Should().Be("DHCPDISCOVER");
        dhcp.Options.Select(option => option.Code).Should().Equal(53, 50);
        dhcp.First(50)!.Data.Ipv4Address(0).Should().Be(Frames.Client4);
        dhcp.Fault.Should().BeNull();
    }

    [Fact]
    public void Dhcp_ThatIsMalformed_IsReadToTheFault()
    {
        Faulty(Frames.Dhcp().With(Dhcp + 236, 0)).Should().Be(new LayerFault(Dhcp + 236, "no magic cookie"));
        var overrun = Frames.Dhcp().With(Dhcp + 244, 200);
        Faulty(overrun).Should().Be(new LayerFault(Dhcp + 243, "runs past the end of the message"));
        Read<DhcpLayer>(overrun).MessageType.Should().Be(1, "the option before the fault is kept");
    }

    [Fact]
    public void Dhcpv6_IsReadBack_AlsoRelayed()
    {
        var layers = PacketStack.Of(Frames.Dhcpv6(Frames.Relayed)).Layers.OfType<Dhcpv6Layer>().ToList();

        layers.Should().HaveCount(2);
        (layers[0].MessageType, layers[0].TransactionId, layers[0].HopCount).Should().Be((12, null, 1));
        (layers[0].LinkAddress, layers[0].PeerAddress).Should().Be((Frames.Server6, Frames.Client6));
        (layers[1].Message, layers[1].TransactionId).Should().Be(("Solicit", 0xabcdef));
        layers[1].Options.Select(option => (option.Code, option.Data.Length)).Should().Equal((3, 40));
        layers[0].Words(AddressNames.Instance).Head.Should().Be("DHCPv6 Solicit in Relay-forward");
    }

    [Fact]
    public void Dhcpv6_ThatIsMalformed_IsReadToTheFault()
    {
        var overrun = Frames.Dhcpv6(Frames.Solicit).With(Dhcpv6 + 7, 200);
        Faulty(overrun).Should().Be(new LayerFault(Dhcpv6 + 4, "runs past the end of the message"));
        Read<Dhcpv6Layer>(overrun).TransactionId.Should().Be(0xabcdef);
        Faulty(Frames.Dhcpv6(Frames.Solicit).With(Dhcpv6, 12).With(Udp6 + 5, 20)).Reason.Should().NotBeEmpty();
    }

    [Fact]
    public void Esp_IsReadBack_AndWhatItProtectsIsNotRead()
    {
        byte[] octets = [0, 0, 0x10, 0x01, 0, 0, 0, 9, .. new byte[24]];

        foreach (var frame in (byte[][])[Frames.Ethernet(Frames.Packet4(50, octets)), Frames.Ethernet(Frames.Packet6(50, octets))])
        {
            var esp = Read<EspLayer>(frame);
            (esp.SecurityParametersIndex, esp.SequenceNumber, esp.Content!.Part.Length).Should().Be((0x1001u, 9u, 24));
        }

        Faulty(Frames.Ethernet(Frames.Packet6(50, octets.AsMemory(0, 7)))).Should().Be(new LayerFault(Udp6, "cut off"));
    }

    [Fact]
    public void QuotedPacket_OfAnError_IsReadAsFarAsItIsQuoted()
    {
        var quoted = Frames.Packet4(17, new UdpDatagram(1, 2, new byte[20]).ToBytes(Frames.Client4, Frames.Server4)).ToBytes()[..28];
        var icmp = Read<Icmpv4Layer>(
            Frames.Ethernet(Frames.Packet4(1, new Icmpv4FragmentationNeeded(1400, new OctetString(quoted)).ToBytes()))
        );

        icmp.Mtu.Should().Be(1400);
        icmp.HasRightChecksum.Should().BeTrue();
        icmp.Quoted!.Upper.Should().BeOfType<UdpLayer>().Which.DestinationPort.Should().Be(2);
    }

    [Fact]
    public void MessageThatTheCodecRejects_IsSeen()
    {
        // The Payload Length announces ten octets that are missing; the option of the solicitation has no length.
        var solicitation = new NeighborSolicitation(Frames.Server6, new NdOptionList(new SourceLinkLayerAddressOption(Frames.Sender)));
        var frame = Frames.Ethernet(Frames.Packet6(58, solicitation.ToBytes(Frames.Client6, Frames.Server6)));
        frame[Ip + 5] += 10;
        frame[Udp6 + 25] = 0;

        Ipv6Packet.TryParse(frame.AsMemory(Ip), out _, out _).Should().BeFalse();
        var message = Read<NeighborDiscoveryLayer>(frame);
        message.Target.Should().Be(Frames.Server6);
        message.Fault.Should().Be(new LayerFault(Udp6 + 24, "has no length"));
        PacketStack.Of(frame).Fault!.Offset.Should().Be(Ip + 4);
    }

    [Fact]
    public void DeepFrame_IsReadToALimit()
    {
        var packet = Frames.Packet6(59, ReadOnlyMemory<byte>.Empty);
        for (var depth = 0; depth < 20; depth++)
        {
            packet = Frames.Packet6(41, packet.ToBytes());
        }

        var stack = PacketStack.Of(Frames.Ethernet(packet));
        stack.Layers.OfType<IpLayer>().Should().HaveCount(5);
        stack.Fault!.Reason.Should().Be("inside 5 packets: not read");

        var headers = Frames.Packet6(60, Enumerable.Repeat((byte[])[60, 0, 1, 4, 0, 0, 0, 0], 40).SelectMany(header => header).ToArray());
        PacketStack.Of(Frames.Ethernet(headers)).Ip!.Headers.Should().HaveCount(16);
        PacketStack.Of(Frames.Vlan(Frames.Dhcp(), new int[200])).Fault!.Reason.Should().Be("inside 64 layers: not read");
    }

    [Fact]
    public void DamagedFrame_NeverThrows_AndItsLayersLieInsideTheFrame()
    {
        foreach (var frame in DamagedFrames.Frames(20_000))
        {
            var stack = PacketStack.Of(frame);

            foreach (var layer in stack.Layers)
            {
                Assert.InRange(layer.Offset, 0, layer.End);
                Assert.InRange(layer.End, layer.Offset, frame.Length);
                Assert.InRange(layer.Fault?.Offset ?? 0, 0, frame.Length);
            }

            Assert.DoesNotContain(stack.Words(AddressNames.Instance).ToString(), char.IsControl);
        }
    }

    private static T Read<T>(byte[] frame)
        where T : Layer => PacketStack.Of(frame).Layers.OfType<T>().First();

    private static LayerFault Faulty(byte[] frame) => PacketStack.Of(frame).Fault!;
}

internal static class FrameEdits
{
    public static byte[] With(this byte[] frame, int at, byte octet)
    {
        var changed = (byte[])frame.Clone();
        changed[at] = octet;
        return changed;
    }
}
