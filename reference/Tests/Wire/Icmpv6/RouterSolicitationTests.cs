using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class RouterSolicitationTests : Icmpv6MessageFormatTests
{
    protected override string Figure =>
        """
            85 00 00 00
            00 00 00 00
            01 01 02 5e 00 00 00 01
            """;

    protected override Icmpv6Message Value =>
        new RouterSolicitation([new SourceLinkLayerAddressOption(MacAddress.Parse("02:5e:00:00:00:01"))]);

    protected override IEnumerable<Icmpv6Message> OtherValues =>
        [new RouterSolicitation(NdOptionList.Empty), new RouterSolicitation([new UnknownNdOption(14, new OctetString(new byte[6]))])];

    protected override Arrival TooShort => Refused("85 00 00 00  00 00 00", "Truncated", 7);

    protected override Arrival TooLong => Refused("85 00 00 00  00 00 00 00  01 01 02 5e 00 00 00 01  00", "OptionTruncated", 16);

    [Fact]
    public void Code_OtherThanZero_IsRefused()
    {
        Icmpv6Message.TryParse(Hex.Octets("85 01 00 00  00 00 00 00"), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Offset = 1, Rule = "Code" });
    }

    [Fact]
    public void Option_OfLengthZero_IsRefusedWhereItStands()
    {
        Icmpv6Message
            .TryParse(Hex.Octets("85 00 00 00  00 00 00 00  01 01 02 5e 00 00 00 01  0e 00 00 00 00 00 00 00"), out _, out var error)
            .Should()
            .BeFalse();

        error.Should().BeEquivalentTo(new { Offset = 16, Rule = "OptionLength" });
    }
}
