using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpInterfaceMtuOptionTests : DhcpOptionFormatTests
{
    protected override string Figure =>
        """
            1a 02  05 8c
            """;

    protected override DhcpOption Value => new DhcpInterfaceMtuOption(1420);

    protected override IEnumerable<DhcpOption> OtherValues => [new DhcpInterfaceMtuOption(68), new DhcpInterfaceMtuOption(ushort.MaxValue)];

    protected override Arrival TooShort => Refused("1a 01  05", "OptionLength", 0);

    protected override Arrival TooLong => Refused("1a 03  05 8c 00", "OptionLength", 0);

    [Fact]
    public void Value_LessThanTheMinimum_IsRefusedAndThrows()
    {
        var create = () => new DhcpInterfaceMtuOption(67);

        DhcpOption.TryParse(Hex.Octets("1a 02 00 43"), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = "Minimum", Offset = 2 });
        create.Should().Throw<ArgumentOutOfRangeException>();
    }
}
