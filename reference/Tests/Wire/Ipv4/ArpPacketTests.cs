using System.Diagnostics.CodeAnalysis;
using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class ArpPacketTests : FormatTests<ArpPacket>
{
    protected override string Figure =>
        """
            00 01 08 00
            06 04 00 01
            02 5e 00 00 00 01  cb 00 71 07
            00 00 00 00 00 00  cb 00 71 01
            """;

    protected override ArpPacket Value =>
        new(ArpOperation.Request, SampleMessages.Mac, Ipv4Samples.HomeAddress, default, Ipv4Samples.DefaultRouter);

    protected override IEnumerable<ArpPacket> OtherValues =>
        [
            new(ArpOperation.Reply, MacAddress.Broadcast, IPAddress.Any, MacAddress.Broadcast, IPAddress.Broadcast),
            new((ArpOperation)ushort.MaxValue, default, IPAddress.Broadcast, default, IPAddress.Any),
        ];

    protected override Arrival TooShort => Refused(Figure.TrimEnd()[..^2], "Truncated", 27);

    /// <summary>The packet is followed by padding, as in a short Ethernet frame.</summary>
    protected override Arrival TooLong => Read(Figure + "00 00", Value);

    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out ArpPacket? value,
        [NotNullWhen(false)] out WireError? error
    ) => ArpPacket.TryParse(octets, out value, out error);

    protected override int Write(ArpPacket value, Span<byte> destination) => EthernetFrameTests.Copy(value.ToBytes(), destination);

    [Theory]
    [InlineData(1, 6, "HardwareType", 0)]
    [InlineData(2, 0x86, "ProtocolType", 2)]
    [InlineData(4, 8, "AddressLength", 4)]
    [InlineData(5, 16, "AddressLength", 5)]
    public void Packet_NotForIpv4OnEthernet_IsRefusedAtTheField(int position, byte octet, string rule, int offset)
    {
        var octets = Hex.Octets(Figure);
        octets[position] = octet;

        ArpPacket.TryParse(octets, out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = rule, Offset = offset });
    }

    [Fact]
    public void Ipv6Address_Throws()
    {
        var create = () => Value with { TargetAddress = IPAddress.IPv6Any };

        create.Should().Throw<ArgumentException>();
    }
}
