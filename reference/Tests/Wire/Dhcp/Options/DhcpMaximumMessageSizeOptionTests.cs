using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpMaximumMessageSizeOptionTests : DhcpOptionFormatTests
{
    protected override string Figure =>
        """
            39 02  05 dc
            """;

    protected override DhcpOption Value => new DhcpMaximumMessageSizeOption(1500);

    protected override IEnumerable<DhcpOption> OtherValues =>
        [new DhcpMaximumMessageSizeOption(576), new DhcpMaximumMessageSizeOption(ushort.MaxValue)];

    protected override Arrival TooShort => Refused("39 01  05", "OptionLength", 0);

    protected override Arrival TooLong => Refused("39 03  05 dc 00", "OptionLength", 0);

    [Fact]
    public void Value_LessThanTheMinimum_IsRefusedAndThrows()
    {
        var create = () => new DhcpMaximumMessageSizeOption(575);

        DhcpOption.TryParse(Hex.Octets("39 02 02 3f"), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = "Minimum", Offset = 2 });
        create.Should().Throw<ArgumentOutOfRangeException>();
    }
}
