using System.Diagnostics.CodeAnalysis;
using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class HomeAddressOptionTests : FormatTests<DestinationOption>
{
    protected override string Figure =>
        """
            c9 10
            20 01 0d b8  80 00 00 01  00 00 00 00  00 00 00 5e
            """;

    protected override DestinationOption Value => new HomeAddressOption(IPAddress.Parse("2001:db8:8000:1::5e"));

    protected override IEnumerable<DestinationOption> OtherValues =>
        [
            new HomeAddressOption(IPAddress.IPv6Any),
            new UnknownDestinationOption(4, new OctetString([255])),
            new UnknownDestinationOption(255, new OctetString(new byte[255])),
        ];

    protected override Arrival TooShort => Refused("c9 0f  20010db880000001000000000000 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("c9 11  20010db880000001000000000000005e 00", "OptionLength", 0);

    [Theory]
    [InlineData("c9", "OptionTruncated")]
    [InlineData("c9 10  20010db880000001", "OptionTruncated")]
    [InlineData("01 00", "Padding")]
    public void Option_ThatIsMalformed_IsRefusedAtItsStart(string octets, string rule)
    {
        DestinationOption.TryParse(Hex.Octets(octets), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Offset = 0, Rule = rule });
    }

    [Fact]
    public void AddressOfIpv4_AndUnknownOptionOfAKnownType_Throws()
    {
        var address = () => new HomeAddressOption(IPAddress.Loopback);
        var type = () => new UnknownDestinationOption(HomeAddressOption.OptionType, default);
        var padding = () => new UnknownDestinationOption(0, default);
        var data = () => new UnknownDestinationOption(4, new OctetString(new byte[256]));

        address.Should().Throw<ArgumentException>();
        type.Should().Throw<ArgumentException>();
        padding.Should().Throw<ArgumentException>();
        data.Should().Throw<ArgumentException>();
    }

    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out DestinationOption? value,
        [NotNullWhen(false)] out WireError? error
    ) => DestinationOption.TryParse(octets, out value, out error);

    protected override int Write(DestinationOption value, Span<byte> destination) => value.Write(destination);
}
