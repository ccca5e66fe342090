using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>
/// tshark reads the intended values from encoded IPv4, ARP, UDP and ICMP packets. See <see cref="Dissection"/> for its limits.
/// </summary>
public sealed class Ipv4TsharkTests
{
    [Fact]
    public void Ipv4Packet_WithOptions_IsReadAlike()
    {
        var dissected = Dissection.Of(Ipv4Samples.Empty);

        dissected.Expect("ip.version", 4);
        dissected.Expect("ip.hdr_len", 24);
        dissected.Expect("ip.dsfield", "0xb9");
        dissected.Expect("ip.dsfield.ecn", (int)Ecn.Ect1);
        dissected.Expect("ip.len", 24);
        dissected.Expect("ip.id", "0x1234");
        dissected.Expect("ip.flags.rb", 0);
        dissected.Expect("ip.flags.df", 1);
        dissected.Expect("ip.flags.mf", 0);
        dissected.Expect("ip.frag_offset", 0);
        dissected.Expect("ip.ttl", 254);
        dissected.Expect("ip.proto", 253);
        dissected.Expect("ip.src", "198.51.100.161");
        dissected.Expect("ip.dst", "198.51.100.1");
        dissected.Expect("ip.opt.type", 148);
        dissected.Expect("ip.opt.len", 4);
    }

    /// <summary>tshark shows the fragment offset in octets; older versions show units of 8 octets.</summary>
    [Fact]
    public void Ipv4Packet_ThatIsAFragment_IsReadAlike()
    {
        var dissected = Dissection.Of(Ipv4Samples.Fragment);

        dissected.Expect("ip.flags.df", 0);
        dissected.Expect("ip.flags.mf", 1);
        dissected.Shows("ip.frag_offset").Should().ContainSingle().Which.Should().BeOneOf("24", "3");
    }

    [Fact]
    public void ArpPackets_AreReadAlike()
    {
        foreach (var packet in Ipv4Samples.Arp)
        {
            var dissected = Dissection.Of(packet);

            dissected.Expect("arp.opcode", (int)packet.Operation);
            dissected.Expect("arp.src.hw_mac", packet.SenderHardware.ToString());
            dissected.Expect("arp.src.proto_ipv4", packet.SenderAddress.ToString());
            dissected.Expect("arp.dst.hw_mac", packet.TargetHardware.ToString());
            dissected.Expect("arp.dst.proto_ipv4", packet.TargetAddress.ToString());
        }
    }

    [Fact]
    public void UdpDatagram_IsReadAlike()
    {
        var dissected = Dissection.Of(Ipv4Samples.Carry(Ipv4Samples.Datagram));

        dissected.Expect("udp.srcport", 40000);
        dissected.Expect("udp.dstport", 40001);
        dissected.Expect("udp.length", 16);
        dissected.Expect("data.data", "61:62:63:64:65:66:67:68");
    }

    [Fact]
    public void IcmpMessages_AreReadAlikeWithAGoodChecksum()
    {
        foreach (var message in Ipv4Samples.Icmp)
        {
            var dissected = Dissection.Of(Ipv4Samples.Carry(message));

            dissected.Expect("icmp.type", message.Type);
            dissected.Expect("icmp.code", message.Code);
            dissected.Expect("icmp.checksum.status", Dissection.ChecksumIsGood);
        }
    }

    [Fact]
    public void Echo_OfBothKinds_IsReadAlike()
    {
        foreach (var message in Ipv4Samples.Icmp.Where(message => message is Icmpv4EchoRequest or Icmpv4EchoReply))
        {
            var dissected = Dissection.Of(Ipv4Samples.Carry(message));

            dissected.Expect("icmp.ident", 0x1234);
            dissected.Expect("icmp.seq", 7);
            dissected.Expect("data.data", "61:62:63:64:65:66:67:68");
        }
    }

    [Fact]
    public void FragmentationNeeded_IsReadWithItsMtu() =>
        Dissection.Of(Ipv4Samples.Carry(Ipv4Samples.Icmp.OfType<Icmpv4FragmentationNeeded>().Single())).Expect("icmp.mtu", 1420);
}
