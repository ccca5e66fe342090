using System.Diagnostics.CodeAnalysis;
using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv6PacketTests : FormatTests<Ipv6Packet>
{
    private const string Addresses = "20010db8 01000000 00000000 000000a1  20010db8 01000000 00000000 00000001";

    protected override string Figure =>
        """
            6b 91 23 45
            00 02 3b ff
            20 01 0d b8  01 00 00 00  00 00 00 00  00 00 00 a1
            20 01 0d b8  01 00 00 00  00 00 00 00  00 00 00 01
            aa bb
            """;

    protected override Ipv6Packet Value =>
        new(IPAddress.Parse("2001:db8:100::a1"), IPAddress.Parse("2001:db8:100::1"), IpProtocol.NoNextHeader, new byte[] { 0xaa, 0xbb })
        {
            TrafficClass = 0xb9,
            FlowLabel = 0x12345,
            HopLimit = 255,
        };

    protected override IEnumerable<Ipv6Packet> OtherValues =>
        [
            new(IPAddress.IPv6Any, IPAddress.IPv6Any, 0, default) { HopLimit = 0 },
            new(IPAddress.IPv6Any, IPAddress.IPv6Any, 255, new byte[2000]) { TrafficClass = 255, FlowLabel = 0xfffff },
        ];

    protected override Arrival TooShort => Refused(Figure.TrimEnd()[..^2], "Truncated", 4);

    /// <summary>The packet is followed by padding, as in a short Ethernet frame.</summary>
    protected override Arrival TooLong => Read(Figure + "00 00 00 00", Value);

    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out Ipv6Packet? value,
        [NotNullWhen(false)] out WireError? error
    ) => Ipv6Packet.TryParse(octets.ToArray(), out value, out error);

    protected override int Write(Ipv6Packet value, Span<byte> destination) => EthernetFrameTests.Copy(value.ToBytes(), destination);

    [Fact]
    public void Header_WithoutItsLastOctet_IsTruncated() =>
        ErrorOf("60 00 00 00  00 00 3b 40" + Addresses[..^2]).Should().BeEquivalentTo(new { Offset = 39, Rule = "Truncated" });

    [Fact]
    public void Version_OtherThan6_IsRefused() =>
        ErrorOf("40 00 00 00  00 00 3b 40" + Addresses).Should().BeEquivalentTo(new { Offset = 0, Rule = "Version" });

    [Fact]
    public void Payload_Of65536Octets_Throws()
    {
        var create = () => new Ipv6Packet(IPAddress.IPv6Any, IPAddress.IPv6Any, 59, new byte[65536]);

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void FlowLabel_Of21Bits_Throws()
    {
        var create = () => Value with { FlowLabel = 0x100000 };

        create.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void HopLimit_ByDefault_Is64() => new Ipv6Packet(IPAddress.IPv6Any, IPAddress.IPv6Any, 59, default).HopLimit.Should().Be(64);

    [Theory]
    [InlineData(Ecn.NotEct, 0xb8)]
    [InlineData(Ecn.Ect1, 0xb9)]
    [InlineData(Ecn.Ect0, 0xba)]
    [InlineData(Ecn.Ce, 0xbb)]
    public void WithEcn_ChangesTheLastTwoBitsOnly(Ecn ecn, byte trafficClass)
    {
        var packet = Value.WithEcn(ecn);

        packet.TrafficClass.Should().Be(trafficClass);
        packet.Ecn.Should().Be(ecn);
        (packet with { TrafficClass = Value.TrafficClass }).Should().Be(Value);
    }

    [Fact]
    public void UpperLayer_WithoutExtensionHeaders_IsThePayload()
    {
        Value.TryGetUpperLayer(out var upper, out _).Should().BeTrue();

        upper!.Protocol.Should().Be(IpProtocol.NoNextHeader);
        upper.Offset.Should().Be(40);
        upper.Headers.Should().BeEmpty();
        upper.Payload.ToArray().Should().Equal(0xaa, 0xbb);
    }

    [Fact]
    public void UpperLayer_BehindEveryExtensionHeader_IsFound()
    {
        var packet = Value with
        {
            NextHeader = IpProtocol.HopByHop,
            Payload = Hex.Octets(
                """
                3c 00 01 04 00 00 00 00
                2b 01 01 04 00 00 00 00  01 06 00 00 00 00 00 00
                2c 02 02 00 00 00 00 00  20010db8 01000000 00000000 000000c1
                3a ff 00 01 12 34 56 78
                80 00 00 00
                """
            ),
        };

        packet.TryGetUpperLayer(out var upper, out _).Should().BeTrue();

        upper!.Protocol.Should().Be(IpProtocol.Icmpv6);
        upper.Offset.Should().Be(40 + 8 + 16 + 24 + 8);
        upper.Payload.ToArray().Should().Equal(0x80, 0, 0, 0);
        upper
            .Headers.Select(header => (header.Type, header.Offset, header.Bytes.Length))
            .Should()
            .Equal(
                (IpProtocol.HopByHop, 40, 8),
                (IpProtocol.DestinationOptions, 48, 16),
                (IpProtocol.Routing, 64, 24),
                (IpProtocol.Fragment, 88, 8)
            );
    }

    [Fact]
    public void UpperLayer_BehindAFragmentThatIsNotTheFirst_IsNotFound() =>
        UpperLayerErrorOf(IpProtocol.Fragment, "3a 00 00 08 12 34 56 78").Should().BeEquivalentTo(new { Offset = 40, Rule = "Fragment" });

    [Theory]
    [InlineData(IpProtocol.HopByHop, "")]
    [InlineData(IpProtocol.HopByHop, "3a")]
    [InlineData(IpProtocol.Routing, "3a 01 00 00 00 00 00 00")]
    [InlineData(IpProtocol.DestinationOptions, "3a ff 00 00 00 00 00 00")]
    [InlineData(IpProtocol.Fragment, "3a 00 00 00 00 00 00")]
    public void UpperLayer_BehindATruncatedHeader_IsNotFound(byte type, string octets) =>
        UpperLayerErrorOf(type, octets).Should().BeEquivalentTo(new { Offset = 40, Rule = "Truncated" });

    [Fact]
    public void HopByHopHeader_BehindAnother_IsAnUpperLayer()
    {
        var packet = Value with
        {
            NextHeader = IpProtocol.DestinationOptions,
            Payload = Hex.Octets("00 00 01 04 00 00 00 00  3a 00 01 04 00 00 00 00"),
        };

        packet.TryGetUpperLayer(out var upper, out _).Should().BeTrue();

        upper!.Protocol.Should().Be(IpProtocol.HopByHop);
        upper.Offset.Should().Be(48);
    }

    private static WireError? ErrorOf(string octets)
    {
        Ipv6Packet.TryParse(Hex.Octets(octets), out _, out var error).Should().BeFalse();
        return error;
    }

    private WireError? UpperLayerErrorOf(byte type, string octets)
    {
        (Value with { NextHeader = type, Payload = Hex.Octets(octets) }).TryGetUpperLayer(out _, out var error).Should().BeFalse();
        return error;
    }
}
