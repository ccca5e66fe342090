using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class BindingErrorTests : MobilityMessageFormatTests
{
    protected override string Figure =>
        """
            3b 02 07 00  00 00  02 00
            20 01 0d b8  01 00 00 00  00 00 00 00  00 00 00 a1
            """;

    protected override MobilityMessage Value =>
        new BindingError(BindingError.UnrecognizedMobilityHeaderType, IPAddress.Parse("2001:db8:100::a1"), MobilityOptionList.Empty);

    protected override IEnumerable<MobilityMessage> OtherValues =>
        [new BindingError(255, IPAddress.IPv6Any, [new UnknownOption(200, new OctetString([1]))])];

    protected override Arrival TooShort => Refused("3b 01 07 00  00 00  02 00  2001 0db8 0100 0000", "HeaderLength", 1);

    protected override Arrival TooLong =>
        Refused("3b 02 07 00  00 00  02 00  2001 0db8 0100 0000 0000 0000 0000 00a1  00", "TrailingOctets", 24);

    [Fact]
    public void Reserved_Set_IsIgnored()
    {
        MobilityMessage
            .TryParse(Hex.Octets("3b 02 07 ff  ff ff  02 ff  2001 0db8 0100 0000 0000 0000 0000 00a1"), out var message, out _)
            .Should()
            .BeTrue();

        message.Should().Be(Value);
    }
}
