using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class BindingRefreshAdviceOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            02 02 00 4b
            """;

    protected override MobilityOption Value => new BindingRefreshAdviceOption(75);

    protected override IEnumerable<MobilityOption> OtherValues =>
        [new BindingRefreshAdviceOption(0), new BindingRefreshAdviceOption(ushort.MaxValue)];

    protected override Arrival TooShort => Refused("02 01 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("02 03 00 4b 00", "OptionLength", 0);

    [Fact]
    public void RefreshInterval_CountsUnitsOfFourSeconds() =>
        new BindingRefreshAdviceOption(75).RefreshInterval.Should().Be(TimeSpan.FromMinutes(5));
}
