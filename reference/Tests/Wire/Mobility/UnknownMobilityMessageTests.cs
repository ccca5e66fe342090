using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class UnknownMobilityMessageTests : MobilityMessageFormatTests
{
    protected override string Figure =>
        """
            3b 01 08 00  00 00  00 00
            de ad be ef  00 00 00 01
            """;

    protected override MobilityMessage Value => new UnknownMobilityMessage(8, new OctetString([0, 0, 0xde, 0xad, 0xbe, 0xef, 0, 0, 0, 1]));

    protected override IEnumerable<MobilityMessage> OtherValues =>
        [new UnknownMobilityMessage(255, new OctetString(new byte[2])), new UnknownMobilityMessage(9, new OctetString(new byte[2042]))];

    protected override Arrival TooShort => Refused("3b 00 08 00  00 00  00", "Truncated", 7);

    protected override Arrival TooLong => Refused("3b 00 08 00  00 00  00 00  00", "TrailingOctets", 8);

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Type_ThatIsKnown_Throws(byte type)
    {
        var create = () => new UnknownMobilityMessage(type, new OctetString(new byte[2]));

        create.Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(2050)]
    public void Data_ThatLeavesNoWholeMessage_Throws(int length)
    {
        var create = () => new UnknownMobilityMessage(200, new OctetString(new byte[length]));

        create.Should().Throw<ArgumentException>();
    }
}
