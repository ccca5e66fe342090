using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpSubnetMaskOptionTests : DhcpOptionFormatTests
{
    protected override string Figure =>
        """
            01 04  ff ff fe 00
            """;

    protected override DhcpOption Value => new DhcpSubnetMaskOption(23);

    protected override IEnumerable<DhcpOption> OtherValues =>
        [new DhcpSubnetMaskOption(0), new DhcpSubnetMaskOption(1), new DhcpSubnetMaskOption(32)];

    protected override Arrival TooShort => Refused("01 03  ff ff fe", "OptionLength", 0);

    protected override Arrival TooLong => Refused("01 05  ff ff fe 00 00", "OptionLength", 0);

    [Theory]
    [InlineData("01 04 ff ff fe 01")]
    [InlineData("01 04 7f ff ff ff")]
    public void Mask_WithOnesBehindZeros_IsRefused(string octets)
    {
        DhcpOption.TryParse(Hex.Octets(octets), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = "SubnetMask", Offset = 2 });
    }

    [Theory]
    [InlineData(0, "0.0.0.0")]
    [InlineData(23, "255.255.254.0")]
    [InlineData(32, "255.255.255.255")]
    public void Mask_OfAPrefixLength_HasSoManyOnes(int length, string mask) =>
        new DhcpSubnetMaskOption(length).Mask.ToString().Should().Be(mask);

    [Theory]
    [InlineData(-1)]
    [InlineData(33)]
    public void PrefixLength_Beyond32_Throws(int length)
    {
        var create = () => new DhcpSubnetMaskOption(length);

        create.Should().Throw<ArgumentOutOfRangeException>();
    }
}
