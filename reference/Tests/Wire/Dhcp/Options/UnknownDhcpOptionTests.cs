using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class UnknownDhcpOptionTests : DhcpOptionFormatTests
{
    protected override string Figure =>
        """
            e0 03  01 02 03
            """;

    protected override DhcpOption Value => new UnknownDhcpOption(224, new OctetString([1, 2, 3]));

    protected override IEnumerable<DhcpOption> OtherValues =>
        [
            new UnknownDhcpOption(254, default),
            new UnknownDhcpOption(2, new OctetString(new byte[255])),
            new UnknownDhcpOption(2, new OctetString(new byte[1000])),
        ];

    protected override Arrival TooShort => Refused("e0 03  01 02", "OptionTruncated", 0);

    protected override Arrival TooLong => Refused("e0 03  01 02 03  e1 00", "TrailingOctets", 5);

    [Fact]
    public void Option_InTwoParts_IsReadAsOne()
    {
        DhcpOption.TryParse(Hex.Octets("e0 01 01  e0 02 02 03"), out var option, out _).Should().BeTrue();

        option.Should().Be(Value);
    }

    [Theory]
    [InlineData("", "OptionTruncated", 0)]
    [InlineData("e0", "OptionTruncated", 0)]
    [InlineData("e0 01 01  e0 02 02", "OptionTruncated", 3)]
    [InlineData("00", "NotAnOption", 0)]
    [InlineData("34 01 01", "NotAnOption", 0)]
    [InlineData("ff", "NotAnOption", 0)]
    public void Octets_ThatAreNotAnOption_AreRefused(string octets, string rule, int offset)
    {
        DhcpOption.TryParse(Hex.Octets(octets), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = rule, Offset = offset });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(52)]
    [InlineData(82)]
    [InlineData(255)]
    public void OptionCode_WithDedicatedRecordOrReserved_Throws(byte code)
    {
        var create = () => new UnknownDhcpOption(code, default);

        create.Should().Throw<ArgumentException>();
    }
}
