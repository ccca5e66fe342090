using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class GreKeyOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            21 06 00 00
            de ad be ef
            """;

    protected override MobilityOption Value => new GreKeyOption(0xdeadbeef);

    protected override IEnumerable<MobilityOption> OtherValues => [new GreKeyOption(null), new GreKeyOption(0)];

    protected override Arrival TooShort => Refused("21 05 00 00 de ad be", "OptionLength", 0);

    protected override Arrival TooLong => Refused("21 07 00 00 de ad be ef 00", "OptionLength", 0);

    [Fact]
    public void Option_OfLengthTwo_HasNoKey()
    {
        MobilityOption.TryParse(Hex.Octets("21 02 ff ff"), out var option, out _).Should().BeTrue();

        option.Should().Be(new GreKeyOption(null));
    }

    [Theory]
    [InlineData("21 00")]
    [InlineData("21 01 00")]
    [InlineData("21 03 00 00 de")]
    public void Option_OfAnyOtherLength_IsRefused(string octets)
    {
        MobilityOption.TryParse(Hex.Octets(octets), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Offset = 0, Rule = "OptionLength" });
    }
}
