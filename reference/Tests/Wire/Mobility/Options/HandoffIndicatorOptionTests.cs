using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class HandoffIndicatorOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            17 02 00 03
            """;

    protected override MobilityOption Value => new HandoffIndicatorOption(HandoffIndicator.HandoffBetweenMobileAccessGateways);

    protected override IEnumerable<MobilityOption> OtherValues =>
        [new HandoffIndicatorOption(HandoffIndicator.Reserved), new HandoffIndicatorOption((HandoffIndicator)255)];

    protected override Arrival TooShort => Refused("17 01 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("17 03 00 03 00", "OptionLength", 0);

    [Fact]
    public void Reserved_Set_IsIgnored()
    {
        MobilityOption.TryParse(Hex.Octets("17 02 ff 03"), out var option, out _).Should().BeTrue();

        option.Should().Be(Value);
    }

    [Theory]
    [InlineData(HandoffIndicator.Reserved, 0)]
    [InlineData(HandoffIndicator.AttachmentOverNewInterface, 1)]
    [InlineData(HandoffIndicator.HandoffBetweenInterfaces, 2)]
    [InlineData(HandoffIndicator.HandoffBetweenMobileAccessGateways, 3)]
    [InlineData(HandoffIndicator.HandoffStateUnknown, 4)]
    [InlineData(HandoffIndicator.HandoffStateNotChanged, 5)]
    public void Value_OfTheRfc_HasItsNumber(HandoffIndicator value, byte number) => ((byte)value).Should().Be(number);
}
