using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class AccessTechnologyTypeOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            18 02 00 04
            """;

    protected override MobilityOption Value => new AccessTechnologyTypeOption(AccessTechnologyType.Ieee80211);

    protected override IEnumerable<MobilityOption> OtherValues =>
        [new AccessTechnologyTypeOption(AccessTechnologyType.Reserved), new AccessTechnologyTypeOption((AccessTechnologyType)255)];

    protected override Arrival TooShort => Refused("18 01 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("18 03 00 04 00", "OptionLength", 0);

    [Fact]
    public void Reserved_Set_IsIgnored()
    {
        MobilityOption.TryParse(Hex.Octets("18 02 ff 04"), out var option, out _).Should().BeTrue();

        option.Should().Be(Value);
    }

    [Theory]
    [InlineData(AccessTechnologyType.Reserved, 0)]
    [InlineData(AccessTechnologyType.Virtual, 1)]
    [InlineData(AccessTechnologyType.Ppp, 2)]
    [InlineData(AccessTechnologyType.Ieee8023, 3)]
    [InlineData(AccessTechnologyType.Ieee80211, 4)]
    [InlineData(AccessTechnologyType.Ieee80216e, 5)]
    public void Value_OfTheRfc_HasItsNumber(AccessTechnologyType value, byte number) => ((byte)value).Should().Be(number);
}
