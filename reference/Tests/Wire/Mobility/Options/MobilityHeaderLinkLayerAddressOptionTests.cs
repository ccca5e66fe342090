using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class MobilityHeaderLinkLayerAddressOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            07 07 02
            02 5e 00 00 00 01
            """;

    protected override MobilityOption Value =>
        new MobilityHeaderLinkLayerAddressOption(
            MobilityHeaderLinkLayerAddressOption.MobileNodeCode,
            new OctetString([0x02, 0x5e, 0, 0, 0, 1])
        );

    protected override IEnumerable<MobilityOption> OtherValues =>
        [
            new MobilityHeaderLinkLayerAddressOption(0, default),
            new MobilityHeaderLinkLayerAddressOption(255, new OctetString(new byte[254])),
        ];

    protected override Arrival TooShort => Refused("07 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("07 08 02 02 5e 00 00 00 01", "OptionTruncated", 0);

    [Fact]
    public void Address_Of255Octets_Throws()
    {
        var create = () => new MobilityHeaderLinkLayerAddressOption(2, new OctetString(new byte[255]));

        create.Should().Throw<ArgumentException>();
    }
}
