using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class RelayAgentFlagsSubOptionTests : RelayAgentSubOptionFormatTests
{
    protected override string Figure =>
        """
            0a 01  80
            """;

    protected override RelayAgentSubOption Value => new RelayAgentFlagsSubOption(Unicast: true);

    protected override IEnumerable<RelayAgentSubOption> OtherValues => [new RelayAgentFlagsSubOption(Unicast: false)];

    protected override Arrival TooShort => Refused("0a 00", "SubOptionLength", 0);

    protected override Arrival TooLong => Refused("0a 02  80 00", "SubOptionLength", 0);

    [Fact]
    public void Flags_OtherThanUnicast_AreIgnored()
    {
        RelayAgentSubOption.TryParse(Hex.Octets("0a 01 ff"), out var option, out _).Should().BeTrue();

        option.Should().Be(Value);
    }
}
