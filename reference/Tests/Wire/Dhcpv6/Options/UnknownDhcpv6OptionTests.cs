using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class UnknownDhcpv6OptionTests : Dhcpv6OptionFormatTests
{
    protected override string Figure =>
        """
            fd e8 00 03  01 02 03
            """;

    protected override Dhcpv6Option Value => new UnknownDhcpv6Option(65000, new OctetString([1, 2, 3]));

    protected override IEnumerable<Dhcpv6Option> OtherValues =>
        [new UnknownDhcpv6Option(0, default), new UnknownDhcpv6Option(ushort.MaxValue, new OctetString(new byte[2000]))];

    protected override Arrival TooShort => Refused("fd e8 00", "OptionTruncated", 0);

    protected override Arrival TooLong => Refused("fd e8 00 03  01 02 03 04", "TrailingOctets", 7);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(18)]
    public void OptionCode_ThatIsKnown_Throws(ushort code)
    {
        var create = () => new UnknownDhcpv6Option(code, default);

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Data_Of65536Octets_Throws()
    {
        var create = () => new UnknownDhcpv6Option(65000, new OctetString(new byte[65536]));

        create.Should().Throw<ArgumentException>();
    }
}
