using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpParameterRequestListOptionTests : DhcpOptionFormatTests
{
    protected override string Figure =>
        """
            37 03  01 03 1a
            """;

    protected override DhcpOption Value => new DhcpParameterRequestListOption(new OctetString([1, 3, 26]));

    protected override IEnumerable<DhcpOption> OtherValues =>
        [
            new DhcpParameterRequestListOption(new OctetString(new byte[255])),
            new DhcpParameterRequestListOption(new OctetString(new byte[256])),
        ];

    protected override Arrival TooShort => Refused("37 00", "OptionLength", 0);

    protected override Arrival TooLong => Read("37 04  01 03 1a 33", new DhcpParameterRequestListOption(new OctetString([1, 3, 26, 51])));

    [Fact]
    public void Contains_OfACode_IsWhetherItIsThere()
    {
        var option = (DhcpParameterRequestListOption)Value;

        option.Contains(DhcpOptionCode.InterfaceMtu).Should().BeTrue();
        option.Contains(DhcpOptionCode.LeaseTime).Should().BeFalse();
    }

    [Fact]
    public void EmptyCodeList_Throws()
    {
        var create = () => new DhcpParameterRequestListOption(default);

        create.Should().Throw<ArgumentException>();
    }
}
