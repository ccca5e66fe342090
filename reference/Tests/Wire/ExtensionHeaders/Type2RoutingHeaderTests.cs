using System.Diagnostics.CodeAnalysis;
using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Type2RoutingHeaderTests : FormatTests<Type2RoutingHeader>
{
    private const string Address = "2001 0db8 8000 0001 0000 0000 0000 005e";

    protected override string Figure =>
        """
            87 02 02 01  00 00 00 00
            20 01 0d b8  80 00 00 01  00 00 00 00  00 00 00 5e
            """;

    protected override Type2RoutingHeader Value => new(IpProtocol.MobilityHeader, IPAddress.Parse("2001:db8:8000:1::5e"));

    protected override IEnumerable<Type2RoutingHeader> OtherValues => [new(0, IPAddress.IPv6Any), new(255, IPAddress.Parse("ff02::1"))];

    protected override Arrival TooShort => Refused("87 01 02 01  00 00 00 00  2001 0db8 8000 0001", "HeaderLength", 1);

    protected override Arrival TooLong => Refused("87 04 02 01  00 00 00 00" + Address + Address, "HeaderLength", 1);

    [Theory]
    [InlineData("87 02 02 01  00 00 00", "Truncated", 7)]
    [InlineData("87 02 02 01  00 00 00 00", "Truncated", 8)]
    [InlineData("87 02 02 01  00 00 00 00" + Address + "00", "TrailingOctets", 24)]
    [InlineData("87 02 00 01  00 00 00 00" + Address, "RoutingType", 2)]
    [InlineData("87 02 02 00  00 00 00 00" + Address, "SegmentsLeft", 3)]
    [InlineData("87 02 02 02  00 00 00 00" + Address, "SegmentsLeft", 3)]
    public void Header_ThatIsMalformed_IsRefusedWhereItIs(string octets, string rule, int offset)
    {
        Type2RoutingHeader.TryParse(Hex.Octets(octets), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = rule, Offset = offset });
    }

    [Fact]
    public void Reserved_Set_IsIgnored()
    {
        Type2RoutingHeader.TryParse(Hex.Octets("87 02 02 01  ff ff ff ff" + Address), out var header, out _).Should().BeTrue();

        header.Should().Be(Value);
    }

    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out Type2RoutingHeader? value,
        [NotNullWhen(false)] out WireError? error
    ) => Type2RoutingHeader.TryParse(octets, out value, out error);

    protected override int Write(Type2RoutingHeader value, Span<byte> destination) => value.Write(destination);
}
