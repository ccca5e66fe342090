using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class UnknownRelayAgentSubOptionTests : RelayAgentSubOptionFormatTests
{
    protected override string Figure =>
        """
            c8 03  01 02 03
            """;

    protected override RelayAgentSubOption Value => new UnknownRelayAgentSubOption(200, new OctetString([1, 2, 3]));

    protected override IEnumerable<RelayAgentSubOption> OtherValues =>
        [new UnknownRelayAgentSubOption(0, default), new UnknownRelayAgentSubOption(255, new OctetString(new byte[255]))];

    protected override Arrival TooShort => Refused("c8", "SubOptionTruncated", 0);

    protected override Arrival TooLong => Refused("c8 03  01 02 03 04", "TrailingOctets", 5);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(11)]
    public void SubOptionCode_ThatIsKnown_Throws(byte code)
    {
        var create = () => new UnknownRelayAgentSubOption(code, default);

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Data_Of256Octets_Throws()
    {
        var create = () => new UnknownRelayAgentSubOption(200, new OctetString(new byte[256]));

        create.Should().Throw<ArgumentException>();
    }
}
