using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class UnknownOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            c8 03  01 02 03
            """;

    protected override MobilityOption Value => new UnknownOption(200, new OctetString([1, 2, 3]));

    protected override IEnumerable<MobilityOption> OtherValues =>
        [new UnknownOption(9, default), new UnknownOption(255, new OctetString(new byte[255]))];

    protected override Arrival TooShort => Refused("c8", "OptionTruncated", 0);

    protected override Arrival TooLong => Refused("c8 04  01 02 03", "OptionTruncated", 0);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(22)]
    [InlineData(27)]
    public void OptionType_ThatEveryEditionKnows_Throws(byte type)
    {
        var create = () => new UnknownOption(type, default);

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Data_Of256Octets_Throws()
    {
        var create = () => new UnknownOption(200, new OctetString(new byte[256]));

        create.Should().Throw<ArgumentException>();
    }
}
