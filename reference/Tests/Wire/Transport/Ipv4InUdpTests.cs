using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv4InUdpTests : EncapsulationFormatTests
{
    protected override string Figure => Outer + Ipv4;

    protected override Tunnelled Value =>
        new(
            Ipv4UdpEncapsulation.Between(Ipv4Samples.Anchor, Ipv4Samples.Gateway) with
            {
                HopLimit = 63,
                TrafficClass = 0xb9,
                DontFragment = true,
                Identification = 0x1234,
            },
            new OctetString(Hex.Octets(Ipv4))
        );

    protected override int Overhead => 28;

    protected override int InnerVersion => 4;

    protected override Arrival TooShort => Refused(Figure[..^2], "Truncated", 2);

    /// <summary>The packet is followed by padding, as in a short Ethernet frame.</summary>
    protected override Arrival TooLong => Read(Figure + "00 00", Value);

    private const string Outer = """
        45 b9 00 30
        12 34 40 00
        3f 11 d3 c6
        c6 33 64 01
        c6 33 64 a1
        15 3d 15 3d
        00 1c 80 32
        """;
}
