using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class MobileNodeLinkLayerIdentifierOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            19 08 00 00
            02 5e 00 00 00 01
            """;

    protected override MobilityOption Value => new MobileNodeLinkLayerIdentifierOption(new OctetString([0x02, 0x5e, 0, 0, 0, 1]));

    protected override IEnumerable<MobilityOption> OtherValues =>
        [
            new MobileNodeLinkLayerIdentifierOption(default),
            new MobileNodeLinkLayerIdentifierOption(new OctetString(new byte[8])),
            new MobileNodeLinkLayerIdentifierOption(new OctetString(new byte[253])),
        ];

    protected override Arrival TooShort => Refused("19 01 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("19 09 00 00  02 5e 00 00 00 01", "OptionTruncated", 0);

    [Fact]
    public void Reserved_Set_IsIgnored()
    {
        MobilityOption.TryParse(Hex.Octets("19 08 ff ff  02 5e 00 00 00 01"), out var option, out _).Should().BeTrue();

        option.Should().Be(Value);
    }

    [Fact]
    public void Identifier_Of254Octets_Throws()
    {
        var create = () => new MobileNodeLinkLayerIdentifierOption(new OctetString(new byte[254]));

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Reserved_InADirtyBuffer_IsWrittenZero()
    {
        byte[] data = [0xa5, 0xa5, 0xa5];

        new MobileNodeLinkLayerIdentifierOption(new OctetString([7])).WriteData(data);

        data.Should().Equal(0, 0, 7);
    }
}
