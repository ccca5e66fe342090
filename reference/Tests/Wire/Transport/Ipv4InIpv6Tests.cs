using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv4InIpv6Tests : EncapsulationFormatTests
{
    protected override string Figure => Outer + Ipv4;

    protected override Tunnelled Value =>
        new(
            new Ipv6Encapsulation(SampleMessages.Anchor, SampleMessages.Gateway) { HopLimit = 63, TrafficClass = 0xb9 },
            new OctetString(Hex.Octets(Ipv4))
        );

    protected override int Overhead => 40;

    protected override int InnerVersion => 4;

    protected override Arrival TooShort => Refused(Figure[..^2], "Truncated", 4);

    /// <summary>The packet is followed by padding, as in a short Ethernet frame.</summary>
    protected override Arrival TooLong => Read(Figure + "00 00", Value);

    private const string Outer = """
        6b 90 00 00
        00 14 04 3f
        20 01 0d b8  01 00 00 00  00 00 00 00  00 00 00 01
        20 01 0d b8  01 00 00 00  00 00 00 00  00 00 00 a1
        """;
}
