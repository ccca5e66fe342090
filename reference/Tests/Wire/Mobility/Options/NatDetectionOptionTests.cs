using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class NatDetectionOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            1f 06 80 00
            00 00 00 6e
            """;

    protected override MobilityOption Value => new NatDetectionOption(ForcesUdp: true, 110);

    protected override IEnumerable<MobilityOption> OtherValues =>
        [new NatDetectionOption(ForcesUdp: false, 0), new NatDetectionOption(ForcesUdp: true, NatDetectionOption.NoKeepaliveNeeded)];

    protected override Arrival TooShort => Refused("1f 05 80 00 00 00 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("1f 07 80 00 00 00 00 6e 00", "OptionLength", 0);

    [Fact]
    public void Reserved_Set_IsIgnored()
    {
        MobilityOption.TryParse(Hex.Octets("1f 06 ff ff 00 00 00 6e"), out var option, out _).Should().BeTrue();

        option.Should().Be(Value);
    }
}
