using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>
/// tshark reads the intended values from encoded transports and encapsulations. See <see cref="Dissection"/> for its limits.
/// </summary>
public sealed class TransportTsharkTests
{
    [Fact]
    public void EverySample_Written_IsNotMalformed()
    {
        foreach (var dissected in Dissection.Samples)
        {
            dissected.ExpectNoComplaint();
        }
    }

    [Fact]
    public void Encapsulations_WithoutUdp_AreReadWithTheInnerPacket()
    {
        foreach (var value in TransportSamples.Tunnelled.Where(value => value.Encapsulation is not Ipv4UdpEncapsulation))
        {
            var dissected = Dissection.Of(value.Encapsulation.Wrap(value.Inner.Span));

            dissected
                .Protocols.Should()
                .Equal(value.Encapsulation is Ipv6Encapsulation ? "ipv6" : "ip", IsIpv6(value.Inner) ? "ipv6" : "ip");
            dissected.Shows("ipv6.hlim").Concat(dissected.Shows("ip.ttl")).Should().BeEquivalentTo("62", "61");
            dissected.Shows("ipv6.tclass.ecn").Concat(dissected.Shows("ip.dsfield.ecn")).Should().BeEquivalentTo("1", "0");
        }
    }

    /// <summary>tshark does not know ports 5437 and 4191 and shows the inner packet as data.</summary>
    [Fact]
    public void Encapsulations_WithUdp_AreReadAsUdp()
    {
        foreach (var value in TransportSamples.Tunnelled)
        {
            if (value.Encapsulation is not Ipv4UdpEncapsulation udp)
            {
                continue;
            }
            var dissected = Dissection.Of(udp.Wrap(value.Inner.Span));

            dissected.Protocols.Should().StartWith(["ip", "udp"]);
            dissected.Expect("udp.srcport", udp.SourcePort);
            dissected.Expect("udp.dstport", udp.DestinationPort);
            dissected.Shows("data.data").Single().Replace(":", "", StringComparison.Ordinal).Should().EndWith(value.Inner.ToString());
        }
    }

    [Theory]
    [InlineData(0, "ipv6")]
    [InlineData(1, "ip udp")]
    [InlineData(3, "ipv6 ipv6.dstopts")]
    [InlineData(4, "ipv6 ipv6.routing")]
    public void Signaling_DirectlyInIpv6OrUdp_IsReadWithItsMessage(int transport, string protocols)
    {
        var dissected = Dissection.Of(TransportSamples.Signaling[transport].Wrap(SampleMessages.Update));

        dissected.Protocols.Should().Equal([.. protocols.Split(' '), "mipv6"]);
        dissected.Expect("mip6.mhtype", (byte)MobilityHeaderType.BindingUpdate);
        dissected.Expect("mip6.bu.seqnr", SampleMessages.Update.SequenceNumber);
    }

    [Fact]
    public void Signaling_InUdp_HasNoChecksumOfItsOwn() =>
        Dissection.Of(TransportSamples.Signaling[1].Wrap(SampleMessages.Update)).Expect("mip6.csum", "0x0000");

    /// <summary>Port 4191: tshark shows the IPv6 packet as data.</summary>
    [Fact]
    public void Signaling_InIpv6InUdp_IsReadAsUdp()
    {
        var transport = (Ipv4UdpIpv6Signaling)TransportSamples.Signaling[2];

        var dissected = Dissection.Of(transport.Wrap(SampleMessages.Update));

        dissected.Expect("udp.dstport", UdpPort.DualStackMobileIpv6);
        dissected
            .Shows("data.data")
            .Single()
            .Replace(":", "", StringComparison.Ordinal)
            .Should()
            .Be(Convert.ToHexStringLower(transport.Inner.Wrap(SampleMessages.Update)));
    }

    private static bool IsIpv6(OctetString packet) => packet.Span[0] >> 4 == 6;
}
