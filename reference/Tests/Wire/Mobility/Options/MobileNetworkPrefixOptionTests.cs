using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class MobileNetworkPrefixOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            06 12 00 40
            20 01 0d b8  40 00 00 01  00 00 00 00  00 00 00 00
            """;

    protected override MobilityOption Value => new MobileNetworkPrefixOption(Ipv6Prefix.Parse("2001:db8:4000:1::/64"));

    protected override IEnumerable<MobilityOption> OtherValues =>
        [
            new MobileNetworkPrefixOption(Ipv6Prefix.AllZero),
            new MobileNetworkPrefixOption(Ipv6Prefix.Parse("::/64")),
            new MobileNetworkPrefixOption(Ipv6Prefix.Parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128")),
        ];

    protected override Arrival TooShort => Refused("06 11 00 40  2001 0db8 4000 0001 0000 0000 0000 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("06 13 00 40  2001 0db8 4000 0001 0000 0000 0000 0000 00", "OptionLength", 0);

    [Fact]
    public void PrefixLength_Beyond128_IsRefusedAtItsField()
    {
        MobilityOption
            .TryParse(Hex.Octets("06 12 00 81  2001 0db8 4000 0001 0000 0000 0000 0000"), out _, out var error)
            .Should()
            .BeFalse();

        error.Should().BeEquivalentTo(new { Offset = 3, Rule = "PrefixLength" });
    }

    [Fact]
    public void ReservedAndHostBits_Set_AreNotPartOfTheValue()
    {
        MobilityOption
            .TryParse(Hex.Octets("06 12 ff 40  2001 0db8 4000 0001 ffff ffff ffff ffff"), out var option, out _)
            .Should()
            .BeTrue();

        option.Should().Be(Value);
    }
}
