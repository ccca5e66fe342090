using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>draft-ietf-netlmm-pmip6-ipv4-support-04, Figure 10, with the TLV header of draft-ietf-mip6-nemo-v4traversal-05.</summary>
public sealed class Ipv6InUdpBehindATlvHeaderTests : EncapsulationFormatTests
{
    protected override string Figure => Outer + Ipv6;

    protected override Tunnelled Value =>
        new(
            new Ipv4UdpEncapsulation(Ipv4Samples.Anchor, Ipv4Samples.Gateway, 4191, 40000)
            {
                HopLimit = 63,
                TrafficClass = 0xb9,
                DontFragment = true,
                Identification = 0x1234,
                HasTlvHeader = true,
            },
            new OctetString(Hex.Octets(Ipv6))
        );

    protected override int Overhead => 32;

    protected override int InnerVersion => 6;

    protected override Arrival TooShort => Refused(Figure[..^2], "Truncated", 2);

    /// <summary>The packet is followed by padding, as in a short Ethernet frame.</summary>
    protected override Arrival TooLong => Read(Figure + "00 00", Value);

    private const string Outer = """
        45 b9 00 48
        12 34 40 00
        3f 11 d3 ae
        c6 33 64 01
        c6 33 64 a1
        10 5f 9c 40
        00 34 82 3e
        02 28 00 00
        """;
}
