using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class UnknownNdOptionTests : NdOptionFormatTests
{
    protected override string Figure =>
        """
            0e 01 01 02 03 04 05 06
            """;

    protected override NdOption Value => new UnknownNdOption(14, new OctetString([1, 2, 3, 4, 5, 6]));

    protected override IEnumerable<NdOption> OtherValues =>
        [new UnknownNdOption(0, new OctetString(new byte[14])), new UnknownNdOption(255, new OctetString(new byte[2038]))];

    protected override Arrival TooShort => Refused("0e 02 01 02 03 04 05 06", "OptionTruncated", 0);

    protected override Arrival TooLong => Refused("0e 01 01 02 03 04 05 06  07", "TrailingOctets", 8);

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(2046)]
    public void Data_ThatLeavesNoWholeOption_Throws(int length)
    {
        var create = () => new UnknownNdOption(14, new OctetString(new byte[length]));

        create.Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void OptionType_ThatIsKnown_Throws(byte type)
    {
        var create = () => new UnknownNdOption(type, new OctetString(new byte[6]));

        create.Should().Throw<ArgumentException>();
    }
}
