using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class HomeTestInitTests : MobilityMessageFormatTests
{
    protected override string Figure =>
        """
            3b 01 01 00  00 00  00 00
            de ad be ef  00 00 00 01
            """;

    protected override MobilityMessage Value => new HomeTestInit(0xdead_beef_0000_0001, []);

    protected override IEnumerable<MobilityMessage> OtherValues =>
        [
            new HomeTestInit(0, [new UnknownOption(200, default)]),
            new HomeTestInit(
                ulong.MaxValue,
                [new BindingIdentifierOption(1, BindingStatus.ACCEPTED, SimultaneousHomeAndForeign: false, null)]
            ),
        ];

    protected override Arrival TooShort => Refused("3b 00 01 00  00 00  00 00", "HeaderLength", 1);

    protected override Arrival TooLong => Refused("3b 01 01 00  00 00  00 00  dead beef 0000 0001  00", "TrailingOctets", 16);

    [Fact]
    public void Reserved_Set_IsIgnored()
    {
        MobilityMessage
            .TryParse(Hex.Octets("3b 01 01 ff  ff ff  ff ff  de ad be ef  00 00 00 01"), out var message, out _)
            .Should()
            .BeTrue();

        message.Should().Be(Value);
    }
}
