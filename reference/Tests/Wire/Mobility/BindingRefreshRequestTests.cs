using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class BindingRefreshRequestTests : MobilityMessageFormatTests
{
    protected override string Figure =>
        """
            3b 01 00 00  00 00  00 00
            23 04 00 07 00 00  01 00
            """;

    protected override MobilityMessage Value =>
        new BindingRefreshRequest([new BindingIdentifierOption(7, BindingStatus.ACCEPTED, SimultaneousHomeAndForeign: false, null)]);

    protected override IEnumerable<MobilityMessage> OtherValues =>
        [new BindingRefreshRequest([new UnknownOption(200, new OctetString(new byte[255]))])];

    protected override Arrival TooShort => Refused("3b 00 00 00  00 00  00", "Truncated", 7);

    protected override Arrival TooLong => Refused("3b 00 00 00  00 00  00 00  00", "TrailingOctets", 8);

    [Fact]
    public void Reserved_Set_IsIgnored()
    {
        MobilityMessage
            .TryParse(Hex.Octets("3b 01 00 ff  ff ff  ff ff  23 04 00 07 00 00  01 00"), out var message, out _)
            .Should()
            .BeTrue();

        message.Should().Be(Value);
    }

    [Fact]
    public void BindingRefreshRequest_WithoutOptions_NeedsNoPadding()
    {
        var bytes = new byte[8];

        new BindingRefreshRequest([]).Write(bytes).Should().Be(8);

        bytes.Should().Equal(Hex.Octets("3b 00 00 00  00 00  00 00"));
    }
}
